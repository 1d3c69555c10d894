"""How fast `fit` is, beside scikit-learn, PyTorch and JAX: ratios, measured side by side in one run.

    python tests/bench/part2.py                    tables, and exit status 1 if a target is missed
    python tests/bench/part2.py --markdown         the same tables in Markdown
    python tests/bench/part2.py --write README.md  and put each between the file's two markers for it
    python tests/bench/part2.py --job digits       only one of them

It needs the peers: `make bench` runs it with a Python that has them. Each library runs in a process of its
own, and they take turns. Times are by the clock on the wall, since some use several threads: on a machine
that does something else as well, they say little.
"""

import argparse
import importlib.util
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import numpy as np

HERE = Path(__file__).resolve().parent
SRC = HERE.parents[1] / "src"
sys.path[:0] = [str(SRC), str(HERE)]

from peers import JOBS, Examples  # noqa: E402, found by the line above
from pencilnet import SGD, Network, Standardiser, fit, load_digits, split  # noqa: E402, found as well

NAMES = {"pencilnet": "`fit`", "sklearn": "scikit-learn", "torch": "PyTorch", "jax": "JAX"}
PACKAGES = {"sklearn": "scikit-learn", "torch": "torch", "jax": "jax"}
ROUNDS = {"digits": 27, "wide": 5, "processes": 3}
OFTEN = {"pencilnet": 3, "jax": 3}
"""How often these train in a round of the digits, which take them a moment: a disturbance counts less."""
TOLD = {
    "digits": "digits, 64-32-10, batch 32, 50 epochs",
    "wide": "784-128-10, batch 64, 60,000 examples, 3 epochs",
}
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(SRC)}
ONE_CORE = {**ENVIRONMENT, "OMP_NUM_THREADS": "1"}
"""NumPy's products, scikit-learn and PyTorch heed it. JAX does not."""


class Result(NamedTuple):
    """One line of the table: `ours` and `theirs` in median seconds, the accuracies medians too."""

    what: str
    ours: float
    right: float
    against: str
    theirs: float
    theirs_right: float
    ratio: float
    least: float = 0
    most: float = float("inf")

    @property
    def reached(self):
        return self.least <= self.ratio <= self.most

    @property
    def cells(self):
        target = f"at least {self.least}" if self.least else f"at most {self.most}"
        target = "" if self.most == float("inf") and not self.least else target
        return (self.what, shown(self.ours), percent(self.right), self.against, shown(self.theirs),
                percent(self.theirs_right), f"{self.ratio:.2f}", target)  # fmt: skip


def shown(seconds):
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1e3:.3g} ms"


def percent(part):
    return "" if part is None else f"{100 * part:.1f} %"


# The examples.


def digits():
    """1,437 handwritten digits to train on and 360 to be asked about."""
    data = load_digits()
    parts = split(data.x, data.y, test_size=360, rng=np.random.default_rng(0))
    standardiser = Standardiser.fit(parts.x_train)
    x, x_test = (standardiser.transform(part).astype(np.float32) for part in (parts.x_train, parts.x_test))
    return Examples(x, parts.y_train, x_test, parts.y_test)


def wide():
    """As many examples as MNIST has, and as wide, drawn by lot: ten clouds that overlap."""
    rng = np.random.default_rng(0)
    y = rng.integers(0, 10, 65_000)
    x = rng.standard_normal((len(y), 784), np.float32)
    x += 0.1 * rng.standard_normal((10, 784), np.float32)[y]
    return Examples(x[:60_000], y[:60_000], x[60_000:], y[60_000:])


# The measurements.


class Peer:
    """A library in a process of its own, which trains when it is told to."""

    def __init__(self, library, job, path, environment):
        self.process = subprocess.Popen(
            [sys.executable, HERE / "peers.py", library, job, path],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment,
        )  # fmt: skip
        self.answers = []

    def train(self):
        print(file=self.process.stdin, flush=True)
        self.answers.append(json.loads(self.process.stdout.readline()))

    def medians(self):
        """Seconds and accuracy. The first training, in which some compile, is left out."""
        return [
            statistics.median(answer[of] for answer in self.answers[1:]) for of in ("seconds", "accuracy")
        ]

    def end(self):
        self.process.communicate()


