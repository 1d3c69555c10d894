"""What proof costs: a cold build of the book against a build of the same pages that runs and checks nothing.

python tests/bench/build.py                    a table, and exit status 1 if the target is missed
python tests/bench/build.py --write README.md  that table, put between the markers in the README too
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 5
TARGET = 3
MARKED = re.compile(r"(<!-- bench: build -->\n).*?(<!-- /bench: build -->)", re.DOTALL)


def tree(folder: Path, *, prove: bool) -> Path:
    """A copy of what a build reads, with proof on or off."""
    folder.mkdir()
    for name in ("docs", "src"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    switched, count = re.subn(
        r"^( *- provenum):?$", rf"\1:\n      prove: {str(prove).lower()}", settings, flags=re.MULTILINE
    )
    if count != 1:
        raise SystemExit(
            "bench: mkdocs.yml does not list provenum in a line of its own, so proof cannot be switched off"
        )
    (folder / "mkdocs.yml").write_text(switched, "utf-8")
    return folder


def build(tree: Path) -> float:
    """Seconds that a build takes, the site of the last one removed before."""
    shutil.rmtree(tree / "site", ignore_errors=True)
    environment = {**os.environ, "PYTHONPATH": str(tree / "src"), "NO_MKDOCS_2_WARNING": "1"}
    start = time.perf_counter()
    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=tree,
        env=environment,
        capture_output=True,
        text=True,
    )
    taken = time.perf_counter() - start
    if run.returncode:
        raise SystemExit(f"bench: the book does not build\n{run.stderr}")
    return taken


def measure() -> tuple[float, float]:
    """Median seconds with proof and without. The two take turns, so that a busy moment hits both."""
    with tempfile.TemporaryDirectory() as folder:
        trees = [tree(Path(folder) / str(prove), prove=prove) for prove in (True, False)]
        for each in trees:
            build(each)  # the first run compiles src, which is not what is measured
        times = [[build(each) for each in trees] for _ in range(ROUNDS)]
    proven, unproven = (statistics.median(column) for column in zip(*times, strict=True))
    return proven, unproven


def table(proven: float, unproven: float) -> str:
    return (
        "| what | time | against | time | ratio | target |\n| --- | --: | --- | --: | --: | --- |\n"
        f"| `mkdocs build --strict`, cold | {proven:.2f} s | the same pages, nothing run, nothing checked "
        f"| {unproven:.2f} s | {proven / unproven:.2f} | at most {TARGET} |"
    )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", type=Path, metavar="FILE", help="a file with the two markers in it")
    file = parser.parse_args().write
    proven, unproven = measure()
    print(table(proven, unproven))
    if file:
        text, count = MARKED.subn(
            lambda marks: f"{marks[1]}{table(proven, unproven)}\n{marks[2]}", file.read_text("utf-8")
        )
        if count != 1:
            raise SystemExit(f"bench: {file} has no {MARKED.pattern}")
        file.write_text(text, "utf-8")
    return int(proven / unproven > TARGET)


if __name__ == "__main__":
    sys.exit(main())
