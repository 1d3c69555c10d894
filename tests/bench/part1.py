"""How fast the library is: ratios, measured side by side in one run.

    python tests/bench/part1.py                    a table, and exit status 1 if a target is missed
    python tests/bench/part1.py --markdown         the same table in Markdown
    python tests/bench/part1.py --write README.md  and put it between the file's two bench markers

Times are processor time, so that other programs on the machine count as little as possible.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np

SRC = Path(__file__).resolve().parents[2] / "src"
sys.path.insert(0, str(SRC))

from pencilnet import OurNeuralNetwork, all_y_trues, data, starting_parameters, train_many  # noqa: E402, found by the line above

EPOCHS = 1000
SEEDS = 10_000
MARKED = re.compile(r"(<!-- bench -->\n).*?(<!-- /bench -->)", re.DOTALL)


class Result(NamedTuple):
    """One line of the table. `ours` and `theirs` are median seconds."""

    what: str
    ours: float
    against: str
    theirs: float
    ratio: float
    least: float = 0
    most: float = float("inf")

    @property
    def reached(self):
        return self.least <= self.ratio <= self.most

    @property
    def cells(self):
        target = f"at least {self.least}" if self.least else f"at most {self.most}"
        return self.what, shown(self.ours), self.against, shown(self.theirs), f"{self.ratio:.3g}", target


def shown(seconds):
    return f"{seconds * 1e3:.3g} ms" if seconds >= 1e-3 else f"{seconds * 1e6:.3g} µs"


# The yardstick: the same algorithm as a beginner writes it with NumPy, one number at a time.


def plain_sigmoid(z):
    return 1 / (1 + np.exp(-z))


def plain_slope(z):
    f = plain_sigmoid(z)
    return f * (1 - f)


def plain_prediction(p, x):
    h1 = plain_sigmoid(p["w1"] * x[0] + p["w2"] * x[1] + p["b1"])
    h2 = plain_sigmoid(p["w3"] * x[0] + p["w4"] * x[1] + p["b2"])
    return plain_sigmoid(p["w5"] * h1 + p["w6"] * h2 + p["b3"])


def plain_step(p, x, y_true, learning_rate):
    z_h1 = p["w1"] * x[0] + p["w2"] * x[1] + p["b1"]
    z_h2 = p["w3"] * x[0] + p["w4"] * x[1] + p["b2"]
    h1, h2 = plain_sigmoid(z_h1), plain_sigmoid(z_h2)
    z_o1 = p["w5"] * h1 + p["w6"] * h2 + p["b3"]
    dL_dy_pred = -2 * (y_true - plain_sigmoid(z_o1))

    dy_pred_dw5 = h1 * plain_slope(z_o1)
    dy_pred_dw6 = h2 * plain_slope(z_o1)
    dy_pred_db3 = plain_slope(z_o1)
    dy_pred_dh1 = p["w5"] * plain_slope(z_o1)
    dy_pred_dh2 = p["w6"] * plain_slope(z_o1)
    dh1_dw1 = x[0] * plain_slope(z_h1)
    dh1_dw2 = x[1] * plain_slope(z_h1)
    dh1_db1 = plain_slope(z_h1)
    dh2_dw3 = x[0] * plain_slope(z_h2)
    dh2_dw4 = x[1] * plain_slope(z_h2)
    dh2_db2 = plain_slope(z_h2)

    p["w1"] -= learning_rate * dL_dy_pred * dy_pred_dh1 * dh1_dw1
    p["w2"] -= learning_rate * dL_dy_pred * dy_pred_dh1 * dh1_dw2
    p["b1"] -= learning_rate * dL_dy_pred * dy_pred_dh1 * dh1_db1
    p["w3"] -= learning_rate * dL_dy_pred * dy_pred_dh2 * dh2_dw3
    p["w4"] -= learning_rate * dL_dy_pred * dy_pred_dh2 * dh2_dw4
    p["b2"] -= learning_rate * dL_dy_pred * dy_pred_dh2 * dh2_db2
    p["w5"] -= learning_rate * dL_dy_pred * dy_pred_dw5
    p["w6"] -= learning_rate * dL_dy_pred * dy_pred_dw6
    p["b3"] -= learning_rate * dL_dy_pred * dy_pred_db3


def plain_train(start):
    p, losses = start.parameters, []
    for epoch in range(EPOCHS):
        for x, y_true in zip(data, all_y_trues, strict=True):
            plain_step(p, x, y_true, 0.1)
        if epoch % 10 == 0:
            y_preds = np.array([plain_prediction(p, x) for x in data])
            losses.append(((all_y_trues - y_preds) ** 2).mean())
    return p, losses


# The measurements.


def medians(jobs, rounds):
    """The median seconds of each job. The jobs take turns, so that a slow moment hits all of them."""
    times = [[job() for job in jobs] for _ in range(rounds)]
    return [statistics.median(column) for column in zip(*times, strict=True)]


def timed(job):
    """A job that returns how long it took."""

    def run():
        start = time.process_time()
        job()
        return time.process_time() - start

    return run


def training():
    """The article's job: by the library, by the yardstick, and by the library for 10,000 seeds at once."""
    start = OurNeuralNetwork(rng=np.random.RandomState(44))

    def library():
        network = start.copy()
        history = network.train(data, all_y_trues, epochs=EPOCHS, every=10)
        return network.parameters, history.losses

    def yardstick():
        return plain_train(start)

    def seeds():
        return train_many(starting_parameters(range(SEEDS)), data, all_y_trues, epochs=EPOCHS)

    check_that_all_do_the_same(library(), yardstick(), seeds().parameters[44])
    ours, plain, many = medians([timed(library), timed(yardstick), timed(seeds)], rounds=7)
    one = many / SEEDS
    against = "the same with NumPy scalars"
    return [
        Result("`train`, 1,000 epochs", ours, against, plain, plain / ours, least=4),
        Result("`train_many`, 10,000 seeds, per seed", one, against, plain, plain / one, least=500),
    ]


