"""The sigmoid and its derivative, with points riding on them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from drawings import checks
from drawings.axes import Axes
from drawings.drawing import Drawing
from drawings.lettering import LINE, SIZE, Line, Run, listed, printed, symbol, value, width, words, write
from drawings.pen import Markup, group, stroke
from drawings.placing import Box, Room, around, beside, between
from drawings.scale import Scale
from pencilnet import sigmoid, sigmoid_derivative


def sigmoid_curve(derivative: bool = False, marks: Sequence[float] = (), *, digits: int = 3) -> Drawing:
    """The curve of the sigmoid over the sum z.

    Args:
        derivative: Draw its derivative too, as a dashed line.
        marks: Sums to mark on the curve, with the values there printed beside them.
        digits: How many significant digits these values are printed with.

    Raises:
        ValueError: A mark is not a finite number, or there are more than 4.

    Examples:
        >>> import drawings
        >>> drawings.sigmoid_curve(marks=[7]).description[-21:]
        'Marked: f(7) = 0.999.'
    """
    sums = checks.numbers("the marks", marks).tolist() if len(marks) else []
    checks.at_most(4, "marks", len(sums))
    reach = max([6.0, *(np.ceil(abs(z)) + 1 for z in sums)])
    axes = Axes(Scale(-reach, reach, 38, 412), Scale(0, 1, 232, 36))
    z = np.linspace(-reach, reach, 241)
    functions = [("f", sigmoid, "q-activation", None)]
    if derivative:
        functions.append(("f′", sigmoid_derivative, "q-gradient", "7 6"))
    curves = [
        axes.curve(z, function(z), class_, stroke_dasharray=dashes)
        for _, function, class_, dashes in functions
    ]
    room = Room(
        axes.frame, [box for _, function, *_ in functions for box in around(axes.points(z, function(z)), 3)]
    )
    # The marks choose first: a point's label has one place to be, a curve's name any along the curve.
    labels = [_mark(axes, room, mark, functions, digits) for mark in sums]
    labels += [_curve_name(axes, room, *function) for function in functions]
    background = axes.drawn(words("the sum ") + symbol("z"), words("what comes out"), (6, 2))
    title = "The sigmoid and its derivative" if derivative else "The sigmoid"
    return Drawing(
        "sigmoid", title, _described(derivative, sums, digits), [background, *curves, *labels], 276
    )


def _curve_name(axes: Axes, room: Room, letter: str, function, class_: str, _dashes) -> Markup:
    line = _call(letter, symbol("z"))
    along = (0.9, 1.4, 2.0, -0.9, 2.6) if letter == "f" else (1.4, 2.2, -1.4, 3.0)
    points = [axes.at(z, float(function(z))) for z in along]
    box = room.place(beside(points, (width(line), LINE), [10]))
    return _lettered(box, [line], [class_])


def _mark(axes: Axes, room: Room, z: float, functions, digits: int) -> Markup:
    """The points over one sum, a light line down to it, and what they are worth."""
    lines = [
        _call(letter, [Run(printed(z, digits))]) + words(" = ") + value(float(function(z)), digits)
        for letter, function, *_ in functions
    ]
    classes = [class_ for *_, class_, _ in functions]
    foot, highest = axes.at(z, 0), axes.at(z, float(sigmoid(z)))
    room.take(between(foot, highest, 4))
    box = room.place(beside([highest], (max(map(width, lines)), LINE * len(lines)), (10, 18, 26, 40, 60)))
    dots = [axes.dot(z, float(function(z)), class_) for _, function, class_, _ in functions]
    guide = stroke([foot, highest], class_="guide", stroke_dasharray="1 5")
    return group(guide, *dots, _lettered(box, lines, classes), class_="mark", data_quantity="z", data_value=z)


def _call(letter: str, argument: Line) -> Line:
    return [Run(letter, "letter"), Run("("), *argument, Run(")")]


def _lettered(box: Box, lines: list[Line], classes: list[str]) -> Markup:
    return group(
        *(
            write(box.left, box.top + LINE * (k + 1) - 0.3 * SIZE, line, class_=f"label {class_}")
            for k, (line, class_) in enumerate(zip(lines, classes, strict=True))
        )
    )


def _described(derivative: bool, sums: list[float], digits: int) -> str:
    text = (
        "The curve rises from left to right in the shape of an S: almost flat just above 0 where the sum z "
        "is very negative, steepest at z = 0, where it passes through 0.5, and almost flat again just below "
        "1 where z is very positive."
    )
    if derivative:
        text += (
            f" Its derivative, dashed, is a low hill: nearly 0 on both sides and highest at z = 0, where it "
            f"is {printed(float(sigmoid_derivative(0.0)))}."
        )
    told = [
        f"f({printed(z, digits)}) = {printed(float(sigmoid(z)), digits)}"
        + (
            f" and f′({printed(z, digits)}) = {printed(float(sigmoid_derivative(z)), digits)}"
            if derivative
            else ""
        )
        for z in sums
    ]
    return f"{text} Marked: {listed(told)}." if told else text
