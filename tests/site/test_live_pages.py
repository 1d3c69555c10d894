"""The book runs in the browser's session as it did at the build: every cell, every number, in any order.

This is the browser's Python code under the build's Python; tests/live does the same in a browser.
"""

import json
import random
from itertools import takewhile
from pathlib import Path

import pytest
from tests.site.book import ROOT

from provenum.ledger import prove_file
from provenum.live import LivePage
from provenum.page import Cell

PAGES = sorted(page for page in (ROOT / "docs").rglob("*.md") if page.name != "ledger.md")


class Book:
    """A page of the book beside its proof."""

    def __init__(self, path: Path) -> None:
        self.proof = prove_file(path)
        self.live = LivePage(path.name, lambda text: None)
        self.cells = [
            piece for piece in self.proof.pieces if isinstance(piece, Cell) and "live" not in piece.options
        ]

    def run(self, cell: Cell) -> None:
        answer = json.loads(self.live.run(cell.number, cell.source, cell.options.get("raises")))
        assert answer == {"ok": True, "html": self.proof.outputs[cell.number], "capped": False}
        self.evaluate(cell.number)

    def evaluate(self, after: int) -> None:
        stated = [proven for proven in self.proof.proven.values() if proven.after == after]
        wanted = [
            {
                "id": proven.serial,
                "expression": proven.stated.expression,
                "literal": proven.stated.literal,
                "tolerance": proven.stated.tolerance and proven.stated.tolerance.text,
            }
            for proven in stated
        ]
        expected = [
            {"id": proven.serial, "agrees": True, "value": proven.value}
            | dict(zip(("digits", "power", "unit"), proven.stated.number.parts, strict=True))
            for proven in stated
        ]
        assert json.loads(self.live.evaluate(after, json.dumps(wanted))) == expected


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_page_runs_as_at_the_build_in_order_and_then_in_any(path: Path):
    book = Book(path)
    book.evaluate(0)
    for cell in book.cells:
        book.run(cell)
    starts = random.Random(path.name).sample(range(len(book.cells)), min(3, len(book.cells)))
    for first in sorted(starts, reverse=True):
        book.live.run(book.cells[first].number, "x = w = y = network = 0\n1 / 0")
        for cell in takewhile(lambda cell: "timeout" not in cell.options, book.cells[first:]):
            book.run(cell)


def test_the_book_has_cells_to_run():
    assert sum(len(Book(path).cells) for path in PAGES if path.stem in ("neurons", "networks")) > 20
