"""What the code of a page has yielded, kept from one build to the next, so that it runs once and not again.

An edit to prose costs no run, and the ledger, which proves every page once more, costs none either.

What is kept is what a page needs of its run: the output of each cell, and the value of each stated number,
as a fraction and in all its digits. *Whether a number is right is never kept.* The literal on the page is
compared with the value at every build, and every numeral is looked at. So a wrong number stops a build
that runs nothing, and a number mended after that needs no run either.

A run is known by all it depends on: the page's name; its cells and expressions in their order, with their
options; the limit in time; Python, what is installed and where modules are looked for; provenum itself;
and, as it was taken down during the run, every module of the project that was imported, every file that
was opened and every folder that was listed. If one of them is another, the page runs.

Three designs were weighed:

- *Each cell by itself*, known by the cells above it, so that an edit to the last cell of a page runs that
  one alone. But it needs what the cells above have left, so all objects of a page would have to be
  stored and made anew. That means pickle, which runs whatever a file tells it to, which can't store every
  object, and which makes copies where a page had one and the same. A book would be proven by copies.
- *The HTML of a page*, known by its text. Every edit to prose would be a run, and a number would no longer
  be compared at each build.
- *The page's run*, which is this one. An edit to a cell runs its page, from the top, as a reader would.

An entry is JSON, so a file from elsewhere can make a page show something wrong but can't run anything.
A run that fails is never kept, and neither is one that does what can't be known later: leaves a file, asks
the network, starts a program. What is left to chance or to the clock is proven once for each of its keys:
a cell without a seed shows the numbers that it drew then. An entry that is damaged is as good as none.
Everything in the folder can be deleted at any time.

Two settings in the environment: with PROVENUM_CACHE=off nothing is kept or used. With CI=true, as servers
that build and publish say, nothing from earlier is used: each process runs each page once, and knows it
until it ends.
"""

import hashlib
import json
import os
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Protocol

from provenum import inputs
from provenum.runtime import fingerprint

MOST_OF_A_PAGE = 8
"""Runs of one page that are kept: the newest, so that an edit can be tried and taken back."""
MOST_DAYS = 30
"""How long a run is kept that nobody asks for."""

_ENDING = ".json"


class Store(Protocol):
    """Texts by key."""

    def read(self, key: str) -> str | None:
        """The text of a key, if there is one."""

    def write(self, key: str, text: str) -> None:
        """Keep a text."""


class Folder:
    """Texts as files. Several processes may use one folder at once."""

    def __init__(self, path: Path) -> None:
        """Take a folder, which need not be there yet."""
        self.path = path

    def read(self, key: str) -> str | None:
        """The text of a key, if it is there and whole."""
        file = self.path / (key + _ENDING)
        try:
            checksum, _, text = file.read_bytes().decode().partition("\n")
            if checksum != _hash(text):
                return None
            os.utime(file)  # somebody asked for it
        except (OSError, UnicodeDecodeError):
            return None
        return text

    def write(self, key: str, text: str) -> None:
        """Keep a text, if it can be written: there all at once or not at all."""
        with suppress(OSError):
            self.path.mkdir(parents=True, exist_ok=True)
            (self.path / ".gitignore").write_text("*\n", "utf-8")
            handle, name = tempfile.mkstemp(dir=self.path, suffix=".new")
            with open(handle, "wb") as file:
                file.write(f"{_hash(text)}\n{text}".encode())
            os.replace(name, self.path / (key + _ENDING))
            self._tidy(key.partition("-")[0])

    def _tidy(self, page: str) -> None:
        ages: dict[Path, float] = {}
        for file in self.path.iterdir():
            with suppress(OSError):  # another process has just removed it
                ages[file] = time.time() - file.stat().st_mtime
        of_page = sorted((file for file in ages if file.name.startswith(f"{page}-")), key=ages.__getitem__)
        old = [
            file
            for file, age in ages.items()
            if age > MOST_DAYS * 86_400 and file.suffix in (_ENDING, ".new")
        ]
        for file in {*of_page[MOST_OF_A_PAGE:], *old}:
            file.unlink(missing_ok=True)


class Memory(dict[str, str]):
    """Texts that the process forgets when it ends."""

    def read(self, key: str) -> str | None:
        """The text of a key, if there is one."""
        return self.get(key)

    def write(self, key: str, text: str) -> None:
        """Keep a text."""
        self[key] = text


_of_this_process = Memory()


def store(folder: str) -> Store | None:
    """Where runs are kept; nowhere if there is no folder for them, or the environment says so.

    Args:
        folder: The setting `cache`.
    """
    if not folder or os.environ.get("PROVENUM_CACHE", "").lower() in ("off", "0", "no", "false"):
        return None
    if os.environ.get("CI", "").lower() not in ("", "0", "no", "false"):
        return _of_this_process
    return Folder(Path(folder))


class Run:
    """One page's run, before and after it."""

    def __init__(self, store: Store, page: str, asked: Sequence[object], lines: Sequence[int]) -> None:
        """Say which run it is.

        Args:
            store: Where it may have been kept.
            page: The page's name.
            asked: What the page runs and evaluates, as JSON can say it.
            lines: Where its cells begin, for what they print may tell: a traceback does.
        """
        self.store, self.page, self.lines = store, page, list(lines)
        known = json.dumps([asked, inputs.surroundings(), _of_provenum()])
        self.key = f"{_hash(page)[:16]}-{_hash(known)}"

    def yielded(self) -> list | None:
        """What it yielded when it ran last, if everything is as it was then."""
        with inputs.unseen():
            text = self.store.read(self.key)
        entry = json.loads(text) if text else None
        # Whoever runs around this reads, by way of it, what it has read: so this is seen.
        if not entry or any(inputs.digest(path) != was for path, was in entry["read"].items()):
            return None
        return entry["yields"] if entry["lines"] in (None, self.lines) else None

    def keep(self, yields: list, read: inputs.Inputs) -> None:
        """Keep what it has yielded, unless nobody could tell later whether it still holds."""
        with inputs.unseen():
            if (digests := read.digests()) is not None:
                said = json.dumps(yields)
                told = json.dumps(self.page)[1:-1] in said
                entry = {"lines": self.lines if told else None, "read": digests, "yields": yields}
                self.store.write(self.key, json.dumps(entry))


@cache
def _of_provenum() -> str:
    with inputs.unseen():
        return fingerprint([Path(__file__).parent])


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
