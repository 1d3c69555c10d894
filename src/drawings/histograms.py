"""How many values fall where, and where one of them lies."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from drawings import checks
from drawings.axes import Axes
from drawings.drawing import Drawing
from drawings.lettering import centred, exact, fixed, printed, value, width, words
from drawings.pen import Markup, element, group, stroke, trace
from drawings.scale import Scale, decimals, round_up, step


def histogram(
    values: Sequence[float],
    mark: float | None = None,
    *,
    of: str = "the prediction",
    mark_name: str = "",
    counted: str = "seeds",
    quantity: str = "activation",
    bins: int = 40,
    digits: int = 3,
) -> Drawing:
    """How the values are spread, as bars, with one of them marked.

    Args:
        values: (values,) at least two different ones.
        mark: The value to mark with a line.
        of: What the values are, as the name of the axis: "the prediction for Emily".
        mark_name: What is marked: "seed 44".
        counted: What there is one value for each of: "seeds".
        quantity: Whose colour the bars have: "activation" or "loss".
        bins: About how many bars; they begin and end at round numbers.
        digits: How many significant digits the values are printed with.

    Raises:
        ValueError: The values are all alike, or are not finite numbers, or the mark is not one.

    Examples:
        >>> import drawings
        >>> drawings.histogram([0.94, 0.95, 0.95, 0.97], mark=0.95, mark_name="seed 44").title
        'How the prediction is spread over 4 seeds'
    """
    numbers = checks.numbers("the values", values)
    if mark is not None:
        mark = float(checks.numbers("the mark", [mark])[0])
    if numbers.min() == numbers.max():
        raise ValueError(f"a histogram needs values that differ, and all {len(numbers)} are {numbers[0]}")
    if quantity not in ("activation", "loss"):
        raise ValueError(f"the bars can have the colour of an activation or of a loss, and got {quantity!r}")
    if not (isinstance(bins, int) and 1 <= bins <= 120):
        raise ValueError(f"the number of bars should be a whole number from 1 to 120, and got {bins!r}")
    counts, edges = np.histogram(numbers, _edges(float(numbers.min()), float(numbers.max()), bins))
    axes = Axes(Scale(*_limits(edges, mark), 52, 404), Scale(0, round_up(int(counts.max()), 3), 244, 66))
    marks = [axes.drawn(words(of), words(counted), (5, 3)), _bars(axes, counts, edges, quantity)]
    description = _described(numbers, counts, edges, of, counted, digits)
    if mark is not None:
        below = _below(numbers, mark)
        marks.append(_marked(axes, mark, below, mark_name, digits))
        named, at = mark_name or "one value", printed(mark, digits)
        description += f" A line marks {named} at {at}: {below:,} of the values are smaller."
    return Drawing(
        "histogram", f"How {of} is spread over {len(numbers):,} {counted}", description, marks, 288
    )


def _edges(low: float, high: float, bins: int) -> np.ndarray:
    gap = step(low, high, bins)
    return np.arange(np.floor(low / gap + 1e-9), np.ceil(high / gap - 1e-9) + 0.5) * gap


def _limits(edges: np.ndarray, mark: float | None) -> tuple[float, float]:
    """The ends of the axis: one bar's width beyond the bars, and beyond the mark."""
    reached = [float(edges[0]), float(edges[-1])] + ([] if mark is None else [mark])
    gap = float(edges[1] - edges[0])
    return min(reached) - gap, max(reached) + gap


def _bars(axes: Axes, counts: np.ndarray, edges: np.ndarray, quantity: str) -> Markup:
    """All bars as one outline, filled lightly."""
    outline = [(float(edges[0]), 0.0)]
    for count, left, right in zip(counts.tolist(), edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        outline += [(left, count), (right, count)]
    path = trace([axes.at(x, y) for x, y in [*outline, (float(edges[-1]), 0.0)]], closed=True)
    return element("path", d=path, fill="currentColor", fill_opacity=0.14, class_=f"bars q-{quantity}")


def _marked(axes: Axes, mark: float, below: int, mark_name: str, digits: int) -> Markup:
    x, top = axes.at(mark, axes.y.high)
    line = words(f"{mark_name}: " if mark_name else "") + value(mark, digits)
    half = width(line) / 2
    inside = min(max(x, 6 + half), 414 - half)
    return group(
        stroke([(x, top - 34), (x, axes.y.start)], stroke_width=2),
        centred(inside, top - 42, line),
        class_="mark",
        data_value=exact(mark),
        data_below=str(below),
    )


def _described(
    numbers: np.ndarray, counts: np.ndarray, edges: np.ndarray, of: str, counted: str, digits: int
) -> str:
    low, quarter, median, three, high = (
        printed(float(number), digits) for number in np.quantile(numbers, [0, 0.25, 0.5, 0.75, 1])
    )
    tallest, places = int(np.argmax(counts)), decimals(float(edges[1] - edges[0]))
    left, right = (fixed(float(edge), places) for edge in edges[tallest : tallest + 2])
    return (
        f"One bar beside the other, for {len(numbers):,} {counted}: {of} lies between {low} and {high}, "
        f"in the middle half of them between {quarter} and {three}, with the median {median}. The tallest "
        f"bar, from {left} to {right}, counts {counts[tallest]:,}."
    )


def _below(numbers: np.ndarray, mark: float) -> int:
    """How many are smaller than the mark."""
    # The mark itself may be among the values, worked out in another order and so with other last digits.
    return int(((numbers < mark) & ~np.isclose(numbers, mark, rtol=1e-9, atol=0)).sum())
