"""Make docs/seeds: what the figures of chance show for a seed that the reader chooses.

    starts.bin   the nine starting parameters for each of the first 1,000 seeds
    ends.bin     Emily's answer for each of 10,000 seeds, then Frank's, then the final losses

Numbers of eight bytes, lowest byte first, as JavaScript's Float64Array reads them. `make assets` runs this.
"""

import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

from pencilnet import EMILY, FRANK, all_y_trues, data, starting_parameters, train_many  # noqa: E402, found by the line above

SEEDS = ROOT / "docs" / "seeds"
STARTS, ENDS = 1_000, 10_000


def main() -> None:
    """Write both files."""
    SEEDS.mkdir(exist_ok=True)
    starts = starting_parameters(np.arange(ENDS))
    runs = train_many(starts, data, all_y_trues)
    ends = [runs.feedforward(EMILY.shifted), runs.feedforward(FRANK.shifted), runs.losses]
    for name, numbers in (("starts", starts[:STARTS]), ("ends", np.array(ends))):
        (SEEDS / f"{name}.bin").write_bytes(numbers.astype("<f8").tobytes())


if __name__ == "__main__":
    main()
