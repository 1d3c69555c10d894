"""A page's cells and numbers once more, in the reader's browser, with the same code as at the build.

A cell always runs from where the cells above it left off, never from what a cell below or an earlier
run of the same cell has left: running it twice shows the same twice.
"""

import codecs
import io
import json
import linecache
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from time import monotonic

from provenum import number
from provenum.checkpoint import Checkpoint, Copier
from provenum.plainly import in_plain_words, report
from provenum.session import CellError, Session, as_text, display, last_line

MOST_LINES = 10_000
MOST_CHARACTERS = 1_000_000
"""Of what one cell prints, or shows as the value of its last line."""
_WORDS = f"The rest is left out: a cell shows at most {MOST_LINES:,} lines or {MOST_CHARACTERS:,} characters."
_TOO_LONG = f'<p class="cell-note">{_WORDS}</p>'
_LONGEST = 200  # characters of what is said of a number
_PIECE = 16_000
_BURST = 1000  # pieces that are passed on at once
_PER_SECOND = 50  # and how many more for every second that passes


class _LostError(Exception):
    """What a cell left could not be kept, and is gone."""


class LivePage:
    """What a browser knows of one page: its session, and where each cell left off."""

    def __init__(self, page: str, emit: Callable[[str], None]) -> None:
        """Begin with an empty session.

        Args:
            page: The page's name.
            emit: Is called with what a cell prints, while it runs, in pieces.
        """
        self._emit = emit
        self._session = Session(page, "", paper=self._new_paper, show=_within_limits)
        self._paper = self._new_paper()
        self._copier = Copier(self._session.names)
        self._left_off: dict[int, Checkpoint | None] = {0: self._copier.save()}
        self._now: int | None = 0
        """The cell after which the session is as it left it; none after a cell that failed."""

    def run(self, cell: int, source: str, raises: str | None = None) -> str:
        """Run a cell from where the cells above it left off.

        Args:
            cell: Its number on the page.
            source: Its code.
            raises: The error that the book's cell is meant to end with, if any.

        Returns:
            JSON: `{"ok": true, "html", "capped"}`; `{"ok": false, "error"}` with what
            `provenum.plainly.report` says, and nothing changed by the cell; or
            `{"ok": false, "again_from": 3}` where something above can't be copied, and the cells from
            that one on must run again before this one can.
        """
        above = self._above(cell)
        if (again := self._back_to(above)) is not None:
            return json.dumps({"ok": False, "again_from": again})
        self._left_off = {k: left for k, left in self._left_off.items() if k < cell}
        self._now = None
        try:
            html = self._output(cell, source, raises)
        except BaseException as error:
            cause = getattr(error, "error", None) or error
            return json.dumps({"ok": False, "error": report(cause, cell, self._session.names)})
        finally:
            self._paper.flush()
        self._now = cell
        try:
            self._left_off[cell] = self._copier.save()
        except Exception:
            self._left_off[cell] = None
        html += self._paper.note
        return json.dumps({"ok": True, "html": html, "capped": _TOO_LONG in html})

    def evaluate(self, after: int, numbers: str) -> str:
        """Work out stated numbers anew where they stand. What their expressions change is forgotten.

        Args:
            after: The cell above them.
            numbers: JSON: a list of `{"id", "expression", "literal"}`, with a `tolerance` if there is one.

        Returns:
            JSON: for each of them `{"id", "agrees", "value", "digits", "power", "unit"}`, the last
            three as the page would print them, or `{"id", "error"}`.
        """
        above = self._above(after + 1)
        wanted = json.loads(numbers)
        try:
            with self._aside(above):
                return json.dumps([{"id": stated["id"], **self._worked_out(stated)} for stated in wanted])
        except _LostError as lost:
            return json.dumps([{"id": stated["id"], "error": str(lost)} for stated in wanted])

    def _above(self, cell: int) -> int:
        """The last cell above one of which it is known where it left off."""
        return max(k for k in self._left_off if k < cell)

    def _back_to(self, cell: int) -> int | None:
        """Make everything what it was after a cell; else the cell from which to run again."""
        if self._now == cell:
            return None
        if checkpoint := self._left_off[cell]:
            try:
                self._copier.restore(checkpoint)
                return None
            except Exception:  # of the page's own classes, when they are to be made anew
                self._left_off[cell] = None
        kept = max(k for k, left in self._left_off.items() if left and k < cell)
        return min(k for k in self._left_off if k > kept)

    @contextmanager
    def _aside(self, cell: int) -> Iterator[None]:
        """Everything as it was after a cell, for a while."""
        with ExitStack() as stack:
            if checkpoint := self._left_off[cell]:
                try:
                    stack.enter_context(self._copier.aside(checkpoint))
                except Exception:  # as above
                    checkpoint = self._left_off[cell] = None
            if not checkpoint and self._now != cell:
                raise _LostError("The cells above have to run again first.")
            yield

    def _output(self, cell: int, source: str, raises: str | None) -> str:
        file = f"<cell {cell}>"
        linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
        try:
            return self._session.run(source, 1, file=file)
        except CellError as failure:
            if type(failure.error).__name__ != raises:
                raise
            return as_text(self._paper.text + last_line(failure.error))

    def _new_paper(self) -> "_Paper":
        self._paper = _Paper(self._emit)
        return self._paper

    def _worked_out(self, stated: dict) -> dict:
        try:
            value = self._session.evaluate(stated["expression"])
        except BaseException as error:
            return {"error": in_plain_words(getattr(error, "error", None) or error, self._session.names)}
        try:
            computed = number.exactly(value)
        except (TypeError, ValueError) as error:
            return {"error": _sentence(str(error))}
        literal, tolerance = number.parse(stated["literal"]), stated.get("tolerance")
        allowed = abs(number.parse(tolerance).value) if tolerance else None
        digits, power, unit = number.parse(number.shown_like(literal, computed)).parts
        return {
            "agrees": number.agrees(literal, computed, allowed),
            "value": number.in_full(value),
            "digits": digits,
            "power": power,
            "unit": unit,
        }


