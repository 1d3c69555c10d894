"""Proving a page: its cells are run and its numbers are checked, in the order of the page.

A stated number is evaluated where it stands, after the cells above it and before those below, so
that a name may change its value down the page and every sentence still be true where it is read.

Cells run through markdown-exec: it reads their options, sets working directory and width, and
calls us back to execute. Two other ways were weighed. Its own `formatter` keeps sessions for the
life of the process, catches only the `print` of the cell itself and publishes tracebacks; and a
process of our own for each page would cost an interpreter and an `import numpy` each time.

What a run has yielded can be kept (see `kept`); what is compared with it is the page as it is now.
"""

import re
import textwrap
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple, TypeVar

from markdown_exec import base_format

from provenum import inputs, kept, number
from provenum.coverage import uncovered
from provenum.deadline import deadline
from provenum.errors import Finding, ProofError
from provenum.listing import source_of
from provenum.page import Cell, Formula, Listing, Piece, Stated, SyntaxFault, pieces
from provenum.session import CellError, Session, makers, names_in


class Options(NamedTuple):
    """How strict a proof is."""

    seconds: float = 30.0
    """How long a cell or an expression may take, unless the cell says otherwise."""
    coverage: bool = True
    """Whether every visible numeral must be stated or given."""
    prove: bool = True
    """Off: nothing is run and nothing checked. Only for measuring what proof costs."""
    cache: str = ""
    """A folder that keeps what the code of each page yields, so that it need not run again; or none."""


DEFAULTS = Options()
_Yield = TypeVar("_Yield")


class Proven(NamedTuple):
    """A stated number and what its expression gave."""

    stated: Stated
    serial: int
    """Which stated number of the page it is, from 1."""
    line: int
    value: str
    """The computed value at full precision."""
    cell: int | None
    """The cell that made it, as far as its names tell."""
    after: int | None
    """The last cell above it that runs in a browser too, or 0; none where its own cell does not."""


@dataclass
class Proof:
    """A page that has been proven."""

    page: str
    pieces: list[Piece]
    outputs: dict[int, str] = field(default_factory=dict)
    """HTML of each cell's output, by the cell's number."""
    listings: dict[int, str] = field(default_factory=dict)
    """Source code to be shown, by its place in the text."""
    proven: dict[int, Proven] = field(default_factory=dict)
    """Stated numbers, by their place in the text."""


def prove(text: str, page: str, *, first_line: int = 1, options: Options = DEFAULTS) -> Proof:
    """Run a page's cells and check its numbers.

    Args:
        text: The page's Markdown, without front matter.
        page: Its name in messages, best a path that an editor can open.
        first_line: The line of the file on which the text begins.
        options: How strict to be.

    Raises:
        ProofError: With everything that is wrong. A cell that fails ends the proof at once, since
            nothing below it can be computed.
    """
    return _Prover(text, page, first_line, options).proof()


