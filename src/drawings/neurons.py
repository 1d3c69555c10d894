"""A neuron: multiply, add, squash."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from drawings import checks
from drawings.drawing import Drawing
from drawings.lettering import SMALL, centred, equation, exact, listed, printed, value, words, write
from drawings.nodes import node, sign_circle
from drawings.pen import Markup, arrow, element, group, stroke
from drawings.scale import Scale
from pencilnet import sigmoid

if TYPE_CHECKING:
    from pencilnet import Neuron

INPUT, MULTIPLY, ADD, SQUASH, OUTPUT = 28.0, 108.0, 190.0, 299.0, 388.0
"""Where the stages stand, from left to right."""
ROW = 96.0
MOST_INPUTS = 6
FAR = 8.0
"""The sum at which the small sigmoid ends; at the drawing's size it is flat from there on."""


def neuron(neuron: Neuron, inputs: Sequence[float] | None = None, *, digits: int = 3) -> Drawing:
    """A neuron as three stages: each input times its weight, the sum with the bias, the sigmoid of the sum.

    Args:
        neuron: The neuron, with 1 to 6 weights.
        inputs: One number for each weight. With them the drawing has every number on the way to the output.
        digits: How many significant digits the numbers are printed with.

    Raises:
        ValueError: The neuron has more than 6 weights, or the inputs are not as many numbers as the weights.

    Examples:
        >>> import drawings
        >>> from pencilnet import Neuron
        >>> drawings.neuron(Neuron([0, 1], 4), [2, 3]).title
        'A neuron with 2 inputs'
    """
    checks.has("the neuron", neuron, "a pencilnet.Neuron", "weights", "bias")
    weights = checks.numbers("the neuron's weights", neuron.weights)
    checks.at_most(MOST_INPUTS, "inputs", len(weights))
    given = None
    if inputs is not None:
        given = checks.numbers("the inputs", inputs)
        checks.same_number("inputs", given, "weights", weights)
    return _Neuron(neuron, weights, given, digits).drawing()


