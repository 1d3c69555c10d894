"""A page's text taken apart: cells, stated numbers, formulas, and the code between them.

This is the only place that knows the syntax. The extension, the commands and the coverage gate
all read the same pieces, so that none of them can see a number that another one overlooks.
"""

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field

from provenum.number import Number, parse


class SyntaxFault(ValueError):
    """A piece that means to be a stated number and is not one. Carries its place in the text."""

    def __init__(self, message: str, start: int, advice: str) -> None:
        """Say what is wrong, where, and what to write."""
        super().__init__(message)
        self.start = start
        self.advice = advice


@dataclass(frozen=True)
class Piece:
    """A stretch of the page's text, from `start` up to `end`."""

    start: int
    end: int


@dataclass(frozen=True)
class Cell(Piece):
    """A fence of Python that is run."""

    source: str
    line: int
    """Line of the first line of code, from 1, within the text."""
    indent: str
    options: dict[str, str]
    number: int = 0
    """Which cell of the page it is, from 1."""


@dataclass(frozen=True)
class Listing(Piece):
    """A fence that shows the source of something importable, as it is."""

    name: str
    indent: str
    options: dict[str, str]


@dataclass(frozen=True)
class Code(Piece):
    """Text that is shown as code or not at all: other fences, code spans, comments."""


@dataclass(frozen=True)
class Stated(Piece):
    """A number that the page states and an expression that must give it."""

    literal: str
    literal_start: int
    number: Number
    expression: str
    tolerance: Number | None = None
    elsewhere: tuple[str, Number] | None = None
    """Who prints another figure, and which: ("article", 0.0214)."""


@dataclass(frozen=True)
class Given(Piece):
    """A numeral, or a whole symbolic formula, that nothing computes; marked so by the author."""

    text: str


@dataclass(frozen=True)
class Formula(Piece):
    """LaTeX between dollar signs, with the pieces inside it."""

    latex: str
    latex_start: int
    display: bool
    inside: list[Piece] = field(default_factory=list)