def side_by_side(job, path, libraries, environment=ENVIRONMENT):
    """The median seconds and accuracy of each library."""
    peers = {library: Peer(library, job, path, environment) for library in libraries}
    for _ in range(1 + ROUNDS[job]):
        for library, peer in peers.items():
            for _ in range(OFTEN.get(library, 1) if job == "digits" else 1):
                peer.train()
    for peer in peers.values():
        peer.end()
    return {library: peer.medians() for library, peer in peers.items()}


def whole_processes(job, path, libraries):
    """The same, from the start of Python to its end."""

    def once(library):
        command = [sys.executable, HERE / "peers.py", library, job, path, "once"]
        start = time.perf_counter()
        answer = json.loads(subprocess.check_output(command, env=ENVIRONMENT, text=True))
        return time.perf_counter() - start, answer["accuracy"]

    rounds = range(1 + ROUNDS["processes"])
    measured = [[once(library) for library in libraries] for _ in rounds][1:]  # the first compiles modules
    columns = zip(*measured, strict=True)
    return {
        library: [statistics.median(values) for values in zip(*column, strict=True)]
        for library, column in zip(libraries, columns, strict=True)
    }


def compared(what, measured, least, most=None):
    """A line for each peer, of which `least` says how many times as long it should take, at least."""
    ours, right = measured["pencilnet"]
    for library, (theirs, theirs_right) in measured.items():
        if library in least:
            line = what, ours, right, NAMES[library], theirs, theirs_right
            yield Result(*line, theirs / ours, least=least[library])
        elif library in (most or {}):
            line = what, ours, right, f"{NAMES[library]}, one jitted scan, compiled", theirs, theirs_right
            yield Result(*line, ours / theirs, most=most[library])


def memory(job, examples):
    """The most bytes that NumPy and Python held at a time while `fit` ran, by how many epochs."""
    job, peaks = JOBS[job], {}
    for epochs in (1, 1, job.epochs):  # the very first also makes what stays, and does not count
        rng = np.random.default_rng(0)
        network = Network(job.sizes, rng=rng, activation="relu", output="softmax", loss="cross_entropy",
                          dtype=np.float32)  # fmt: skip
        tracemalloc.start()
        fit(network, examples.x, examples.y, optimiser=SGD(learning_rate=0.1), epochs=epochs,
            batch_size=job.batch_size, rng=rng)  # fmt: skip
        peaks[epochs] = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return peaks


def measured_digits(path, libraries, examples):
    """The lines of the table, and the sentence below it."""
    trained = side_by_side("digits", path, libraries)
    yield from compared(TOLD["digits"], trained, {"sklearn": 6, "torch": 10}, {"jax": 1.6})
    processes = whole_processes("digits", path, libraries)
    told = "the same as a whole process: import, train, exit"
    yield from compared(told, processes, {"sklearn": 5, "torch": 5, "jax": 5})
    yield told_of_memory("digits", examples)


def measured_wide(path, libraries, examples):
    """The same for the wide network, which is slow enough to count its products.

    How much of the time they take is told with all cores, and has its target with one. With two, what a step
    changes must go from core to core: the slopes to where the weights are updated, the new weights back to
    the next product. That takes the longer the further apart a virtual machine's cores are, and products
    called bare, which change no weights, are spared it.
    """
    for told, environment, left_out, share in [
        (TOLD["wide"], ENVIRONMENT, (), 0),
        (f"{TOLD['wide']}, one core", ONE_CORE, ("jax",), 0.7),
    ]:
        taking_part = [library for library in libraries if library not in left_out]
        trained = side_by_side("wide", path, [*taking_part, "products"], environment)
        bare, _ = trained.pop("products")
        yield from compared(told, trained, {"sklearn": 1.5, "torch": 1.5, "jax": 0})
        ours, right = trained["pencilnet"]
        yield Result(told, ours, right, "the same matrix products alone", bare, None, bare / ours, share)
    yield told_of_memory("wide", examples)


