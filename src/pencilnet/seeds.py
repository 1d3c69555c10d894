"""Our network from many starting points at once: thousands of seeds side by side in one array."""

from typing import NamedTuple

import numpy as np

from pencilnet._checks import as_array, examples, labelled, led_by, numbers, positive, whole
from pencilnet.neuron import sigmoid

BLOCK = 5000
"""How many networks are trained side by side. Their numbers then fit into a processor's cache."""


class ManyRuns(NamedTuple):
    """Many trained networks. `train_many` makes it.

    Attributes:
        parameters: What each network has learned, shape (seeds, 9), in the order w1 to w6, b1 to b3.
        losses: The mean squared error of each over the training data, shape (seeds,).
    """

    parameters: np.ndarray
    losses: np.ndarray

    def feedforward(self, x):
        """The predictions of all the networks.

        Args:
            x: One example, shape (2,), or many, shape (examples, 2).

        Returns:
            An array of shape (seeds,) for one example, of shape (seeds, examples) for many.

        Raises:
            ValueError: If an example does not have 2 inputs, or holds anything but ordinary numbers.
        """
        return _feedforward(self.parameters, examples(x, 2, "x", "each network takes"))


def starting_parameters(seeds):
    """The nine numbers that `OurNeuralNetwork(rng=np.random.RandomState(seed))` starts from, for each seed.

    Args:
        seeds: Whole numbers, 0 or more, such as `range(10000)`.

    Returns:
        An array of shape (seeds, 9), in the order w1 to w6, b1 to b3.

    Raises:
        ValueError: If `seeds` is empty or holds anything but whole numbers from 0 to 4294967295.

    Examples:
        >>> starting_parameters([0, 44]).shape
        (2, 9)
        >>> round(float(starting_parameters([44])[0, 0]), 4)
        -0.7506
    """
    if as_array(seeds, "seeds").ndim != 1 or len(seeds) == 0:
        raise ValueError(f"seeds must be a row of whole numbers, such as range(10000), but it is {seeds!r}")
    rng = np.random.RandomState(0)
    starts = np.empty((len(seeds), 9))
    for start, seed in zip(starts, seeds, strict=True):
        seed = whole(seed, "each seed", least=0)
        if seed >= 2**32:
            raise ValueError(f"each seed must be below 2**32, 4294967296, but one is {seed}")
        rng.seed(seed)  # far cheaper than a new generator
        start[:] = rng.normal(size=9)
    return starts


def train_many(starts, data, all_y_trues, *, learning_rate=0.1, epochs=1000):
    r"""Train a network from each of many starting points, as `OurNeuralNetwork.train` does.

    Args:
        starts: The starting parameters, shape (seeds, 9), w1 to w6 and then b1 to b3. Not changed.
        data: The examples, shape (examples, 2).
        all_y_trues: Their labels, shape (examples,).
        learning_rate: How far each step moves: $\eta$, greater than 0.
        epochs: How often to go through all the examples, at least 1.

    Returns:
        The trained networks, as `ManyRuns`.

    Raises:
        ValueError: If an argument is none of the above, or the parameters of a network leave all bounds.

    Examples:
        >>> from pencilnet import all_y_trues, data
        >>> runs = train_many(starting_parameters([44, 45]), data, all_y_trues)
        >>> runs.feedforward([-7, -3]).round(3)
        array([0.951, 0.952])
    """
    parameters = numbers(starts, "starts")
    if parameters.ndim != 2 or parameters.shape[1] != 9:
        raise ValueError(
            f"starts must be 9 numbers for each seed, (seeds, 9), but its shape is {parameters.shape}"
        )
    x, y = labelled(data, all_y_trues)
    learning_rate = positive(learning_rate, "learning_rate")
    epochs = whole(epochs, "epochs", least=1)
    for first in range(0, len(parameters), BLOCK):
        block = parameters[first : first + BLOCK]
        block[:] = _train_block(block.T, x.tolist(), y.tolist(), learning_rate, epochs)
    with led_by(learning_rate):
        numbers(parameters, "parameters")
    return ManyRuns(parameters, np.mean((y - _feedforward(parameters, x)) ** 2, axis=1))


def _feedforward(parameters, x):
    columns = parameters.T if x.ndim == 1 else parameters.T[:, :, np.newaxis]
    w1, w2, w3, w4, w5, w6, b1, b2, b3 = columns
    x1, x2 = x.T
    h1 = sigmoid(w1 * x1 + w2 * x2 + b1)
    h2 = sigmoid(w3 * x1 + w4 * x2 + b2)
    return sigmoid(w5 * h1 + w6 * h2 + b3)


def _train_block(starts, x, y, learning_rate, epochs):
    """The equations of `step` for all seeds of a block, shape (9, seeds). Returns the end, shape (seeds, 9).

    Both hidden neurons share each line: shape (2, seeds). Every result goes into an array that is already
    there, since making a new one costs more than the arithmetic.
    """
    w1, w2, w3, w4, w5, w6, b1, b2, b3 = starts
    from_x1, from_x2, bias_h = np.array([w1, w3]), np.array([w2, w4]), np.array([b1, b2])
    from_h, bias_o = np.array([w5, w6]), b3.copy()
    h, slope_h, product = np.empty((3, *bias_h.shape))
    o, slope_o = np.empty((2, *bias_o.shape))
    with np.errstate(over="ignore", invalid="ignore"):  # what runs away is refused at the end
        for _ in range(epochs):
            for (x1, x2), y_true in zip(x, y, strict=True):
                np.multiply(from_x1, x1, out=h)
                h += np.multiply(from_x2, x2, out=product)
                h += bias_h
                _activate(h, slope_h)
                np.multiply(from_h, h, out=product)
                np.add(*product, out=o)
                o += bias_o
                _activate(o, slope_o)

                o -= y_true
                o *= slope_o
                o *= 2 * learning_rate  # now the step of the output neuron's sum
                slope_h *= from_h
                slope_h *= o  # now the steps of the hidden neurons' sums
                from_h -= np.multiply(h, o, out=product)
                bias_o -= o
                from_x1 -= np.multiply(slope_h, x1, out=product)
                from_x2 -= np.multiply(slope_h, x2, out=product)
                bias_h -= slope_h
    (w1, w3), (w2, w4), (b1, b2), (w5, w6) = from_x1, from_x2, bias_h, from_h
    return np.transpose([w1, w2, w3, w4, w5, w6, b1, b2, bias_o])


def _activate(z, slope):
    """Turn the sums `z` into their sigmoids, and `slope` into its derivatives, both in place.

    Below -700 the sigmoid is 0 as far as training can tell, and the power of e would soon overflow.
    """
    np.maximum(z, -700, out=z)
    np.negative(z, out=z)
    np.exp(z, out=slope)
    np.add(slope, 1, out=z)
    np.divide(1, z, out=z)  # f(z) = 1 / (1 + e^-z)
    slope *= z
    slope *= z  # f'(z) = e^-z / (1 + e^-z)^2
