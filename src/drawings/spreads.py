"""Several groups of numbers, one under the other: their ends, their quarters and their middles."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from drawings import checks
from drawings.drawing import Drawing
from drawings.lettering import SMALL, Line, centred, exact, printed, value, width, words, write
from drawings.pen import Markup, element, group, stroke
from drawings.scale import Scale

ROW = 46.0
"""How far the rows are apart."""


def spreads(groups: Mapping[str, Sequence[float]], *, of: str, digits: int = 3) -> Drawing:
    """How the numbers of each group are spread: a line from end to end, a box for the middle half.

    The scale goes by powers of ten.

    Args:
        groups: The numbers by the name of their group, each above 0; at most 8 groups.
        of: What the numbers are, as the name of the axis: "epochs".
        digits: How many significant digits the numbers are printed with.

    Raises:
        ValueError: There is no group or there are too many, or a number is not above 0.

    Examples:
        >>> import drawings
        >>> drawings.spreads({"SGD": [190, 230, 280], "Adam": [11, 15, 19]}, of="epochs").title
        'How the epochs are spread in 2 groups'
    """
    checks.at_most(8, "groups", len(groups))
    if not groups:
        raise ValueError("the picture needs at least one group, and got none")
    rows = {name: checks.numbers(f"the numbers of {name}", numbers) for name, numbers in groups.items()}
    for name, row in rows.items():
        checks.above_zero(f"each number of {name}", float(row.min()))
    quarters = {name: np.quantile(row, [0, 0.25, 0.5, 0.75, 1]) for name, row in rows.items()}
    lowest = math.floor(math.log10(min(float(five[0]) for five in quarters.values())))
    highest = math.ceil(math.log10(max(float(five[-1]) for five in quarters.values())) - 1e-9)
    scale, bottom = Scale(lowest, max(highest, lowest + 1), 26, 384), 14 + ROW * len(rows)
    marks = [_axis(scale, bottom, words(of))]
    for k, (name, five) in enumerate(quarters.items()):
        marks.append(_row(scale, 14 + ROW * k, name, five, digits))
    title = f"How the {of} are spread in {len(rows)} {'group' if len(rows) == 1 else 'groups'}"
    return Drawing("spreads", title, _described(quarters, of, digits), marks, bottom + 46)


def _axis(scale: Scale, bottom: float, of: Line) -> Markup:
    drawn = []
    for power in range(int(scale.low), int(scale.high) + 1):
        x = float(scale(power))
        drawn += [
            stroke([(x, 8), (x, bottom)], class_="grid", stroke_opacity=0.2),
            centred(x, bottom + 20, words(printed(10.0**power)), size=SMALL, class_="tick"),
        ]
    drawn += [
        stroke([(26, bottom), (384, bottom)]),
        write(384, bottom + 38, of, size=SMALL, anchor="end", class_="axis-name"),
    ]
    return group(*drawn, class_="axes", data_x=str(scale), stroke_width=1.2)


def _row(scale: Scale, top: float, name: str, five: np.ndarray, digits: int) -> Markup:
    """The name, and under it the line, the box and the middle with its number."""
    low, quarter, middle, three, high = (float(scale(np.log10(number))) for number in five)
    y = top + 30
    label = words(f"{name}: ") + value(float(five[2]), digits)
    wide = width(label, SMALL)
    start = min(max(middle - wide / 2, 20), 404 - wide)
    return group(
        stroke([(low, y), (high, y)], stroke_width=1.4),
        element("rect", x=quarter, y=y - 6, width=max(three - quarter, 1), height=12, class_="box"),
        stroke([(middle, y - 9), (middle, y + 9)], stroke_width=3),
        write(start, y - 14, label, size=SMALL, class_="label"),
        class_="mark",
        data_value=exact(float(five[2])),
    )


def _described(quarters: dict[str, np.ndarray], of: str, digits: int) -> str:
    def told(name: str, five: np.ndarray) -> str:
        low, quarter, middle, three, high = (printed(float(number), digits) for number in five)
        return f"{name}: {middle} in the middle, half between {quarter} and {three}, all from {low} to {high}"

    rows = "; ".join(told(name, five) for name, five in quarters.items())
    return (
        f"For each group a line from the lowest to the highest number, a box over the middle half and a mark "
        f"at the median, on a scale of {of} that goes by powers of ten. {rows[0].upper()}{rows[1:]}."
    )
