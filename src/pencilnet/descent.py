"""Stochastic gradient descent: take one example, move all nine parameters a little downhill, and again."""

from typing import NamedTuple

import numpy as np

from pencilnet._checks import labelled, led_by, positive, whole
from pencilnet._floats import mean_loss, one_epoch


class History(NamedTuple):
    """How the loss fell. `OurNeuralNetwork.train` makes it.

    Attributes:
        epochs: The epochs at whose end the loss was taken, counted from 0: an array of shape (times,).
        losses: The mean squared error over all examples at those times, an array of shape (times,).
        loss_before: The mean squared error before the first update, a float.
    """

    epochs: np.ndarray
    losses: np.ndarray
    loss_before: float


def step(network, x, y_true, *, learning_rate=0.1):
    r"""Move every parameter a little downhill, for one example. The network is changed.

    $$w_1 \leftarrow w_1 - \eta \, \frac{\partial L}{\partial w_1}$$

    and likewise for the other eight. All nine partial derivatives are computed before any parameter changes.

    Args:
        network: The network; as a method, `network.step(x, y_true)`.
        x: The example, shape (2,).
        y_true: Its label, a number.
        learning_rate: How far to move: $\eta$, greater than 0.

    Returns:
        The `Backward` record of the partial derivatives that were used.

    Raises:
        ValueError: If an argument is none of the above, or the step leads out of all bounds.
            The network is then as it was.

    Source:
        Robbins and Monro, "A Stochastic Approximation Method", Annals of Mathematical Statistics 22 (1951).

    Examples:
        >>> from pencilnet import OurNeuralNetwork
        >>> network = OurNeuralNetwork.from_parameters(w1=1, w2=1, w3=1, w4=1, w5=1, w6=1, b1=0, b2=0, b3=0)
        >>> gradient = network.step([-2, -1], y_true=1)
        >>> round(network.w1, 4), round(network.b3, 4)
        (0.9979, 0.0238)
    """
    learning_rate = positive(learning_rate, "learning_rate")
    gradient = network.backward(network.forward(x), y_true)
    with led_by(learning_rate):
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
    r"""Make one `step` for each example in its order, and that once in every epoch. The network is changed.

    Training twice for 500 epochs is the same as training once for 1000. Nothing is printed. The steps are
    worked out by the equations of `step`; a `step` of a class of your own is not called.

    Args:
        network: The network; as a method, `network.train(data, all_y_trues)`.
        data: The examples, shape (examples, 2).
        all_y_trues: Their labels, shape (examples,).
        learning_rate: How far each step moves: $\eta$, greater than 0.
        epochs: How often to go through all the examples, at least 1.
        every: Take the loss at the end of epochs 0, `every`, 2 `every`, and so on.
        progress: Called as `progress(epoch, loss)` each time the loss is taken. The network has its new
            parameters only once the training has ended.

    Returns:
        The `History` of the loss.

    Raises:
        ValueError: If an argument is none of the above, or the parameters leave all bounds.
            Then, and also when `progress` raises, the network is as it was.

    Source:
        Stochastic gradient descent, as `step`, with the examples in a fixed order.

    Examples:
        >>> import numpy as np
        >>> from pencilnet import OurNeuralNetwork, all_y_trues, data
        >>> network = OurNeuralNetwork(rng=np.random.RandomState(44))
        >>> history = network.train(data, all_y_trues, every=500)
        >>> history.epochs, history.losses.round(3)
        (array([  0, 500]), array([0.358, 0.005]))
    """
    x, y = labelled(data, all_y_trues)
    learning_rate = positive(learning_rate, "learning_rate")
    epochs, every = whole(epochs, "epochs", least=1), whole(every, "every", least=1)
    if progress is not None and not callable(progress):
        raise ValueError(f"progress must be a function of an epoch and a loss, but it is {progress!r}")

    samples = [(x1, x2, y_true) for (x1, x2), y_true in zip(x.tolist(), y.tolist(), strict=True)]
    parameters = tuple(network.parameters.values())
    loss_before, losses = mean_loss(parameters, samples), []
    for epoch in range(epochs):
        parameters = one_epoch(parameters, samples, learning_rate)
        if epoch % every == 0:
            losses.append(mean_loss(parameters, samples))
            if progress is not None:
                progress(epoch, losses[-1])

    with led_by(learning_rate):
        network.set_parameters(**dict(zip(network.parameters, parameters, strict=True)))
    return History(np.arange(0, epochs, every), np.array(losses), loss_before)
