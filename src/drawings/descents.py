"""The way that a training takes down a landscape of two parameters."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from drawings import checks
from drawings.axes import Axes
from drawings.contours import contours
from drawings.drawing import Drawing
from drawings.lettering import LINE, SMALL, exact, printed, symbol, value, width, words, write
from drawings.pen import Markup, Point, element, group, stroke
from drawings.placing import Box, Room, around, beside
from drawings.polylines import evenly, simplified
from drawings.scale import Scale

FINENESS = 201
"""How many points of the landscape are computed from left to right."""
LEVELS = 5
"""How many contours there are; each has a quarter of the height of the one around it."""
DOTS = 60
"""After so many steps the dots would be one thick line, and only the line is drawn."""


def descent_path(
    loss: Callable,
    path: Sequence[Sequence[float]],
    *,
    name: str,
    window: Sequence[Sequence[float]],
    digits: int = 3,
) -> Drawing:
    """The places that a training has come through, over the contours of the loss.

    Both parameters have the same scale, so that a step straight downhill crosses each contour at a right
    angle.

    Args:
        loss: The loss as a function of the two parameters, called as `loss(w1, w2)` with two arrays of one
            shape. Above 0, but for its lowest point.
        path: Where the training has been, shape (steps + 1, 2), the start first.
        name: Whose path it is: "momentum".
        window: What is shown: the lowest and the highest $w_1$, and then those of $w_2$. The whole path.
        digits: How many significant digits the numbers are printed with.

    Raises:
        ValueError: The path has fewer than two places or leaves the window, or numbers can't be used.

    Examples:
        >>> import drawings
        >>> def loss(w1, w2):
        ...     return w1**2 + 4 * w2**2
        >>> path = [(-3, 1), (-2, 0.2), (-1, 0)]
        >>> drawings.descent_path(loss, path, name="descent", window=((-4, 1), (-2, 2))).title
        'The path of descent, 2 steps'
    """
    (left, right), (bottom, top) = (checks.numbers("an edge of the window", pair).tolist() for pair in window)
    if not (left < right and bottom < top):
        raise ValueError(f"each edge of the window should be a lower and a higher number, and got {window!r}")
    places = np.array([checks.numbers("each place of the path", place) for place in path])
    if len(places) < 2 or places.shape[1] != 2:
        raise ValueError(
            f"a path needs a start and at least one step, (steps + 1, 2), and got {places.shape}"
        )
    xs, ys = places.T
    if xs.min() < left or xs.max() > right or ys.min() < bottom or ys.max() > top:
        raise ValueError(
            f"the path should stay in the window: it goes from {xs.min():g} to {xs.max():g} across "
            f"and from {ys.min():g} to {ys.max():g} upwards"
        )
    high = 36 + (404 - 46) * (top - bottom) / (right - left)
    axes = Axes(Scale(left, right, 46, 404), Scale(bottom, top, high, 36))
    heights = loss(xs, ys)
    levels = [float(heights[0]) / 4**k for k in range(LEVELS)]
    steps = len(places) - 1
    lines = _landscape(axes, loss, levels)
    marks = [
        *[_contour(line, level) for level, line in lines],
        axes.drawn(symbol("w1"), symbol("w2"), (5, 3), grid=False),
        _path(axes, places),
        *_ends(axes, places, heights, [line for _, line in lines], digits),
    ]
    title = f"The path of {name}, {steps} {'step' if steps == 1 else 'steps'}"
    description = _described(axes, places, heights, levels, name, digits)
    return Drawing("descent-path", title, description, marks, high + 46)


def _landscape(axes: Axes, loss: Callable, levels: list[float]) -> list[tuple[float, list[Point]]]:
    """The contours, each with its level."""
    wide, high = axes.x.high - axes.x.low, axes.y.high - axes.y.low
    xs = np.linspace(axes.x.low, axes.x.high, FINENESS)
    ys = np.linspace(axes.y.low, axes.y.high, max(121, round(FINENESS * high / wide)))
    # Near its lowest point a loss bends from one point of the grid to the next; its root hardly does.
    roots = np.sqrt(loss(*np.meshgrid(xs, ys)))
    return [
        (level, simplified(axes.points(*np.array(line).T)))
        for level in levels
        for line in contours(xs, ys, roots, level**0.5)
    ]


def _contour(line: list[Point], level: float) -> Markup:
    drawn = stroke(line, stroke_width=1.1, stroke_opacity=0.75)
    return group(drawn, class_="contour q-loss", data_level=exact(level))


def _path(axes: Axes, places: np.ndarray) -> Markup:
    """The line, and a dot for each of the first steps."""
    points = axes.points(*places.T)
    dots = [
        element("circle", cx=x, cy=y, r=2.4, fill="currentColor", stroke="none") for x, y in points[1:DOTS]
    ]
    return group(stroke(simplified(points, 0.05), class_="curve", stroke_width=1.4), *dots, class_="q-weight")


def _ends(
    axes: Axes, places: np.ndarray, heights: np.ndarray, lines: list[list[Point]], digits: int
) -> list[Markup]:
    """The start and the end, each with its loss."""
    points = axes.points(*places.T)
    taken = [box for line in lines for box in around(evenly(line, 100), 1.5)]
    frame = Box(50, 4, 416, axes.frame.bottom - 2)
    room = Room(frame, taken + around(evenly(points, 200), 3))
    drawn = []
    for k, said in ((0, "start: "), (-1, "end: ")):
        line = words(said) + value(float(heights[k]), digits)
        place = beside([points[k]], (width(line, SMALL), LINE), (10, 18, 28, 40, 54, 70))
        box = room.place(place)
        dot = axes.dot(float(places[k, 0]), float(places[k, 1]), "q-weight")
        text = write(box.left, box.top + LINE - 5, line, size=SMALL, class_="label q-loss")
        drawn.append(group(dot, text, class_="mark"))
    return drawn


def _described(
    axes: Axes, places: np.ndarray, heights: np.ndarray, levels: list[float], name: str, digits: int
) -> str:
    def at(k: int) -> str:
        return f"({printed(float(places[k, 0]), digits)}, {printed(float(places[k, 1]), digits)})"

    steps = len(places) - 1
    first = ", ".join(at(k) for k in range(1, min(steps, 3) + 1))
    signs = np.sign(np.where(np.abs(places) < 1e-9, 0, places))
    crossed = [int((column[column != 0][1:] != column[column != 0][:-1]).sum()) for column in signs.T]
    lowest = printed(levels[-1], digits)
    return (
        f"A plane with w1 from {printed(axes.x.low)} to {printed(axes.x.high)} to the right and w2 from "
        f"{printed(axes.y.low)} to {printed(axes.y.high)} upwards. Contours show the loss, from "
        f"{printed(levels[0], digits)} on the outermost, each a quarter of the one around it, down to "
        f"{lowest}. The path of {name} starts at {at(0)}, where the loss is "
        f"{printed(float(heights[0]), digits)}. Its first steps lead to {first}. After "
        f"{printed(steps)} {'step' if steps == 1 else 'steps'} it is at {at(-1)}, with a loss of "
        f"{printed(float(heights[-1]), digits)}. On the way w1 changes its sign {_times(crossed[0])} and w2 "
        f"{_times(crossed[1])}."
    )


def _times(count: int) -> str:
    return "once" if count == 1 else f"{printed(count)} times"
