"""The errors of measured slopes: where the curves lie, what they say, and what is refused."""

import numpy as np
import pytest
from tests.drawings.gallery import drawn, having, points, said, tree
from tests.pencilnet.refused import refused

from drawings import step_errors

STEPS, FORWARD, CENTRAL = [0.1, 0.001, 1e-5], [1e-2, 1e-4, 1e-6], [1e-4, 1e-8, 1e-10]


def curve(root, name):
    (path,) = having(root, name)
    return points(path)


def test_the_curves_pass_through_their_points_read_off_the_axes():
    root = tree(step_errors(STEPS, FORWARD, CENTRAL))
    (axes,) = having(root, "axes")
    (x0, x1, left, right), (y0, y1, bottom, top) = (
        [float(n) for n in axes.get(f"data-{d}").split()] for d in "xy"
    )
    assert (x0, x1, y0, y1) == (-5, -1, -10, -2)
    for name, errors in (("forward", FORWARD), ("central", CENTRAL)):
        found = curve(root, name)
        across = left + (np.log10(sorted(STEPS)) - x0) * (right - left) / (x1 - x0)
        up = bottom + (np.log10(sorted(errors)) - y0) * (top - bottom) / (y1 - y0)
        np.testing.assert_allclose(found, np.column_stack([across, up]), atol=0.01)


def test_the_ticks_are_powers_of_ten():
    root = tree(step_errors(STEPS, FORWARD, CENTRAL))
    ticks = [said(tick) for tick in having(root, "tick")]
    assert ticks == ["10⁻⁵", "10⁻⁴", "10⁻³", "10⁻²", "10⁻¹", "10⁻¹⁰", "10⁻⁸", "10⁻⁶", "10⁻⁴", "10⁻²"]


def test_a_power_of_zero_is_one():
    root = tree(step_errors([1, 0.1], [1, 0.1], [1, 0.01]))
    assert [said(tick) for tick in having(root, "tick")] == ["10⁻¹", "1", "10⁻²", "10⁻¹", "1"]


def test_one_is_dashed_and_the_dot_is_the_smallest_central_error():
    root = tree(drawn("step errors"))
    ((forward,), (central,)) = (list(having(root, name)) for name in ("forward", "central"))
    assert forward.get("stroke-dasharray")
    assert central.get("stroke-dasharray") is None
    (dot,) = having(root, "dot")
    lowest = max(points(central).tolist(), key=lambda point: point[1])
    assert [float(dot.get("cx")), float(dot.get("cy"))] == lowest


def test_an_error_of_zero_lies_at_the_lower_edge():
    root = tree(step_errors([0.1, 0.01], [1e-2, 1e-3], [0, 1e-4]))
    assert curve(root, "central")[:, 1].tolist() == [258, 258]


def test_it_says_what_is_to_be_seen():
    assert step_errors(STEPS, FORWARD, CENTRAL).description == (
        "Two curves show how far the measured slope is off, for nudges from 0.1 down to "
        "1.00\u2009×\u200910⁻⁵: the central difference as a whole line, the forward difference as a dashed "
        "one. With a nudge of 0.1 the forward difference is off by 0.01 and the central one by 0.0001. "
        "With a nudge of 1.00\u2009×\u200910⁻⁵ the forward difference is off by 1.00\u2009×\u200910⁻⁶ and "
        "the central one by 1.00\u2009×\u200910⁻¹⁰. "
        "The smallest error of the forward difference is 1.00\u2009×\u200910⁻⁶, with a nudge of "
        "1.00\u2009×\u200910⁻⁵. The smallest error of the central difference is "
        "1.00\u2009×\u200910⁻¹⁰, with a nudge of 1.00\u2009×\u200910⁻⁵."
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([0.1, 0], FORWARD[:2], CENTRAL[:2]), "each step should be above 0, and got 0.0"),
        (
            (STEPS, FORWARD[:2], CENTRAL),
            "there should be as many steps as forward errors: 3 steps, 2 forward errors",
        ),
        (
            (STEPS, FORWARD, CENTRAL[:2]),
            "there should be as many steps as central errors: 3 steps, 2 central errors",
        ),
        ((STEPS, [1, -1, 1], CENTRAL), "the forward errors should be 0 or more, and got -1.0"),
        ((STEPS, FORWARD, [1, 1, -2]), "the central errors should be 0 or more, and got -2.0"),
        (([0.1, 0.1], [1, 1], [1, 1]), "the picture needs two different steps, and an error above 0"),
        (([0.1, 0.2], [0, 0], [0, 0]), "the picture needs two different steps, and an error above 0"),
    ],
)
def test_what_cannot_be_drawn_is_refused(arguments, message):
    with refused(message):
        step_errors(*arguments)
