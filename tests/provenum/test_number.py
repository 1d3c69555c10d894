"""The rounding rule: what printed digits claim, and what is written where they are wrong."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from provenum.number import agrees, exactly, parse, shown_like, written_like

finite = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12)
literals = st.one_of(
    st.decimals(-10_000, 10_000, places=3).map(str),
    st.integers(-(10**9), 10**9).map(str),
    st.integers(1000, 10**9).map("{:,}".format),
    st.tuples(st.decimals(-9, 9, places=2), st.integers(-30, 30)).map("{0[0]} × 10^{0[1]}".format),
    st.tuples(st.decimals(-9, 9, places=1), st.integers(-30, 30)).map("{0[0]}e{0[1]}".format),
    st.decimals(-100, 100, places=1).map("{} %".format),
    st.decimals(-100, 100, places=2).map("{} lb".format),
    st.decimals(-9, -1, places=2).map(lambda number: str(number).replace("-", "−")),
)


@pytest.mark.parametrize(
    ("text", "value", "step"),
    [
        ("0.999", "0.999", "0.001"),
        ("-2", "-2", "0"),
        ("−0.953", "-0.953", "0.001"),
        ("+3.0", "3", "0.1"),
        (".5", "0.5", "0.1"),
        ("10,000", "10000", "0"),
        ("1,234.5", "1234.5", "0.1"),
        ("10\u202f000", "10000", "0"),
        ("10{,}000", "10000", "0"),
        ("98 %", "0.98", "0.01"),
        ("98.1%", "0.981", "0.001"),
        (r"98\%", "0.98", "0.01"),
        ("4.5 × 10^-11", "4.5e-11", "1e-12"),
        (r"4.5 \times 10^{-11}", "4.5e-11", "1e-12"),
        ("4.5 × 10⁻¹¹", "4.5e-11", "1e-12"),
        ("4.5 × 10^−11", "4.5e-11", "1e-12"),
        ("3 · 10^8", "3e8", "1e8"),
        ("2e-10", "2e-10", "1e-10"),
        ("2E+3", "2000", "1000"),
        ("128 lb", "128", "0"),
        ("58.06 kg", "58.06", "0.01"),
        ("  7  ", "7", "0"),
    ],
)
def test_digits_claim_a_value_and_a_step(text, value, step):
    number = parse(text)
    assert (number.value, number.step) == (Fraction(value), Fraction(step))


@pytest.mark.parametrize(
    "text", ["", "seven", "1.2.3", "1,00", "0.5.", "12 × 5", "--1", "1 2", "lb 3", "%", "1e", "0x10"]
)
def test_what_is_no_number_is_refused_by_its_text(text):
    if text in ("0.5.", "1e"):  # digits, then a unit of a kind: a sentence's full stop, a letter
        assert parse(text).unit
        return
    with pytest.raises(ValueError, match="is not a number that a page can state") as refused:
        parse(text)
    assert repr(text.strip()) in str(refused.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("7", "exact"),
        ("0.9", "rounded to 1 decimal"),
        ("0.999", "rounded to 3 decimals"),
        ("98 %", "rounded to a whole per cent"),
        ("98.1 %", "rounded to 1 decimal of a per cent"),
        ("98.12 %", "rounded to 2 decimals of a per cent"),
        ("4 × 10^3", "rounded to 1 digit"),
        ("4.5 × 10^3", "rounded to 2 digits"),
    ],
)
def test_a_number_says_its_rounding_in_words(text, words):
    assert parse(text).rounding == words


@given(finite, st.integers(1, 12))
def test_what_python_rounds_to_is_right(value, places):
    assert agrees(parse(f"{value:.{places}f}"), Fraction(value))


@given(finite, st.integers(1, 9), st.sampled_from([-1, 1]))
def test_one_unit_more_or_less_in_the_last_digit_is_wrong(value, places, direction):
    wrong = Fraction(f"{value:.{places}f}") + direction * Fraction(10) ** -places
    # Half a unit off on the one side is right, so its neighbour on that side is right too.
    assume(abs(wrong - Fraction(value)) != Fraction(10) ** -places / 2)
    assert not agrees(parse(f"{float(wrong):.{places}f}"), Fraction(value)) or abs(value) > 2**50 / 10**places


@given(st.integers(-(10**6), 10**6), finite)
def test_a_whole_number_is_right_for_itself_only(whole, value):
    assert agrees(parse(str(whole)), Fraction(value)) == (whole == value)


@given(literals)
def test_every_literal_is_right_for_the_value_it_names(text):
    assert agrees(parse(text), parse(text).value)


@given(literals, finite)
@example("9.99 × 10^3", 99999.0)
@example("0.05", 0.0)
@example("98 %", 0.995)
@example("7", 0.1 + 0.2)
@example("-0.5", 0.004)
def test_what_is_written_instead_is_right_and_of_the_same_form(text, value):
    literal = parse(text)
    instead = parse(written_like(literal, Fraction(value)))
    if literal.power is not None and value == 0:
        assert instead.value == 0
        return
    assert agrees(instead, Fraction(value)) or (not literal.step and abs(value) > 1e11)
    assert instead.unit == literal.unit
    assert not literal.step or (instead.power is None) == (literal.power is None)
    assert not literal.step or instead.decimals == literal.decimals


@pytest.mark.parametrize(
    ("stated", "computed", "instead"),
    [
        ("0.998", 0.9990889, "0.999"),
        ("−0.5", -0.953, "−1.0"),
        ("0.5", -0.953, "-1.0"),
        ("+2", 3, "+3"),
        ("-2", 3, "3"),
        ("10,000", 1234567, "1,234,567"),
        ("1,000.5", 999.25, "999.2"),
        ("10{,}000", 12345, "12{,}345"),
        ("98 %", 0.965, "96 %"),
        (r"98.0\%", 0.9651, r"96.5\%"),
        ("4.5 × 10^-11", 1.26e-9, "1.3 × 10^-9"),
        (r"4.5 \times 10^{-11}", 1.26e-9, r"1.3 \times 10^{-9}"),
        ("4.5 × 10⁻¹¹", 1.26e-9, "1.3 × 10⁻⁹"),
        ("4e3", 51234, "5e4"),
        ("9.9e3", 99999, "1.0e5"),
        ("128 lb", 127, "127 lb"),
        ("7", 7.25, "7.25"),
        ("7", 1 / 3, "0.3333"),
        ("-7", -1 / 3, "-0.3333"),
        ("7", 1e-30, "1.000e-30"),
        ("0.001", 0.0, "0.000"),
        ("4.5 × 10^3", 0.0, "0.0 × 10^0"),
        ("-0.001", -0.0001, "0.000"),
    ],
)
def test_what_to_write_instead(stated, computed, instead):
    assert written_like(parse(stated), Fraction(computed)) == instead


def test_just_between_two_neighbours_either_is_right():
    assert agrees(parse("0.12"), Fraction(1, 8))
    assert agrees(parse("0.13"), Fraction(1, 8))
    assert not agrees(parse("0.11"), Fraction(1, 8))


def test_a_tolerance_takes_the_place_of_the_digits():
    assert agrees(parse("98 %"), Fraction("0.97"), parse("1 %").value)
    assert not agrees(parse("98 %"), Fraction("0.9699"), parse("1 %").value)
    assert not agrees(parse("98 %"), Fraction("0.981"), Fraction(0))


@pytest.mark.parametrize(
    "value",
    [
        0.1,
        7,
        Fraction(1, 10),
        Decimal("0.1"),
        np.float64(0.1),
        np.float32(0.1),
        np.int64(7),
        np.array(0.1),
        np.array([[0.1]]),
    ],
)
def test_a_computed_value_is_taken_exactly(value):
    plain = value.item() if hasattr(value, "item") else value
    assert exactly(value) == Fraction(plain)


class Shop:
    def item(self, name):
        return name


@pytest.mark.parametrize(
    "value", ["0.1", True, np.True_, None, [1], (), np.array([1, 2]), 1j, {}, object, Shop()]
)
def test_what_is_not_one_number_is_refused(value):
    with pytest.raises(TypeError, match="which is not one number"):
        exactly(value)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -np.inf, Decimal("NaN"), Decimal("Infinity")])
def test_what_no_digits_can_state_is_refused(value):
    with pytest.raises(ValueError, match="which no digits can state"):
        exactly(value)


@pytest.mark.parametrize("stated", ["1.5e3", "1.5 × 10^3", "15"])
def test_a_number_that_no_float_holds_is_shown_by_its_power(stated):
    assert shown_like(parse(stated), Fraction(10**400)) == "1.00 × 10^400"