class _Neuron:
    """The picture of one neuron while it is being drawn."""

    def __init__(self, neuron: Neuron, weights: np.ndarray, inputs: np.ndarray | None, digits: int) -> None:
        self.weights, self.bias, self.inputs, self.digits = weights, float(neuron.bias), inputs, digits
        self.sum = None if inputs is None else float(neuron.weighted_sum(inputs))
        self.output = None if inputs is None else float(neuron.feedforward(inputs))
        # A single row leaves room above it for the bias; with more rows, the bias stands between them.
        first = 62.0 if len(weights) == 1 else 42.0
        self.rows = [first + ROW * k for k in range(len(weights))]
        self.middle = (self.rows[0] + self.rows[-1]) / 2

    def drawing(self) -> Drawing:
        height = self.rows[-1] + 80
        marks = [self.row(k, y) for k, y in enumerate(self.rows)] + [
            self.adding(),
            self.squashing(),
            self.answer(),
        ]
        marks += [
            centred(x, height - 10, words(stage), size=SMALL, class_="note")
            for x, stage in ((MULTIPLY, "multiply"), (ADD, "add"), (SQUASH, "squash"))
        ]
        many = "one input" if len(self.rows) == 1 else f"{len(self.rows)} inputs"
        return Drawing("neuron", f"A neuron with {many}", self.description(), marks, height)

    def row(self, k: int, y: float) -> Markup:
        quantity = str(k + 1)
        number = None if self.inputs is None else float(self.inputs[k])
        product = None if number is None else number * float(self.weights[k])
        return group(
            node(INPUT, y, "x" + quantity, number, "q-input", self.digits),
            arrow((INPUT + 27, y), (MULTIPLY - 13, y), class_="edge"),
            group(
                sign_circle(MULTIPLY, y, "×"),
                centred(
                    MULTIPLY,
                    y + (33 if y > self.middle else -20),
                    equation("w" + quantity, float(self.weights[k]), self.digits),
                ),
                class_="weight q-weight",
                data_quantity="w" + quantity,
                data_value=exact(self.weights[k]),
            ),
            self.product(y, quantity, product),
        )

    def product(self, y: float, quantity: str, product: float | None) -> Markup:
        start, end = (MULTIPLY + 12, y), (ADD, self.middle)
        away = np.subtract(end, start)
        tip = np.subtract(end, 17 * away / np.hypot(*away))
        line = arrow(start, (float(tip[0]), float(tip[1])), class_="edge")
        if product is None:
            return line
        # Above a line that comes from above, below one that comes from below: always on the open side.
        # A level line has its weight's number above it.
        side, level = 1 if y >= self.middle else -1, y == self.middle
        label = write(
            (start[0] + ADD - 17) / 2 if level else MULTIPLY + 42,
            (y + self.middle) / 2 + (5 + 13 * side) + 0.12 * (y - self.middle),
            value(product, self.digits),
            anchor="middle" if level else "start",
            class_="label",
            data_quantity=f"w{quantity}_x{quantity}",
            data_value=exact(product),
        )
        return group(line, label)

    def adding(self) -> Markup:
        y = self.middle
        bias = group(
            arrow((ADD, y - 44), (ADD, y - 18), class_="edge"),
            write(ADD - 6, y - 51, equation("b", self.bias, self.digits), class_="label"),
            class_="bias q-bias",
            data_quantity="b",
            data_value=exact(self.bias),
        )
        return group(bias, sign_circle(ADD, y, "+", radius=15, class_="node q-sum", data_quantity="z"))

    def squashing(self) -> Markup:
        y = self.middle
        onward = group(
            arrow((ADD + 16, y), (SQUASH - 28, y), class_="edge"),
            centred((ADD + SQUASH) / 2 - 7, y - 11, equation("z", self.sum, self.digits)),
            class_="q-sum",
            data_quantity="z",
            data_value=exact(self.sum),
        )
        across, up = Scale(-FAR, FAR, SQUASH - 20, SQUASH + 20), Scale(0, 1, y + 15, y - 15)
        z = np.linspace(-FAR, FAR, 33)
        points = list(zip(across(z).tolist(), up(sigmoid(z)).tolist(), strict=True))
        curve = stroke(points, class_="curve q-activation")
        box = element("rect", x=SQUASH - 26, y=y - 23, width=52, height=46, rx=7, class_="box")
        return group(onward, box, group(curve, self.riding(across, up), data_x=str(across), data_y=str(up)))

    def riding(self, across: Scale, up: Scale) -> Markup:
        """The point on the curve: the sum below it, the output at its height."""
        if self.sum is None:
            return Markup()
        x, y = float(across(np.clip(self.sum, -FAR, FAR))), float(up(self.output))
        return element("circle", cx=x, cy=y, r=4, fill="currentColor", class_="dot q-sum")

    def answer(self) -> Markup:
        y = self.middle
        return group(
            arrow((SQUASH + 27, y), (OUTPUT - 32, y), class_="edge q-activation"),
            node(OUTPUT, y, "y", self.output, "q-activation", self.digits, radius=30),
        )

    def description(self) -> str:
        count = len(self.weights)
        start = "From the left comes one arrow" if count == 1 else f"From the left come {count} arrows"
        weights = listed(f"w{k + 1} = {printed(w, self.digits)}" for k, w in enumerate(self.weights.tolist()))
        text = (
            f"{start}. Each input is multiplied by its weight: {weights}. "
            f"The results and the bias b = {printed(self.bias, self.digits)} are added, and the sum z goes "
            f"through the sigmoid, drawn as an S-shaped curve in a box, to the output y on the right."
        )
        if self.inputs is None:
            return text
        values = listed(f"x{k + 1} = {printed(x, self.digits)}" for k, x in enumerate(self.inputs.tolist()))
        products = listed(printed(p, self.digits) for p in (self.inputs * self.weights).tolist())
        return (
            f"{text} With {values}, the weighted inputs are {products}, the sum z is "
            f"{printed(self.sum, self.digits)} and the output y is {printed(self.output, self.digits)}. "
            f"A dot on the curve marks them."
        )
