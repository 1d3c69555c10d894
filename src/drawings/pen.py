"""The pen: SVG elements, paths and arrowheads as strings, and nothing about neural networks."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import numpy as np

Point = tuple[float, float]


class Markup(str):
    """Text that is SVG already. Any other string is escaped before it is drawn."""


def units(value: float) -> str:
    """A coordinate as short as it can be written: two decimals, no trailing zeros, no minus zero."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def element(tag: str, *children: str, **attributes: str | float | None) -> Markup:
    """One SVG element.

    Args:
        tag: Its name.
        *children: [Markup][drawings.pen.Markup] as it is, any other text escaped.
        **attributes: `class_` for `class`, `data_quantity` for `data-quantity`; `None` leaves one out.
    """
    inside = "".join(child if isinstance(child, Markup) else escape(child, quote=False) for child in children)
    names = "".join(_attribute(name, value) for name, value in attributes.items() if value is not None)
    return Markup(f"<{tag}{names}>{inside}</{tag}>" if inside else f"<{tag}{names}/>")


def _attribute(name: str, value: str | float) -> str:
    # Of the names that we use, viewBox alone is in camel case; the others have hyphens for underscores.
    written = name.rstrip("_").replace("_", "-")
    return f' {written}="{escape(value) if isinstance(value, str) else units(value)}"'


def group(*children: str, **attributes: str | float | None) -> Markup:
    """Elements that belong together."""
    return element("g", *children, **attributes)


def trace(points: Iterable[Point], closed: bool = False) -> str:
    """The `d` of a path through the points, straight from each to the next."""
    return "M" + "L".join(f"{units(x)} {units(y)}" for x, y in points) + ("Z" if closed else "")


def stroke(points: Iterable[Point], closed: bool = False, **attributes: str | float | None) -> Markup:
    """A line drawn through the points."""
    return element("path", d=trace(points, closed), **attributes)


def arrow(start: Point, end: Point, **attributes: str | float | None) -> Markup:
    """A straight line that ends in an open arrowhead."""
    return element("path", d=trace([start, end]) + arrowhead(start, end), **attributes)


def arrowhead(start: Point, end: Point, size: float = 6.0) -> str:
    """Two short strokes at `end`, looking back towards `start`, as more of a path's `d`."""
    tip, along = np.array(end), np.subtract(end, start)
    along = along / np.hypot(*along)
    across = np.array([-along[1], along[0]])
    barbs = [tip - size * along + side * 0.6 * size * across for side in (1, -1)]
    return trace([barbs[0], tip, barbs[1]])


def hatching(left: float, top: float, right: float, bottom: float, spacing: float = 6.0) -> str:
    """The `d` of slanting pencil strokes that fill an upright rectangle."""
    offsets = np.arange(left + top + spacing, right + bottom, spacing)
    strokes = [
        [(max(left, s - bottom), min(bottom, s - left)), (min(right, s - top), max(top, s - right))]
        for s in offsets
    ]
    return "".join(trace(ends) for ends in strokes)
