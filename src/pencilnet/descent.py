"""Stochastic gradient descent: one example, nine small updates, and again."""

import math
from typing import NamedTuple

import numpy as np

from pencilnet._checks import count, labelled, number, positive


class History(NamedTuple):
    """What training looked like from outside, made by `OurNeuralNetwork.train`.

    Attributes:
        epochs: The epochs that were looked at, counted from 0, an array of shape (looks,).
        losses: The mean squared error over all examples at the end of each of those epochs, shape (looks,).
        loss_before: The mean squared error before the first update, a float.
    """

    epochs: np.ndarray
    losses: np.ndarray
    loss_before: float


def step(network, x, y_true, *, learning_rate=0.1):
    r"""One step of stochastic gradient descent, on one example: every parameter moves a little downhill.

    $$w_1 \leftarrow w_1 - \eta \frac{\partial L}{\partial w_1}$$

    and so for all nine. All partial derivatives are computed before the first parameter changes.

    Args:
        network: The network, changed in place.
        x: One example, shape (2,).
        y_true: Its label, a number.
        learning_rate: How far to move, $\eta$ ("eta"), greater than 0.

    Returns:
        The `Backward` record whose partial derivatives were used.

    Raises:
        ValueError: If an argument is not as above, or a parameter would grow beyond all bounds. The network is then as before.

    Source:
        Gradient descent, one example at a time: Robbins and Monro, "A Stochastic Approximation Method",
        The Annals of Mathematical Statistics 22 (1951).

    Examples:
        >>> from pencilnet import OurNeuralNetwork
        >>> network = OurNeuralNetwork.from_parameters(w1=1, w2=1, w3=1, w4=1, w5=1, w6=1, b1=0, b2=0, b3=0)
        >>> gradient = network.step([-2, -1], y_true=1, learning_rate=0.1)
        >>> round(network.w1, 4), round(network.b3, 4)
        (0.9979, 0.0238)
    """
    learning_rate = positive(learning_rate, "learning_rate")
    gradient = network.backward(network.forward(x), y_true)
    network.set_parameters(
        w1=network.w1 - learning_rate * gradient.dL_dw1,
        w2=network.w2 - learning_rate * gradient.dL_dw2,
        w3=network.w3 - learning_rate * gradient.dL_dw3,
        w4=network.w4 - learning_rate * gradient.dL_dw4,
        w5=network.w5 - learning_rate * gradient.dL_dw5,
        w6=network.w6 - learning_rate * gradient.dL_dw6,
        b1=network.b1 - learning_rate * gradient.dL_db1,
        b2=network.b2 - learning_rate * gradient.dL_db2,
        b3=network.b3 - learning_rate * gradient.dL_db3,
    )
    return gradient


def train(network, data, all_y_trues, *, learning_rate=0.1, epochs=1000, every=1, progress=None):
    return _train(network, data, all_y_trues, learning_rate, epochs, every, progress)


def _train(network, data, all_y_trues, learning_rate, epochs, every, progress):
    x, y = labelled(data, all_y_trues, inputs=2)
    learning_rate = positive(learning_rate, "learning_rate")
    epochs, every = count(epochs, "epochs"), count(every, "every")
    samples = [(x1, x2, y_true) for (x1, x2), y_true in zip(x.tolist(), y.tolist())]
    parameters = tuple(network.parameters.values())
    looks, losses, loss_before = range(0, epochs, every), [], mean_loss(parameters, samples)
    for epoch in range(epochs):
        parameters = one_epoch(parameters, samples, learning_rate)
        if epoch % every == 0:
            losses.append(mean_loss(parameters, samples))
            if progress is not None:
                progress(epoch, losses[-1])
    network.set_parameters(**dict(zip(network.parameters, parameters)))
    return History(np.array(looks), np.array(losses), loss_before)


def activate(z):
    """The sigmoid of `z` and its derivative there, from one power of e: `sigmoid` and `sigmoid_derivative` at once."""
    e = math.exp(-abs(z))
    small, large = e / (1 + e), 1 / (1 + e)
    return (large if z >= 0 else small), small * large


def one_epoch(parameters, samples, learning_rate):
    """One `step` for each of the samples, on plain floats: the same equations in the same order, without the records."""
    w1, w2, w3, w4, w5, w6, b1, b2, b3 = parameters
    for x1, x2, y_true in samples:
        h1, slope_h1 = activate(w1 * x1 + w2 * x2 + b1)
        h2, slope_h2 = activate(w3 * x1 + w4 * x2 + b2)
        y_pred, slope_o1 = activate(w5 * h1 + w6 * h2 + b3)

        dL_dy_pred = -2 * (y_true - y_pred)
        dL_dh1 = dL_dy_pred * (w5 * slope_o1)
        dL_dh2 = dL_dy_pred * (w6 * slope_o1)

        w1 -= learning_rate * (dL_dh1 * (x1 * slope_h1))
        w2 -= learning_rate * (dL_dh1 * (x2 * slope_h1))
        w3 -= learning_rate * (dL_dh2 * (x1 * slope_h2))
        w4 -= learning_rate * (dL_dh2 * (x2 * slope_h2))
        w5 -= learning_rate * (dL_dy_pred * (h1 * slope_o1))
        w6 -= learning_rate * (dL_dy_pred * (h2 * slope_o1))
        b1 -= learning_rate * (dL_dh1 * slope_h1)
        b2 -= learning_rate * (dL_dh2 * slope_h2)
        b3 -= learning_rate * (dL_dy_pred * slope_o1)
    return w1, w2, w3, w4, w5, w6, b1, b2, b3


def mean_loss(parameters, samples):
    """The mean squared error over the samples, on plain floats."""
    w1, w2, w3, w4, w5, w6, b1, b2, b3 = parameters
    total = 0.0
    for x1, x2, y_true in samples:
        h1, _ = activate(w1 * x1 + w2 * x2 + b1)
        h2, _ = activate(w3 * x1 + w4 * x2 + b2)
        y_pred, _ = activate(w5 * h1 + w6 * h2 + b3)
        total += (y_true - y_pred) * (y_true - y_pred)
    return total / len(samples)
