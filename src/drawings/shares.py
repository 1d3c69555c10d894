"""The sums of a last layer, and the probabilities that softmax makes of them, as two rows of bars."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from drawings import checks
from drawings.drawing import Drawing
from drawings.lettering import (
    LINE,
    SMALL,
    Line,
    centred,
    exact,
    fitted,
    listed,
    printed,
    symbol,
    width,
    words,
    write,
)
from drawings.pen import Markup, element, group, stroke
from drawings.scale import Scale
from pencilnet import softmax

MOST = 6
TOP, BOTTOM = 66.0, 206.0
PANELS = {"sum": (16.0, 200.0), "activation": (224.0, 408.0)}
"""Where the sums stand and where the probabilities stand, and whose colours they have."""


def softmax_bars(z: Sequence[float], names: Sequence[str], *, digits: int = 3) -> Drawing:
    """On the left a bar for each sum, up or down from 0; on the right the share that softmax gives it.

    Args:
        z: (classes,) from 2 to 6 sums.
        names: What the classes are called.
        digits: How many significant digits the numbers are printed with.

    Raises:
        ValueError: The sums are not from 2 to 6 finite numbers, or there are not as many names.

    Examples:
        >>> import drawings
        >>> drawings.softmax_bars([2, 1], ["cat", "dog"]).title
        'Two sums and their probabilities'
    """
    sums = checks.numbers("the sums", z)
    checks.at_most(MOST, "classes", len(sums))
    if len(sums) < 2:
        raise ValueError("softmax compares at least two sums, and got one")
    checks.same_number("names", names, "sums", sums)
    shares = softmax(sums)
    reach = float(np.abs(sums).max()) or 1.0
    low, high = float(min(0, sums.min())), float(max(0, sums.max()))
    scale = Scale(low if low < high else 0, high if low < high else reach, BOTTOM, TOP)
    panels = [
        _panel("sum", [*words("the sums "), *symbol("z")], sums, scale, names, digits),
        _panel(
            "activation",
            [*words("the probabilities "), *symbol("p")],
            shares,
            Scale(0, 1, BOTTOM, TOP),
            names,
            digits,
        ),
    ]
    count = ("", "", "Two", "Three", "Four", "Five", "Six")[len(sums)]
    told = [
        f"{name}: sum {printed(float(s), digits)}, probability {printed(float(p), digits)}"
        for name, s, p in zip(names, sums, shares, strict=True)
    ]
    description = (
        f"Bars for {len(sums)} classes, on the left their sums, on the right the probabilities that softmax "
        f"makes of them, which sum to 1. For {listed(told)}."
    )
    return Drawing("softmax-bars", f"{count} sums and their probabilities", description, panels, 272)


def _panel(
    quantity: str, title: Line, numbers: np.ndarray, scale: Scale, names: Sequence[str], digits: int
) -> Markup:
    left, right = PANELS[quantity]
    pitch, zero = (right - left) / len(numbers), float(scale(0))
    drawn = [
        write(left, 22, title, size=SMALL, class_="axis-name"),
        stroke([(left, zero), (right, zero)], stroke_width=1.2),
    ]
    before, wide = -LINE, 0.0  # the label before: where it stands, and how wide it is
    for k, (number, name) in enumerate(zip(numbers.tolist(), names, strict=True)):
        middle, end = left + (k + 0.5) * pitch, float(scale(number))
        above = number >= 0
        label = fitted(number, digits, pitch - 4)
        baseline = end - 8 if above else end + LINE - 2
        if abs(baseline - before) < LINE and (wide + width(label)) / 2 > pitch:
            baseline += -LINE if above else LINE  # a thousand has four digits, however few are asked for
        before, wide = baseline, width(label)
        drawn.append(
            group(
                element(
                    "rect",
                    x=middle - 0.3 * pitch,
                    y=min(zero, end),
                    width=0.6 * pitch,
                    height=abs(end - zero),
                    fill="currentColor",
                    fill_opacity=0.16,
                ),
                centred(middle, baseline, label, class_="value"),
                class_=f"bar q-{quantity}",
                data_value=exact(number),
            )
        )
        drawn.append(centred(middle, BOTTOM + 48, words(name), size=SMALL, class_="tick"))
    return group(*drawn, class_="bars")
