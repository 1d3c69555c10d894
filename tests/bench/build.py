"""What an author waits for: a build that runs everything, one that runs nothing again, an edit on screen.

What proof costs is a cold build against one of the same pages that runs and checks nothing.

python tests/bench/build.py                    a table, and exit status 1 if a target is missed
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
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 5
TARGET = 3
MOST = 20
"""Seconds for a cold build."""
MOST_FOR_AN_EDIT = 1.5
"""Seconds from the page's file to the page."""
PORT = 8473
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


class Times(NamedTuple):
    """Median seconds."""

    cold: float
    unproven: float
    warm: float
    edit: float


def environment(tree: Path) -> dict[str, str]:
    """As an author's: neither what publishes nor a switch says that nothing may be kept."""
    inherited = {key: value for key, value in os.environ.items() if key not in ("CI", "PROVENUM_CACHE")}
    return {**inherited, "PYTHONPATH": str(tree / "src"), "NO_MKDOCS_2_WARNING": "1"}


def build(tree: Path, *, cold: bool = True) -> float:
    """Seconds that a build takes, the site of the last one removed before, and what it kept if cold."""
    for made in ("site", ".cache")[: 1 + cold]:
        shutil.rmtree(tree / made, ignore_errors=True)
    start = time.perf_counter()
    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=tree,
        env=environment(tree),
        capture_output=True,
        text=True,
    )
    taken = time.perf_counter() - start
    if run.returncode:
        raise SystemExit(f"bench: the book does not build\n{run.stderr}")
    return taken


def edits(tree: Path) -> list[float]:
    """Seconds from writing a page to seeing it, under what `make serve` runs."""
    command = [sys.executable, "-m", "mkdocs", "serve", "--dirty", "--dev-addr", f"127.0.0.1:{PORT}"]
    page, times = tree / "docs" / "neurons.md", []
    with serving(command, tree):
        while not seen("<article"):
            time.sleep(0.2)
        for serial in range(ROUNDS):
            time.sleep(2)  # the server is done with the last one, and as idle as an author leaves it
            word = f"edited-{serial}-times"
            start = time.perf_counter()
            page.write_text(f"{page.read_text('utf-8')}\n`{word}`\n", "utf-8")
            while not seen(word):
                time.sleep(0.01)
            times.append(time.perf_counter() - start)
    return times


@contextmanager
def serving(command: list[str], tree: Path) -> Iterator[None]:
    """The server, for a while."""
    with subprocess.Popen(command, cwd=tree, env=environment(tree), stderr=subprocess.DEVNULL) as server:
        try:
            yield
        finally:
            server.terminate()


def seen(word: str) -> bool:
    """Whether the page that is served has this word."""
    try:
        with urlopen(f"http://127.0.0.1:{PORT}/neurons/", timeout=60) as page:
            return word in page.read().decode()
    except OSError:  # not there yet
        return False


def measure() -> Times:
    """All of them. Builds take turns, so that a busy moment hits each kind."""
    with tempfile.TemporaryDirectory() as folder:
        trees = [tree(Path(folder) / str(prove), prove=prove) for prove in (True, False)]
        for each in trees:
            build(each)  # the first run compiles src, which is not what is measured
        proven, unproven = trees
        times = [[build(proven), build(unproven), build(proven, cold=False)] for _ in range(ROUNDS)]
        return Times(*map(statistics.median, zip(*times, strict=True)), statistics.median(edits(proven)))


def table(times: Times) -> str:
    rows = [
        ["what", "time", "against", "time", "ratio", "target"],
        ["---", "--:", "---", "--:", "--:", "---"],
        [
            "`mkdocs build --strict`, cold",
            f"{times.cold:.2f} s",
            "the same pages, nothing run, nothing checked",
            f"{times.unproven:.2f} s",
            f"{times.cold / times.unproven:.2f}",
            f"at most {TARGET}, and {MOST} s",
        ],
        [
            "the same again, what it ran being kept",
            f"{times.warm:.2f} s",
            "cold",
            f"{times.cold:.2f} s",
            f"{times.warm / times.cold:.2f}",
            "",
        ],
        [
            "an edit to prose, from the file to the page, `make serve`",
            f"{times.edit:.2f} s",
            *["", "", ""],
            f"at most {MOST_FOR_AN_EDIT} s",
        ],
    ]
    return "\n".join(f"| {' | '.join(row)} |".replace("|  |", "| |").replace("|  |", "| |") for row in rows)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", type=Path, metavar="FILE", help="a file with the two markers in it")
    file = parser.parse_args().write
    times = measure()
    print(table(times))
    if file:
        text, count = MARKED.subn(
            lambda marks: f"{marks[1]}{table(times)}\n{marks[2]}", file.read_text("utf-8")
        )
        if count != 1:
            raise SystemExit(f"bench: {file} has no {MARKED.pattern}")
        file.write_text(text, "utf-8")
    met = times.cold <= min(TARGET * times.unproven, MOST) and times.edit <= MOST_FOR_AN_EDIT
    return int(not met)


if __name__ == "__main__":
    sys.exit(main())
