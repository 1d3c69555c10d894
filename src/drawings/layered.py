"""A network of any number of layers, with the shapes of its tables below."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from drawings import checks
from drawings.drawing import WIDTH, Drawing
from drawings.lettering import SMALL, centred, listed, symbol, words
from drawings.pen import Markup, arrowhead, element, group, trace

if TYPE_CHECKING:
    from pencilnet import Network

COLUMNS = 12
"""So many columns of circles, inputs and layers, fit beside each other."""
SHOWN = 6
"""So many circles of a column are drawn; of more, the first and the last ones with dots between them."""
TELLING = 5
"""With more columns than this, only numbers of neurons stand below: shapes would not fit."""
MIDDLE, GAP = 152.0, 46.0


def layered_network(network: Network) -> Drawing:
    """A network of any number of layers: its neurons, its arrows, and the shapes of its tables.

    Below each column stands the shape of what it hands on for a batch of n examples, and between two columns
    that of the weights there. With more than five columns there is room only for how many neurons each has.

    Args:
        network: A network of at most eleven layers.

    Raises:
        ValueError: It is of another kind, or has more layers.

    Examples:
        >>> import drawings
        >>> import numpy as np
        >>> from pencilnet import Network
        >>> network = Network([2, 3, 2, 1], rng=np.random.default_rng(1))
        >>> drawings.layered_network(network).title
        'A network of layers, 2-3-2-1'
    """
    checks.has("the network", network, "a pencilnet.Network", "sizes", "weights")
    sizes = network.sizes
    checks.at_most(COLUMNS - 1, "layers", len(network.weights))
    columns = [_places(size, x) for size, x in zip(sizes, _across(len(sizes)), strict=True)]
    radius = _radius(sizes)
    arrows = [
        _arrows(layer, before, after, radius)
        for layer, (before, after) in enumerate(pairwise(columns), start=1)
    ]
    circles = [_column(place, column, size, radius) for place, (column, size) in enumerate(
        zip(columns, sizes, strict=True))]  # fmt: skip
    below = max(y for column in columns for _, y in column) + radius
    above = min(y for column in columns for _, y in column) - radius - 10
    told, depth = _told(network, columns, below)
    return Drawing(
        "layered-network",
        f"A network of layers, {'-'.join(map(str, sizes))}",
        _described(network),
        [*arrows, *circles, *told],
        below + depth - above,
        above,
    )


def _across(count: int) -> list[float]:
    edge = 44.0 if count <= TELLING else 22.0
    return np.linspace(edge, WIDTH - edge, count).tolist()


def _radius(sizes: list[int]) -> float:
    return min(17.0, 0.24 * (WIDTH - 44) / len(sizes), 0.36 * _gap(max(sizes)))


def _gap(size: int) -> float:
    return min(GAP, 220 / max(1, min(size, SHOWN) - 1))


def _places(size: int, x: float) -> list[tuple[float, float]]:
    """Where the circles of a column stand: all of them, or so many that the others can be imagined."""
    count = min(size, SHOWN)
    return [(x, MIDDLE + _gap(size) * (k - (count - 1) / 2)) for k in range(count)]


def _column(place: int, column: list[tuple[float, float]], size: int, radius: float) -> Markup:
    """The circles of the inputs or of a layer; where some are left out, three dots stand for them."""
    marks = [element("circle", cx=x, cy=y, r=radius) for x, y in _drawn(column, size)]
    if size > SHOWN:
        x, y = column[SHOWN // 2]
        marks += [
            element("circle", cx=x, cy=y + dy, r=1.6, fill="currentColor", stroke="none") for dy in (-7, 0, 7)
        ]
    return group(*marks, class_=f"node {'q-activation' if place else 'q-input'}")


def _drawn(column: list[tuple[float, float]], size: int) -> list[tuple[float, float]]:
    return [p for k, p in enumerate(column) if size <= SHOWN or k != SHOWN // 2]


def _arrows(layer: int, before: list, after: list, radius: float) -> Markup:
    """An arrow from each circle of a column to each of the next. Where they are many, plain thin lines."""
    many = len(before) * len(after) > 12 or radius < 12
    lines = []
    for start in before:
        for end in after:
            away = np.subtract(end, start)
            away = away / np.hypot(*away) * (radius + 2)
            near, far = np.add(start, away).tolist(), np.subtract(end, away).tolist()
            lines.append(trace([near, far]) + ("" if many else arrowhead(near, far)))
    return element(
        "path",
        d="".join(lines),
        class_="edge q-weight",
        stroke_width=0.7 if many else 1.2,
        data_quantity=f"W{layer}",
    )


def _told(network: Network, columns: list, below: float) -> tuple[list[Markup], float]:
    """What stands below, and how much room it takes."""
    xs = [column[0][0] for column in columns]
    if len(columns) > TELLING:
        numbers = [
            centred(x, below + 24, words(str(size)), size=SMALL, class_="note")
            for x, size in zip(xs, network.sizes, strict=True)
        ]
        return numbers, 34.0
    marks = []
    for place, (x, size) in enumerate(zip(xs, network.sizes, strict=True)):
        name, class_ = (f"A{place}", "q-activation") if place else ("X", "q-input")
        marks += _labelled(x, below + 24, name, f"(n, {size})", f"label {class_}")
    for layer, w in enumerate(network.weights, start=1):
        x = (xs[layer - 1] + xs[layer]) / 2
        marks += _labelled(x, below + 70, f"W{layer}", "({}, {})".format(*w.shape), "label q-weight")
    return marks, 98.0


def _labelled(x: float, y: float, name: str, shape: str, class_: str) -> list[Markup]:
    return [
        centred(x, y, symbol(name), class_=class_, data_quantity=name),
        centred(x, y + 18, words(shape), size=SMALL, class_=class_),
    ]


def _described(network: Network) -> str:
    inputs, *neurons = network.sizes
    layers = listed(f"{size} in layer {layer}" for layer, size in enumerate(neurons, start=1))
    shapes = listed(
        "({}, {}) for W{}".format(*w.shape, layer) for layer, w in enumerate(network.weights, start=1)
    )
    return (
        f"Columns of circles from left to right: {inputs} for the inputs, then neurons: {layers}. Lines run "
        "from every circle of a column to every circle of the next. "
        f"The shapes of the weights between them: {shapes}."
    )
