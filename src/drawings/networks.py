"""The network of the book: two inputs, two hidden neurons, one output, nine parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from drawings import checks
from drawings.drawing import Drawing
from drawings.lettering import (
    SMALL,
    Line,
    centred,
    equation,
    exact,
    fitted,
    listed,
    partial,
    printed,
    width,
    words,
)
from drawings.nodes import node
from drawings.pen import Markup, Point, arrowhead, element, group, trace

if TYPE_CHECKING:
    from pencilnet import Backward, Forward, OurNeuralNetwork

RADIUS = 28.0
PLACES = {
    "x1": (40.0, 92.0),
    "x2": (40.0, 272.0),
    "h1": (210.0, 92.0),
    "h2": (210.0, 272.0),
    "o1": (376.0, 182.0),
}
"""Where each neuron stands."""


class Edge(NamedTuple):
    """A weight: from which neuron to which, how far along its label stands, and whether above it."""

    start: str
    end: str
    along: float
    above: bool = False


# The labels of the two weights that cross stand near their inputs, where the lines are still apart.
EDGES = {
    "w1": Edge("x1", "h1", 0.5, above=True),
    "w2": Edge("x2", "h1", 0.27),
    "w3": Edge("x1", "h2", 0.27),
    "w4": Edge("x2", "h2", 0.5, above=True),
    "w5": Edge("h1", "o1", 0.47),
    "w6": Edge("h2", "o1", 0.47),
}
# A bias comes in from outside the picture, where no other line is: from above, but from below for h2.
BIASES = {"b1": ("h1", -1), "b2": ("h2", 1), "b3": ("o1", -1)}
SUMS = {"h1": ("z_h1", 1), "h2": ("z_h2", -1), "o1": ("z_o1", 1)}


def network(
    network: OurNeuralNetwork | None = None,
    forward: Forward | None = None,
    backward: Backward | None = None,
    *,
    strength: bool = False,
    digits: int = 3,
) -> Drawing:
    """The network with every weight and bias labelled.

    Args:
        network: Its parameters are printed beside their names.
        forward: The record of a forward pass: the numbers in the neurons, and the sums beside them.
        backward: The record of a backward pass: under each parameter the partial derivative of the loss.
        strength: Whether an arrow is as thick as its weight is far from zero.
        digits: How many significant digits the numbers are printed with.

    Raises:
        ValueError: One of them is of another kind.

    Examples:
        >>> import drawings
        >>> drawings.network().title
        'A network with two inputs, two hidden neurons and one output'
    """
    if network is not None:
        checks.has("the network", network, "a pencilnet.OurNeuralNetwork", "parameters")
    if forward is not None:
        checks.has("forward", forward, "the record that network.forward(x) returns", *PLACES, "z_o1")
    if backward is not None:
        checks.has(
            "backward", backward, "the record that network.backward(forward, y_true) returns", "partials"
        )
    return _Network(network, forward, backward, strength, digits).drawing()


class _Network:
    """The picture of the network while it is being drawn."""

    def __init__(
        self,
        network: OurNeuralNetwork | None,
        forward: Forward | None,
        backward: Backward | None,
        strength: bool,
        digits: int,
    ) -> None:
        self.parameters = {} if network is None else dict(network.parameters)
        self.partials = {} if backward is None else dict(backward.partials)
        self.forward, self.backward, self.digits = forward, backward, digits
        self.strength = strength and network is not None

    def drawing(self) -> Drawing:
        above, below = (-14.0, 394.0) if self.partials else (6.0, 376.0)
        marks = [self.edge(quantity, edge) for quantity, edge in EDGES.items()]
        marks += [self.bias(quantity, *where) for quantity, where in BIASES.items()]
        marks += [self.neuron(quantity) for quantity in PLACES]
        marks += (
            [self.sum(quantity, *where) for quantity, where in SUMS.items()]
            if self.forward is not None
            else []
        )
        marks += self.legend(below)
        bottom = below + (24 if self.partials else 0)
        title = "A network with two inputs, two hidden neurons and one output"
        return Drawing("network", title, self.description(), marks, bottom - above, above)

    def labels(self, quantity: str) -> list[Line]:
        """The lines of a parameter's label: its name and number, and its partial derivative if known."""
        lines = [equation(quantity, self.parameters.get(quantity), self.digits)]
        if self.partials:
            lines.append(words("∂ ") + fitted(self.partials[quantity], self.digits, 56, SMALL))
        return lines

    def label(self, x: float, baseline: float, quantity: str, down: float = 18.0) -> list[Markup]:
        first, *second = self.labels(quantity)
        written = [centred(x, baseline, first)]
        return written + [
            centred(
                x,
                baseline + down,
                line,
                size=SMALL,
                class_="label q-gradient",
                data_quantity="dL_d" + quantity,
                data_value=exact(self.partials[quantity]),
            )
            for line in second
        ]

    def edge(self, quantity: str, edge: Edge) -> Markup:
        start, end = _shortened(PLACES[edge.start], PLACES[edge.end])
        x, y = np.add(start, np.multiply(edge.along, np.subtract(end, start))).tolist()
        lines = self.labels(quantity)
        if edge.above:
            path = trace([start, end]) + arrowhead(start, end)
            label = self.label(x, y - 8, quantity, down=27)
        else:
            half = max(width(line) for line in lines) / 2 + 5, 9.0 * len(lines) + 3
            before, after = _broken(start, end, (x, y), half)
            path = trace([start, before]) + trace([after, end]) + arrowhead(start, end)
            label = self.label(x, y + 5 - 9 * (len(lines) - 1), quantity)
        return group(
            element("path", d=path, stroke_width=self.thickness(quantity)),
            *label,
            class_="edge q-weight",
            data_quantity=quantity,
            data_value=self.exactly(quantity),
            data_from=edge.start,
            data_to=edge.end,
        )

    def thickness(self, quantity: str) -> float | None:
        """How thick a weight's arrow is; None: as every line is."""
        return min(6.0, 0.8 + 0.7 * abs(self.parameters[quantity])) if self.strength else None

    def bias(self, quantity: str, neuron: str, side: int) -> Markup:
        x, y = PLACES[neuron]
        start, end = (x, y + side * (RADIUS + 28)), (x, y + side * (RADIUS + 2))
        more = 18 * (len(self.labels(quantity)) - 1)
        baseline = start[1] + 16 if side > 0 else start[1] - 7 - more
        return group(
            element("path", d=trace([start, end]) + arrowhead(start, end)),
            *self.label(x, baseline, quantity),
            class_="bias q-bias",
            data_quantity=quantity,
            data_value=self.exactly(quantity),
            data_to=neuron,
        )

    def exactly(self, quantity: str) -> str | None:
        """A parameter with all its digits, for a script to go on from."""
        number = self.parameters.get(quantity)
        return None if number is None else repr(float(number))

    def neuron(self, quantity: str) -> Markup:
        number = None if self.forward is None else float(getattr(self.forward, quantity))
        colour = "q-input" if quantity[0] == "x" else "q-activation"
        return node(*PLACES[quantity], quantity, number, colour, self.digits, RADIUS)

    def sum(self, neuron: str, quantity: str, side: int) -> Markup:
        x, y = PLACES[neuron]
        baseline = y + RADIUS + 17 if side > 0 else y - RADIUS - 8
        number = float(getattr(self.forward, quantity))
        return centred(
            x,
            baseline,
            equation("z", number, self.digits),
            size=SMALL,
            class_="label q-sum",
            data_quantity=quantity,
            data_value=exact(number),
        )

    def legend(self, below: float) -> list[Markup]:
        columns = (("x2", "inputs"), ("h2", "hidden layer"), ("o1", "output"))
        names = [
            centred(PLACES[column][0], below - 8, words(said), size=SMALL, class_="note")
            for column, said in columns
        ]
        if not self.partials:
            return names
        key = words("∂ stands for ") + partial("w")[:-1]
        return [
            *names,
            centred(210, below + 14, key + words("… of what stands above it"), size=SMALL, class_="note"),
        ]

    def description(self) -> str:
        return " ".join(filter(None, (self.shape(), self.told_forward(), self.told_backward())))

    def shape(self) -> str:
        def told(quantity: str) -> str:
            number = self.parameters.get(quantity)
            return quantity if number is None else f"{quantity} = {printed(number, self.digits)}"

        edges = listed(f"{told(q)} from {edge.start} to {edge.end}" for q, edge in EDGES.items())
        biases = listed(f"{told(q)} for {neuron}" for q, (neuron, _) in BIASES.items())
        return (
            "Two inputs, x1 and x2, stand on the left, two hidden neurons, h1 and h2, in the middle, and the "
            "output neuron o1 on the right. An arrow runs from each input to each hidden neuron and from "
            f"each hidden neuron to o1. The weights on the arrows: {edges}. The biases: {biases}."
        )

    def told_forward(self) -> str:
        if self.forward is None:
            return ""
        return (
            "The numbers in the circles: "
            + listed(f"{q} = {printed(float(getattr(self.forward, q)), self.digits)}" for q in PLACES)
            + ". The sums: "
            + listed(
                f"z = {printed(float(getattr(self.forward, z)), self.digits)} for {q}"
                for q, (z, _) in SUMS.items()
            )
            + "."
        )

    def told_backward(self) -> str:
        if not self.partials:
            return ""
        return (
            "Under each parameter stands the partial derivative of the loss: "
            + listed(f"{printed(number, self.digits)} for {q}" for q, number in self.partials.items())
            + "."
        )


def _shortened(start: Point, end: Point) -> tuple[Point, Point]:
    """The part of the line between two circles' centres that lies outside both circles."""
    away = np.subtract(end, start)
    away = away / np.hypot(*away) * (RADIUS + 2)
    return tuple(np.add(start, away).tolist()), tuple(np.subtract(end, away).tolist())


def _broken(start: Point, end: Point, centre: Point, half: tuple[float, float]) -> tuple[Point, Point]:
    """Where a line enters and leaves the box of a label that lies across it."""
    along = np.subtract(end, start) / np.hypot(*np.subtract(end, start))
    reach = min(side / abs(component) for side, component in zip(half, along, strict=True) if component)
    return tuple(np.subtract(centre, reach * along).tolist()), tuple(np.add(centre, reach * along).tolist())