_TOKENS = re.compile(
    r"""
      ^(?P<indent>[ \t]*)(?P<fence>`{3,}|~{3,})[ \t]*(?P<info>[^`\n]*)\n
       (?P<body>(?:[^\n]*\n)*?)[ \t]*(?P=fence)[`~]*[ \t]*$
    | (?P<comment><!--.*?-->)
    | (?P<html><(?P<tag>script|style|pre|code)\b.*?</(?P=tag)\s*>)
    | (?P<escaped>\\[\\`$\[])
    | (?P<ticks>`+)(?!`)(?P<span>(?:(?!\n\s*\n).)+?)(?<!`)(?P=ticks)(?!`)
    | \$\$(?P<display>(?:(?!\n\s*\n).)+?)\$\$
    | (?<![\w$])\$(?=[^\s$])(?P<inline>(?:\\.|(?!\n\s*\n)[^$\\])+?)(?<=\S)\$(?![\w$])
    | (?P<number>\[\[(?=\s*(?:given\s|[-+−]?\.?\d)))
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
_CELL_OPTIONS = {
    "source": ("above|folded|off", "above, folded or off"),
    "raises": (r"\w+", "the name of an error, such as ValueError"),
    "timeout": (r"\d+(?:\.\d+)?", "seconds"),
    "title": (".*", "any words"),
    "workdir": (".+", "a folder"),
    "width": (r"\d+", "a number of characters"),
    "live": (r".*\w\s+\w.*", "the reason, told to the reader, why it can't run in a browser"),
}
"""What a cell's fence may say beside `exec`: the pattern of each value, and what it is in words."""
_LISTING_OPTIONS = {"docstring": ("on|off", "on or off"), "title": (".*", "any words")}
_OPTION = re.compile(r"""([A-Za-z][\w-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+))""")
_STATED = re.compile(r"(?P<literal>.+?)\s+(?P<sign>[=~])\s+(?P<rest>.+)", re.DOTALL)
_TOLERANCE = re.compile(r"(?P<expression>.+)\s(?:\+-|±|\\pm)\s*(?P<tolerance>.+)", re.DOTALL)
_ELSEWHERE = re.compile(r"(?P<rest>.+)\s\|\s+(?P<who>[A-Za-z][A-Za-z ]*?)\s+(?P<figure>[^|]+)", re.DOTALL)
_HOW = (
    "[[number = expression]], [[number ~ expression +- tolerance]] or [[given text]]; "
    "Python in backticks is left alone"
)


def pieces(text: str) -> list[Piece]:
    """Everything on the page that is not plain text, in the page's order.

    Args:
        text: The Markdown of one page.

    Raises:
        SyntaxFault: If `[[` begins a number but what follows states none.
    """
    return list(_number_cells(_pieces(text, 0)))


def _number_cells(found: Iterator[Piece]) -> Iterator[Piece]:
    count = 0
    for piece in found:
        if isinstance(piece, Cell):
            count += 1
            piece = Cell(**{**vars(piece), "number": count})
        yield piece


def _pieces(text: str, position: int) -> Iterator[Piece]:
    while match := _TOKENS.search(text, position):
        piece = _piece(text, match)
        position = piece.end if piece else match.end()
        if piece:
            yield piece


def _piece(text: str, match: re.Match) -> Piece | None:
    start, end = match.span()
    if match["fence"]:
        return _fence(text, match)
    if match["number"]:
        return _bracketed(text, start)
    for kind in ("display", "inline"):
        if match[kind] is not None:
            first, last = match.span(kind)
            inside = list(_pieces_in_formula(text, first, last))
            return Formula(start, end, match[kind], first, kind == "display", inside)
    return None if match["escaped"] else Code(start, end)


def _pieces_in_formula(text: str, position: int, end: int) -> Iterator[Piece]:
    opening = re.compile(r"\[\[(?=\s*(?:given\s|[-+−]?\.?\d))")
    while match := opening.search(text, position, end):
        piece = _bracketed(text, match.start())
        position = piece.end
        yield piece


def _fence(text: str, match: re.Match) -> Piece:
    start, end = match.span()
    language, _, rest = match["info"].strip().partition(" ")
    options = {key: a or b or c for key, a, b, c in _OPTION.findall(rest)}
    if language not in ("python", "py"):
        return Code(start, end)
    if "shows" in options:
        name = options.pop("shows")
        return Listing(start, end, name, match["indent"], _known(options, _LISTING_OPTIONS, start))
    if options.pop("exec", "off").lower() in ("", "0", "no", "off", "false"):
        return Code(start, end)
    options = _known(options, _CELL_OPTIONS, start)
    line = text[: match.start("body")].count("\n") + 1
    return Cell(start, end, textwrap.dedent(match["body"]), line, match["indent"], options)


def _known(options: dict[str, str], known: dict[str, tuple[str, str]], start: int) -> dict[str, str]:
    """The options, if each is one that this kind of fence has, with a value that it may have."""
    for name, value in options.items():
        if name not in known:
            raise SyntaxFault(f"this fence has no option {name!r}", start, f"one of: {', '.join(known)}")
        pattern, words = known[name]
        if not re.fullmatch(pattern, value):
            raise SyntaxFault(f"{name} can't be {value!r} here", start, f'{name}="..." with {words}')
    return options


def _bracketed(text: str, start: int) -> Piece:
    end = _closing(text, start)
    inner = text[start + 2 : end - 2]
    if re.match(r"\s*given\s", inner):
        return Given(start, end, re.sub(r"^\s*given\s+", "", inner).rstrip())
    elsewhere = None
    if match := _ELSEWHERE.fullmatch(inner):
        elsewhere = (match["who"], _number(match["figure"], start))
        inner = match["rest"]
    match = _STATED.fullmatch(inner.strip())
    if not match:
        raise SyntaxFault("this begins like a stated number, but states none", start, _HOW)
    expression, tolerance = match["rest"].strip(), None
    if match["sign"] == "~":
        loose = _TOLERANCE.fullmatch(expression)
        if not loose:
            raise SyntaxFault("a number stated with ~ must say its tolerance", start, _HOW)
        expression, tolerance = loose["expression"].strip(), _number(loose["tolerance"], start)
    literal = match["literal"]
    number = _number(literal, start)
    return Stated(start, end, literal, text.index(literal, start), number, expression, tolerance, elsewhere)


def _number(text: str, start: int) -> Number:
    try:
        return parse(text)
    except ValueError as error:
        raise SyntaxFault(str(error), start, _HOW) from None


def _closing(text: str, start: int) -> int:
    """Where the brackets opened at `start` close; brackets inside, as in `a[0]`, are counted."""
    depth = 0
    for index in range(start, len(text)):
        if text[index] == "[":
            depth += 1
        elif text[index] == "]":
            depth -= 1
            if depth == 0:
                return index + 1
    raise SyntaxFault("the brackets [[ are not closed", start, _HOW)
