"""What a neuron may do with its weighted sum, and how steep that is: each function beside its derivative."""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from pencilnet._checks import plain
from pencilnet.neuron import sigmoid, sigmoid_derivative

LEAK = 0.01
"""The slope of `leaky_relu` below 0."""


class Activation(NamedTuple):
    """A function of the weighted sum z, and its derivative, which takes z too.

    Attributes:
        function: Gives the activation for `z`, a number or an array of any shape.
        derivative: Gives the slope of `function` at `z`. It takes `z`, never the activation.

    Examples:
        >>> ACTIVATIONS["tanh"].derivative(0)
        1.0
    """

    function: Callable
    derivative: Callable


def identity(z):
    r"""The sum itself, for an output that may be any number.

    $$f(z) = z$$

    Args:
        z: The weighted sum, a number or an array of any shape.

    Returns:
        A float for a number, a new array of the shape of `z` for an array; float32 stays float32.

    Raises:
        ValueError: If `z` holds anything but real numbers.

    Examples:
        >>> identity([-2, 0.5])
        array([-2. ,  0.5])
    """
    return _sums(z)


def identity_derivative(z):
    r"""1, however large the sum.

    $$f'(z) = 1$$

    Args:
        z: The weighted sum, a number or an array of any shape.

    Returns:
        A float for a number, an array of the shape of `z` for an array; float32 stays float32.

    Raises:
        ValueError: If `z` holds anything but real numbers.

    Examples:
        >>> identity_derivative([-2, 0.5])
        array([1., 1.])
    """
    z = _sums(z)
    return _alike(z, np.ones_like(z))


def tanh(z):
    r"""Squeeze any number into the range from -1 to 1: a sigmoid, stretched so that 0 stays 0.

    $$\tanh(z) = \frac{e^{z} - e^{-z}}{e^{z} + e^{-z}} = 2 f(2z) - 1$$

    The $f$ on the right is the sigmoid.

    Args:
        z: The weighted sum, a number or an array of any shape. Infinity gives -1 or 1. NaN stays NaN.

    Returns:
        A float for a number, an array of the shape of `z` for an array; float32 stays float32.

    Raises:
        ValueError: If `z` holds anything but real numbers.

    Source:
        The hyperbolic tangent. For networks: Y. LeCun, L. Bottou, G. Orr and K.-R. Müller,
        "Efficient BackProp" (1998), section 4.4.

    Examples:
        >>> round(tanh(0.5), 6)
        0.462117
        >>> tanh([-1000, 0, 1000])
        array([-1.,  0.,  1.])
    """
    z = _sums(z)
    return _alike(z, np.tanh(z))


def tanh_derivative(z):
    r"""How steeply `tanh` climbs at `z`.

    $$\tanh'(z) = 1 - \tanh^2(z) = \left( \frac{2}{e^{z} + e^{-z}} \right)^2$$

    The code uses the second form, with $e^{-|z|}$ above and below the line. It keeps its digits where
    $\tanh(z)$ is close to 1, and nothing overflows.

    Args:
        z: The weighted sum, a number or an array of any shape. Infinity gives 0. NaN stays NaN.

    Returns:
        A float for a number, an array of the shape of `z` for an array; float32 stays float32.
        At most 1, its value at 0.

    Raises:
        ValueError: If `z` holds anything but real numbers.

    Source:
        The quotient rule, applied to `tanh`.

    Examples:
        >>> tanh_derivative([-1000, 0, 1000])
        array([0., 1., 0.])
    """
    z = _sums(z)
    e = np.exp(-np.abs(z))
    return _alike(z, (2 * e / (1 + e * e)) ** 2)


def relu(z):
    r"""The sum where it is above 0, and 0 elsewhere: the rectified linear unit.

    $$\operatorname{relu}(z) = \max(z, 0)$$

    Args:
        z: The weighted sum, a number or an array of any shape. NaN stays NaN.

    Returns:
        A float for a number, an array of the shape of `z` for an array; float32 stays float32.

    Raises:
        ValueError: If `z` holds anything but real numbers.

    Source:
        V. Nair and G. Hinton, "Rectified Linear Units Improve Restricted Boltzmann Machines" (2010).

    Examples:
        >>> relu([-2, 0, 3])
        array([0., 0., 3.])
    """
    z = _sums(z)
    return _alike(z, np.maximum(z, 0))


def relu_derivative(z):
    r"""1 where the sum is above 0, and 0 elsewhere.

    $$\operatorname{relu}'(z) = \begin{cases} 1 & z > 0 \\ 0 & z \le 0 \end{cases}$$

    At 0 there is a kink and so no derivative. The code answers 0 there, as PyTorch and JAX do.

    Args:
        z: The weighted sum, a number or an array of any shape. NaN stays NaN.

    Returns:
        A float for a number, an array of the shape of `z` for an array; float32 stays float32.

    Raises:
        ValueError: If `z` holds anything but real numbers.

    Examples:
        >>> relu_derivative([-2, 0, 3])
        array([0., 0., 1.])
    """
    z = _sums(z)
    return _alike(z, np.heaviside(z, 0))


