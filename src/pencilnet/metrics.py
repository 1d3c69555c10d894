"""How good the answers are where the answer is a class: how many are right, and what is taken for what."""

import numpy as np

from pencilnet._checks import class_numbers, whole


def accuracy(y_true, y_pred):
    r"""The share of the examples whose class is answered.

    $$\text{accuracy} = \frac{\text{right answers}}{\text{all answers}}$$

    Args:
        y_true: The class of each example, a whole number from 0, shape (examples,).
        y_pred: The class that is answered for each, shape (examples,). Of probabilities take the largest
            first: `network.feedforward(x).argmax(axis=1)`.

    Returns:
        A float from 0 to 1.

    Raises:
        ValueError: If the shapes differ, or either is anything but a row of class numbers.

    Source:
        The definition.

    Examples:
        >>> accuracy([0, 1, 2, 2], [0, 1, 2, 1])
        0.75
    """
    y_true, y_pred = _answers(y_true, y_pred)
    return float(np.mean(y_true == y_pred))


def confusion_matrix(y_true, y_pred, *, classes=None):
    r"""How often each class is taken for each: a row for what it is, a column for what is answered.

    $$C_{ij} = \text{the examples of class } i \text{ that are answered } j$$

    The right answers stand on the diagonal.

    Args:
        y_true: The class of each example, a whole number from 0, shape (examples,).
        y_pred: The class that is answered for each, shape (examples,).
        classes: How many classes there are. Without it, one more than the largest number that occurs.

    Returns:
        An array of counts, shape (classes, classes).

    Raises:
        ValueError: As `accuracy` does, and if a class number is not below `classes`.

    Source:
        The definition; rows and columns as in scikit-learn.

    Examples:
        >>> confusion_matrix([0, 1, 2, 2], [0, 1, 2, 1])
        array([[1, 0, 0],
               [0, 1, 0],
               [0, 1, 1]])
    """
    y_true, y_pred = _answers(y_true, y_pred)
    largest = int(max(y_true.max(), y_pred.max()))
    count = largest + 1 if classes is None else whole(classes, "classes", least=1)
    if largest >= count:
        raise ValueError(f"with {count} classes the numbers end at {count - 1}, but there is a {largest}")
    matrix = np.zeros((count, count), dtype=int)
    np.add.at(matrix, (y_true, y_pred), 1)
    return matrix


def _answers(y_true, y_pred):
    """Two rows of class numbers, equally long."""
    y_true, y_pred = class_numbers(y_true, "y_true"), class_numbers(y_pred, "y_pred")
    if y_true.shape != y_pred.shape:
        raise ValueError(
            f"each answer needs its own class: y_true is {y_true.shape}, y_pred is {y_pred.shape}"
        )
    return y_true, y_pred
