"""A number as a page prints it, and whether the computed one rounds to it.

The printed digits say the rounding. `0.999` stands for every value within half a unit of its
last digit, so it is right for 0.9990889 and wrong for 0.9984. A number without a decimal point
is exact: `7` is right for 7 and for nothing else. All comparisons are made with fractions, so
the comparison itself never rounds.
"""

import contextlib
import numbers
import re
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

MINUS = "\N{MINUS SIGN}"
NO_BREAK = "\N{NO-BREAK SPACE}"
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_TO_SUPERSCRIPT = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_GROUP = r"(?:,|\{,\}|\\,|[\u2009\u202f\u00a0])"  # comma, LaTeX's two forms, the thin spaces

_MUCH_LONGER = 9  # characters

_LITERAL = re.compile(
    rf"""
    (?P<sign>[-+{MINUS}]?)
    (?P<whole>\d{{1,3}}(?:{_GROUP}\d{{3}})+|\d+|(?=\.\d))
    (?:\.(?P<decimals>\d+))?
    (?:
        (?P<e>[eE])(?P<e_power>[-+]?\d+)
      | (?P<times>\s*(?:[×·]|\\times|\\cdot)\s*10)
        (?: \^\{{(?P<braced>[-{MINUS}]?\d+)\}} | \^(?P<bare>[-{MINUS}]?\d+) | (?P<raised>[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+) )
    )?
    (?P<unit>(?:\s*\\?%)?[^\d]*)
    """,
    re.VERBOSE,
)


class Number(NamedTuple):
    """A printed number: its text, what it says, and how coarsely it says it."""

    text: str
    value: Fraction
    step: Fraction
    """One unit of the last printed digit; 0 where the number is exact."""
    power: int | None
    unit: str

    @property
    def decimals(self) -> int:
        """How many digits stand after the decimal point."""
        return len(_LITERAL.fullmatch(self.text)["decimals"] or "")

    @property
    def rounding(self) -> str:
        """In words, what the printed digits claim."""
        if not self.step:
            return "exact"
        places = self.decimals
        if self.power is not None:
            return f"rounded to {places + 1} digit{'s' if places else ''}"
        unit = " of a per cent" if "%" in self.unit else ""
        if not places:
            return "rounded to a whole per cent"
        return f"rounded to {places} decimal{'s' if places > 1 else ''}{unit}"

    @property
    def parts(self) -> tuple[str, str, str]:
        """What a reader sees: the digits with a true minus, the power of ten, the unit."""
        digits = re.match(r"[-+−]?(?:\d|\{,\}|\\,|[,\u2009\u202f\u00a0](?=\d))*(?:\.\d+)?", self.text)[0]
        digits = digits.replace("{,}", ",").replace("\\,", "\N{NARROW NO-BREAK SPACE}").replace("-", MINUS)
        power = "" if self.power is None else str(self.power).replace("-", MINUS)
        unit = self.unit.replace("\\%", "%")
        return digits, power, re.sub(r"^\s+(?=\S)", NO_BREAK, unit.rstrip())


def parse(text: str) -> Number:
    r"""Read a printed number.

    Args:
        text: Such as `0.999`, `-2`, `−0.953`, `10,000`, `98 %`, `4.5 × 10^-11`, `1e-9`, `128 lb`;
            in a formula also `10{,}000`, `98\%` and `4.5 \times 10^{-11}`.

    Raises:
        ValueError: If the text is no number.
    """
    text = text.strip()
    match = _LITERAL.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is not a number that a page can state")
    digits = re.sub(r"\D", "", match["whole"] or "0") + (match["decimals"] or "")
    raised = match["raised"] and match["raised"].translate(_SUPERSCRIPTS)
    power_text = match["e_power"] or match["braced"] or match["bare"] or raised
    power = int(power_text.replace(MINUS, "-")) if power_text else None
    percent = "%" in match["unit"]
    step = Fraction(10) ** ((power or 0) - len(match["decimals"] or "") - 2 * percent)
    value = int(digits) * step * (-1 if match["sign"] in ("-", MINUS) else 1)
    exact = match["decimals"] is None and power is None and not percent
    return Number(text, value, Fraction(0) if exact else step, power, match["unit"])


