"""An activation function and its slope, with what the slope does at a kink."""

from __future__ import annotations

import math

import numpy as np

from drawings.axes import Axes
from drawings.drawing import Drawing
from drawings.lettering import LINE, SIZE, printed, symbol, width, words, write
from drawings.pen import Markup, element
from drawings.placing import Room, around, beside
from drawings.scale import Scale
from pencilnet import ACTIVATIONS

NAMES = {"leaky_relu": "leaky ReLU", "relu": "ReLU", "gelu": "GELU"}
"""How the names of the library are written elsewhere; the others are written as they are."""

REACH = 3
"""From which sum to which the curves go."""


def activation_curve(name: str) -> Drawing:
    """An activation function over the sum z, and its slope as a dashed line.

    Where the slope jumps, a disc is at its value there and a ring where it goes on.

    Args:
        name: A name that `pencilnet.ACTIVATIONS` knows: "sigmoid", "tanh", "relu" and so on.

    Raises:
        ValueError: It knows no such name.

    Examples:
        >>> import drawings
        >>> drawings.activation_curve("relu").title
        'ReLU and its slope'
    """
    if name not in ACTIVATIONS:
        raise ValueError(f"the activation should be one of {', '.join(ACTIVATIONS)}, and got {name!r}")
    function, slope = ACTIVATIONS[name]
    left, right = np.linspace(-REACH, 0, 121), np.linspace(1e-9, REACH, 121)
    z = np.concatenate([left, right])
    jumps = float(slope(right[0]) - slope(0)) > 0.001
    values, slopes = function(z), slope(z)
    low, high = (float(end) for end in (min(values.min(), slopes.min()), max(values.max(), slopes.max())))
    axes = Axes(
        Scale(-REACH, REACH, 44, 412),  # beside it there is room for −0.5, in a wide face too
        Scale(math.floor(2 * low) / 2, math.ceil(2 * high - 0.02) / 2, 232, 36),
    )
    pieces = [left, right] if jumps else [z]
    curves = [axes.curve(z, values, "q-activation")]
    curves += [axes.curve(piece, slope(piece), "q-gradient", stroke_dasharray="7 6") for piece in pieces]
    if jumps:
        curves += [axes.dot(0, float(slope(0)), "q-gradient"), _ring(axes, 0, float(slope(right[0])))]
    room = Room(axes.frame, [box for ys in (values, slopes) for box in around(axes.points(z, ys), 4)])
    shown = NAMES.get(name, name)
    labels = [
        _label(axes, room, text, class_, curve)
        for text, class_, curve in ((shown, "q-activation", function), ("its slope", "q-gradient", slope))
    ]
    background = axes.drawn(words("the sum ") + symbol("z"), words("what comes out"), (6, 4))
    title = f"{shown[0].upper()}{shown[1:]} and its slope"
    return Drawing("activation", title, _described(shown, name, jumps), [background, *curves, *labels], 276)


def _ring(axes: Axes, x: float, y: float) -> Markup:
    across, down = axes.at(x, y)
    return element("circle", cx=across, cy=down, r=4.5, fill="none", class_="ring q-gradient")


def _label(axes: Axes, room: Room, text: str, class_: str, curve) -> Markup:
    line = words(text)
    points = [axes.at(z, float(curve(z))) for z in (1.8, 2.3, 1.2, 2.7, -1.6, -2.2)]
    box = room.place(beside(points, (width(line), LINE), [8, 14]))
    return write(box.left, box.top + LINE - 0.3 * SIZE, line, class_=f"label {class_}")


def _described(shown: str, name: str, jumps: bool) -> str:
    function, slope = ACTIVATIONS[name]
    at = (-3, -1, 0, 1, 3)
    told = [f"{printed(float(function(z)), 2)} at {printed(z)}" for z in at]
    slopes = [f"{printed(float(slope(z)), 2)} at {printed(z)}" for z in at]
    text = f"The curve of {shown} over the sum z: {', '.join(told)}. Its slope, dashed: {', '.join(slopes)}."
    if jumps:
        text += (
            f" At 0 the slope jumps from {printed(float(slope(0)), 2)}, marked by a disc, "
            f"to {printed(float(slope(1e-9)), 2)}, marked by a ring."
        )
    return text
