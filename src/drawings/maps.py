"""What a network predicts over weight and height, as a map with the people on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from drawings import checks
from drawings.axes import Axes
from drawings.contours import contours, region
from drawings.drawing import Drawing
from drawings.lettering import LINE, SMALL, fixed, printed, value, width, words, write
from drawings.neurons import listed
from drawings.pen import Markup, Point, element, group, simplified, stroke, trace
from drawings.placing import Box, Room, around, beside
from drawings.scale import Scale
from pencilnet import SHIFT

if TYPE_CHECKING:
    from pencilnet import OurNeuralNetwork, Person

LEVELS = (0.1, 0.3, 0.5, 0.7, 0.9)
"""The predictions along which a contour is drawn."""
FINENESS = 241


def people_map(network: OurNeuralNetwork, people: Sequence[Person], marked: Sequence[Person] = (), *,
               digits: int = 3) -> Drawing:
    """The prediction for every weight and height, in bands, with people standing where theirs are.

    Args:
        network: The network, which takes pounds and inches as the book shifts them.
        people: Those it was trained on: a disc for the label 1, a square for the label 0.
        marked: Others, drawn as diamonds with their prediction.
        digits: How many significant digits the predictions are printed with.

    Raises:
        ValueError: There are no people, or something else is given for the network or for a person.
    """
    checks.has("the network", network, "a pencilnet.OurNeuralNetwork", "feedforward")
    if not people:
        raise ValueError("the map needs at least one person, and got none")
    for person in (*people, *marked):
        checks.has("a person", person, "a pencilnet.Person", "name", "pounds", "inches", "label")
    return _Map(network, list(people), list(marked), digits).drawing()


class _Map:
    """The map while it is being drawn."""

    def __init__(self, network: OurNeuralNetwork, people: list[Person], marked: list[Person], digits: int) -> None:
        self.network, self.people, self.marked, self.digits = network, people, marked, digits
        everyone = people + marked
        pounds, inches = [p.pounds for p in everyone], [p.inches for p in everyone]
        self.axes = Axes(Scale(*_margins(pounds, 10), 40, 412), Scale(*_margins(inches, 2), 340, 36))
        self.pounds = np.linspace(self.axes.x.low, self.axes.x.high, FINENESS)
        self.inches = np.linspace(self.axes.y.low, self.axes.y.high, FINENESS)
        self.heights = self.predicted(*np.meshgrid(self.pounds, self.inches))
        # Between two points of the grid a prediction bends, and the sum that the sigmoid squashed into it hardly does.
        self.sums = _unsquashed(self.heights)

    def predicted(self, pounds: np.ndarray, inches: np.ndarray) -> np.ndarray:
        """The network's answers, in the shape of the weights and heights given."""
        shifted = np.column_stack([np.ravel(pounds) - SHIFT[0], np.ravel(inches) - SHIFT[1]])
        return np.reshape(self.network.feedforward(shifted), np.shape(pounds))

    def prediction(self, person: Person) -> float:
        return float(self.predicted(np.array([person.pounds]), np.array([person.inches]))[0])

    def drawing(self) -> Drawing:
        lines = {level: [self.traced(line) for line in contours(self.pounds, self.inches, self.sums, _unsquashed(level))]
                 for level in LEVELS}
        # Where each contour runs, so that no name and no other contour's level is written across it.
        runs = {level: [box for line in traced for box in around(_evenly(line, 120), 1)] for level, traced in lines.items()}
        named, taken = self.names(runs)
        marks = [group(*map(self.band, LEVELS), class_="bands q-activation"),
                 self.axes.drawn(words("weight in pounds"), words("height in inches"), (5, 5), grid=False),
                 *self.contours(lines, runs, taken), *map(self.marker, self.people + self.marked), *named, *self.key()]
        title = "What the network predicts for every weight and height"
        return Drawing("people-map", title, self.description(), marks, 450 if self.marked else 428)

    def band(self, level: float) -> Markup:
        """All that is at least so high. The bands lie on one another, so that higher ground is darker."""
        outlines = region(self.pounds, self.inches, self.sums, _unsquashed(level))
        path = "".join(trace(self.traced(outline), closed=True) for outline in outlines)
        return element("path", d=path, fill="currentColor", fill_opacity=0.1, stroke="none", class_="band",
                       data_level=level) if path else Markup()

    def traced(self, line: list[Point]) -> list[Point]:
        xs, ys = np.array(line).T
        return simplified(self.axes.points(xs, ys), 0.15)

    def contours(self, lines: dict, runs: dict, taken: list[Box]) -> list[Markup]:
        drawn = []
        for level, traced in lines.items():
            others = [box for other, run in runs.items() if other != level for box in run]
            drawn += [self.contour(line, level, taken, others) for line in traced]
        return drawn

    def contour(self, line: list[Point], level: float, taken: list[Box], others: list[Box]) -> Markup:
        """A contour, broken where its level is written; where there is no room, it isn't: its neighbours tell."""
        strong = {"stroke_width": 2.6 if level == 0.5 else 1.2}
        label, along = words(fixed(level, 1)), _evenly(line, 240)
        half = width(label, SMALL) / 2 + 3, 10.0
        boxes = [Box(x - half[0], y - half[1], x + half[0], y + half[1]) for x, y in along[24:-24:4]]
        room = Room(self.axes.frame, taken + others)
        box = min(boxes, key=room.crowding)
        if room.crowding(box) > 0:
            return group(stroke(line, **strong), class_="contour", data_level=level)
        taken.append(box)
        text = write((box.left + box.right) / 2, box.bottom - 5, label, size=SMALL, anchor="middle", class_="tick")
        pieces = "".join(trace(simplified(piece, 0.15)) for piece in _outside(along, box) if len(piece) > 1)
        return group(element("path", d=pieces, **strong), text, class_="contour", data_level=level)

    def names(self, runs: dict[float, list[Box]]) -> tuple[list[Markup], list[Box]]:
        """Each person's name, and the prediction for those marked, beside the marker; and the room that this takes."""
        markers = around([self.place(p) for p in self.people + self.marked], 9)
        room, written = Room(self.axes.frame, [box for run in runs.values() for box in run] + markers), []
        for person in self.people + self.marked:
            line = words(person.name)
            if person in self.marked:
                line += words(" ") + value(self.prediction(person), self.digits)
            box = room.place(beside([self.place(person)], (width(line), LINE), [11]))
            written.append(write(box.left, box.bottom - 5, line, class_="label", data_person=person.name))
        return written, markers + room.taken[-len(written):]

    def place(self, person: Person) -> Point:
        return self.axes.at(person.pounds, person.inches)

    def marker(self, person: Person) -> Markup:
        shape = "diamond" if person in self.marked else "disc" if person.label == 1 else "square"
        return marker(shape, *self.place(person), class_=f"person {shape}", data_person=person.name)

    def key(self) -> list[Markup]:
        rows = [[("disc", 46, "true label 1 (F)"), ("square", 222, "true label 0 (M)")],
                [("contour", 46, "contour of the prediction 0.5")]]
        if self.marked:
            rows.insert(1, [("diamond", 46, "not trained on, with the prediction")])
        drawn = []
        for row, entries in enumerate(rows):
            y = 396 + 22 * row
            for shape, x, said in entries:
                drawn += [marker(shape, x, y), write(x + 13, y + 5, words(said), size=SMALL, class_="note")]
        return [group(*drawn, class_="key")]

    def description(self) -> str:
        a, b = self.axes.x, self.axes.y
        lowest, highest = printed(float(self.heights.min()), self.digits), printed(float(self.heights.max()), self.digits)
        told = [f"{p.name}, {printed(p.pounds)} pounds and {printed(p.inches)} inches, "
                f"{'not trained on' if p in self.marked else f'true label {p.label}'}, "
                f"prediction {printed(self.prediction(p), self.digits)}" for p in self.people + self.marked]
        return (f"A plane with the weight from {printed(a.low)} to {printed(a.high)} pounds to the right and the height "
                f"from {printed(b.low)} to {printed(b.high)} inches upwards. It is darker where the prediction is "
                f"higher, from {lowest} to {highest}, with contours where it is "
                f"{listed(fixed(level, 1) for level in LEVELS)}. {self.slope()} On it stand: {'; '.join(told)}.")

    def slope(self) -> str:
        """Where the high ground lies, told by the four corners."""
        corners = {"light and short": self.heights[0, 0], "heavy and short": self.heights[0, -1],
                   "light and tall": self.heights[-1, 0], "heavy and tall": self.heights[-1, -1]}
        return "In the corners it is " + listed(
            f"{printed(float(height), self.digits)} ({who})" for who, height in corners.items()) + "."


