"""Learning rates over the steps of a training."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from drawings import checks
from drawings.axes import Axes
from drawings.drawing import Drawing
from drawings.lettering import LINE, SIZE, printed, width, words, write
from drawings.pen import Markup, stroke
from drawings.placing import Room, around, beside
from drawings.polylines import evenly
from drawings.scale import Scale, round_up

DASHES = (None, "7 6", "2 5", "12 4 2 4")
"""How the lines are told apart, in their order."""
DASHED = ("a whole line", "dashes", "dots", "dashes and dots")


def learning_rates(
    schedules: Mapping[str, Callable[[int], float]], steps: int, *, digits: int = 3
) -> Drawing:
    """The learning rate of each step, for each of some schedules.

    Args:
        schedules: The schedules by name, at most 4: functions of a step's number, 0 for the first.
        steps: How many steps are drawn, at least 2.
        digits: How many significant digits the rates are told with.

    Raises:
        ValueError: There is no schedule, there are too many, or fewer than 2 steps.

    Examples:
        >>> import drawings
        >>> from pencilnet import Constant, Cosine
        >>> rates = {"constant": Constant(0.1), "cosine": Cosine(0.1, steps=100)}
        >>> drawings.learning_rates(rates, 101).title
        'Learning rates over 101 steps'
    """
    checks.at_most(len(DASHES), "schedules", len(schedules))
    if not schedules or not steps >= 2:
        raise ValueError(f"the picture needs a schedule and 2 steps, and got {len(schedules)} and {steps}")
    at = np.arange(steps)
    rates = {
        name: checks.numbers(f"the rates of {name}", [schedule(k) for k in at.tolist()])
        for name, schedule in schedules.items()
    }
    highest = max(float(row.max()) for row in rates.values())
    axes = Axes(Scale(0, steps - 1, 52, 404), Scale(0, round_up(highest), 238, 36))
    room = Room(
        axes.frame, [box for row in rates.values() for box in around(evenly(axes.points(at, row), 250), 4)]
    )
    curves = [
        stroke(axes.points(at, row), class_="curve", stroke_width=2, stroke_dasharray=dash)
        for row, dash in zip(rates.values(), DASHES, strict=False)
    ]
    names = [_name(axes, room, name, at, rates) for name in rates]
    background = axes.drawn(words("step"), words("learning rate"))
    return Drawing(
        "learning-rates", f"Learning rates over {printed(steps)} steps", _described(rates, digits),
        [background, *curves, *names], 282,
    )  # fmt: skip


def _name(axes: Axes, room: Room, name: str, at: np.ndarray, rates: dict[str, np.ndarray]) -> Markup:
    """The name of a line, close to it where it is far from the others."""
    line, others = words(name), [row for other, row in rates.items() if other != name]
    alone = np.min([np.abs(rates[name] - row) for row in others], axis=0) if others else np.ones(len(at))
    # Which of two places is lonelier by the last digit differs between machines.
    alone[(at < 0.1 * at[-1]) | (at > 0.8 * at[-1])] = 0
    order = np.argsort(-(alone / axes.y.high).round(3), kind="stable")[: max(1, len(at) // 3)]
    points = axes.points(at[order], rates[name][order])
    box = room.place(beside(points, (width(line), LINE), (8, 14, 20)))
    return write(box.left, box.top + LINE - 0.3 * SIZE, line, class_="label")


def _described(rates: dict[str, np.ndarray], digits: int) -> str:
    def told(name: str, row: np.ndarray, dash: str) -> str:
        first, middle, last = (printed(float(row[k]), digits) for k in (0, len(row) // 2, -1))
        return f"{name}, drawn as {dash}: {first} at first, {middle} half-way, {last} at the end"

    lines = [told(name, row, dash) for (name, row), dash in zip(rates.items(), DASHED, strict=False)]
    return f"The learning rate over the steps. {'; '.join(lines)}.".replace(
        lines[0], lines[0][0].upper() + lines[0][1:], 1
    )