def in_full(value: object) -> str:
    """A computed value with all its digits."""
    return str(value.item() if hasattr(value, "item") else value)


def exactly(value: object) -> Fraction:
    """The computed value as a fraction, with nothing lost.

    Args:
        value: An int, float, Fraction, Decimal, NumPy number, or an array that holds one number.

    Raises:
        TypeError: If the value is not one real number.
        ValueError: If it is not finite.
    """
    with contextlib.suppress(AttributeError, TypeError, ValueError):  # it has no item, or more than one
        value = value.item()
    if isinstance(value, bool) or not isinstance(value, (numbers.Real, Decimal)):
        raise TypeError(f"the expression gives {value!r}, which is not one number")
    try:
        return Fraction(value)
    except (ValueError, OverflowError):
        raise ValueError(f"the expression gives {value}, which no digits can state") from None


def agrees(stated: Number, computed: Fraction, tolerance: Fraction | None = None) -> bool:
    """Whether the printed digits are right for the computed value.

    A value just between two neighbours (0.125 in two decimals) may be printed as either.

    Args:
        stated: The number on the page.
        computed: The value of its expression.
        tolerance: How far the two may lie apart, where the page says so itself.
    """
    allowed = stated.step / 2 if tolerance is None else tolerance
    return abs(computed - stated.value) <= allowed


def written_like(stated: Number, computed: Fraction) -> str:
    """The computed value in the form of the stated one: what to write instead.

    Args:
        stated: The number on the page; its decimals, grouping, sign and unit are the pattern.
        computed: The value to be written.

    Returns:
        A literal that `agrees` with the value and is read back by `parse`.
    """
    match = _LITERAL.fullmatch(stated.text)
    if not stated.step and computed.denominator != 1:
        return _sign(match, computed) + _enough_digits(abs(computed)) + stated.unit
    places, power = stated.decimals, stated.power
    scaled = abs(computed) * (100 if "%" in stated.unit else 1)
    if power is not None:
        power = _leading_power(scaled, places)
        scaled /= Fraction(10) ** power
    units = round(scaled * 10**places)
    digits = str(units).rjust(places + 1, "0")
    whole = digits[:-places] if places else digits
    separator = re.search(_GROUP, match["whole"])
    if separator:
        whole = re.sub(r"(?<=\d)(?=(\d{3})+$)", lambda _: separator[0], whole)
    number = whole + (f".{digits[-places:]}" if places else "")
    return _sign(match, computed if units else 0) + number + _power(match, power) + stated.unit


def shown_like(stated: Number, computed: Fraction) -> str:
    """The computed value as a reader best sees it beside the stated one: in its form, unless that is long."""
    with contextlib.suppress(OverflowError):  # of a whole number that no float holds
        written = written_like(stated, computed)
        if len(written) <= len(stated.text) + _MUCH_LONGER:
            return written
    scaled = computed * (100 if "%" in stated.unit else 1)
    digits, _, power = f"{Decimal(scaled.numerator) / Decimal(scaled.denominator):.2e}".partition("e")
    return f"{digits} × 10^{int(power)}{stated.unit}"


def _sign(match: re.Match, value: Fraction) -> str:
    if value < 0:
        return MINUS if match["sign"] == MINUS else "-"
    return "+" if match["sign"] == "+" else ""


def _enough_digits(value: Fraction) -> str:
    """A decimal for a value that turned out not to be whole, never one that would read as exact."""
    for places in range(1, 20):
        text = f"{float(value):.{places}f}"
        if abs(Fraction(text) - value) <= value / 2000:
            return text
    return f"{float(value):.3e}"


def _leading_power(value: Fraction, places: int) -> int:
    if not value:
        return 0
    return int(f"{float(value):.{places}e}".partition("e")[2])


def _power(match: re.Match, power: int | None) -> str:
    if match["e"]:
        return f"{match['e']}{power}"
    if not match["times"]:
        return ""
    if match["raised"]:
        return match["times"] + str(power).translate(_TO_SUPERSCRIPT)
    return match["times"] + (f"^{{{power}}}" if match["braced"] else f"^{power}")