def measured(job, libraries):
    """All of a job's lines and its sentences."""
    examples = {"digits": digits, "wide": wide}[job]()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "examples.npz"
        np.savez(path, **examples._asdict())
        found = list({"digits": measured_digits, "wide": measured_wide}[job](path, libraries, examples))
    results = [line for line in found if isinstance(line, Result)]
    return results, [*(line for line in found if not isinstance(line, Result)), setting(libraries)]


def setting(libraries):
    """What it was measured with."""
    packages = ["numpy", *(PACKAGES[library] for library in libraries[1:])]
    threads = os.environ.get("OMP_NUM_THREADS")
    told = f", OMP_NUM_THREADS={threads}" if threads else ""
    versions = ", ".join(f"{package} {version(package)}" for package in packages)
    return f"With {versions}; {os.cpu_count()} cores{told}."


def told_of_memory(job, examples):
    peaks = memory(job, examples)
    (_, least), (epochs, most) = peaks.items()
    size = sum(part.nbytes for part in examples[:2])
    steps = -(-len(examples.x) // JOBS[job].batch_size) * (epochs - 1)
    return (
        f"Memory for {TOLD[job]}: at most {most / 1e6:.1f} MB beside the examples' {size / 1e6:.1f} MB, "
        f"{max(0, most - least) / 1e3:.1f} kB more than for 1 epoch, with {steps:,} steps more."
    )


# The table.

HEAD = ("what", "time", "right", "against", "time", "right", "ratio", "target")


def as_text(results):
    rows = [[cell.replace("`", "") for cell in row] for row in (HEAD, *(result.cells for result in results))]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(lines)


def as_markdown(results):
    rows = [
        HEAD,
        ("---", "--:", "--:", "---", "--:", "--:", "--:", "---"),
        *(result.cells for result in results),
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def write(text, job, path):
    marked = re.compile(rf"(<!-- bench: {job} -->\n).*?(<!-- /bench: {job} -->)", re.DOTALL)
    text, places = marked.subn(lambda marks: f"{marks[1]}{text}\n{marks[2]}", path.read_text("utf-8"))
    if places != 1:
        raise SystemExit(f"bench: {path} needs <!-- bench: {job} --> and its end once, not {places} times")
    path.write_text(text, "utf-8")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--markdown", action="store_true", help="print the tables in Markdown")
    parser.add_argument("--write", type=Path, metavar="FILE", help="also put the tables into this file")
    parser.add_argument("--job", choices=JOBS, help="only this one; otherwise all")
    parser.add_argument("--rounds", type=int, help="how often each library trains; more where others disturb")
    options = parser.parse_args()
    if options.rounds:
        ROUNDS.update(dict.fromkeys(ROUNDS, options.rounds))
    libraries = ["pencilnet", *(name for name in PACKAGES if importlib.util.find_spec(name))]
    missing = [package for name, package in PACKAGES.items() if name not in libraries]
    if missing and options.write:
        raise SystemExit(f"bench: {', '.join(missing)} not installed: make peers")
    missed = []
    for job in [options.job] if options.job else JOBS:
        results, sentences = measured(job, libraries)
        print(
            as_markdown(results) if options.markdown else as_text(results), *sentences, sep="\n", flush=True
        )
        if options.write:
            write(f"{as_markdown(results)}\n\n{' '.join(sentences)}", job, options.write)
        missed += [result for result in results if not result.reached]
    for result in missed:
        against = f"{result.what} against {result.against}"
        print(f"bench: target missed by {against}: {result.ratio:.3g}", file=sys.stderr)
    return len(missed) > 0


if __name__ == "__main__":
    sys.exit(main())
