"""How wrong the network is, as one number: the mean squared error, and its gradient."""

import numpy as np

from pencilnet._checks import pair, plain


def mse_loss(y_true, y_pred):
    r"""The mean squared error: the average of the squared differences.

    $$L = \frac{1}{n} \sum_{i=1}^{n} (y_{\text{true},i} - y_{\text{pred},i})^2$$

    Args:
        y_true: The labels, any shape.
        y_pred: The predictions, the same shape.

    Returns:
        A float, 0 or more, and 0 only if every prediction is right.

    Raises:
        ValueError: If the shapes differ, even where NumPy would broadcast: (n,) against (n, 1).
            If either is empty or holds anything but ordinary numbers.

    Source:
        The definition.

    Examples:
        >>> mse_loss([1, 0, 0, 1], [0, 0, 0, 0])
        0.5
    """
    y_true, y_pred = pair(y_true, y_pred)
    return float(np.mean((y_true - y_pred) ** 2))


def mse_gradient(y_true, y_pred):
    r"""How the loss changes with each prediction.

    $$\frac{\partial L}{\partial y_{\text{pred},i}}
    = \frac{-2 \, (y_{\text{true},i} - y_{\text{pred},i})}{n}$$

    It is negative where the prediction is too small: a larger prediction would make the loss smaller.

    Args:
        y_true: The labels, any shape.
        y_pred: The predictions, the same shape.

    Returns:
        A float for one number, else an array of the shape of `y_pred`.

    Raises:
        ValueError: As `mse_loss` does.

    Source:
        The power rule and the chain rule, applied to `mse_loss`.

    Examples:
        >>> mse_gradient([1, 0], [0.75, 0.5])
        array([-0.25,  0.5 ])
    """
    y_true, y_pred = pair(y_true, y_pred)
    return plain(-2 * (y_true - y_pred) / y_pred.size, "the gradient")
