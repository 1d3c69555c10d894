"""The network and the loss of its answer: where every chain of factors ends."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from drawings import checks
from drawings.drawing import Drawing
from drawings.lettering import equation, exact, printed, write
from drawings.networks import PLACES, RADIUS
from drawings.networks import network as drawn
from drawings.nodes import node
from drawings.pen import Markup, arrow, arrowhead, element, group
from pencilnet import mse_loss

if TYPE_CHECKING:
    from pencilnet import Forward, OurNeuralNetwork

LOSS = (376.0, 38.0)
SMALLER = 24.0
"""The radius of the loss."""


def network_with_loss(
    network: OurNeuralNetwork, forward: Forward, y_true: float, *, digits: int = 3
) -> Drawing:
    """The network with the numbers of one forward pass, and the loss of its answer.

    Args:
        network: Its parameters are printed beside their names.
        forward: The record of a forward pass: the numbers in the neurons, and the sums beside them.
        y_true: The true label.
        digits: How many significant digits the numbers are printed with.

    Raises:
        ValueError: One of them is of another kind.

    Examples:
        >>> import drawings
        >>> from pencilnet import OurNeuralNetwork
        >>> ones = OurNeuralNetwork.from_parameters(w1=1, w2=1, w3=1, w4=1, w5=1, w6=1, b1=0, b2=0, b3=0)
        >>> drawings.network_with_loss(ones, ones.forward([-2, -1]), 1).title
        'The network and the loss of its answer'
    """
    checks.has("the network", network, "a pencilnet.OurNeuralNetwork", "parameters")
    checks.has("forward", forward, "the record that network.forward(x) returns", *PLACES, "z_o1")
    (true,) = checks.numbers("the true label", [y_true]).tolist()
    base = drawn(network, forward, digits=digits)
    loss = mse_loss([true], [forward.o1])
    return dataclasses.replace(
        base,
        title="The network and the loss of its answer",
        description=f"{base.description} The true label is y_true = {printed(true, digits)}, and an arrow "
        f"runs from o1 to the loss, L = {printed(loss, digits)}.",
        marks=[*base.marks, _link(), *_true_label(true, digits), _loss(loss, digits)],
    )


def _loss(loss: float, digits: int) -> Markup:
    return node(*LOSS, "L", loss, "q-loss", digits, SMALLER)


def _link() -> Markup:
    """From the answer to its loss, around the output's bias."""
    (x, y), (_, high) = PLACES["o1"], LOSS
    start, end = (x + 21.5, y - RADIUS + 6.5), (x + 18.5, high + 18.5)
    bend = [(x + 48, y - 52), (x + 46, high + 46)]
    places = " ".join(f"{px:g} {py:g}" for px, py in (*bend, end))
    path = f"M{start[0]:g} {start[1]:g}C{places}" + arrowhead(bend[1], end)
    return group(element("path", d=path), class_="edge q-loss", data_from="o1", data_to="L")


def _true_label(true: float, digits: int) -> list[Markup]:
    x, y = LOSS
    label = write(
        x - 60,
        y + 5,
        equation("y_true", true, digits),
        anchor="end",
        class_="label q-activation",
        data_quantity="y_true",
        data_value=exact(true),
    )
    return [label, arrow((x - 54, y), (x - SMALLER - 3, y), class_="guide")]