class _Paper(io.BytesIO):
    """What a cell's output is written on, up to a length, and read out while it is written."""

    def __init__(self, emit: Callable[[str], None]) -> None:
        super().__init__()
        self.note = ""
        self._emit = emit
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._lines, self._characters = MOST_LINES, MOST_CHARACTERS
        self._unsent = ""
        self._credit, self._last = float(_BURST), monotonic()

    @property
    def text(self) -> str:
        return self.getvalue().decode(errors="replace")

    def write(self, data) -> int:
        if self.note:  # the program goes on, so that it can be stopped
            return len(data)
        text = self._decoder.decode(data)
        kept = _cut(text, self._lines, self._characters)
        self._lines -= kept.count("\n")
        self._characters -= len(kept)
        super().write(kept.encode())
        self._unsent += kept
        if kept != text:
            self.note = _TOO_LONG
            self._unsent += f"\n{_WORDS}"
            self.flush()
        elif self._may_send():
            self.flush()
        return len(data)

    def flush(self) -> None:
        """Pass on what has not been passed on yet."""
        if self._unsent:
            self._emit(self._unsent)
            self._unsent = ""

    def _may_send(self) -> bool:
        """At once where little is printed, so that nothing waits; in larger pieces where much is."""
        now = monotonic()
        self._credit = min(_BURST, self._credit + _PER_SECOND * (now - self._last))
        self._last = now
        if self._credit < 1 and len(self._unsent) < _PIECE:
            return False
        self._credit = max(0.0, self._credit - 1)
        return True


def _within_limits(value: object) -> str:
    """HTML for the value of a cell's last expression, unless that would be too much for a page."""
    shown = display(value)
    if len(shown) <= MOST_CHARACTERS and shown.count("\n") <= MOST_LINES:
        return shown
    if shown.startswith("<pre"):
        text = repr(value)
        kept = _cut(text, MOST_LINES, MOST_CHARACTERS)
        return shown if kept == text else as_text(f"{kept}\n") + _TOO_LONG
    return shown if len(shown) <= 5 * MOST_CHARACTERS else _TOO_LONG


def _cut(text: str, lines: int, characters: int) -> str:
    """The beginning of a text, of no more lines or characters than these."""
    text = text[:characters] if lines else ""
    if text.count("\n") <= lines:
        return text
    return "\n".join(text.split("\n", lines)[:lines]) + "\n"


def _sentence(words: str) -> str:
    words = words[:1].upper() + words[1:]
    return f"{words}." if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
