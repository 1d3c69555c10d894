"""The pictures of the optimisers' chapter: where things lie, what they say, and what is refused."""

import numpy as np
import pytest
from tests.drawings.gallery import (
    SCHEDULES,
    VALLEY,
    centre,
    descended,
    drawn,
    having,
    points,
    read_off,
    said,
    tree,
    valley,
)
from tests.pencilnet.refused import refused

from drawings import descent_path, learning_rates, spreads
from pencilnet import SGD, Constant

PATH = descended(SGD(learning_rate=0.03), 133)


def test_the_path_goes_through_its_places_and_ends_where_it_ended():
    root = tree(drawn("path of one step"))
    (curve,) = having(root, "curve")
    np.testing.assert_allclose(read_off(root, points(curve)), PATH[:2], atol=0.01)
    start, end = having(root, "dot")
    np.testing.assert_allclose(read_off(root, centre(start)), PATH[:1], atol=0.01)
    np.testing.assert_allclose(read_off(root, centre(end)), PATH[1:2], atol=0.01)


def test_along_a_contour_the_loss_is_the_contours():
    root = tree(drawn("path of momentum"))
    levels = [float(contour.get("data-level")) for contour in having(root, "contour")]
    assert set(levels) == {57 / 4**k for k in range(5)}
    for contour, level in zip(having(root, "contour"), levels, strict=True):
        places = read_off(root, points(contour[0]))
        np.testing.assert_allclose(valley(*places.T), level, rtol=0.02, atol=0.02)


def test_both_parameters_have_one_scale():
    (axes,) = having(tree(drawn("path of momentum")), "axes")
    (x0, x1, left, right), (y0, y1, bottom, top) = (
        [float(n) for n in axes.get(f"data-{d}").split()] for d in "xy"
    )
    assert (right - left) / (x1 - x0) == pytest.approx((bottom - top) / (y1 - y0), rel=1e-4)


def test_a_path_is_told_in_words():
    assert drawn("path of plain descent").title == "The path of plain descent, 133 steps"
    assert drawn("path of plain descent").description == (
        "A plane with w1 from −9 to 4 to the right and w2 from −2.4 to 2.8 upwards. Contours show the loss, "
        "from 57 on the outermost, each a quarter of the one around it, down to 0.223. The path of plain "
        "descent starts at (−8, 1), where the loss is 57. Its first steps lead to (−7.76, −0.5), "
        "(−7.53, 0.25), (−7.30, −0.125). After 133 steps it is at (−0.139, −9.18\u2009×\u200910⁻⁴¹), with a "
        "loss of 0.00969. On the way w1 changes its sign 0 times and w2 29 times."
    )
    assert "After 1 step it is at (−7.76, −0.5)" in drawn("path of one step").description


def test_a_sign_that_changes_once_is_told_so():
    drawing = descent_path(valley, [(-1, 0.5), (0.5, 0.1)], name="it", window=((-2, 2), (-1, 1)))
    assert drawing.description.endswith("On the way w1 changes its sign once and w2 0 times.")


@pytest.mark.parametrize(
    ("path", "window", "message"),
    [
        (PATH[:1], VALLEY, "a path needs a start and at least one step, (steps + 1, 2), and got (1, 2)"),
        (
            [[1, 2, 3], [1, 2, 3]],
            VALLEY,
            "a path needs a start and at least one step, (steps + 1, 2), and got (2, 3)",
        ),
        (
            PATH[:2],
            ((2, -2), (-1, 1)),
            "each edge of the window should be a lower and a higher number, and got ((2, -2), (-1, 1))",
        ),
        (
            PATH[:2],
            ((-7.9, 1), (-2, 2)),
            "the path should stay in the window: it goes from -8 to -7.76 across and from -0.5 to 1 upwards",
        ),
        (
            PATH[:2],
            ((-9, 1), (-2, 0.9)),
            "the path should stay in the window: it goes from -8 to -7.76 across and from -0.5 to 1 upwards",
        ),
    ],
)
def test_what_is_no_path_is_refused(path, window, message):
    with refused(message):
        descent_path(valley, path, name="it", window=window)


