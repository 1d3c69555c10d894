"""Two losses of one answer: the surprise, and the squared error beside it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from drawings import checks
from drawings.axes import Axes
from drawings.drawing import Drawing
from drawings.lettering import LINE, SIZE, Line, Run, listed, printed, symbol, value, width, words, write
from drawings.pen import Markup, group
from drawings.placing import Room, around, beside
from drawings.scale import Scale
from pencilnet import binary_cross_entropy, sigmoid

HIGHEST = 5.0
"""The surprise at which the picture over the probability ends; the curve goes on for ever."""
REACH = 7.0
"""How far the picture over the sum reaches to both sides."""
SHAPES = {
    "probability": (
        "over the probability p of the right answer. The surprise, minus the logarithm of p, is 0 at p = 1 "
        "and climbs ever more steeply to the left, out of the picture, where p goes to 0. The squared error, "
        "dashed, is never above 1."
    ),
    "sum": (
        "over the sum z of a neuron whose right answer is 1. Far to the left, where it is very wrong, the "
        "surprise is a slope that stays as steep as it is, and the squared error, dashed, is a level "
        "plain just below 1. To the right both are nearly 0."
    ),
}


def surprise_curve(over: str = "probability", marks: Sequence[float] = (), *, digits: int = 3) -> Drawing:
    """The surprise at the right answer and, dashed, its squared error.

    Args:
        over: What lies to the right: the "probability" of the right answer, or the "sum" of a sigmoid neuron
            whose right answer is 1.
        marks: Where to mark the surprise and print it: probabilities, or sums.
        digits: How many significant digits it is printed with.

    Raises:
        ValueError: It is over something else, there are more than 4 marks, or one lies outside the picture.

    Examples:
        >>> import drawings
        >>> drawings.surprise_curve(marks=[0.5]).description[-41:]
        'Marked: the surprise is 0.693 at p = 0.5.'
    """
    if over not in SHAPES:
        raise ValueError(f"the curve can be drawn over the probability or the sum, and got {over!r}")
    places = checks.numbers("the marks", marks).tolist() if len(marks) else []
    checks.at_most(4, "marks", len(places))
    low, high = (np.exp(-HIGHEST), 1.0) if over == "probability" else (-REACH, REACH)
    for place in places:
        if not low <= place <= high:
            raise ValueError(f"a mark should lie between {low:.3g} and {high:g}, and got {place}")
    axes = Axes(
        Scale(0 if over == "probability" else low, high, 38, 408),
        Scale(0, HIGHEST if over == "probability" else REACH, 252, 36),
    )
    return _drawn(axes, over, np.linspace(low, high, 241), places, digits)


def _drawn(axes: Axes, over: str, along: np.ndarray, places: list[float], digits: int) -> Drawing:
    letter = "p" if over == "probability" else "z"
    curves = {"surprise": _surprise(over, along), "square": (1 - _probability(over, along)) ** 2}
    room = Room(axes.frame, [box for ups in curves.values() for box in around(axes.points(along, ups), 4)])
    drawn = [
        axes.curve(along, ups, f"{name} q-loss", stroke_dasharray="7 6" if name == "square" else None)
        for name, ups in curves.items()
    ]
    # The marks choose first: a point's label has few places to be, a curve's name any along the curve.
    marks = [_mark(axes, room, over, place, digits) for place in places]
    answer = symbol("p") if over == "probability" else [*symbol("f"), Run("("), *symbol("z"), Run(")")]
    lines = {
        "surprise": [*words("−log "), *answer],
        "square": [*words("(1 − "), *answer, *words(")²")],
    }
    names = [_name(axes, room, lines[name], along, ups) for name, ups in curves.items()]
    name_of_x = words("probability of the right answer ") if over == "probability" else words("the sum ")
    about = (5, 5) if over == "probability" else (7, 7)
    background = axes.drawn(name_of_x + symbol(letter), words("loss of one example"), about)
    told = [
        f"{printed(surprise, digits)} at {letter} = {printed(place, digits)}"
        for place, surprise in zip(places, _surprise(over, np.array(places)).tolist(), strict=True)
    ]
    description = f"Two curves {SHAPES[over]}" + (f" Marked: the surprise is {listed(told)}." if told else "")
    title = "The surprise and the squared error"
    return Drawing("surprise-curve", title, description, [background, *drawn, *marks, *names], 296)


def _probability(over: str, along: np.ndarray) -> np.ndarray:
    return along if over == "probability" else sigmoid(along)


def _surprise(over: str, along: np.ndarray) -> np.ndarray:
    if over == "probability":
        return np.abs(np.log(along))  # of numbers up to 1, where the logarithm is not above 0
    return np.array([binary_cross_entropy(1, z) for z in along.tolist()])


def _mark(axes: Axes, room: Room, over: str, place: float, digits: int) -> Markup:
    """A dot on the curve of the surprise, with its number."""
    surprise = float(_surprise(over, np.array([place]))[0])
    line = value(surprise, digits)
    at = axes.at(place, surprise)
    room.take(around([at], 6))
    box = room.place(beside([at], (width(line), LINE), [9, 15, 24]))
    label = write(box.left, box.bottom - 0.3 * SIZE, line, class_="label q-loss")
    return group(axes.dot(place, surprise, "q-loss"), label, class_="mark", data_value=place)


def _name(axes: Axes, room: Room, line: Line, along: np.ndarray, ups: np.ndarray) -> Markup:
    box = room.place(beside(axes.points(along[20:200:10], ups[20:200:10]), (width(line), LINE), [10, 16]))
    return write(box.left, box.bottom - 0.3 * SIZE, line, class_="label q-loss")
