"""Numbers as a book prints them, names as maths sets them, and round numbers for axes."""

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawings.lettering import fitted, fixed, printed, symbol, value, width, words, write
from drawings.scale import Scale, round_up, ticks

SMALL_DIGITS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (0, "0"),
        (-0.0, "0"),
        (7.0, "7"),
        (-2, "−2"),
        (0.5, "0.5"),
        (0.9990889488055994, "0.999"),
        (0.9996, "1.00"),
        (0.94996, "0.950"),
        (0.1 + 0.2, "0.3"),
        (-0.010734767632905553, "−0.0107"),
        (12.96, "13.0"),
        (10000, "10,000"),
        (12345.6, "12,346"),
        (0.000969, "0.000969"),
        (9.69e-6, "9.69\u2009×\u200910⁻⁶"),
        (-9.999e-6, "−1.00\u2009×\u200910⁻⁵"),
        (2.5e9, "2.50\u2009×\u200910⁹"),
    ],
)
def test_a_number_is_printed_with_three_significant_digits(number: float, shown: str):
    assert printed(number) == shown


@settings(deadline=None)  # a busy machine is no failure
@given(st.floats(-1e12, 1e12).filter(lambda number: abs(number) > 1e-30), st.integers(1, 9))
def test_what_is_printed_is_the_number_rounded(number: float, digits: int):
    mantissa, _, power = (
        printed(number, digits).replace("−", "-").replace(",", "").partition("\u2009×\u200910")
    )
    shown = float(mantissa) * 10.0 ** int(power.translate(SMALL_DIGITS) or 0)
    assert math.isclose(shown, number, rel_tol=0.5000001 * 10.0 ** (1 - digits))


def test_no_digits_at_all_are_refused():
    with pytest.raises(ValueError, match="at least 1 significant digit, and got 0"):
        printed(0.5, 0)


@pytest.mark.parametrize(("number", "shown"), [(-0.04, "0.0"), (-2.0, "−2.0"), (1000.0, "1,000.0")])
def test_ticks_share_their_decimals(number: float, shown: str):
    assert fixed(number, 1) == shown


def test_a_number_gives_up_digits_for_room_but_keeps_one():
    wide = width(value(0.0215, 3))
    assert fitted(0.02147, 3, wide) == value(0.02147, 3)
    assert fitted(0.02147, 3, wide - 1) == value(0.02147, 2)
    assert fitted(0.02147, 3, 0) == value(0.02147, 1)


def test_a_subscript_is_set_lower_and_what_follows_is_not():
    drawn = write(0, 0, symbol("w1") + words(" = ") + value(2), size=10)
    assert drawn.endswith(
        '<tspan class="letter" font-style="italic">w</tspan>'
        '<tspan class="sub" dy="2.2" font-size="7">1</tspan>'
        '<tspan dy="-2.2"> = </tspan><tspan class="value">2</tspan></text>'
    )


@pytest.mark.parametrize(
    ("quantity", "runs"), [("y_pred", ["y", "pred"]), ("b", ["b"]), ("z_h1", ["z", "h1"])]
)
def test_a_symbol_is_one_letter_and_what_stands_below_it(quantity: str, runs: list[str]):
    assert [run.text for run in symbol(quantity)] == runs


@settings(deadline=None)  # a busy machine is no failure
@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6))
def test_ticks_are_even_and_round_and_neither_few_nor_many(low: float, span: float):
    marks = ticks(low, low + span)
    gaps = {round((b - a) / span, 6) for a, b in pairwise(marks)}
    assert 3 <= len(marks) <= 9
    assert max(gaps) - min(gaps) < 1e-4
    assert all(low - 1e-6 * span <= mark <= low + span * (1 + 1e-6) for mark in marks)


@pytest.mark.parametrize(
    ("highest", "end"), [(0.358, 0.4), (1.0, 1.0), (0.24, 0.25), (363, 400), (3e-5, 3e-5)]
)
def test_an_axis_from_0_ends_at_a_round_number(highest: float, end: float):
    assert round_up(highest) == pytest.approx(end)


def test_a_scale_takes_both_ends_to_both_ends():
    assert Scale(-6, 6, 38, 412)([-6, 0, 6]).tolist() == [38, 225, 412]
