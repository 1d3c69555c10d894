"""The pen and its lines: paths, hatching, simpler lines, contours, and room for labels."""

import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawings.contours import contours, region
from drawings.pen import element, hatching, trace, units
from drawings.placing import ABOVE, RIGHT, Box, Room, beside
from drawings.polylines import outside, simplified

coordinates = st.floats(-100, 100)


@pytest.mark.parametrize(
    ("number", "written"), [(1.0, "1"), (-0.001, "0"), (2.50, "2.5"), (-3.14159, "-3.14")]
)
def test_a_coordinate_is_written_short(number: float, written: str):
    assert units(number) == written


def test_text_is_escaped_and_markup_is_not():
    assert (
        element("g", element("text", "a < b & c"), class_='"')
        == '<g class="&quot;"><text>a &lt; b &amp; c</text></g>'
    )


def test_what_is_none_is_left_out():
    assert element("path", d=trace([(0, 0), (1, 2)]), class_=None) == '<path d="M0 0L1 2"/>'


@settings(deadline=None)  # a busy machine is no failure
@given(st.floats(0, 300), st.floats(0, 300), st.floats(5, 100), st.floats(5, 100))
def test_hatching_stays_in_its_rectangle(left: float, top: float, wide: float, high: float):
    path = hatching(left, top, left + wide, top + high)
    ends = np.array([[float(x), float(y)] for x, y in re.findall(r"[ML](\S+?) ([-\d.]+)", path)])
    if wide + high > 6.1:
        assert len(ends)
        assert (ends >= [left - 0.01, top - 0.01]).all()
        assert (ends <= [left + wide + 0.01, top + high + 0.01]).all()


@settings(deadline=None, max_examples=30)  # a busy machine is no failure
@given(st.lists(st.tuples(coordinates, coordinates), min_size=2, max_size=12), st.floats(0.01, 10))
def test_a_simplified_line_keeps_its_ends_and_stays_near_every_point(line, tolerance: float):
    kept = simplified(line, tolerance)
    assert (kept[0], kept[-1]) == (line[0], line[-1])
    for point in line:
        assert min(distance(point, *ends) for ends in pairwise(kept)) <= tolerance + 1e-9


def distance(point, start, end) -> float:
    """How far a point is from the nearest one between start and end, by trying them."""
    parts = np.linspace(0, 1, 10) if start != end else np.zeros(1)
    for _ in range(8):
        away = np.hypot(*(np.add(start, np.outer(parts, np.subtract(end, start))) - point).T)
        nearest, gap = int(np.argmin(away)), (parts[-1] - parts[0]) / 9
        parts = np.clip(np.linspace(parts[nearest] - gap, parts[nearest] + gap, 10), 0, 1)
    return float(away.min())


def test_a_straight_line_needs_two_points():
    assert simplified([(k, 2 * k) for k in range(50)]) == [(0, 0), (49, 98)]


def test_a_line_is_cut_where_a_box_lies_on_it():
    pieces = outside([(x, 0) for x in range(10)], Box(3.5, -1, 5.5, 1))
    assert pieces == [[(0, 0), (1, 0), (2, 0), (3, 0)], [(6, 0), (7, 0), (8, 0), (9, 0)]]


def hill(size: int = 61):
    """A round hill whose contours are circles, over a map wider than it is high."""
    xs, ys = np.linspace(-3, 3, size), np.linspace(-2, 2, size)
    return xs, ys, 4 - np.add.outer(ys**2, xs**2)


def test_a_contour_of_a_hill_is_a_closed_circle():
    (ring,) = contours(*hill(), 3.0)
    assert ring[0] == ring[-1]
    assert np.hypot(*np.array(ring).T) == pytest.approx(1, abs=0.003)


def test_a_contour_that_reaches_the_border_ends_there():
    lines = contours(*hill(), -1.0)
    assert len(lines) == 2
    for line in lines:
        assert np.abs([line[0][1], line[-1][1]]) == pytest.approx(2)


def test_higher_ground_is_on_the_left_of_a_contour():
    (ring,) = contours(*hill(), 3.0)
    assert area(ring) == pytest.approx(np.pi, rel=0.01)


def test_a_region_is_closed_along_the_border():
    """4 - x^2 - y^2 >= -1: the disc of radius the root of 5, cut off above and below."""
    grid = np.stack(np.meshgrid(np.linspace(-3, 3, 1201), np.linspace(-2, 2, 801)))
    share = ((grid**2).sum(axis=0) <= 5).mean() * 24
    assert sum(map(area, region(*hill(), -1.0))) == pytest.approx(share, rel=0.01)


def test_a_region_without_a_hole_is_all_of_the_map_or_nothing():
    xs, ys, heights = hill()
    assert sum(map(area, region(xs, ys, heights, -100.0))) == pytest.approx(24)
    assert region(xs, ys, heights, 100.0) == []


def test_a_saddle_keeps_its_high_corners_apart():
    assert len(contours(np.arange(2.0), np.arange(2.0), np.array([[1.0, 0.0], [0.0, 1.0]]), 0.6)) == 2
    assert len(contours(np.arange(2.0), np.arange(2.0), np.array([[0.0, 1.0], [1.0, 0.0]]), 0.6)) == 2


def area(ring) -> float:
    """The area inside a ring that runs anticlockwise."""
    xs, ys = np.array(ring).T
    return float((xs * np.roll(ys, -1) - np.roll(xs, -1) * ys).sum() / 2)


def test_a_label_goes_to_the_first_free_place():
    room = Room(Box(0, 0, 100, 100), [Box(50, 40, 60, 60)])
    candidates = beside([(40, 50)], (20, 10), [5], [RIGHT, ABOVE])
    assert room.place(candidates) == Box(30, 35, 50, 45)
    assert room.place(candidates) == Box(45, 45, 65, 55), "the place above is taken by now"


def test_a_label_would_sooner_lie_on_something_than_leave_the_picture():
    room = Room(Box(0, 0, 100, 100), [Box(0, 0, 100, 100)])
    assert room.place(beside([(95, 50)], (20, 10), [5], [RIGHT, (-1, 0)])).right == 90
