"""Examples as points in the plane of two features, each class with a shape of its own."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from drawings import checks
from drawings.axes import Axes
from drawings.drawing import Drawing
from drawings.lettering import SMALL, listed, printed, words, write
from drawings.pen import Markup, Point, element, group, units
from drawings.scale import Scale, step

SHAPES = ("disc", "ring", "cross")


def scatter(
    x: Sequence[float],
    y: Sequence[float],
    classes: Sequence[int],
    names: Sequence[str],
    *,
    x_name: str,
    y_name: str,
) -> Drawing:
    """Many examples by two of their features: discs, rings and crosses for the classes 0, 1 and 2.

    Args:
        x: The feature that goes to the right, one number for each example.
        y: The feature that goes up.
        classes: The class of each example, counted from 0.
        names: What each class is called, at most three.
        x_name: What the axis to the right measures.
        y_name: What the axis upwards measures.

    Raises:
        ValueError: There are not as many of one as of the other, or more classes than shapes.

    Examples:
        >>> import drawings
        >>> features = {"x": [1, 4, 5], "y": [0.2, 1.3, 2]}
        >>> kinds = {"classes": [0, 1, 1], "names": ["a", "b"]}
        >>> drawings.scatter(**features, **kinds, x_name="u", y_name="v").description[-51:]
        'For b, 2 rings: u from 4 to 5, and v from 1.3 to 2.'
    """
    across, up = checks.numbers("x", x), checks.numbers("y", y)
    which = checks.numbers("the classes", classes).astype(int)
    checks.same_number("x", across, "y", up)
    checks.same_number("examples", across, "classes", which)
    checks.at_most(len(SHAPES), "classes", len(names))
    if not set(which.tolist()) <= set(range(len(names))):
        raise ValueError(f"there are {len(names)} names, and a class {int(which.max())}")
    axes = Axes(_scale(across, 46, 400, 5), _scale(up, 252, 60, 4))
    marks, told = [axes.drawn(words(x_name), words(y_name), (6, 4))], []
    for k, name in enumerate(names):
        chosen = which == k
        if not chosen.any():
            continue
        points = axes.points(across[chosen], up[chosen])
        marks += [_points(points, SHAPES[k]), _key(k, name)]
        told.append(
            f"For {name}, {int(chosen.sum())} {_plural(SHAPES[k], int(chosen.sum()))}: "
            f"{x_name} {_range(across[chosen])}, and {y_name} {_range(up[chosen])}."
        )
    kinds = listed(f"{name} as {_plural(SHAPES[k], 2)}" for k, name in enumerate(names))
    description = f"Points for {len(across)} examples by {x_name} and {y_name}, {kinds}. {' '.join(told)}"
    return Drawing("scatter", f"{x_name} and {y_name}".capitalize(), description, marks, 298)


def _scale(numbers: np.ndarray, start: float, end: float, about: int) -> Scale:
    """From the round number below the smallest to the one above the largest."""
    low, high = float(numbers.min()), float(numbers.max())
    gap = step(low, high, about) if high > low else 1.0
    return Scale(gap * np.floor(low / gap), gap * (np.floor(high / gap) + 1), start, end)


def _points(points: Sequence[Point], shape: str) -> Markup:
    """All points of one class as one path. Where several lie on one place, there is one to be seen."""
    drawn = sorted({(units(round(x, 1)), units(round(y, 1))) for x, y in points})
    if shape == "disc":
        path = "".join(f"M{x} {y}h0" for x, y in drawn)
        return element("path", d=path, stroke_width=7, class_="points disc")
    if shape == "ring":
        path = "".join(f"M{x} {y}m-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0" for x, y in drawn)
    else:
        path = "".join(f"M{x} {y}m-3-3l6 6m0-6l-6 6" for x, y in drawn)
    return element("path", d=path, stroke_width=1.5, class_=f"points {shape}")


def _key(k: int, name: str) -> Markup:
    """The shape and the name of a class, above the plane."""
    x = 60.0 + 122 * k
    return group(
        _points([(x, 18)], SHAPES[k]), write(x + 12, 23, words(name), size=SMALL, class_="note"), class_="key"
    )


def _plural(shape: str, count: int) -> str:
    return shape if count == 1 else {"cross": "crosses"}.get(shape, f"{shape}s")


def _range(numbers: np.ndarray) -> str:
    low, high = printed(float(numbers.min())), printed(float(numbers.max()))
    return f"is {low}" if low == high else f"from {low} to {high}"
