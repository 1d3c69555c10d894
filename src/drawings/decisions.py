"""The line where a neuron's answer tips over, in the plane of its two inputs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from drawings import checks
from drawings.axes import Axes
from drawings.drawing import Drawing
from drawings.lettering import SMALL, Line, equation, exact, listed, printed, symbol, words, write
from drawings.pen import Markup, Point, element, group, stroke, trace
from drawings.scale import Scale

if TYPE_CHECKING:
    from pencilnet import Neuron

UNIT = 25.0
"""How far apart the numbers 0 and 1 are on both axes, in a plane that is not zoomed out."""
ACROSS, UP = 6, 5
"""How far the plane reaches from 0 to the sides, and up and down."""
SPACING = 9.0
"""From one stroke of the hatching to the next."""
KEY = 356.0
MOST_OTHERS = 20


def decision_line(
    neuron: Neuron,
    inputs: Sequence[float] | None,
    others: Sequence[Sequence[float]] = (),
    *,
    digits: int = 3,
) -> Drawing:
    """Where in the plane of its two inputs a neuron answers more than 0.5, and the line between the sides.

    Args:
        neuron: A neuron with 2 weights. Where its weighted sum is 0 it answers 0.5: that is the line.
        inputs: The pair of inputs to mark, with the answer beside it; with None only the others are drawn.
        others: More pairs, drawn small: a disc where the answer is more than 0.5, else a ring.
        digits: How many significant digits the answer is printed with.

    Raises:
        ValueError: The neuron has not 2 weights, there are not 2 inputs, there are more than 20 others, or
            there is no pair of inputs at all.

    Examples:
        >>> import drawings
        >>> from pencilnet import Neuron
        >>> drawings.decision_line(Neuron([1, 1], -1.5), [1, 1]).description[-66:]
        'On it stands the point (1, 1), where the neuron answers y = 0.622.'
    """
    checks.has("the neuron", neuron, "a pencilnet.Neuron", "weights", "bias")
    weights = checks.numbers("the neuron's weights", neuron.weights)
    checks.same_number("weights", weights, "axes", "xy")
    checks.at_most(MOST_OTHERS, "other pairs of inputs", len(others))
    if inputs is None and len(others) == 0:
        raise ValueError("the plane needs at least one pair of inputs, and got none")
    pairs = [
        checks.numbers("a pair of inputs", pair) for pair in (*others, *([] if inputs is None else [inputs]))
    ]
    for pair in pairs:
        checks.same_number("inputs", pair, "weights", weights)
    return _Decision(neuron, weights, pairs, len(others), digits).drawing()


class _Decision:
    """The plane of one neuron's inputs while it is being drawn."""

    def __init__(
        self, neuron: Neuron, weights: np.ndarray, pairs: list[np.ndarray], others: int, digits: int
    ) -> None:
        self.neuron, self.weights, self.bias = neuron, weights, float(neuron.bias)
        self.others, self.marked, self.digits = pairs[:others], pairs[others:], digits
        far = max(float(np.abs(pair / (ACROSS, UP)).max()) for pair in pairs)
        zoom = max(1, math.ceil(far))
        self.axes = Axes(
            Scale(-ACROSS * zoom, ACROSS * zoom, 38, 38 + 2 * ACROSS * UNIT),
            Scale(-UP * zoom, UP * zoom, 36 + 2 * UP * UNIT, 36),
        )
        self.line = self.boundary()

    def sum(self, x1: float, x2: float) -> float:
        return float(self.weights[0]) * x1 + float(self.weights[1]) * x2 + self.bias

    def boundary(self) -> list[Point]:
        """The two points of the border between which the sum is 0; none where the line does not come by."""
        x, y = self.axes.x, self.axes.y
        corners = [(x.low, y.low), (x.high, y.low), (x.high, y.high), (x.low, y.high)]
        ends = []
        for one, other in zip(corners, corners[1:] + corners[:1], strict=True):
            at_one, at_other = self.sum(*one), self.sum(*other)
            if (at_one > 0) != (at_other > 0):
                part = at_one / (at_one - at_other)
                ends.append(tuple(a + part * (b - a) for a, b in zip(one, other, strict=True)))
        return ends

    def drawing(self) -> Drawing:
        _, top, _, bottom = self.axes.frame
        zeros = [[self.axes.at(0, y) for y in (self.axes.y.low, self.axes.y.high)]]
        zeros += [[self.axes.at(x, 0) for x in (self.axes.x.low, self.axes.x.high)]]
        ends = [self.axes.at(*end) for end in self.line]
        marks = [
            element("path", d=self.hatching(), stroke_width=1, class_="hatching q-activation"),
            self.axes.drawn(symbol("x1"), symbol("x2"), (6, 5), grid=False),
            *(stroke(zero, class_="grid", stroke_opacity=0.2) for zero in zeros),
            element("path", d=trace(ends) if ends else "M0 0", stroke_width=2.6, class_="boundary q-sum"),
            write(412, top - 14, self.told(), size=SMALL, anchor="end", class_="note boundary-note"),
            *(self.small(*self.axes.at(*pair), float(self.neuron.feedforward(pair))) for pair in self.others),
            *self.key((top + bottom) / 2),
            *map(self.point, self.marked),
        ]
        return Drawing("decisions", "Where the neuron says yes", self.description(), marks, bottom + 46)

    def told(self) -> Line:
        """What is to be said of the line."""
        if self.line:
            return [*words("on the line "), *symbol("z"), *words(" = 0 and "), *symbol("y"), *words(" = 0.5")]
        if self.weights.any():
            return words("the line lies outside")
        return words("no line: both weights are 0")

    def hatching(self) -> str:
        """Slanting strokes over all of the plane where the sum is more than 0."""
        left, top, right, bottom = self.axes.frame
        drawn = []
        for across in np.arange(left - (bottom - top) + SPACING, right, SPACING).tolist():
            start, end = max(left, across), min(right, across + bottom - top)
            drawn += self.cut((start, top + start - across), (end, top + end - across))
        return "".join(map(trace, drawn)) or "M0 0"

    def cut(self, start: Point, end: Point) -> list[list[Point]]:
        """What of a stroke lies where the sum is more than 0."""
        at_start, at_end = self.sum(*self.numbers(start)), self.sum(*self.numbers(end))
        if at_start <= 0 and at_end <= 0:
            return []
        if at_start > 0 and at_end > 0:
            return [[start, end]]
        part = at_start / (at_start - at_end)
        border = (start[0] + part * (end[0] - start[0]), start[1] + part * (end[1] - start[1]))
        return [[start, border] if at_start > 0 else [border, end]]

    def numbers(self, place: Point) -> Point:
        """The numbers that a place stands for."""
        x, y = self.axes.x, self.axes.y
        return (
            x.low + (place[0] - x.start) * (x.high - x.low) / (x.end - x.start),
            y.low + (place[1] - y.start) * (y.high - y.low) / (y.end - y.start),
        )

    def small(self, x: float, y: float, output: float) -> Markup:
        """A disc for a yes, a ring for a no."""
        return element(
            "circle", cx=x, cy=y, r=4, fill="currentColor" if output > 0.5 else "none", class_="other"
        )

    def key(self, middle: float) -> list[Markup]:
        drawn = []
        for y, said, output in ((middle - 84, "more", 1.0), (middle + 20, "less", 0.0)):
            strokes = [[(KEY + max(0, s), y + max(0, -s)), (KEY + min(28, 28 + s), y + min(28, 28 - s))]
                       for s in (-18, -9, 0, 9, 18)]  # fmt: skip
            hatching = element(
                "path", d="".join(map(trace, strokes)), stroke_width=1, class_="hatching q-activation"
            )
            drawn += [
                hatching if output else Markup(),
                element("rect", x=KEY, y=y, width=28, height=28, class_="swatch"),
                self.small(KEY + 14, y + 14, output) if self.others else Markup(),
                write(KEY, y + 45, [*symbol("y"), *words(f" {said}")], size=SMALL, class_="note"),
                write(KEY, y + 62, words("than 0.5"), size=SMALL, class_="note"),
            ]
        return [group(*drawn, class_="key")]

    def point(self, inputs: np.ndarray) -> Markup:
        """The inputs, and beside them, towards the middle of the plane, the answer."""
        x, y = self.axes.at(*map(float, inputs))
        output = float(self.neuron.feedforward(inputs))
        left = x > (self.axes.x.start + self.axes.x.end) / 2
        baseline = min(max(y + 5, self.axes.frame.top + 14), self.axes.frame.bottom - 7)  # off the border
        answer = write(
            x - 12 if left else x + 12,
            baseline,
            equation("y", output, self.digits),
            anchor="end" if left else "start",
            class_="label q-activation",
            data_quantity="y",
            data_value=exact(output),
        )
        dot = element("circle", cx=x, cy=y, r=6.5, fill="currentColor", class_="dot q-input")
        return group(dot, answer, class_="point")

    def description(self) -> str:
        x, y = self.axes.x, self.axes.y
        text = (
            f"A plane with the input x1 from {printed(x.low)} to {printed(x.high)} to the right and the "
            f"input x2 from {printed(y.low)} to {printed(y.high)} upwards. {self.sides()} "
        )
        for answer, pairs in (("more than 0.5", self.saying(True)), ("0.5 or less", self.saying(False))):
            if pairs:
                text += f"Marked with an answer of {answer}: {listed(map(_told, pairs))}. "
        for inputs in self.marked:
            output = printed(float(self.neuron.feedforward(inputs)), self.digits)
            text += f"On it stands the point {_told(inputs)}, where the neuron answers y = {output}."
        return text.rstrip()

    def saying(self, yes: bool) -> list[np.ndarray]:
        return [pair for pair in self.others if (float(self.neuron.feedforward(pair)) > 0.5) == yes]

    def sides(self) -> str:
        if self.line:
            ends = " to ".join(_told(end) for end in sorted(self.line))
            return (
                f"The line where the sum z is 0 and the answer y is 0.5 runs from {ends}, x1 first. "
                f"The hatched side of it, where the answer is more than 0.5, is {self.hatched()}."
            )
        why = "The line lies outside" if self.weights.any() else "Both weights are 0, so there is no line"
        middle = self.sum(0, 0)
        everywhere = "more than 0.5, and the plane is hatched" if middle > 0 else "less than 0.5"
        return f"{why}: everywhere here the answer is {everywhere if middle else '0.5'}."

    def hatched(self) -> str:
        """On which side of the line the sum is more than 0, as a reader would point."""
        w1, w2 = self.weights.tolist()
        up = "above" if w2 > 0 else "below"
        across = "to the right" if w1 > 0 else "to the left"
        return " and ".join(word for word, weight in ((up, w2), (across, w1)) if weight)


def _told(pair: Sequence[float]) -> str:
    return f"({printed(float(pair[0]))}, {printed(float(pair[1]))})"
