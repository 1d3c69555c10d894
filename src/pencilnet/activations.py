"""What a neuron may do with its weighted sum, and how steep that is: each function beside its derivative."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from pencilnet.neuron import sigmoid, sigmoid_derivative


class Activation(NamedTuple):
    """A function of the weighted sum z, and its derivative, which takes z too.

    Attributes:
        function: Gives the activation for z, an array of any shape.
        derivative: Gives the slope of `function` at z. It takes z, never the activation.
    """

    function: Callable
    derivative: Callable


def identity(z):
    """Z itself, for an output that may be any number."""
    return np.asarray(z)


def identity_derivative(z):
    """1 everywhere."""
    return np.ones_like(z)


def tanh(z):
    return np.tanh(z)


def tanh_derivative(z):
    return 1 - np.tanh(z) ** 2


def relu(z):
    return np.maximum(z, 0)


def relu_derivative(z):
    return np.where(np.asarray(z) > 0, 1.0, 0.0).astype(np.asarray(z).dtype)


ACTIVATIONS = {
    "sigmoid": Activation(sigmoid, sigmoid_derivative),
    "identity": Activation(identity, identity_derivative),
    "tanh": Activation(tanh, tanh_derivative),
    "relu": Activation(relu, relu_derivative),
}
"""Every activation by the name that `Network` takes."""