def marker(shape: str, x: float, y: float, **attributes: str) -> Markup:
    """A disc, a square or a diamond that stands for a person, or in the key a piece of the strong contour."""
    if shape == "disc":
        return element("circle", cx=x, cy=y, r=5.5, fill="currentColor", **attributes)
    if shape == "contour":
        return stroke([(x - 7, y), (x + 7, y)], stroke_width=2.6, **attributes)
    if shape == "square":
        return element("rect", x=x - 5, y=y - 5, width=10, height=10, stroke_width=2, **attributes)
    return stroke([(x, y - 7.5), (x + 7.5, y), (x, y + 7.5), (x - 7.5, y)], closed=True, stroke_width=2, **attributes)


def _unsquashed(prediction: float | np.ndarray) -> float | np.ndarray:
    """The sum that the sigmoid squashed into a prediction: log(y / (1 - y))."""
    inside = np.clip(prediction, 1e-15, 1 - 1e-15)
    return np.log(inside / (1 - inside))


def _margins(numbers: list[float], to: float) -> tuple[float, float]:
    """Round limits that leave at least one rounding unit free on both sides."""
    return float(np.floor(min(numbers) / to - 1) * to), float(np.ceil(max(numbers) / to + 1) * to)


def _evenly(line: list[Point], count: int) -> list[Point]:
    """So many points at equal distances along a line."""
    xs, ys = np.array(line).T
    reached = np.append(0, np.cumsum(np.hypot(np.diff(xs), np.diff(ys))))
    at = np.linspace(0, reached[-1], count)
    return list(zip(np.interp(at, reached, xs).tolist(), np.interp(at, reached, ys).tolist(), strict=True))


def _outside(points: list[Point], box: Box) -> list[list[Point]]:
    """The pieces of a line that lie outside a box."""
    pieces = [[]]
    for x, y in points:
        if box.left <= x <= box.right and box.top <= y <= box.bottom:
            pieces.append([])
        else:
            pieces[-1].append((x, y))
    return pieces
