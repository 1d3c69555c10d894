"""How wrong a measured slope is for each size of nudge, on scales that go by powers of ten."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from drawings import checks
from drawings.axes import Axes
from drawings.drawing import Drawing
from drawings.lettering import LINE, SIZE, SMALL, centred, printed, width, words, write
from drawings.pen import Markup, group, stroke
from drawings.placing import Room, around, beside
from drawings.powers import power, powers
from drawings.scale import Scale

DASHES = {"central": None, "forward": "7 6"}
"""The whole line is the one, the dashed line the other."""


def step_errors(steps: Sequence[float], forward: Sequence[float], central: Sequence[float]) -> Drawing:
    """The errors of forward and of central differences over the step, both scales logarithmic.

    Args:
        steps: How far was nudged, each greater than 0, at least two different ones, in any order.
        forward: How far the forward difference was off, for each step. An error of 0 has no place on such a
            scale; it is drawn at the lower edge.
        central: How far the central difference was off, for each step.

    Raises:
        ValueError: There are not as many errors as steps, or one of the numbers can't be used.

    Examples:
        >>> import drawings
        >>> drawing = drawings.step_errors([0.1, 0.01], [2e-3, 2e-4], [9e-5, 9e-7])
        >>> drawing.description.split(". ")[-1]
        'The smallest error of the central difference is 9.00\u2009×\u200910⁻⁷, with a nudge of 0.01.'
    """
    given = checks.numbers("the steps", steps)
    errors = {
        "central": checks.numbers("the central errors", central),
        "forward": checks.numbers("the forward errors", forward),
    }
    for step in given.tolist():
        checks.above_zero("each step", step)
    for name, row in errors.items():
        checks.same_number("steps", given, f"{name} errors", row)
        if (row < 0).any():
            raise ValueError(f"the {name} errors should be 0 or more, and got {float(row.min())}")
    seen = np.concatenate([row[row > 0] for row in errors.values()])
    if given.min() == given.max() or not seen.size:
        raise ValueError("the picture needs two different steps, and an error above 0")

    order = np.argsort(given)
    across = np.log10(given[order])
    low, high = math.floor(np.log10(seen.min())), math.ceil(np.log10(seen.max()))
    axes = Axes(
        Scale(math.floor(across[0]), math.ceil(across[-1]), 46, 400),
        Scale(low, max(high, low + 1), 258, 36),
    )
    up = {name: np.log10(np.maximum(row[order], 10.0**low)) for name, row in errors.items()}
    room = Room(axes.frame, [box for row in up.values() for box in around(axes.points(across, row), 4)])
    curves = [
        stroke(
            axes.points(across, row), class_=f"curve {name}", stroke_width=2, stroke_dasharray=DASHES[name]
        )
        for name, row in up.items()
    ]
    names = [_name(axes, room, name, across, row) for name, row in up.items()]
    best = int(np.argmin(up["central"]))
    dot = axes.dot(float(across[best]), float(up["central"][best]), "q-gradient")
    return Drawing(
        "step-errors",
        "The error of a measured slope, for each nudge",
        _described(given[order], {name: row[order] for name, row in errors.items()}),
        [_axes(axes), group(*curves, class_="q-gradient"), dot, *names],
        304,
    )


def _axes(axes: Axes) -> Markup:
    left, top, right, bottom = axes.frame
    drawn = []
    for exponent in powers(axes.x, 8):
        x = float(axes.x(exponent))
        drawn += [
            stroke([(x, bottom), (x, bottom + 5)]),
            centred(x, bottom + 21, power(exponent), size=SMALL, class_="tick"),
        ]
    for exponent in powers(axes.y, 7):
        y = float(axes.y(exponent))
        drawn += [
            stroke([(left, y), (right, y)], class_="grid", stroke_opacity=0.2),
            write(left - 6, y + 5, power(exponent), size=SMALL, anchor="end", class_="tick"),
        ]
    drawn += [
        stroke([(left, bottom), (right, bottom)]),
        write(right, bottom + 40, words("nudge"), size=SMALL, anchor="end", class_="axis-name"),
        write(6, top - 14, words("error of the slope"), size=SMALL, class_="axis-name"),
    ]
    return group(*drawn, class_="axes", data_x=str(axes.x), data_y=str(axes.y), stroke_width=1.2)


def _name(axes: Axes, room: Room, name: str, across: np.ndarray, row: np.ndarray) -> Markup:
    """The curve's name, on its right half, where the two lie apart."""
    line = words(name)
    points = [axes.at(float(x), float(y)) for x, y in zip(across, row, strict=True)]
    box = room.place(beside(points[len(points) // 2 :], (width(line), LINE), [8, 14]))
    return write(box.left, box.top + LINE - 0.3 * SIZE, line, class_="label q-gradient")


def _described(steps: np.ndarray, errors: dict[str, np.ndarray]) -> str:
    ends = f"{printed(float(steps[-1]))} down to {printed(float(steps[0]))}"
    told = [
        f"The smallest error of the {name} difference is {printed(float(row.min()))}, "
        f"with a nudge of {printed(float(steps[np.argmin(row)]))}."
        for name, row in reversed(errors.items())
    ]
    return (
        f"Two curves show how far the measured slope is off, for nudges from {ends}: the central difference "
        "as a whole line, the forward difference as a dashed one. "
        f"{_off(steps, errors, -1)} {_off(steps, errors, 0)} {' '.join(told)}"
    )


def _off(steps: np.ndarray, errors: dict[str, np.ndarray], k: int) -> str:
    by = {name: printed(float(row[k])) for name, row in errors.items()}
    return (
        f"With a nudge of {printed(float(steps[k]))} the forward difference is off by {by['forward']} "
        f"and the central one by {by['central']}."
    )
