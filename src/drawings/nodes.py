"""The circles that quantities and operations stand in."""

from __future__ import annotations

from drawings.lettering import SMALL, centred, exact, fitted, symbol
from drawings.pen import Markup, element, group, stroke


def node(
    x: float, y: float, quantity: str, number: float | None, class_: str, digits: int = 3, radius: float = 25
) -> Markup:
    """A circle with a quantity's name in it, and its number below the name where there is one."""
    lines = [centred(x, y + (5 if number is None else -7), symbol(quantity))]
    if number is not None:
        lines.append(centred(x, y + 11, fitted(number, digits, 1.75 * radius, SMALL), size=SMALL))
    return group(
        element("circle", cx=x, cy=y, r=radius),
        *lines,
        class_=f"node {class_}",
        data_quantity=quantity,
        data_value=exact(number),
    )


def sign_circle(x: float, y: float, sign: str, radius: float = 11, **attributes: str) -> Markup:
    """A small circle with the sign of an operation, drawn rather than typed: it sits in the middle."""
    arm = radius * 0.42
    ends = {
        "+": [((-arm, 0), (arm, 0)), ((0, -arm), (0, arm))],
        "×": [((-arm, -arm), (arm, arm)), ((-arm, arm), (arm, -arm))],
    }[sign]
    strokes = [stroke([(x + dx, y + dy) for dx, dy in end]) for end in ends]
    return group(element("circle", cx=x, cy=y, r=radius), *strokes, **attributes)
