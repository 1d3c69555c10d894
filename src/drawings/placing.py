"""Where a label goes: beside what it names, on no line, no mark and no other label."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from drawings.pen import Point


class Box(NamedTuple):
    """An upright rectangle in drawing units."""

    left: float
    top: float
    right: float
    bottom: float

    def grown(self, margin: float) -> Box:
        """The box with a margin around it."""
        return Box(self.left - margin, self.top - margin, self.right + margin, self.bottom + margin)


RIGHT, LEFT, ABOVE, BELOW = (1, 0), (-1, 0), (0, -1), (0, 1)
SIDES = (RIGHT, LEFT, ABOVE, BELOW)
CORNERS = ((1, -1), (-1, -1), (1, 1), (-1, 1))


def around(points: Iterable[Point], reach: float) -> list[Box]:
    """A small box around each point: what a label should not cover."""
    return [Box(x - reach, y - reach, x + reach, y + reach) for x, y in points]


def between(start: Point, end: Point, reach: float) -> list[Box]:
    """Small boxes along a straight line."""
    parts = [k / 30 for k in range(31)]
    return around(
        [(start[0] + p * (end[0] - start[0]), start[1] + p * (end[1] - start[1])) for p in parts], reach
    )


def beside(
    points: Sequence[Point], size: Point, gaps: Sequence[float], directions: Sequence[Point] = SIDES + CORNERS
) -> list[Box]:
    """The places for a label of that size around the points: nearest first, then in order of direction."""
    return [_off(point, size, gap, direction) for gap in gaps for point in points for direction in directions]


def _off(point: Point, size: Point, gap: float, direction: Point) -> Box:
    (x, y), (wide, high), (right, down) = point, size, direction
    # At a corner the label already stands off in two directions, so it may come closer in each.
    near = gap if 0 in direction else 0.6 * gap
    centre_x, centre_y = x + right * (near + wide / 2), y + down * (near + high / 2)
    return Box(centre_x - wide / 2, centre_y - high / 2, centre_x + wide / 2, centre_y + high / 2)


class Room:
    """The room in a picture: what is taken already, and the freest place for each label that comes."""

    def __init__(self, frame: Box, taken: Iterable[Box] = ()) -> None:
        """Starts with the frame that labels should stay in and with what is drawn already."""
        self.frame, self.taken = frame, np.empty((0, 4))
        self.take(taken)

    def take(self, boxes: Iterable[Box]) -> None:
        """Where these boxes are, nothing else goes from now on."""
        self.taken = np.vstack([self.taken, np.reshape(list(boxes), (-1, 4))])

    def crowding(self, box: Box) -> float:
        """How much of what is taken a box would cover, and ten times how much of it would leave the frame."""
        area = (box.right - box.left) * (box.bottom - box.top)
        return float(
            _shared(self.taken, box).sum() + 10 * (area - _shared(np.array([self.frame]), box).sum())
        )

    def place(self, candidates: Iterable[Box]) -> Box:
        """The least crowded of the candidates, the first of equals; from then on it is taken."""
        box = min(candidates, key=self.crowding)
        self.take([box])
        return box


def _shared(boxes: np.ndarray, box: Box) -> np.ndarray:
    """The areas that boxes, an array (boxes, 4), have in common with one box."""
    left, top, right, bottom = boxes.T
    across = np.minimum(right, box.right) - np.maximum(left, box.left)
    down = np.minimum(bottom, box.bottom) - np.maximum(top, box.top)
    return np.maximum(across, 0) * np.maximum(down, 0)