def test_each_learning_rate_is_that_of_its_schedule_and_has_dashes_of_its_own():
    root = tree(drawn("learning rates"))
    curves = list(having(root, "curve"))
    for curve, schedule in zip(curves, SCHEDULES.values(), strict=True):
        rates = read_off(root, points(curve))[:, 1]
        np.testing.assert_allclose(rates, [schedule(k) for k in range(101)], atol=1e-4)
    assert len({curve.get("stroke-dasharray") for curve in curves}) == 4
    assert {said(label) for label in having(root, "label")} == set(SCHEDULES)


def test_learning_rates_are_told_in_words():
    assert drawn("learning rates").description == (
        "The learning rate over the steps. Constant, drawn as a whole line: 0.08 at first, 0.08 half-way, "
        "0.08 at the end; stairs, drawn as dashes: 0.1 at first, 0.05 half-way, 0.0125 at the end; inverse, "
        "drawn as dots: 0.1 at first, 0.0167 half-way, 0.00909 at the end; rise and cosine, drawn as "
        "dashes and dots: 0.01 at first, 0.05 half-way, 0 at the end."
    )


@pytest.mark.parametrize(
    ("schedules", "steps", "message"),
    [
        ({}, 5, "the picture needs a schedule and 2 steps, and got 0 and 5"),
        ({"it": Constant(1)}, 1, "the picture needs a schedule and 2 steps, and got 1 and 1"),
        (dict.fromkeys("abcde", Constant(1)), 5, "a drawing has room for 4 schedules, and got 5"),
    ],
)
def test_what_is_no_schedule_is_refused(schedules, steps, message):
    with refused(message):
        learning_rates(schedules, steps)


def test_the_line_the_box_and_the_mark_are_the_quarters():
    root = tree(drawn("spreads"))
    (axes,) = having(root, "axes")
    low, high, left, right = (float(n) for n in axes.get("data-x").split())
    for mark, numbers in zip(having(root, "mark"), ([190, 230, 280, 1300], [11, 15, 19]), strict=True):
        line, box, middle = mark[0], mark[1], mark[2]
        x, wide = float(box.get("x")), float(box.get("width"))
        found = np.array([points(line)[0, 0], x, points(middle)[0, 0], x + wide, points(line)[1, 0]])
        expected = np.quantile(numbers, [0, 0.25, 0.5, 0.75, 1])
        np.testing.assert_allclose(
            10 ** (low + (found - left) * (high - low) / (right - left)), expected, rtol=1e-3
        )
        assert float(mark.get("data-value")) == np.median(numbers)


def test_spreads_are_told_in_words():
    assert drawn("spreads").title == "How the epochs are spread in 2 groups"
    assert drawn("spreads below one").title == "How the errors are spread in 1 group"
    assert drawn("spreads").description == (
        "For each group a line from the lowest to the highest number, a box over the middle half and a mark "
        "at the median, on a scale of epochs that goes by powers of ten. SGD: 255 in the middle, half "
        "between 220 and 535, all from 190 to 1,300; Adam: 15 in the middle, half between 13 and 17, all "
        "from 11 to 19."
    )
    assert [said(tick) for tick in having(tree(drawn("spreads")), "tick")] == ["10", "100", "1,000", "10,000"]


@pytest.mark.parametrize(
    ("groups", "message"),
    [
        ({}, "the picture needs at least one group, and got none"),
        ({"it": [1, 0]}, "each number of it should be above 0, and got 0.0"),
        ({key: [1] for key in "abcdefghi"}, "a drawing has room for 8 groups, and got 9"),
    ],
)
def test_what_has_no_spread_is_refused(groups, message):
    with refused(message):
        spreads(groups, of="epochs")
