"""How a quantity changes from layer to layer, on a scale that goes by powers of ten."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from drawings import checks
from drawings.axes import Axes
from drawings.drawing import WIDTH, Drawing
from drawings.lettering import LINE, SMALL, centred, printed, width, words, write
from drawings.pen import Markup, group, stroke
from drawings.powers import power, powers
from drawings.scale import Scale, ticks

DASHES = (None, "8 6", "1 6", "13 5 2 5", "4 4")
"""One kind of line for each name, in their order."""


def through_layers(
    values: Mapping[str, Sequence[float]], *, of: str, quantity: str = "gradient", layers: str = "layers"
) -> Drawing:
    """One line for each name: its value at every layer, from the first to the last.

    Args:
        values: By name, one number for each layer, each greater than 0. Up to 5 names, all of one length.
        of: What the numbers are: "size of the gradient".
        quantity: Whose colour the lines have: "gradient", "sum" or "activation".
        layers: What is counted along the axis.

    Raises:
        ValueError: There are no names or too many, their lengths differ, or a number can't be used.

    Examples:
        >>> import drawings
        >>> drawing = drawings.through_layers({"sigmoid": [0.25, 0.06]}, of="size of the gradient")
        >>> drawing.description.split(". ")[-1]
        'The line of sigmoid goes from 0.25 to 0.06.'
    """
    if not values:
        raise ValueError("the picture needs at least one line, and got none")
    checks.at_most(len(DASHES), "lines", len(values))
    if quantity not in ("gradient", "sum", "activation"):
        raise ValueError(
            f"the lines can have the colour of a gradient, a sum or an activation, and got {quantity!r}"
        )
    rows = {name: checks.numbers(f"the values of {name}", row) for name, row in values.items()}
    (first, one), *others = rows.items()
    for name, row in others:
        checks.same_number(f"values of {first}", one, f"values of {name}", row)
    if len(one) < 2:
        raise ValueError(f"a line needs at least 2 {layers}, and got {len(one)}")
    for name, row in rows.items():
        checks.above_zero(f"each value of {name}", float(row.min()))

    up = {name: np.log10(row) for name, row in rows.items()}
    low = math.floor(min(float(row.min()) for row in up.values()) + 1e-9)
    high = math.ceil(max(float(row.max()) for row in up.values()) - 1e-9)
    right = WIDTH - 14 - max(width(words(name)) for name in rows)
    axes = Axes(Scale(1, len(one), 52, right), Scale(low, max(high, low + 1), 244, 36))
    across = np.arange(1, len(one) + 1)
    lines = [
        stroke(
            axes.points(across, row), class_="curve", stroke_width=2, stroke_dasharray=dashes, data_name=name
        )
        for (name, row), dashes in zip(up.items(), DASHES, strict=False)
    ]
    return Drawing(
        "through-layers",
        f"{of[0].upper()}{of[1:]}, layer by layer",
        _described(rows, of, layers),
        [_axes(axes, of, layers), group(*lines, class_=f"q-{quantity}"), *_names(axes, up, quantity)],
        292,
    )


def _axes(axes: Axes, of: str, layers: str) -> Markup:
    left, top, right, bottom = axes.frame
    drawn = []
    for count in ticks(axes.x.low, axes.x.high, 5):
        if count % 1:
            continue
        x = float(axes.x(count))
        drawn += [
            stroke([(x, bottom), (x, bottom + 5)]),
            centred(x, bottom + 21, words(f"{count:g}"), size=SMALL, class_="tick"),
        ]
    for exponent in powers(axes.y, 7):
        y = float(axes.y(exponent))
        drawn += [
            stroke([(left, y), (right, y)], class_="grid", stroke_opacity=0.2),
            write(left - 6, y + 5, power(exponent), size=SMALL, anchor="end", class_="tick"),
        ]
    drawn += [
        stroke([(left, bottom), (right, bottom)]),
        write(right, bottom + 40, words(layers), size=SMALL, anchor="end", class_="axis-name"),
        write(6, top - 14, words(of), size=SMALL, class_="axis-name"),
    ]
    return group(*drawn, class_="axes", data_x=str(axes.x), data_y=str(axes.y), stroke_width=1.2)


def _names(axes: Axes, up: dict[str, np.ndarray], quantity: str) -> list[Markup]:
    """Each line's name beside its end; names that would cover each other move apart."""
    ends = sorted((float(axes.y(row[-1])), name) for name, row in up.items())
    places = np.array([y for y, _ in ends])
    for _ in range(200):
        gaps = LINE - np.diff(places)
        if (gaps <= 0.01).all():
            break
        push = np.maximum(gaps, 0) / 2
        places[:-1] -= push
        places[1:] += push
    places -= max(0, places[-1] - axes.frame.bottom)  # off the ticks below
    return [
        write(axes.frame.right + 8, y + 5, words(name), class_=f"label q-{quantity}")
        for y, (_, name) in zip(places.tolist(), ends, strict=True)
    ]


def _described(rows: dict[str, np.ndarray], of: str, layers: str) -> str:
    told = [
        f"The line of {name} goes from {printed(float(row[0]))} to {printed(float(row[-1]))}."
        for name, row in rows.items()
    ]
    count = len(next(iter(rows.values())))
    return (
        f"The {of} on a scale of powers of ten. Along the axis: {layers}, from 1 to {count}. {' '.join(told)}"
    )
