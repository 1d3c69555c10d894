"""The loss falling over the epochs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from drawings import checks
from drawings.axes import Axes
from drawings.drawing import Drawing
from drawings.lettering import exact, printed, value, words, write
from drawings.pen import Markup, Point, group
from drawings.scale import Scale, round_up

if TYPE_CHECKING:
    from pencilnet import History


def loss_curve(
    history: History,
    *,
    start: Sequence[float] | None = None,
    learning_rate: float | None = None,
    seed: int | None = None,
    digits: int = 3,
) -> Drawing:
    """The mean loss after each epoch, from before the first to the last.

    Args:
        history: What `network.train` returned.
        start: The parameters that the training began with, w1 to w6 and b1 to b3. These and the next two are
            not drawn, but kept in the drawing for a page whose reader may train again.
        learning_rate: What it was trained with.
        seed: What the start was drawn with.
        digits: How many significant digits the first and the last loss are printed with.

    Raises:
        ValueError: It is no history, or one without an epoch.

    Examples:
        >>> import drawings
        >>> from pencilnet import OurNeuralNetwork, all_y_trues, data
        >>> weights = {"w1": 1, "w2": 1, "w3": 1, "w4": 1, "w5": 1, "w6": 1}
        >>> network = OurNeuralNetwork.from_parameters(**weights, b1=0, b2=0, b3=0)
        >>> history = network.train(data, all_y_trues, epochs=20)
        >>> drawings.loss_curve(history).title
        'The loss during training'
    """
    checks.has("the history", history, "what network.train(...) returns", "epochs", "losses", "loss_before")
    losses = np.append(history.loss_before, checks.numbers("the losses of the history", history.losses))
    # The history counts epochs from 0 and has the loss at the end of each; the axis counts finished epochs.
    done = np.append(0.0, checks.numbers("the epochs of the history", history.epochs) + 1)
    checks.same_number("epochs", done, "losses", losses)
    axes = Axes(Scale(0, float(done[-1]), 46, 398), Scale(0, round_up(float(losses.max())), 238, 36))
    first, last = axes.at(0, float(losses[0])), axes.at(float(done[-1]), float(losses[-1]))
    marks = [
        axes.drawn(words("epochs"), words("loss")),
        axes.curve(done, losses, "q-loss", data_quantity="L", **_kept(start, learning_rate, seed)),
        _end(axes, 0, float(losses[0]), (first[0] + 10, first[1] + 1), "start", " before training", digits),
        _end(
            axes,
            float(done[-1]),
            float(losses[-1]),
            (last[0] + 4, last[1] - 14),
            "end",
            " at the end",
            digits,
        ),
    ]
    return Drawing("loss-curve", "The loss during training", _described(done, losses, digits), marks, 282)


def _kept(start: Sequence[float] | None, rate: float | None, seed: int | None) -> dict[str, str]:
    """How the training began, with every digit."""
    numbers = [] if start is None else checks.numbers("the start", start).tolist()
    said = {"start": " ".join(map(repr, numbers)), "rate": rate, "seed": seed}
    return {f"data_{name}": str(value) for name, value in said.items() if value not in (None, "")}


def _end(axes: Axes, done: float, loss: float, at: Point, anchor: str, said: str, digits: int) -> Markup:
    """The first or the last point, with its loss in figures."""
    label = write(*at, value(loss, digits) + words(said), anchor=anchor, class_="label q-loss")
    return group(axes.dot(done, loss, "q-loss"), label, class_="mark", data_value=exact(loss))


def _described(done: np.ndarray, losses: np.ndarray, digits: int) -> str:
    first, last = (printed(float(loss), digits) for loss in losses[[0, -1]])
    epochs = printed(float(done[-1]))
    text = f"The loss starts at {first} before training and ends at {last} after {epochs} epochs."
    below = np.flatnonzero(losses < losses[0] / 2)
    if below.size:
        text += f" It has fallen below half of its start after {printed(float(done[below[0]]))} epochs."
    rises = int((np.diff(losses) > 0).sum())
    return text + (
        f" It rises from one point to the next {printed(rises)} times."
        if rises
        else " It never rises from one point to the next."
    )
