"""Lines as rows of points: with fewer of them, with evenly spaced ones, and with a piece cut out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from drawings.pen import Point
from drawings.placing import Box


def simplified(points: Sequence[Point], tolerance: float = 0.1) -> list[Point]:
    """The fewest of the points whose line stays within `tolerance` of all of them.

    The method of Ramer (1972) and of Douglas and Peucker (1973): keep the point that lies farthest from the
    chord, and do the same on either side of it.
    """
    line = np.asarray(points, dtype=float)
    keep, spans = {0, len(line) - 1}, [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        distances = _distances(line[first + 1 : last], line[first], line[last])
        # Of points equally far, the first: which one is farther by the last digit differs between machines.
        worst = int(np.argmax(distances.round(6)))
        if distances[worst] > tolerance:
            middle = first + 1 + worst
            keep.add(middle)
            spans += [(first, middle), (middle, last)]
    return [tuple(line[k]) for k in sorted(keep)]


def _distances(points: np.ndarray, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """How far each point is from the nearest one between start and end."""
    chord, away = end - start, points - start
    square = chord @ chord
    part = np.clip(away @ chord / square, 0, 1) if square > 0 else np.zeros(len(points))
    return np.hypot(*(away - np.outer(part, chord)).T)


def evenly(line: Sequence[Point], count: int) -> list[Point]:
    """So many points at equal distances along a line."""
    xs, ys = np.array(line).T
    reached = np.append(0, np.cumsum(np.hypot(np.diff(xs), np.diff(ys))))
    at = np.linspace(0, reached[-1], count)
    return list(zip(np.interp(at, reached, xs).tolist(), np.interp(at, reached, ys).tolist(), strict=True))


def outside(points: Sequence[Point], box: Box) -> list[list[Point]]:
    """The pieces of a line whose points lie outside a box."""
    pieces: list[list[Point]] = [[]]
    for x, y in points:
        if box.left <= x <= box.right and box.top <= y <= box.bottom:
            pieces.append([])
        else:
            pieces[-1].append((x, y))
    return [piece for piece in pieces if len(piece) > 1]
