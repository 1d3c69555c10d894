"""The loss as squares: each error a length, each squared error the square on it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from drawings import checks
from drawings.drawing import Drawing
from drawings.lettering import (
    SMALL,
    Line,
    centred,
    exact,
    fitted,
    listed,
    printed,
    value,
    width,
    words,
    write,
)
from drawings.pen import Markup, element, group, hatching, stroke
from drawings.scale import Scale, ticks

LEFT, RIGHT, TOP = 40.0, 416.0, 66.0
MOST_PEOPLE = 6


def loss_squares(
    y_true: Sequence[float], y_pred: Sequence[float], names: Sequence[str], *, digits: int = 3
) -> Drawing:
    """Each person's true label and prediction, the square on the error between them, and the mean square.

    Args:
        y_true: The true labels.
        y_pred: The predictions.
        names: The people's names.
        digits: How many significant digits the squared errors are printed with.

    Raises:
        ValueError: They are not equally many, or more than 6, or not finite numbers.

    Examples:
        >>> import drawings
        >>> drawings.loss_squares([1, 0], [0, 0], ["Alice", "Bob"]).title
        'The loss of 2 predictions as squares'
    """
    true, predicted = checks.numbers("the true labels", y_true), checks.numbers("the predictions", y_pred)
    checks.same_number("true labels", true, "predictions", predicted)
    checks.same_number("names", names, "predictions", predicted)
    checks.at_most(MOST_PEOPLE, "people", len(true))
    return _Squares(true, predicted, list(names), digits).drawing()


class _Squares:
    """The picture of the squares while it is being drawn."""

    def __init__(self, true: np.ndarray, predicted: np.ndarray, names: list[str], digits: int) -> None:
        self.true, self.predicted, self.names, self.digits = true, predicted, names, digits
        self.errors = true - predicted
        self.mean = float(np.mean(self.errors**2))
        self.pitch = min((RIGHT - LEFT) / len(true), 150.0)
        low, high = float(min(0, true.min(), predicted.min())), float(max(1, true.max(), predicted.max()))
        # A square needs one scale both ways: as many units to the error sideways as upwards.
        self.unit = (self.pitch - 14) / (high - low)
        self.scale = Scale(low, high, TOP + self.unit * (high - low), TOP)
        # The squares are written out as sums where there is room for all of them.
        self.sums = [self.sum(k) for k in range(len(true))]
        if max(width(line, SMALL) for line in self.sums) > self.pitch:
            self.sums = []

    def drawing(self) -> Drawing:
        bottom = self.scale.start
        marks = [self.key(), self.axis()] + [self.person(k) for k in range(len(self.true))]
        mean, lower = self.mean_square(bottom + (72 if self.sums else 50))
        title = f"The loss of {len(self.true)} predictions as squares"
        return Drawing("loss-squares", title, self.description(), [*marks, mean], lower + 14)

    def key(self) -> Markup:
        return group(
            element("circle", cx=LEFT + 6, cy=17, r=6.5, class_="true-label"),
            write(LEFT + 18, 22, words("true label"), size=SMALL, class_="note"),
            element(
                "circle",
                cx=LEFT + 116,
                cy=17,
                r=4,
                fill="currentColor",
                class_="dot prediction q-activation",
            ),
            write(LEFT + 128, 22, words("prediction"), size=SMALL, class_="note"),
            class_="key",
        )

    def axis(self) -> Markup:
        drawn = []
        for tick in ticks(self.scale.low, self.scale.high, 2):
            y = float(self.scale(tick))
            drawn += [
                stroke([(LEFT - 4, y), (RIGHT, y)], class_="grid", stroke_opacity=0.2),
                write(LEFT - 10, y + 5, words(printed(tick)), size=SMALL, anchor="end", class_="tick"),
            ]
        across = Scale(self.scale.low, self.scale.high, LEFT + 8, LEFT + self.pitch - 6)
        return group(*drawn, class_="axes", data_x=str(across), data_y=str(self.scale), stroke_width=1.2)

    def sum(self, k: int) -> Line:
        """The squared error as it is computed: (1 - 0.25)²."""
        predicted = fitted(float(self.predicted[k]), self.digits, self.pitch - 50, SMALL)
        true = printed(float(self.true[k]), self.digits)
        opened, closed = (" − (", ")") if predicted[0].text.startswith("−") else (" − ", "")
        return [*words(f"({true}{opened}"), *predicted, *words(f"{closed})²")]

    def person(self, k: int) -> Markup:
        x, side = LEFT + 8 + k * self.pitch, abs(float(self.errors[k])) * self.unit
        y_true, y_pred = float(self.scale(self.true[k])), float(self.scale(self.predicted[k]))
        middle = x + (self.pitch - 14) / 2
        return group(
            centred(middle, TOP - 14, words(self.names[k])),
            stroke([(x, self.scale.start), (x, TOP)], class_="guide", stroke_opacity=0.4, stroke_width=1.2),
            square(x, min(y_true, y_pred), side),
            element(
                "circle",
                cx=x,
                cy=y_true,
                r=6.5,
                class_="true-label",
                data_quantity="y_true",
                data_value=exact(self.true[k]),
            ),
            group(
                element("circle", cx=x, cy=y_pred, r=4, fill="currentColor"),
                class_="dot prediction q-activation",
                data_quantity="y_pred",
                data_value=exact(self.predicted[k]),
            ),
            self.squared(k, middle),
            class_="person",
            data_person=self.names[k],
        )

    def squared(self, k: int, middle: float) -> Markup:
        """The squared error in figures."""
        under, number = self.scale.start + 24, value(float(self.errors[k]) ** 2, self.digits)
        if not self.sums:
            return centred(middle, under, number, class_="label q-loss")
        return group(
            write(middle, under, self.sums[k], size=SMALL, anchor="middle", class_="label sum"),
            centred(middle, under + 21, words("= ") + number, class_="label q-loss"),
        )

    def mean_square(self, top: float) -> tuple[Markup, float]:
        side, most = self.mean**0.5 * self.unit, self.pitch - 14
        middle = top + most / 2
        text_x = LEFT + 8 + max(side, 8) + 18
        return group(
            square(LEFT + 8, middle - side / 2, side),
            write(text_x, middle - 5, words("mean of the squares"), class_="label"),
            write(
                text_x, middle + 16, words("= loss = ") + value(self.mean, self.digits), class_="label q-loss"
            ),
            class_="mean",
            data_quantity="L",
            data_value=exact(self.mean),
        ), top + most

    def description(self) -> str:
        people = "; ".join(
            f"{who}'s true label is {printed(float(t))}, the prediction {printed(float(p), self.digits)}, "
            f"the squared error {printed(float(t - p) ** 2, self.digits)}"
            for who, t, p in zip(self.names, self.true, self.predicted, strict=True)
        )
        return (
            f"For {listed(self.names)}, a line from the true label to the prediction is one side of a "
            f"square, whose area is the squared error. {people}. Below stands a square whose area is their "
            f"mean, the loss: {printed(self.mean, self.digits)}."
        )


def square(left: float, top: float, side: float) -> Markup:
    """A hatched square, or nothing where it would be too small to see."""
    if side < 0.5:
        return group(class_="square q-loss")
    return group(
        element(
            "path",
            d=hatching(left, top, left + side, top + side),
            class_="hatching",
            stroke_width=1,
            stroke_opacity=0.55,
        ),
        element("rect", x=left, y=top, width=side, height=side),
        class_="square q-loss",
    )
