"""The signs that people are drawn with on the map, told apart by shape, and the key to them."""

from __future__ import annotations

from drawings.lettering import SMALL, words, write
from drawings.pen import Markup, element, group, stroke


def marker(shape: str, x: float, y: float, **attributes: str) -> Markup:
    """A disc, a square or a diamond for a person, or a piece of the strong contour for the key."""
    if shape == "contour":
        return stroke([(x - 7, y), (x + 7, y)], stroke_width=2.6, **attributes)
    if shape == "disc":
        return element("circle", cx=x, cy=y, r=5.5, fill="currentColor", **attributes)
    if shape == "square":
        return element("rect", x=x - 5, y=y - 5, width=10, height=10, stroke_width=2, **attributes)
    corners = [(x, y - 7.5), (x + 7.5, y), (x, y + 7.5), (x - 7.5, y)]
    return stroke(corners, closed=True, stroke_width=2, **attributes)


def key(with_diamonds: bool) -> Markup:
    """What each sign stands for, below the map."""
    entries = [("disc", 46, 0, "true label 1 (F)"), ("square", 222, 0, "true label 0 (M)")]
    if with_diamonds:
        entries.append(("diamond", 46, 1, "not trained on, with the prediction"))
    entries.append(("contour", 46, 2 if with_diamonds else 1, "contour of the prediction 0.5"))
    drawn = []
    for shape, x, row, said in entries:
        y = 396 + 22 * row
        drawn += [marker(shape, x, y), write(x + 13, y + 5, words(said), size=SMALL, class_="note")]
    return group(*drawn, class_="key")
