"""Which of several answers a network gives in the plane of its two inputs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from drawings import checks
from drawings.axes import Axes
from drawings.contours import contours
from drawings.drawing import Drawing
from drawings.lettering import SMALL, listed, printed, symbol, width, words, write
from drawings.markers import marker
from drawings.pen import Markup, Point, element, group, stroke, trace
from drawings.polylines import simplified
from drawings.scale import Scale

if TYPE_CHECKING:
    from pencilnet import Network

SHAPES = ("disc", "square", "diamond")
DIRECTIONS = (-1, 1, 0)
"""How far down the hatching of each region runs for each unit to the right: up, down, level."""
SPACING = 11.0
CLEAR = 10.0
"""No hatching comes so close to a point."""
FINENESS = 121


def class_map(network: Network, x: Sequence, classes: Sequence[int], names: Sequence[str]) -> Drawing:
    """The regions of a plane where each of three answers is the most probable, with the examples on it.

    Args:
        network: A network with 2 inputs and 3 outputs.
        x: The examples, shape (examples, 2).
        classes: The number of each one's class: 0 is drawn as a disc, 1 as a square, 2 as a diamond.
        names: What the three classes are called.

    Raises:
        ValueError: The network has other sizes, there are not as many classes as examples or not 3 names, a
            class is none of 0, 1 and 2, or the examples are not pairs of finite numbers.

    Examples:
        >>> import drawings
        >>> from pencilnet import Network
        >>> network = Network.from_parameters([[[0, 1, -1], [1, 0, 0]]], [[0, 0, 0]])
        >>> drawings.class_map(network, [[0, 2], [2, 0], [-2, 0]], [0, 1, 2], ["up", "right", "left"]).title
        'Which answer is the most probable'
    """
    checks.has("the network", network, "a pencilnet.Network", "feedforward", "sizes")
    if (network.sizes[0], network.sizes[-1]) != (2, 3):
        raise ValueError(f"the network should have 2 inputs and 3 outputs, and its sizes are {network.sizes}")
    points = [checks.numbers("an example", example) for example in x]
    for point in points:
        checks.same_number("inputs", point, "axes", "xy")
    checks.same_number("classes", classes, "examples", points)
    checks.same_number("names", names, "kinds of point", SHAPES)
    for number in classes:
        if number not in (0, 1, 2):
            raise ValueError(f"a class should be 0, 1 or 2, and got {number!r}")
    return _Kinds(network, np.array(points), [int(number) for number in classes], list(names)).drawing()


class _Kinds:
    """The plane while it is being drawn."""

    def __init__(self, network: Network, x: np.ndarray, classes: list[int], names: list[str]) -> None:
        self.network, self.x, self.classes, self.names = network, x, classes, names
        self.answers = network.feedforward(x).argmax(axis=1).tolist()
        reach = float(np.ceil(np.abs(x).max() + 0.5))
        self.axes = Axes(Scale(-reach, reach, 38, 408), Scale(-reach, reach, 356, 36))
        self.places = self.axes.points(x[:, 0], x[:, 1])

    def drawing(self) -> Drawing:
        title = "Which answer is the most probable"
        marks = [
            *(self.hatching(kind) for kind in range(3)),
            self.axes.drawn(symbol("x1"), symbol("x2"), (8, 8), grid=False),
            *self.borders(),
            *(self.point(k) for k in range(len(self.x))),
            self.key(),
        ]
        return Drawing(
            "class-map", title, self.description(), marks, 444 + 32 * (self.answers != self.classes)
        )

    def answered(self, places: np.ndarray) -> np.ndarray:
        """The most probable class at each place of the drawing."""
        x, y = self.axes.x, self.axes.y
        across = x.low + (places[:, 0] - x.start) * (x.high - x.low) / (x.end - x.start)
        up = y.low + (places[:, 1] - y.start) * (y.high - y.low) / (y.end - y.start)
        return self.network.feedforward(np.column_stack([across, up])).argmax(axis=1)

    def hatching(self, kind: int) -> Markup:
        """Pencil strokes over all of the plane where this class is the most probable."""
        strokes = [places for places in self.strokes(DIRECTIONS[kind]) if len(places) > 1]
        most_probable = self.answered(np.concatenate(strokes)) == kind
        drawn, start = "", 0
        for places in strokes:
            inside = most_probable[start : start + len(places)] & self.clear(places)
            start += len(places)
            edges = np.flatnonzero(np.diff(np.concatenate([[False], inside, [False]]).astype(int)))
            for first, after in edges.reshape(-1, 2):
                if after - first > 3:
                    drawn += trace([tuple(places[first].tolist()), tuple(places[after - 1].tolist())])
        return element(
            "path",
            d=drawn or "M0 0",
            stroke_width=1,
            stroke_opacity=0.55,
            class_=f"hatching {SHAPES[kind]} q-activation",
        )

    def strokes(self, down: int) -> Iterator[np.ndarray]:
        """Places one unit apart along each of the parallel lines through the frame."""
        left, top, wide, high = (*self.axes.frame[:2], *self.size())
        for offset in np.arange(SPACING / 2, wide + high, SPACING).tolist():
            if down == 0:
                along = np.arange(0, wide) if offset < high else np.empty(0)
                places = np.column_stack([along, np.full(len(along), offset)])
            else:
                along = np.arange(max(0, offset - high), min(wide, offset))
                places = np.column_stack([along, (offset - along) if down < 0 else high - offset + along])
            yield places + np.array([left, top])

    def size(self) -> Point:
        left, top, right, bottom = self.axes.frame
        return right - left, bottom - top

    def clear(self, places: np.ndarray) -> np.ndarray:
        """Whether a place is far enough from all points."""
        apart = places[:, np.newaxis] - np.array(self.places)
        return (np.hypot(apart[..., 0], apart[..., 1]) > CLEAR).all(axis=1)

    def borders(self) -> list[Markup]:
        """The lines along which two classes are equally probable, and more so than the third."""
        across = np.linspace(self.axes.x.low, self.axes.x.high, FINENESS)
        up = np.linspace(self.axes.y.low, self.axes.y.high, FINENESS)
        plane = np.column_stack([part.ravel() for part in np.meshgrid(across, up)])
        sums = self.network.forward(plane).z[-1].reshape(FINENESS, FINENESS, 3)
        drawn = []
        for kind in (0, 1):
            ahead = sums[..., kind] - np.delete(sums, kind, axis=-1).max(axis=-1)
            for line in contours(across, up, ahead, 0.0):
                xs, ys = np.array(line).T
                line = simplified(self.axes.points(xs, ys))
                drawn.append(stroke(line, stroke_width=2.6, class_="boundary q-sum"))
        return drawn

    def point(self, k: int) -> Markup:
        """The example in its own class's shape; with a ring around it where the answer is another."""
        (x, y), kind = self.places[k], self.classes[k]
        drawn = [marker(SHAPES[kind], x, y)]
        if self.answers[k] != kind:
            drawn.append(element("circle", cx=x, cy=y, r=12, stroke_width=1.2, class_="wrong"))
        return group(*drawn, class_=f"example {SHAPES[kind]}", data_label=str(kind))

    def key(self) -> Markup:
        drawn, left = [], 38.0
        for kind, name in enumerate(self.names):
            drawn += [self.swatch(kind, left), write(left + 36, 421, words(name), size=SMALL, class_="note")]
            left += 60 + width(words(name), SMALL)
        if self.answers != self.classes:
            drawn += [
                element("circle", cx=52, cy=452, r=12, stroke_width=1.2, class_="wrong"),
                write(74, 457, words("not the most probable answer here"), size=SMALL, class_="note"),
            ]
        return group(*drawn, class_="key")

    def swatch(self, kind: int, left: float) -> Markup:
        """A piece of the region, with the marker on it."""
        down = DIRECTIONS[kind]
        middle, top = left + 14, 402.0
        lines = []
        for s in (3.0, 25.0) if down == 0 else (-14.0, 14.0):
            if down == 0:
                lines.append([(left, top + s), (left + 28, top + s)])
            else:
                start, end = (left + max(0, s), max(0, -s)), (left + min(28, 28 + s), min(28, 28 - s))
                lines.append([(x, top + (y if down > 0 else 28 - y)) for x, y in (start, end)])
        path = "".join(map(trace, lines))
        return group(
            element("path", d=path, stroke_width=1, stroke_opacity=0.55, class_="hatching q-activation"),
            element("rect", x=left, y=top, width=28, height=28, class_="swatch"),
            marker(SHAPES[kind], middle, top + 14),
        )

    def description(self) -> str:
        reach = printed(self.axes.x.high)
        text = (
            f"A plane with the inputs x1 to the right and x2 upwards, both from {printed(-self.axes.x.high)} "
            f"to {reach}, divided into regions by strong lines, each region hatched in its own direction: "
            "where one class is the most probable. "
        )
        for kind, name in enumerate(self.names):
            own = [self.told(k) for k in range(len(self.x)) if self.classes[k] == kind]
            if own:
                called = "" if name == SHAPES[kind] else f", class {name},"
                text += f"The {SHAPES[kind]}s{called} stand at {listed(own)}. "
        wrong = [k for k in range(len(self.x)) if self.answers[k] != self.classes[k]]
        rings = [f"{self.told(k)}, taken for {self.names[self.answers[k]]}" for k in wrong]
        return text + (
            f"Ringed as answered wrongly: {'; '.join(rings)}." if wrong else "All are answered rightly."
        )

    def told(self, k: int) -> str:
        return f"({printed(float(self.x[k, 0]))}, {printed(float(self.x[k, 1]))})"
