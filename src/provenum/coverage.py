"""The gate: every numeral that a reader sees is computed, or marked as given by the author.

It works on the page's text rather than on its HTML, so that it can name the line. What is not
seen as a numeral (code, comments, addresses, attributes, list markers, names such as `w1`) is
blanked out first; a digit that is left over is one that nobody vouches for.
"""

import re
from collections.abc import Iterable, Iterator

from provenum.page import Formula, Piece

_UNSEEN = re.compile(
    r"""
      ^[ \t>]*(?:\d+[.)])(?=[ \t])                # the marker of an ordered list
    | ^[ \t]*\[[^\]\n]+\]:[^\n]*$                 # where a reference link leads
    | (?<=\])\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)  # where a link leads
    | \[\^[^\]\n]+\]                              # a footnote's mark
    | (?<=\])\[[^\]\n]*\]                         # the key of a reference link
    | \{:?[ \t]*(?:[#.][\w-]|[\w-]+=)[^}\n]*\}     # an attribute list
    | <(?:https?|mailto):[^>\s]*>                 # an address
    | &\#?\w+;                                    # an entity
    | ^:::[^\n]*(?:\n+[ \t]+[^\n]*)*              # an API entry with its options
    """,
    re.VERBOSE | re.MULTILINE,
)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_READ_ALOUD = re.compile(r"""\b(?:alt|title|aria-label)\s*=\s*("[^"]*"|'[^']*')""")
_NUMERAL = re.compile(r"(?<!\w)[-+−]?\.?\d(?:[\d.,]*\d)?(?:[eE][-+]?\d+)?(?!\d)")
_NAME_IN_LATEX = re.compile(r"_(?:\{[^{}]*\}|\w)|\\(?:begin|end)\{[^}]*\}|\\[A-Za-z]+|\\\\\[[^\]]*\]")


def uncovered(text: str, found: Iterable[Piece]) -> Iterator[tuple[int, str]]:
    """Numerals that are neither stated nor given.

    Args:
        text: The Markdown of a page.
        found: Its pieces, as `provenum.page.pieces` gives them.

    Yields:
        Place in the text and the numeral.
    """
    masked = list(text)
    for piece in found:
        _blank(masked, piece.start, piece.end)
        if isinstance(piece, Formula):
            yield from _in_formula(text, piece)
    plain = _blanked("".join(masked), _UNSEEN)
    plain = _TAG.sub(_only_what_is_read_aloud, plain)
    yield from ((match.start(), match[0]) for match in _NUMERAL.finditer(plain))


def _in_formula(text: str, formula: Formula) -> Iterator[tuple[int, str]]:
    """Numerals between the dollar signs; subscripts are names (`w_1`), not numbers."""
    masked = list(text[: formula.end])
    for piece in formula.inside:
        _blank(masked, piece.start, piece.end)
    inside = "".join(masked)[formula.latex_start : formula.latex_start + len(formula.latex)]
    for match in re.finditer(r"(?<![A-Za-z\d])\.?\d[\d.,]*", _blanked(inside, _NAME_IN_LATEX)):
        yield formula.latex_start + match.start(), match[0].rstrip(".,")


def _only_what_is_read_aloud(tag: re.Match) -> str:
    kept = [" "] * len(tag[0])
    for attribute in _READ_ALOUD.finditer(tag[0]):
        kept[attribute.start(1) : attribute.end(1)] = attribute[1]
    return "".join(kept)


def _blanked(text: str, pattern: re.Pattern) -> str:
    return pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def _blank(characters: list[str], start: int, end: int) -> None:
    for index in range(start, end):
        if characters[index] != "\n":
            characters[index] = " "