def leaky_relu(z):
    r"""The sum where it is above 0, and a hundredth of it elsewhere.

    $$\operatorname{leaky}(z) = \max(z, 0.01 z)$$

    Args:
        z: The weighted sum, a number or an array of any shape. NaN stays NaN.

    Returns:
        A float for a number, an array of the shape of `z` for an array; float32 stays float32.

    Raises:
        ValueError: If `z` holds anything but real numbers.

    Source:
        A. Maas, A. Hannun and A. Ng, "Rectifier Nonlinearities Improve Neural Network Acoustic Models"
        (2013). The slope of 0.01 is theirs, and PyTorch's.

    Examples:
        >>> leaky_relu([-2, 0, 3])
        array([-0.02,  0.  ,  3.  ])
    """
    z = _sums(z)
    return _alike(z, np.maximum(z, LEAK * z))


def leaky_relu_derivative(z):
    r"""1 where the sum is above 0, and 0.01 elsewhere.

    $$\operatorname{leaky}'(z) = \begin{cases} 1 & z > 0 \\ 0.01 & z \le 0 \end{cases}$$

    At 0 there is a kink and so no derivative. The code answers 0.01 there, as PyTorch does.

    Args:
        z: The weighted sum, a number or an array of any shape. NaN stays NaN.

    Returns:
        A float for a number, an array of the shape of `z` for an array; float32 stays float32.

    Raises:
        ValueError: If `z` holds anything but real numbers.

    Examples:
        >>> leaky_relu_derivative([-2, 0, 3])
        array([0.01, 0.01, 1.  ])
    """
    z = _sums(z)
    return _alike(z, np.maximum(np.heaviside(z, 0), LEAK))


def gelu(z):
    r"""The sum times the chance that a standard normal number is below it.

    $$\operatorname{gelu}(z) = z \cdot \Phi(z)$$

    $\Phi(z)$ rises from 0 to 1 like the sigmoid. This is the exact function, with $\Phi$ from Python's
    `math.erfc`, as in PyTorch and Keras unless one asks for less. Its common approximation by tanh is
    quicker, and off by up to 0.0005. NumPy has no such $\Phi$, so each number is worked out on its own:
    of all the activations here this is the slowest.

    Args:
        z: The weighted sum, a number or an array of any shape. Minus infinity gives 0. NaN stays NaN.

    Returns:
        A float for a number, an array of the shape of `z` for an array; float32 stays float32.

    Raises:
        ValueError: If `z` holds anything but real numbers.

    Source:
        D. Hendrycks and K. Gimpel, "Gaussian Error Linear Units" (2016), arXiv:1606.08415.

    Examples:
        >>> gelu([-1, 0, 1]).round(4)
        array([-0.1587,  0.    ,  0.8413])
    """
    z = _sums(z)
    return _alike(z, np.maximum(z, -FAR) * _below(z))


def gelu_derivative(z):
    r"""How steeply `gelu` climbs at `z`, or falls: it is below 0 for sums below about -0.75.

    $$\operatorname{gelu}'(z) = \Phi(z) + z \cdot \varphi(z)
    \qquad \varphi(z) = \Phi'(z) = \frac{e^{-z^2 / 2}}{\sqrt{2 \pi}}$$

    Args:
        z: The weighted sum, a number or an array of any shape. Infinity gives 0 or 1. NaN stays NaN.

    Returns:
        A float for a number, an array of the shape of `z` for an array; float32 stays float32.
        It lies between -0.13 and 1.13.

    Raises:
        ValueError: If `z` holds anything but real numbers.

    Source:
        The product rule, applied to `gelu`.

    Examples:
        >>> gelu_derivative([-1, 0, 1]).round(4)
        array([-0.0833,  0.5   ,  1.0833])
    """
    z = _sums(z)
    near = np.clip(z, -FAR, FAR)
    density = np.exp(-near * near / 2) / math.sqrt(2 * math.pi)
    return _alike(z, _below(z) + near * density)


ACTIVATIONS = {
    "sigmoid": Activation(sigmoid, sigmoid_derivative),
    "identity": Activation(identity, identity_derivative),
    "tanh": Activation(tanh, tanh_derivative),
    "relu": Activation(relu, relu_derivative),
    "leaky_relu": Activation(leaky_relu, leaky_relu_derivative),
    "gelu": Activation(gelu, gelu_derivative),
}
"""Every activation by the name that `Network` takes."""

FAR = 40
"""So far below 0, hardly any normal number lies: the chance is less than the smallest float."""

_erfc = np.vectorize(math.erfc, otypes=[float])


def _sums(z):
    """One sum as a float, several as a new array of float64 or float32."""
    return plain(z, "z", keep_float32=True)


def _alike(z, values):
    """The values as what z is: a float, or an array of the same dtype."""
    return float(values) if isinstance(z, float) else values.astype(z.dtype, copy=False)


def _below(z):
    r"""$\Phi(z)$, the chance that a standard normal number is below z. By erfc it keeps its digits near 0."""
    return _erfc(-z / math.sqrt(2)) / 2
