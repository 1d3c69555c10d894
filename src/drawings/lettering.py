"""The lettering: numbers as a book prints them, names as maths sets them, and how wide a line of text is.

A line of text is a list of *runs*, each a piece of text with one role: plain words, an italic `letter`, a
`sub`script, a `value` that is a number from the object drawn.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import NamedTuple

from drawings.pen import Markup, element

SIZE = 15.0
"""The size of a label, in the units of a drawing 420 wide."""
SMALL = 14.0
"""The size of ticks and notes: still 11.6 pixels where a phone shows the drawing 350 pixels wide."""

LINE = 19.0
"""The height of a line of text."""

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_EMS = (
    dict.fromkeys("\N{THIN SPACE}", 0.22)
    | dict.fromkeys(" .,:;'′()/|ijlftrI", 0.36)
    | dict.fromkeys("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", 0.42)
    | dict.fromkeys("mwMW@%∂", 0.9)
)


class Run(NamedTuple):
    """A piece of a line of text: what it says, and its role (`""`, `letter`, `sub` or `value`)."""

    text: str
    role: str = ""


Line = list[Run]


def printed(number: float, digits: int = 3) -> str:
    """A number as the book prints it: a true minus sign, `digits` significant digits, thousands set off.

    A number that needs fewer digits is printed with fewer (`0.5`); one that has been rounded keeps its zeros
    (`0.950`).

    Examples:
        >>> printed(-0.5), printed(0.9499), printed(10000), printed(0.0000123)
        ('−0.5', '0.950', '10,000', '1.23\u2009×\u200910⁻⁵')

    Raises:
        ValueError: Fewer than 1 digit is asked for.
    """
    if digits < 1:
        raise ValueError(f"numbers are printed with at least 1 significant digit, and got {digits}")
    if number == 0:
        return "0"
    power = math.floor(math.log10(abs(float(f"{number:.{digits - 1}e}"))))
    if not -5 < power < 7:
        mantissa = signed(f"{number / 10.0**power:.{digits - 1}f}")
        return f"{mantissa}\N{THIN SPACE}×\N{THIN SPACE}10{str(power).translate(_SUPERSCRIPTS)}"
    text = f"{number:,.{max(0, digits - 1 - power)}f}"
    exact = math.isclose(float(text.replace(",", "")), number, rel_tol=1e-12)
    return signed(text.rstrip("0").rstrip(".") if exact and "." in text else text)


def fixed(number: float, decimals: int) -> str:
    """A number with so many decimals, as the ticks of one axis share them."""
    text = f"{number:,.{decimals}f}"
    return text.lstrip("-") if float(text.replace(",", "")) == 0 else signed(text)


def exact(number: float | None) -> str | None:
    """Twelve digits of a number that is printed with fewer, for a script to start from.

    Not all seventeen: in the last of them one machine's power of e differs from another's, and the reader's
    cell would not be the same as the book's.
    """
    return None if number is None else repr(float(f"{number:.12g}"))


def signed(text: str) -> str:
    """The same text with true minus signs for its hyphens."""
    return text.replace("-", "\N{MINUS SIGN}")


def listed(items: Iterable[str]) -> str:
    """The items as a sentence lists them: `a, b and c`."""
    *most, last = list(items)
    return f"{', '.join(most)} and {last}" if most else last


def words(text: str) -> Line:
    """Plain words."""
    return [Run(text)]


def symbol(quantity: str) -> Line:
    """A quantity's symbol: `w1` is an italic w with a subscript 1, `y_pred` a y with a subscript pred."""
    letter, subscript = re.fullmatch(r"([^\W\d_])_?(\w*)", quantity).groups()
    return [Run(letter, "letter")] + ([Run(subscript, "sub")] if subscript else [])


def value(number: float, digits: int = 3) -> Line:
    """A number that comes from the object drawn."""
    return [Run(printed(number, digits), "value")]


def fitted(number: float, digits: int, room: float, size: float = SIZE) -> Line:
    """The number with as many of the digits as the room allows, and at least one."""
    lines = [value(number, fewer) for fewer in range(digits, 0, -1)]
    return next((line for line in lines if width(line, size) <= room), lines[-1])


def equation(quantity: str, number: float | None, digits: int = 3) -> Line:
    """A symbol, and what it equals where that is known."""
    return symbol(quantity) + ([] if number is None else words(" = ") + value(number, digits))


def partial(quantity: str) -> Line:
    """The partial derivative of the loss with respect to a quantity."""
    return [Run("∂"), Run("L", "letter"), Run("/∂"), *symbol(quantity)]


def width(line: Line, size: float = SIZE) -> float:
    """About how wide a line is, in drawing units, in a book serif: erring on the wide side."""
    return sum(
        size * (0.7 if run.role == "sub" else 1.0) * _ems(character) for run in line for character in run.text
    )


def _ems(character: str) -> float:
    return _EMS.get(character, 0.72 if character.isupper() else 0.56)


def write(
    x: float,
    y: float,
    line: Line,
    *,
    size: float = SIZE,
    anchor: str = "start",
    **attributes: str | float | None,
) -> Markup:
    """A line of text whose baseline starts, is centred or ends at (x, y), as `anchor` says."""
    return element(
        "text",
        *_tspans(line, size),
        x=x,
        y=y,
        font_size=size,
        fill="currentColor",
        stroke="none",
        text_anchor=None if anchor == "start" else anchor,
        **attributes,
    )


def centred(
    x: float, y: float, line: Line, class_: str = "label", **attributes: str | float | None
) -> Markup:
    """A line of text centred on x."""
    return write(x, y, line, anchor="middle", class_=class_, **attributes)


def _tspans(line: Line, size: float) -> list[str]:
    drop, lowered, pieces = 0.22 * size, False, []
    for run in line:
        # SVG has no subscript that every browser draws: move down, write small, move up with the next piece.
        shift = (
            drop if run.role == "sub" and not lowered else -drop if lowered and run.role != "sub" else None
        )
        lowered = run.role == "sub"
        pieces.append(_tspan(run, shift, size))
    return pieces


def _tspan(run: Run, shift: float | None, size: float) -> str:
    if not run.role and shift is None:
        return run.text
    return element(
        "tspan",
        run.text,
        class_=run.role or None,
        dy=shift,
        font_style="italic" if run.role == "letter" else None,
        font_size=0.7 * size if run.role == "sub" else None,
    )
