"""What held-out data say of a training: the loss on them over the epochs, and the accuracy over the size."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from drawings import checks
from drawings.axes import Axes
from drawings.drawing import Drawing
from drawings.lettering import LINE, SIZE, SMALL, Run, centred, printed, value, width, words, write
from drawings.pen import Markup, element, group, stroke
from drawings.placing import Room, around, beside
from drawings.scale import Scale, round_up, step, ticks

if TYPE_CHECKING:
    from pencilnet import FitHistory


def validation_curve(history: FitHistory, *, digits: int = 2) -> Drawing:
    """The loss on the training data, and dashed that on the validation data, with its lowest point.

    Args:
        history: What `fit(..., validation=(x, y))` returned.
        digits: How many significant digits the lowest loss is printed with.

    Raises:
        ValueError: It is no such history.

    Examples:
        >>> import drawings
        >>> from pencilnet import FitHistory
        >>> history = FitHistory(losses=[0.4, 0.2, 0.1], loss_before=1.0, validation_losses=[0.5, 0.3, 0.4])
        >>> drawings.validation_curve(history).description[-78:]
        'It is lowest after epoch 2, with 0.3, and ends at 0.4 after the last epoch, 3.'
    """
    checks.has("the history", history, "what fit(...) returns", "losses", "loss_before", "validation_losses")
    if history.validation_losses is None:
        raise ValueError("the history should have validation losses: fit(..., validation=(x, y))")
    training = checks.numbers("the losses of the history", history.losses)
    held_out = checks.numbers("the validation losses of the history", history.validation_losses)
    checks.same_number("losses", training, "validation losses", held_out)
    if len(training) < 2:
        raise ValueError("the picture needs two epochs, and got 1")
    epochs = np.arange(1, len(training) + 1)
    high = round_up(float(max(training.max(), held_out.max())))
    axes = Axes(Scale(0, float(epochs[-1]), 46, 398), Scale(0, high, 238, 36))
    room = Room(
        axes.frame, [box for row in (training, held_out) for box in around(axes.points(epochs, row), 4)]
    )
    best = int(np.argmin(held_out))
    dot = axes.dot(float(epochs[best]), float(held_out[best]), "q-loss")
    said = words("lowest: epoch ") + value(best + 1) + words(", ") + value(float(held_out[best]), digits)
    lowest = axes.at(float(epochs[best]), float(held_out[best]))
    marks = [
        axes.drawn(words("epochs"), words("loss")),
        axes.curve(epochs, training, "q-loss"),
        axes.curve(epochs, held_out, "q-loss", stroke_dasharray="7 6"),
        dot,
        _placed(room, [lowest], said, (14, 24, 40, 60)),
        _placed(room, axes.points(epochs, held_out)[len(epochs) // 2 :], words("validation"), (10, 16)),
        _placed(room, axes.points(epochs, training)[len(epochs) // 2 :], words("training"), (8, 14)),
    ]
    first, last, low = (printed(float(held_out[k]), digits) for k in (0, -1, best))
    begins, ends = (printed(float(loss), digits) for loss in training[[0, -1]])
    description = (
        f"Two curves over {len(epochs)} epochs. The loss on the training data, a whole line, goes from "
        f"{begins} after the first epoch to {ends}. "
        f"The loss on the validation data, dashed, starts at {first}. It is lowest after epoch {best + 1}, "
        f"with {low}, and ends at {last} after the last epoch, {len(epochs)}."
    )
    return Drawing("validation-curve", "The loss on training and on validation data", description, marks, 282)


def learning_curve(
    sizes: Sequence[int], accuracies: Sequence[Sequence[float]], *, digits: int = 3
) -> Drawing:
    """The accuracy on held-out data over the number of training examples, which goes by factors.

    Args:
        sizes: How many examples were trained on, growing, at least two sizes.
        accuracies: For each size the accuracies of some runs, shape (sizes, runs). Each run is a ring, and
            the line goes through the medians.
        digits: How many significant digits the medians are told with.

    Raises:
        ValueError: The sizes do not grow, or there is not a row of accuracies from 0 to 1 for each.

    Examples:
        >>> import drawings
        >>> drawing = drawings.learning_curve([10, 100], [[0.5, 0.6, 0.7], [0.9, 0.9, 0.92]])
        >>> drawing.description[-60:]
        'From 10 examples it is 0.6, and from 100 examples it is 0.9.'
    """
    given = checks.numbers("the sizes", sizes)
    rows = [checks.numbers("the accuracies of a size", row) for row in accuracies]
    checks.same_number("sizes", given, "rows of accuracies", rows)
    if len(given) < 2 or given[0] <= 0 or (np.diff(given) <= 0).any():
        raise ValueError(f"the sizes should be at least two that grow from above 0, and got {given.tolist()}")
    every = np.concatenate(rows)
    if every.min() < 0 or every.max() > 1:
        raise ValueError(f"accuracies lie from 0 to 1, and these from {every.min()} to {every.max()}")
    across = np.log(given)
    gap = step(float(every.min()), 1, 4) if every.min() < 1 else 0.1
    low = max(0.0, gap * np.floor(float(every.min()) / gap))
    axes = Axes(Scale(float(across[0]), float(across[-1]), 62, 396), Scale(low, 1, 238, 40))
    medians = np.array([np.median(row) for row in rows])
    rings = [
        element("circle", cx=x, cy=y, r=3.5, class_="run", stroke_width=1.3)
        for place, row in zip(across, rows, strict=True)
        for x, y in sorted({axes.at(float(place), float(accuracy)) for accuracy in row})
    ]
    line = stroke(axes.points(across, medians), class_="curve", stroke_width=2.2)
    told = [
        f"from {printed(float(size))} examples it is {printed(float(median), digits)}"
        for size, median in zip(given, medians, strict=True)
    ]
    description = (
        f"A line through the medians of {len(rows[0])} runs for each number of training examples, with a "
        f"ring for each run. {told[0].capitalize()}, {', '.join([*told[1:-1], 'and ' + told[-1]])}."
    )
    marks = [_sized(axes, given, across), line, group(*rings, class_="runs")]
    return Drawing(
        "learning-curve", "The accuracy for each size of the training data", description, marks, 288
    )


def _placed(room: Room, points: Sequence, line: list[Run], gaps: Sequence[float]) -> Markup:
    """A label beside a curve or a point, where there is room."""
    box = room.place(beside(points, (width(line), LINE), gaps))
    return write(box.left, box.top + LINE - 0.3 * SIZE, line, class_="label q-loss")


def _sized(axes: Axes, sizes: np.ndarray, across: np.ndarray) -> Markup:
    """Axes with the sizes themselves as ticks, as far as there is room for their figures."""
    left, top, right, bottom = axes.frame
    drawn, free = [], -1.0
    for size, place in zip(sizes.tolist(), across.tolist(), strict=True):
        x, label = float(axes.x(place)), [Run(printed(size, 5))]
        drawn.append(stroke([(x, bottom), (x, bottom + 5)]))
        if x - width(label, SMALL) / 2 > free:
            drawn.append(centred(x, bottom + 20, label, size=SMALL, class_="tick"))
            free = x + width(label, SMALL) / 2 + 4
    for tick in ticks(axes.y.low, axes.y.high, 4):
        y = float(axes.y(tick))
        drawn += [
            stroke([(left, y), (right, y)], class_="grid", stroke_opacity=0.2),
            write(left - 8, y + 5, [Run(printed(tick))], size=SMALL, anchor="end", class_="tick"),
        ]
    drawn += [
        stroke([(left, bottom), (right, bottom)]),
        write(right, bottom + 38, words("training examples"), size=SMALL, anchor="end", class_="axis-name"),
        write(6, top - 16, words("accuracy"), size=SMALL, class_="axis-name"),
    ]
    return group(*drawn, class_="axes", stroke_width=1.2)