def check_that_all_do_the_same(library, yardstick, seed_44):
    np.testing.assert_allclose(list(library[0].values()), list(yardstick[0].values()), rtol=1e-10)
    np.testing.assert_allclose(library[1], yardstick[1], rtol=1e-10)
    np.testing.assert_allclose(list(library[0].values()), seed_44, rtol=1e-10)


def importing():
    """`import pencilnet` against `import numpy`, which it contains, each in fresh processes.

    In the time of the thread that imports: those that NumPy starts beside it wait for work by turning round.
    """
    with tempfile.TemporaryDirectory() as compiled:
        environment = {**os.environ, "PYTHONPATH": str(SRC), "PYTHONPYCACHEPREFIX": compiled}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)

        def fresh(module):
            code = f"import time; t = time.thread_time(); import {module}; print(time.thread_time() - t)"
            command = [sys.executable, "-c", code]
            return lambda: float(subprocess.check_output(command, env=environment, text=True))

        jobs = [fresh("pencilnet"), fresh("numpy")]
        medians(jobs, rounds=1)  # the first import compiles, which is not what is measured
        ours, theirs = medians(jobs, rounds=25)
    return [Result("`import pencilnet`", ours, "`import numpy`", theirs, ours / theirs, most=1.15)]


# The table.

HEAD = ("what", "time", "against", "time", "ratio", "target")


def as_text(results):
    rows = [[cell.replace("`", "") for cell in row] for row in (HEAD, *(result.cells for result in results))]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(lines)


def as_markdown(results):
    rows = [HEAD, ("---", "--:", "---", "--:", "--:", "---"), *(result.cells for result in results)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def write(table, path):
    text, places = MARKED.subn(lambda marks: f"{marks[1]}{table}\n{marks[2]}", path.read_text("utf-8"))
    if places != 1:
        raise SystemExit(
            f"bench: {path} needs <!-- bench --> and <!-- /bench --> once, it has them {places} times"
        )
    path.write_text(text, "utf-8")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--markdown", action="store_true", help="print the table in Markdown")
    parser.add_argument("--write", type=Path, metavar="FILE", help="also put the table into this file")
    options = parser.parse_args()
    results = training() + importing()
    print(as_markdown(results) if options.markdown else as_text(results))
    if options.write:
        write(as_markdown(results), options.write)
    missed = [result for result in results if not result.reached]
    for result in missed:
        print(f"bench: target missed by {result.what}: {result.ratio:.3g}", file=sys.stderr)
    return len(missed) > 0


if __name__ == "__main__":
    sys.exit(main())
