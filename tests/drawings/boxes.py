"""The boxes of a drawing's labels, and whether they keep clear of each other and of the edges."""

from itertools import combinations
from typing import NamedTuple

from drawings import Drawing
from drawings.drawing import WIDTH


class Label(NamedTuple):
    """A line of text and the box of its letters."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def label(text: str, left: float, width: float, baseline: float, size: float) -> Label:
    """A line of text from its baseline and its size: letters reach 0.7 above and 0.2 below."""
    return Label(text, left, baseline - 0.7 * size, left + width, baseline + 0.2 * size)


def collisions(labels: list[Label]) -> list[tuple[str, str]]:
    """Which labels share more than a hair."""
    return [
        (one.text, other.text)
        for one, other in combinations(labels, 2)
        if min(one.right, other.right) - max(one.left, other.left) > 0.5
        and min(one.bottom, other.bottom) - max(one.top, other.top) > 0.5
    ]


def strays(labels: list[Label], drawing: Drawing) -> list[str]:
    """Which labels leave the drawing."""
    low, high = drawing.top, drawing.top + drawing.height
    return [
        label.text
        for label in labels
        if label.left < 0 or label.right > WIDTH or label.top < low or label.bottom > high
    ]
