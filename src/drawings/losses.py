"""The loss falling over the epochs, and the loss along one parameter with its tangent and one step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from drawings import checks
from drawings.axes import Axes
from drawings.curves import LINE
from drawings.drawing import Drawing
from drawings.lettering import equation, name, partial, printed, value, width, words, write
from drawings.pen import Markup, arrow, element, group, stroke
from drawings.placing import around, beside, freest
from drawings.scale import Scale, step

if TYPE_CHECKING:
    from pencilnet import History, OurNeuralNetwork


def loss_curve(history: History, *, digits: int = 3) -> Drawing:
    """The mean loss after each epoch, from before the first to the last.

    Args:
        history: What `network.train` returned.
        digits: How many significant digits the first and the last loss are printed with.

    Raises:
        ValueError: It is no history, or one without an epoch.
    """
    checks.has("the history", history, "what network.train(...) returns", "epochs", "losses", "loss_before")
    losses = np.append(history.loss_before, checks.numbers("the losses of the history", history.losses))
    # The history gives the loss at the end of each epoch and counts epochs from 0; here the axis counts finished ones.
    done = np.append(0.0, checks.numbers("the epochs of the history", history.epochs) + 1)
    checks.same_number("epochs", done, "losses", losses)
    axes = Axes(Scale(0, float(done[-1]), 46, 404), Scale(0, _round_up(float(losses.max())), 238, 36))
    first, last = float(losses[0]), float(losses[-1])
    curve = axes.curve(done, losses, "q-loss", data_quantity="L")
    ends = [group(axes.dot(float(done[k]), loss, "q-loss"),
                  write(x, y, value(loss, digits) + words(said), anchor=anchor, class_="label q-loss"))
            for k, loss, (x, y), anchor, said in (
                (0, first, np.add(axes.at(0, first), (10, 1)).tolist(), "start", " before training"),
                (-1, last, np.add(axes.at(float(done[-1]), last), (4, -14)).tolist(), "end", " at the end"))]
    half = int(np.argmax(losses < first / 2)) if (losses < first / 2).any() else None
    marks = [axes.drawn(words("epochs"), words("loss")), curve, *ends]
    text = (f"The loss starts at {printed(first, digits)} before training and ends at {printed(last, digits)} after "
            f"{printed(float(done[-1]))} epochs.")
    if half is not None:
        text += f" It has fallen below half of its start after {printed(float(done[half]))} epochs."
    rises = int((np.diff(losses) > 0).sum())
    text += " It never rises from one point to the next." if not rises else (
        f" It rises from one point to the next {rises} times.")
    return Drawing("loss-curve", "The loss during training", text, marks, 282)


def loss_along(network: OurNeuralNetwork, name_: str, x: Sequence[float], y_true: float, *,
               learning_rate: float = 0.1, reach: float = 6.0, digits: int = 3) -> Drawing:
    """The loss of one example while one parameter changes and the other eight stay: the slope where it stands, one step.

    Args:
        network: It is left as it is.
        name_: The parameter that changes: `w1` ... `w6`, `b1`, `b2` or `b3`.
        x: The example's two inputs.
        y_true: Its true label.
        learning_rate: How far the step goes for the slope.
        reach: How far the picture goes to either side of the parameter's value.
        digits: How many significant digits the numbers are printed with.

    Raises:
        ValueError: The network has no such parameter; the inputs, the label, the rate or the reach are no use.
    """
    checks.has("the network", network, "a pencilnet.OurNeuralNetwork", "parameters", "forward", "backward")
    if name_ not in network.parameters:
        raise ValueError(f"the network has no parameter {name_!r}: it has {', '.join(network.parameters)}")
    for what, number in (("the learning rate", learning_rate), ("the reach", reach)):
        if not (np.isfinite(number) and number > 0):
            raise ValueError(f"{what} should be a number above 0, and got {number}")
    return _Slope(network, name_, x, float(y_true), learning_rate, reach, digits).drawing()


class _Slope:
    """The picture of the loss along one parameter while it is being drawn."""

    def __init__(self, network, parameter: str, x, y_true: float, learning_rate: float, reach: float, digits) -> None:
        self.network, self.parameter, self.x, self.y_true = network.copy(), parameter, x, y_true
        self.here = float(network.parameters[parameter])
        self.rate, self.digits = learning_rate, digits
        self.slope = float(network.backward(network.forward(x), y_true).partials[parameter])
        self.there = self.here - learning_rate * self.slope
        self.reach = max(reach, 1.25 * abs(self.there - self.here))
        self.before, self.after = self.loss(self.here), self.loss(self.there)

    def loss(self, number: float) -> float:
        setattr(self.network, self.parameter, number)
        return (self.y_true - float(self.network.feedforward(self.x))) ** 2

    def drawing(self) -> Drawing:
        numbers = np.linspace(self.here - self.reach, self.here + self.reach, 161)
        losses = np.array([self.loss(number) for number in numbers.tolist()])
        axes = Axes(Scale(float(numbers[0]), float(numbers[-1]), 46, 408),
                    Scale(0, _round_up(max(float(losses.max()), 1e-9)), 238, 36))
        colour = "q-weight" if self.parameter[0] == "w" else "q-bias"
        taken = around(axes.points(numbers, losses), 3)
        tangent = self.tangent(axes)
        taken += around([tuple(p) for p in np.linspace(*tangent, 40).tolist()], 3)
        marks = [axes.drawn(name(self.parameter), words("loss")),
                 axes.curve(numbers, losses, "q-loss", data_quantity="L"),
                 stroke(tangent, class_="tangent q-gradient", stroke_dasharray="7 6", stroke_width=2,
                        data_quantity="dL_d" + self.parameter),
                 self.step(axes, colour), *self.labels(axes, taken, colour)]
        return Drawing("loss-along", f"The loss along {self.parameter}", self.description(), marks, 282)

    def tangent(self, axes: Axes) -> list[tuple[float, float]]:
        """The two ends of the tangent: a third of the picture long, or to where it would leave it."""
        x, y = axes.at(self.here, self.before)
        down = float(axes.y(self.before + self.slope) - y) / float(axes.x(self.here + 1) - x)
        far = 105 / np.hypot(1, down)
        ends = [(x - far, y - far * down), (x + far, y + far * down)]
        return [_inside(end, (x, y), axes.frame) for end in ends]

    def step(self, axes: Axes, colour: str) -> Markup:
        (x0, y0), (x1, y1) = axes.at(self.here, self.before), axes.at(self.there, self.after)
        floor = axes.frame.bottom
        guides = [stroke([(x, y), (x, floor)], class_="guide", stroke_dasharray="1 5") for x, y in ((x0, y0), (x1, y1))]
        # A step shorter than an arrowhead is drawn as its two ends alone.
        moved = [arrow((x0, floor - 9), (x1, floor - 9), class_="step", stroke_width=2)] if abs(x1 - x0) > 10 else []
        return group(*guides, *moved, axes.dot(self.here, self.before, "q-loss"),
                     element("circle", cx=x1, cy=y1, r=4.5, class_="dot dot-open q-loss"),
                     class_=f"step {colour}", data_quantity=self.parameter)

    def labels(self, axes: Axes, taken: list, colour: str) -> list[Markup]:
        slope = partial(self.parameter) + words(" = ") + value(self.slope, self.digits)
        said = [(slope, "q-gradient", axes.at(self.here, self.before)),
                (words("loss ") + value(self.before, self.digits), "q-loss", axes.at(self.here, self.before)),
                (words("then ") + value(self.after, self.digits), "q-loss", axes.at(self.there, self.after))]
        written = []
        for line, class_, point in said:
            candidates = [b for gap in (12, 26, 44) for b in beside(point, (width(line), LINE), gap)]
            box = freest(candidates, taken, axes.frame)
            taken.append(box)
            written.append(write(box.left, box.bottom - 5, line, class_=f"label {class_}"))
        step_line = words("step ") + value(self.there - self.here, self.digits)
        return [*written, write(46, 276, step_line, class_=f"label {colour}")]

    def description(self) -> str:
        d = self.digits
        way = "up" if self.slope > 0 else "down" if self.slope < 0 else "level"
        return (f"The curve shows the loss for every value of {self.parameter} from "
                f"{printed(self.here - self.reach, d)} to {printed(self.here + self.reach, d)}. Where the parameter "
                f"stands, at {printed(self.here, d)}, the loss is {printed(self.before, d)} and the dashed tangent goes "
                f"{way} to the right with the slope {printed(self.slope, d)}. One step with the learning rate "
                f"{printed(self.rate, d)} takes {self.parameter} to {printed(self.there, 6)}, where the loss is "
                f"{printed(self.after, d)}.")


def _round_up(highest: float) -> float:
    """The first round number at or above the highest."""
    gap = step(0, highest, 4)
    return gap * float(np.ceil(highest / gap - 1e-9))


def _inside(end, middle, frame):
    """The point on the way from middle to end where the line would leave the frame, or the end itself."""
    (x, y), (x0, y0) = end, middle
    if frame.top <= y <= frame.bottom or y == y0:
        return end
    part = ((frame.top if y < frame.top else frame.bottom) - y0) / (y - y0)
    return x0 + part * (x - x0), y0 + part * (y - y0)
