"""Contours: the lines along which a map over a plane has one height.

The method is marching squares, the plane form of Lorensen and Cline's marching cubes (1987).
"""

from __future__ import annotations

import numpy as np

from drawings.pen import Point

# Which edges of a cell a contour joins, by the corners above the level: bit 0 bottom left, 1 bottom right,
# 2 top right, 3 top left; edges 0 bottom, 1 right, 2 top, 3 left. Every pair has the higher ground on its
# left. The two saddles, 5 and 10, keep the high corners apart.
_CROSSINGS = {
    1: [(0, 3)],
    2: [(1, 0)],
    3: [(1, 3)],
    4: [(2, 1)],
    5: [(0, 3), (2, 1)],
    6: [(2, 0)],
    7: [(2, 3)],
    8: [(3, 2)],
    9: [(0, 2)],
    10: [(1, 0), (3, 2)],
    11: [(1, 2)],
    12: [(3, 1)],
    13: [(0, 1)],
    14: [(3, 0)],
}


def contours(xs: np.ndarray, ys: np.ndarray, heights: np.ndarray, level: float) -> list[list[Point]]:
    """The contours at one level, each from edge to edge of the map or, closed, back to its first point.

    Args:
        xs: (columns,) ascending.
        ys: (rows,) ascending.
        heights: (rows, columns).
        level: The height of the contours.
    """
    following = {}
    above = heights >= level
    codes = above[:-1, :-1] + 2 * above[:-1, 1:] + 4 * above[1:, 1:] + 8 * above[1:, :-1]
    for row, column in np.argwhere((codes > 0) & (codes < 15)).tolist():
        for start, end in _CROSSINGS[int(codes[row, column])]:
            following[_edge(row, column, start)] = _edge(row, column, end)
    return [[_point(xs, ys, heights, level, edge) for edge in line] for line in _joined(following)]


def region(xs: np.ndarray, ys: np.ndarray, heights: np.ndarray, level: float) -> list[list[Point]]:
    """The outlines of all that is at least so high, closed along the border of the map."""
    # A moat of no width and of endless depth around the map closes each contour on the border itself.
    moat = np.pad(heights, 1, constant_values=-1e12)
    return contours(np.pad(xs, 1, mode="edge"), np.pad(ys, 1, mode="edge"), moat, level)


Edge = tuple[int, int, bool]


def _edge(row: int, column: int, side: int) -> Edge:
    """A side of a cell as an edge of the grid, the same for both its cells: its start, whether it goes up."""
    return (row + (side == 2), column + (side == 1), side in (1, 3))


def _point(xs: np.ndarray, ys: np.ndarray, heights: np.ndarray, level: float, edge: Edge) -> Point:
    """Where the level lies on an edge of the grid, taking the height to change evenly along it."""
    row, column, up = edge
    row_to, column_to = row + up, column + (not up)
    low, high = heights[row, column], heights[row_to, column_to]
    part = (level - low) / (high - low)
    return (
        float(xs[column] + part * (xs[column_to] - xs[column])),
        float(ys[row] + part * (ys[row_to] - ys[row])),
    )


def _joined(following: dict[Edge, Edge]) -> list[list[Edge]]:
    """The pieces put end to end: open lines from their starts, and then the rings."""
    ends = set(following.values())
    starts = [edge for edge in following if edge not in ends]
    lines = []
    for start in [*starts, *list(following)]:
        if start not in following:
            continue
        line = [start]
        while line[-1] in following:
            line.append(following.pop(line[-1]))
        lines.append(line)
    return lines
