"""One neuron: multiply each input by its weight, add the bias, squeeze the sum into 0 to 1."""

import math

import numpy as np

from pencilnet._checks import examples, number, plain, row


def sigmoid(z):
    r"""Squeeze any number into the range from 0 to 1.

    $$f(z) = \frac{1}{1 + e^{-z}} = \frac{e^{z}}{1 + e^{z}}$$

    The two fractions are equal. For each `z` the code takes the one whose power of $e$ is at most 1,
    so that nothing overflows, however far from 0 the sum lies.

    Args:
        z: The weighted sum, a number or an array of any shape. Infinity gives 0 or 1. NaN stays NaN.

    Returns:
        A float for a number, an array of the shape of `z` for an array; float32 stays float32.

    Raises:
        ValueError: If `z` holds anything but real numbers.

    Source:
        The logistic function. The second fraction is the first, times $e^{z} / e^{z}$.

    Examples:
        >>> sigmoid(7)
        0.9990889488055994
        >>> sigmoid([-1000, 0, 1000])
        array([0. , 0.5, 1. ])
    """
    z = plain(z, "z", keep_float32=True)  # one number becomes a float, several become an array
    if isinstance(z, float):
        e = math.exp(-abs(z))
        return (1 if z >= 0 else e) / (1 + e)
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def sigmoid_derivative(z):
    r"""How steeply the sigmoid climbs at `z`.

    $$f'(z) = f(z) \cdot (1 - f(z)) = f(z) \cdot f(-z)$$

    It takes the sum $z$ that goes into the sigmoid, never the output $f(z)$ that comes out.
    The code uses $f(-z)$: it equals $1 - f(z)$, and keeps its digits where $f(z)$ is close to 1.

    Args:
        z: The weighted sum, a number or an array of any shape. Infinity gives 0. NaN stays NaN.

    Returns:
        A float for a number, an array of the shape of `z` for an array; float32 stays float32.
        At most 0.25, its value at 0.

    Raises:
        ValueError: If `z` holds anything but real numbers.

    Source:
        The quotient rule, applied to `sigmoid`.

    Examples:
        >>> sigmoid_derivative(0)
        0.25
        >>> sigmoid_derivative([-1000, 0, 1000])
        array([0.  , 0.25, 0.  ])
    """
    z = plain(z, "z", keep_float32=True)
    return sigmoid(z) * sigmoid(-z)


class Neuron:
    r"""One neuron, with any number of inputs.

    $$y = f(w_1 x_1 + w_2 x_2 + \dots + w_n x_n + b)$$

    Args:
        weights: One weight for each input, shape (inputs,).
        bias: One number.

    Attributes:
        weights: The weights, an array of shape (inputs,). It can be set.
        bias: The bias, a float. It can be set.

    Raises:
        ValueError: If `weights` is not a row of ordinary numbers, or `bias` is not one.

    Examples:
        >>> neuron = Neuron(weights=[0, 1], bias=4)
        >>> neuron.weighted_sum([2, 3])
        7.0
        >>> neuron.feedforward([2, 3])
        0.9990889488055994
    """

    __slots__ = ("bias", "weights")

    def __init__(self, weights, bias):
        """Keep the weights and the bias."""
        self.weights = weights
        self.bias = bias

    def __setattr__(self, name, value):
        """Set the weights or the bias; what does not fit is refused."""
        if name == "weights":
            value = row(value, name)
        elif name == "bias":
            value = number(value, name)
        else:
            raise AttributeError(f"a neuron has weights and a bias, but no {name}")
        super().__setattr__(name, value)

    def __repr__(self):
        """The code that makes such a neuron."""
        return f"Neuron(weights={self.weights.tolist()}, bias={self.bias})"

    def weighted_sum(self, inputs):
        r"""Each input times its weight, all of them added up, plus the bias.

        $$z = w_1 x_1 + w_2 x_2 + \dots + w_n x_n + b$$

        Args:
            inputs: One example, shape (inputs,), or many, shape (examples, inputs).

        Returns:
            A float for one example, an array of shape (examples,) for many.

        Raises:
            ValueError: If an example has more or fewer inputs than the neuron has weights,
                or holds anything but ordinary numbers.

        Examples:
            >>> Neuron(weights=[0, 1], bias=4).weighted_sum([2, 3])
            7.0
        """
        inputs = examples(inputs, len(self.weights), "inputs", "the neuron's weights are for")
        return plain(inputs @ self.weights + self.bias, "z")

    def feedforward(self, inputs):
        r"""The neuron's output: the sigmoid of the weighted sum.

        $$y = f(z)$$

        Args:
            inputs: One example, shape (inputs,), or many, shape (examples, inputs).

        Returns:
            A float for one example, an array of shape (examples,) for many.

        Raises:
            ValueError: As `weighted_sum` does.

        Examples:
            >>> Neuron(weights=[0, 1], bias=-3).feedforward([[2, 3], [2, 1003]])
            array([0.5, 1. ])
        """
        return sigmoid(self.weighted_sum(inputs))
