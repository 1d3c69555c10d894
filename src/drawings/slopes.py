"""The loss along one parameter, with its tangent and one step of descent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from drawings import checks
from drawings.axes import Axes
from drawings.drawing import Drawing
from drawings.lettering import Run, exact, partial, printed, symbol, value, words, write
from drawings.pen import Markup, Point, arrow, element, group, stroke, trace
from drawings.placing import Box
from drawings.scale import Scale, round_up

if TYPE_CHECKING:
    from pencilnet import OurNeuralNetwork

ROWS = (304.0, 327.0, 350.0)
"""The baselines of what stands below: the slope, the step, the loss before and after."""


def loss_along(
    network: OurNeuralNetwork,
    name: str,
    x: Sequence[float],
    y_true: float,
    *,
    learning_rate: float = 0.1,
    reach: float = 6.0,
    digits: int = 3,
) -> Drawing:
    """The loss of one example while one parameter changes and the other eight stay, its slope, and one step.

    Args:
        network: It is left as it is.
        name: The parameter that changes: `w1` ... `w6`, `b1`, `b2` or `b3`.
        x: (2,) The example's inputs.
        y_true: Its true label.
        learning_rate: How far the step goes for the slope.
        reach: How far the picture goes to either side of the parameter's value; doubled until the step fits.
        digits: How many significant digits the numbers are printed with.

    Raises:
        ValueError: The network has no such parameter, or one of the numbers can't be used.

    Examples:
        >>> import drawings
        >>> from pencilnet import ALICE, OurNeuralNetwork
        >>> weights = {"w1": 1, "w2": 1, "w3": 1, "w4": 1, "w5": 1, "w6": 1}
        >>> network = OurNeuralNetwork.from_parameters(**weights, b1=0, b2=0, b3=0)
        >>> drawing = drawings.loss_along(network, "b3", ALICE.shifted, ALICE.label, learning_rate=5)
        >>> drawing.description.split(". ")[-1]
        'One step with the learning rate 5 changes b3 by 1.19, and the loss is then 0.0471.'
    """
    checks.has("the network", network, "a pencilnet.OurNeuralNetwork", "parameters", "forward", "backward")
    if name not in network.parameters:
        raise ValueError(f"the network has no parameter {name!r}: it has {', '.join(network.parameters)}")
    checks.above_zero("the learning rate", learning_rate)
    checks.above_zero("the reach", reach)
    example = checks.numbers("the inputs", x), float(checks.numbers("the true label", [y_true])[0])
    return _Slope(network.copy(), name, *example, learning_rate, reach, digits).drawing()


class _Slope:
    """The picture of the loss along one parameter while it is being drawn."""

    def __init__(
        self,
        network: OurNeuralNetwork,
        parameter: str,
        x: np.ndarray,
        y_true: float,
        learning_rate: float,
        reach: float,
        digits: int,
    ) -> None:
        self.network, self.parameter, self.x, self.y_true = network, parameter, x, y_true
        self.rate, self.digits = learning_rate, digits
        self.colour = "q-weight" if parameter[0] == "w" else "q-bias"
        self.all = list(network.parameters.values())
        self.here = float(network.parameters[parameter])
        self.slope = float(network.backward(network.forward(x), y_true).partials[parameter])
        self.there = self.here - learning_rate * self.slope
        self.before, self.after = self.loss(self.here), self.loss(self.there)
        self.reach = reach
        while reach < 1.25 * abs(self.there - self.here):
            reach *= 2
        self.axes = self.plane(reach)
        self.start, self.end = self.axes.at(self.here, self.before), self.axes.at(self.there, self.after)
        # An arrow shorter than its own head would not be seen as one.
        self.seen = abs(self.end[0] - self.start[0]) > 12

    def loss(self, number: float) -> float:
        """The loss of the example with another value of the parameter."""
        setattr(self.network, self.parameter, number)
        return (self.y_true - float(self.network.feedforward(self.x))) ** 2

    def plane(self, reach: float) -> Axes:
        self.numbers = np.linspace(self.here - reach, self.here + reach, 161)
        self.losses = np.array([self.loss(number) for number in self.numbers.tolist()])
        highest = max(float(self.losses.max()), self.after, 1e-9)
        return Axes(
            Scale(self.here - reach, self.here + reach, 46, 408), Scale(0, round_up(highest), 238, 36)
        )

    def drawing(self) -> Drawing:
        marks = [
            self.axes.drawn(symbol(self.parameter), words("loss")),
            self.axes.curve(self.numbers, self.losses, "q-loss", data_quantity="L"),
            stroke(
                self.tangent(),
                class_="tangent q-gradient",
                stroke_dasharray="7 6",
                stroke_width=2,
                data_quantity="dL_d" + self.parameter,
            ),
            self.step(),
            self.numbers_below(),
        ]
        return Drawing("loss-along", f"The loss along {self.parameter}", self.description(), marks, 362)

    def tangent(self) -> list[Point]:
        """Both ends of the tangent: half the picture long, or to where it would leave it."""
        (x, y), axes = self.start, self.axes
        down = float(axes.y(self.before + self.slope) - y) / float(axes.x(self.here + 1) - x)
        far = 105 / np.hypot(1, down)
        return [_inside((x + side * far, y + side * far * down), (x, y), axes.frame) for side in (-1, 1)]

    def step(self) -> Markup:
        """The parameter's way across, and the loss falling to where it then is."""
        (x0, y0), (x1, y1), floor = self.start, self.end, self.axes.frame.bottom
        guides = trace([(x0, y0), (x0, floor)])
        drawn = [group(self.axes.dot(self.here, self.before, "q-loss"), class_="place")]
        if self.seen:
            guides += trace([(x1, min(y0, y1)), (x1, floor)])
            drawn = [
                arrow((x0, y0), (x1, y0), stroke_width=2),
                element("circle", cx=x1, cy=y1, r=4.5, class_="dot-open q-loss"),
                *drawn,
            ]
        return group(
            element("path", d=guides, class_="guide", stroke_dasharray="1 5"),
            group(
                *drawn,
                class_=f"step {self.colour}",
                data_quantity=self.parameter,
                data_value=repr(self.here),
                # All that the curve was made from, so that a script can draw it along another parameter.
                data_rate=repr(float(self.rate)),
                data_reach=repr(float(self.reach)),
                data_network=" ".join(repr(float(number)) for number in self.all),
                data_sample=" ".join(map(repr, [*self.x.tolist(), self.y_true])),
            ),
        )

    def numbers_below(self) -> Markup:
        """What the marks stand for, with their numbers: the tangent, the arrow, the dot and the ring."""
        left, text, d = 46.0, 80.0, self.digits
        opened, closed = ("(", ")") if self.slope < 0 else ("", "")
        update = [
            *symbol(self.parameter),
            *words(" ← ") + value(self.here, d) + words(" − ") + value(self.rate, d) + words(" × "),
            *[Run(opened, "bracket"), *value(self.slope, d), Run(closed, "bracket")],
            *words(" = ") + value(self.there, d),
        ]
        slope, step, loss = ROWS
        return group(
            group(
                stroke([(left, slope - 5), (left + 26, slope - 5)], stroke_dasharray="7 6", stroke_width=2),
                write(text, slope, [*partial(self.parameter), *words(" = "), *value(self.slope, d)]),
                class_="label q-gradient",
                data_quantity="dL_d" + self.parameter,
                data_value=exact(self.slope),
            ),
            group(
                arrow((left, step - 5), (left + 26, step - 5), stroke_width=2),
                write(text, step, update),
                class_=f"label update {self.colour}",
                data_quantity=self.parameter,
            ),
            group(
                element("circle", cx=left + 13, cy=loss - 5, r=4.5, fill="currentColor", class_="dot"),
                write(text, loss, words("loss ") + value(self.before, d)),
                element("circle", cx=text + 126, cy=loss - 5, r=4.5, class_="dot-open"),
                write(text + 139, loss, words("after the step ") + value(self.after, d)),
                class_="label q-loss",
                data_quantity="L",
                data_value=exact(self.before),
            ),
            class_="numbers",
        )

    def description(self) -> str:
        d, ends = self.digits, [printed(float(number), self.digits) for number in self.numbers[[0, -1]]]
        way = "rises" if self.slope > 0 else "falls" if self.slope < 0 else "is level"
        short = "" if self.seen else "; the step is too short to be seen"
        return (
            f"The curve shows the loss for every value of {self.parameter} from {ends[0]} to {ends[1]}. "
            f"Where the parameter stands, at {printed(self.here, d)}, the loss is {printed(self.before, d)}, "
            f"and the dashed tangent {way} to the right with the slope {printed(self.slope, d)}. "
            f"One step with the learning rate {printed(self.rate, d)} changes {self.parameter} by "
            f"{printed(self.there - self.here, d)}, and the loss is then {printed(self.after, d)}{short}."
        )


def _inside(end: Point, start: Point, frame: Box) -> Point:
    """The end, or where the line from start to end leaves the frame above or below."""
    (x, y), (x0, y0) = end, start
    limit = min(max(y, frame.top), frame.bottom)
    part = 1.0 if y == limit else (limit - y0) / (y - y0)
    return x0 + part * (x - x0), y0 + part * (y - y0)
