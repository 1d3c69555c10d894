"""The signs that people are drawn with on the map, told apart by shape, and the key to them."""

from __future__ import annotations

from collections.abc import Sequence

from drawings.lettering import SMALL, words, write
from drawings.pen import Markup, element, group, stroke

STANDS_FOR = {
    "disc": "true label 1 (F)",
    "square": "true label 0 (M)",
    "diamond": "not trained on, with the prediction",
    "ring": "anyone, with the prediction",
    "contour": "contour of the prediction 0.5",
}


def marker(shape: str, x: float, y: float, **attributes: str) -> Markup:
    """A disc, a square, a diamond or a ring for a person, or a piece of the strong contour for the key."""
    if shape == "contour":
        return stroke([(x - 7, y), (x + 7, y)], stroke_width=2.6, **attributes)
    if shape == "disc":
        return element("circle", cx=x, cy=y, r=5.5, fill="currentColor", **attributes)
    if shape == "square":
        return element("rect", x=x - 5, y=y - 5, width=10, height=10, stroke_width=2, **attributes)
    if shape == "ring":
        return element("circle", cx=x, cy=y, r=6.5, stroke_width=2, **attributes)
    corners = [(x, y - 7.5), (x + 7.5, y), (x, y + 7.5), (x - 7.5, y)]
    return stroke(corners, closed=True, stroke_width=2, **attributes)


def key(top: float, shapes: Sequence[str]) -> Markup:
    """What each of the shapes stands for: discs and squares side by side, the others in rows below."""
    drawn = []
    for row, shape in enumerate(shapes):
        x, y = (222.0, top) if shape == "square" else (46.0, top + 22 * max(0, row - 1))
        drawn += [
            marker(shape, x, y),
            write(x + 13, y + 5, words(STANDS_FOR[shape]), size=SMALL, class_="note"),
        ]
    return group(*drawn, class_="key")