class _Prover:
    def __init__(self, text: str, page: str, first_line: int, options: Options) -> None:
        self.text, self.page, self.first_line, self.options = text, page, first_line, options
        self.session = Session(page, text, first_line, deadline=deadline)
        self.above, self.only_here = 0, set()
        self.made_by: dict[str, int] = {}
        self.findings: list[Finding] = []
        self.kept: list | None = None
        self.yields: list = []
        self.failed = False

    def proof(self) -> Proof:
        proof = Proof(self.page, self._pieces())
        proof.listings = {
            piece.start: self._listed(piece) for piece in proof.pieces if isinstance(piece, Listing)
        }
        if not self.options.prove:
            proof.proven = {
                stated.start: Proven(stated, serial, self._line(stated.start), "", None, 0)
                for serial, stated in enumerate(_stated(proof.pieces), 1)
            }
            return proof
        run = self._known_run(proof.pieces)
        self.kept = run and run.yielded()
        with inputs.watched() if run and self.kept is None else nullcontext() as read:
            self._walk(proof)
        if read and not self.failed:
            run.keep(self.yields, read)
        if self.options.coverage:
            self.findings += [self._nobody_vouches(*found) for found in uncovered(self.text, proof.pieces)]
        self._stop_if_wrong()
        return proof

    def _known_run(self, found: list[Piece]) -> kept.Run | None:
        """This page's run, where there is a store for it and something to run."""
        store = kept.store(self.options.cache)
        cells = [piece for piece in found if isinstance(piece, Cell)]
        asked = [
            [piece.source, piece.options] if isinstance(piece, Cell) else stated.expression
            for piece in found
            for stated in ([piece] if isinstance(piece, Cell) else _stated([piece]))
        ]
        if store is None or not asked:
            return None
        lines = [cell.line + self.first_line for cell in cells]
        return kept.Run(store, self.page, [float(self.options.seconds), asked], lines)

    def _walk(self, proof: Proof) -> None:
        for piece in proof.pieces:
            if isinstance(piece, Cell):
                proof.outputs[piece.number] = self._once(lambda cell=piece: self._run(cell))
                self.made_by.update(dict.fromkeys(makers(piece.source), piece.number))
                if "live" in piece.options:
                    self.only_here.add(piece.number)
                else:
                    self.above = piece.number
            for stated in _stated([piece]):
                self._check(stated, proof)

    def _once(self, work: Callable[[], _Yield]) -> _Yield:
        """What a piece of the run yields: what is kept of it, or what it yields now."""
        result = work() if self.kept is None else self.kept[len(self.yields)]
        self.yields.append(result)
        return result

    def _pieces(self) -> list[Piece]:
        try:
            return pieces(self.text)
        except SyntaxFault as fault:
            self._found(fault.start, str(fault), ("write", fault.advice))
            raise ProofError(self.page, self.findings) from None

    def _listed(self, listing: Listing) -> str:
        try:
            return source_of(listing.name, docstring=listing.options.get("docstring") != "off")
        except (ImportError, AttributeError, TypeError, OSError) as error:
            self._found(listing.start, f"there is no source of {listing.name} to show", ("error", str(error)))
            raise ProofError(self.page, self.findings) from None

    def _run(self, cell: Cell) -> str:
        def execute(source: str, **_: object) -> str:
            return self.session.run(source, cell.line, seconds=seconds, raises=cell.options.get("raises"))

        try:
            seconds = float(cell.options.get("timeout", self.options.seconds))
            output = base_format(
                language="python",
                run=execute,
                code=cell.source,
                md=None,  # only asked for Markdown output, and ours is HTML
                html=True,
                workdir=cell.options.get("workdir"),
                width=int(cell.options.get("width", 0)),
            )
        except CellError as error:
            self._cell_failed(cell, error)
        return str(output)

    def _cell_failed(self, cell: Cell, error: CellError) -> None:
        facts = [("error", str(error)), *_trace(error)]
        quote = self.text.split("\n")[error.line - self.first_line]
        self.findings.append(Finding(error.line, f"cell {cell.number} fails", quote, facts))
        raise ProofError(self.page, self.findings) from None

    def _check(self, stated: Stated, proof: Proof) -> None:
        line = self._line(stated.start)
        try:
            exact, fraction = self._once(lambda: self._evaluate(stated))
        except CellError as error:
            self.failed = True
            facts = [("error", str(error)), *_trace(error)]
            return self._found(
                stated.start, "this number's expression fails", ("expression", stated.expression), *facts
            )
        except (TypeError, ValueError) as error:
            self.failed = True
            return self._found(
                stated.start,
                "this number can't be checked",
                ("expression", stated.expression),
                ("error", str(error)),
            )
        cell = max((self.made_by.get(name, 0) for name in names_in(stated.expression)), default=0) or None
        after = None if cell in self.only_here else self.above
        computed = Fraction(fraction)
        proof.proven[stated.start] = Proven(stated, len(proof.proven) + 1, line, exact, cell, after)
        if not number.agrees(stated.number, computed, stated.tolerance and abs(stated.tolerance.value)):
            self._drift(stated, computed, exact, cell)

    def _evaluate(self, stated: Stated) -> tuple[str, str]:
        """The value of a stated number in all its digits, and the same as a fraction."""
        value = self.session.evaluate(stated.expression, seconds=self.options.seconds)
        computed = number.exactly(value)
        return number.in_full(value), str(computed)

    def _drift(self, stated: Stated, computed: Fraction, exact: str, cell: int | None) -> None:
        facts = [("stated", stated.literal)]
        if stated.tolerance:
            facts.append(("tolerance", stated.tolerance.text))
        source = f"{stated.expression}, after cell {cell}" if cell else stated.expression
        literal = number.written_like(stated.number, computed)
        start, end = stated.literal_start, stated.literal_start + len(stated.literal)
        instead = self.text[stated.start : start] + literal + self.text[end : stated.end]
        facts += [("computed", f"{exact}   ({source})"), ("write", instead)]
        headline = "the page states a number that its code does not compute"
        quote, line = _sentence(self.text, stated.start), self._line(stated.start)
        self.findings.append(Finding(line, headline, quote, facts, (start, end, literal)))

    def _nobody_vouches(self, place: int, numeral: str) -> Finding:
        given = f"[[given {numeral}]] if it is yours to choose"
        advice = f"[[{numeral} = expression]] if something computes it, {given}"
        headline = "nobody vouches for this numeral"
        return Finding(
            self._line(place),
            headline,
            _sentence(self.text, place),
            [("numeral", numeral), ("write", advice)],
        )

    def _found(self, place: int, headline: str, *facts: tuple[str, str]) -> None:
        self.findings.append(Finding(self._line(place), headline, _sentence(self.text, place), facts))

    def _stop_if_wrong(self) -> None:
        if self.findings:
            raise ProofError(self.page, sorted(self.findings, key=lambda finding: finding.line))

    def _line(self, place: int) -> int:
        return self.text[:place].count("\n") + self.first_line


def _trace(error: CellError) -> list[tuple[str, str]]:
    """The way to the error, where it is longer than the line that is quoted anyway."""
    return [("trace", error.trace)] if error.trace.count("\n") > 2 else []


def _stated(found: list[Piece]) -> list[Stated]:
    """The stated numbers among pieces, those inside formulas too."""
    flat = (inner for piece in found for inner in (piece.inside if isinstance(piece, Formula) else [piece]))
    return [piece for piece in flat if isinstance(piece, Stated)]


def _sentence(text: str, place: int) -> str:
    """The sentence around a place, or the table row, on one line."""
    row = text[:place].rpartition("\n")[2] + text[place:].partition("\n")[0]
    if row.lstrip().startswith("|"):
        return row.strip()
    before, after = text[:place].rpartition("\n\n")[2], text[place:].partition("\n\n")[0]
    sentences = re.finditer(r"\S.*?(?:[.!?:](?=\s)|\Z)", before + after, re.DOTALL)
    found = next(sentence[0] for sentence in sentences if sentence.end() > len(before))
    return textwrap.shorten(found, 240, placeholder=" ...")
