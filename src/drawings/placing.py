"""Where a label goes: beside what it names, on no line, no mark and no other label."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from drawings.pen import Point


class Box(NamedTuple):
    """An upright rectangle in drawing units."""

    left: float
    top: float
    right: float
    bottom: float

    def shared(self, other: Box) -> float:
        """The area that two boxes have in common."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0.0, across) * max(0.0, down)

    @property
    def area(self) -> float:
        """How much room the box takes."""
        return (self.right - self.left) * (self.bottom - self.top)


def around(points: Iterable[Point], reach: float) -> list[Box]:
    """A small box around each point: what a label should not cover."""
    return [Box(x - reach, y - reach, x + reach, y + reach) for x, y in points]


def beside(point: Point, size: Point, gap: float) -> list[Box]:
    """The places for a label of that size around a point, the best first: right, left, above, below, the corners."""
    (x, y), (wide, high) = point, size
    directions = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1))
    boxes = []
    for right, down in directions:
        # At a corner the label already stands off in two directions, so it may come closer in each.
        near = gap if 0 in (right, down) else 0.6 * gap
        centre_x, centre_y = x + right * (near + wide / 2), y + down * (near + high / 2)
        boxes.append(Box(centre_x - wide / 2, centre_y - high / 2, centre_x + wide / 2, centre_y + high / 2))
    return boxes


def freest(candidates: Iterable[Box], taken: Iterable[Box], frame: Box) -> Box:
    """The first of the candidates that covers the least of what is taken and leaves the frame least."""
    taken = list(taken)
    return min(candidates, key=lambda box: sum(map(box.shared, taken)) + 10 * (box.area - box.shared(frame)))
