"""What a network predicts over weight and height, as a map with the people on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from drawings import checks
from drawings.axes import Axes
from drawings.contours import contours, region
from drawings.drawing import Drawing
from drawings.lettering import LINE, SMALL, centred, exact, fixed, listed, printed, value, width, words, write
from drawings.markers import key, marker
from drawings.pen import Markup, Point, element, group, stroke, trace
from drawings.placing import Box, Room, around, beside
from drawings.polylines import evenly, outside, simplified
from drawings.scale import Scale
from pencilnet import SHIFT

if TYPE_CHECKING:
    from pencilnet import OurNeuralNetwork, Person

LEVELS = (0.1, 0.3, 0.5, 0.7, 0.9)
"""The predictions along which a contour is drawn."""
FINENESS = 181
"""How many points the map is computed at in each direction."""


def people_map(
    network: OurNeuralNetwork,
    people: Sequence[Person],
    marked: Sequence[Person] = (),
    *,
    anyone: tuple[float, float] | None = None,
    digits: int = 3,
) -> Drawing:
    """The prediction for every weight and height, in bands, with people standing where theirs are.

    Args:
        network: The network, which takes pounds and inches as the book shifts them.
        people: Those it was trained on: a disc for the label 1, a square for the label 0.
        marked: Others, drawn as diamonds with their prediction.
        anyone: Pounds and inches of a person without a name, drawn as a ring with the prediction.
        digits: How many significant digits the predictions are printed with.

    Raises:
        ValueError: There are no people, or something else is given for the network or for a person.

    Examples:
        >>> import drawings
        >>> from pencilnet import PEOPLE, OurNeuralNetwork
        >>> weights = {"w1": 1, "w2": 1, "w3": 1, "w4": 1, "w5": 1, "w6": 1}
        >>> network = OurNeuralNetwork.from_parameters(**weights, b1=0, b2=0, b3=0)
        >>> drawings.people_map(network, PEOPLE).title
        'What the network predicts for every weight and height'
    """
    checks.has("the network", network, "a pencilnet.OurNeuralNetwork", "feedforward")
    if len(people) == 0:
        raise ValueError("the map needs at least one person, and got none")
    for person in (*people, *marked):
        checks.has("a person", person, "a pencilnet.Person", "name", "pounds", "inches", "label")
    nameless = None if anyone is None else Anyone(*map(float, checks.numbers("anyone", anyone)))
    return _Map(network, list(people), list(marked), nameless, digits).drawing()


class Anyone(NamedTuple):
    """A person of whom nothing else is known."""

    pounds: float
    inches: float
    name: str = "anyone"
    label: None = None


class _Map:
    """The map while it is being drawn."""

    def __init__(
        self,
        network: OurNeuralNetwork,
        people: list[Person],
        marked: list[Person],
        anyone: Anyone | None,
        digits: int,
    ) -> None:
        self.network, self.people, self.marked, self.anyone, self.digits = (
            network,
            people,
            marked,
            anyone,
            digits,
        )
        self.everyone = people + marked + ([] if anyone is None else [anyone])
        self.axes = Axes(
            Scale(*_margins([person.pounds for person in self.everyone], 10), 40, 404),
            Scale(*_margins([person.inches for person in self.everyone], 2), 340, 36),
        )
        self.pounds = np.linspace(self.axes.x.low, self.axes.x.high, FINENESS)
        self.inches = np.linspace(self.axes.y.low, self.axes.y.high, FINENESS)
        self.predictions = self.predicted(*np.meshgrid(self.pounds, self.inches))
        # From one point of the grid to the next a prediction bends; the sum before the sigmoid hardly does.
        self.sums = _unsquashed(self.predictions)

    def predicted(self, pounds: np.ndarray, inches: np.ndarray) -> np.ndarray:
        """The network's answers, in the shape of the weights and heights given."""
        shifted = np.column_stack([np.ravel(pounds) - SHIFT[0], np.ravel(inches) - SHIFT[1]])
        return np.reshape(self.network.feedforward(shifted), np.shape(pounds))

    def prediction(self, person: Person) -> float:
        return float(self.predicted(np.array([person.pounds]), np.array([person.inches]))[0])

    def drawing(self) -> Drawing:
        lines = {level: self.lines(level) for level in LEVELS}
        reached = [level for level, traced in lines.items() if traced]
        # Where each contour runs: no name and no other contour's level is written across it.
        runs = {
            level: [box for line in traced for box in around(evenly(line, 120), 1)]
            for level, traced in lines.items()
        }
        shapes = ["disc", "square"] + ["diamond"] * bool(self.marked) + ["ring"] * (self.anyone is not None)
        shapes += ["contour"] * (0.5 in reached)
        names, taken = self.names([box for run in runs.values() for box in run])
        marks = [
            group(*map(self.band, LEVELS), class_="bands q-activation"),
            self.axes.drawn(words("weight in pounds"), words("height in inches"), (5, 5), grid=False),
            *self.contours(lines, runs, taken),
            *map(self.marker, self.people + self.marked),
            *names[: len(self.people + self.marked)],
            *self.nameless(names),
            key(396, shapes),
        ]
        title = "What the network predicts for every weight and height"
        return Drawing("people-map", title, self.description(reached), marks, 362 + 22 * len(shapes))

    def lines(self, level: float) -> list[list[Point]]:
        return [
            self.traced(line) for line in contours(self.pounds, self.inches, self.sums, _unsquashed(level))
        ]

    def band(self, level: float) -> Markup:
        """All that is at least so high. The bands lie on one another: the higher, the deeper the colour."""
        outlines = region(self.pounds, self.inches, self.sums, _unsquashed(level))
        path = "".join(trace(self.traced(outline), closed=True) for outline in outlines)
        if not path:
            return Markup()
        return element(
            "path",
            d=path,
            fill="currentColor",
            fill_opacity=0.1,
            stroke="none",
            class_="band",
            data_level=level,
        )

    def traced(self, line: list[Point]) -> list[Point]:
        xs, ys = np.array(line).T
        return simplified(self.axes.points(xs, ys))

    def contours(
        self, lines: dict[float, list[list[Point]]], runs: dict[float, list[Box]], taken: list[Box]
    ) -> list[Markup]:
        drawn = []
        for level, traced in lines.items():
            others = [box for other, run in runs.items() if other != level for box in run]
            drawn += [self.contour(line, level, taken, others) for line in traced]
        return drawn

    def contour(self, line: list[Point], level: float, taken: list[Box], others: list[Box]) -> Markup:
        """A contour, broken where its level is written; where there is no room, its neighbours tell."""
        strength = 2.6 if level == 0.5 else 1.2
        label, along = words(fixed(level, 1)), evenly(line, 240)
        boxes = _boxes(along[24:-24:4], width(label, SMALL) / 2 + 2, 8.0)
        room = Room(self.axes.frame, taken + others)
        # Of the places that are free, the one with the most room around it.
        box = min(boxes, key=lambda box: (room.crowding(box), room.crowding(box.grown(12))))
        if room.crowding(box) > 0:
            return group(stroke(line, stroke_width=strength), class_="contour", data_level=level)
        taken.append(box)
        middle, baseline = (box.left + box.right) / 2, box.bottom - 3
        text = centred(middle, baseline, label, size=SMALL, class_="tick")
        pieces = "".join(trace(simplified(piece)) for piece in outside(along, box))
        return group(
            element("path", d=pieces, stroke_width=strength), text, class_="contour", data_level=level
        )

    def names(self, lines: list[Box]) -> tuple[list[Markup], list[Box]]:
        """Each name beside its marker, with the prediction for those marked; and the room that this takes."""
        markers = around([self.place(person) for person in self.everyone], 9)
        room, written, boxes = Room(self.axes.frame, lines + markers), [], []
        for person in self.everyone:
            line = words(person.name)
            if person not in self.people:
                line += words(" ") + value(self.prediction(person), self.digits)
            box = room.place(beside([self.place(person)], (width(line), LINE), [11]))
            boxes.append(box)
            written.append(write(box.left, box.bottom - 5, line, class_="label", data_person=person.name))
        return written, markers + boxes

    def place(self, person: Person) -> Point:
        return self.axes.at(person.pounds, person.inches)

    def marker(self, person: Person) -> Markup:
        shape = "diamond" if person in self.marked else "disc" if person.label == 1 else "square"
        shape = "ring" if person is self.anyone else shape
        label = {} if person.label is None else {"data_label": str(person.label)}
        return marker(
            shape,
            *self.place(person),
            class_=f"person {shape}",
            data_person=person.name,
            data_value=exact(self.prediction(person)),
            data_pounds=repr(person.pounds),
            data_inches=repr(person.inches),
            data_shifted=f"{person.pounds - SHIFT[0]!r} {person.inches - SHIFT[1]!r}",
            **label,
        )

    def nameless(self, names: list[Markup]) -> list[Markup]:
        """The ring and its label, which belong together: both may be moved."""
        return [] if self.anyone is None else [group(self.marker(self.anyone), names[-1], class_="anyone")]

    def description(self, reached: list[float]) -> str:
        x, y = self.axes.x, self.axes.y
        levels = (
            f", with contours where it is {listed(fixed(level, 1) for level in reached)}" if reached else ""
        )
        lowest, highest = (
            printed(float(reach), self.digits) for reach in (self.predictions.min(), self.predictions.max())
        )
        return (
            f"A plane with the weight from {printed(x.low)} to {printed(x.high)} pounds to the right and the "
            f"height from {printed(y.low)} to {printed(y.high)} inches upwards. The colour is the deeper the "
            f"higher the prediction, from {lowest} to {highest}{levels}. "
            f"{self.corners()} On it stand: {'; '.join(map(self.told, self.everyone))}."
        )

    def corners(self) -> str:
        """Where the high ground lies."""
        corners = {
            "light and short": (0, 0),
            "heavy and short": (0, -1),
            "light and tall": (-1, 0),
            "heavy and tall": (-1, -1),
        }
        heights = (
            f"{printed(float(self.predictions[corner]), self.digits)} ({who})"
            for who, corner in corners.items()
        )
        return f"In the corners it is {listed(heights)}."

    def told(self, person: Person) -> str:
        known = f"true label {person.label}" if person in self.people else "not trained on"
        return (
            f"{person.name}, {printed(person.pounds)} pounds and {printed(person.inches)} inches, {known}, "
            f"prediction {printed(self.prediction(person), self.digits)}"
        )


def _boxes(points: Sequence[Point], reach_x: float, reach_y: float) -> list[Box]:
    return [Box(x - reach_x, y - reach_y, x + reach_x, y + reach_y) for x, y in points]


def _unsquashed(prediction: float | np.ndarray) -> float | np.ndarray:
    """The sum that the sigmoid squashed into a prediction: log(y / (1 - y))."""
    inside = np.clip(prediction, 1e-15, 1 - 1e-15)
    return np.log(inside / (1 - inside))


def _margins(numbers: list[float], to: float) -> tuple[float, float]:
    """Round limits that leave at least one rounding unit free on both sides."""
    return float(np.floor(min(numbers) / to - 1) * to), float(np.ceil(max(numbers) / to + 1) * to)
