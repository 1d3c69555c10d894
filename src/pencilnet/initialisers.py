"""Where the weights of a layer begin."""

import numpy as np


def standard_normal(inputs, neurons, *, rng):
    """Weights from the standard normal distribution, as the nine of Part I. Shape (inputs, neurons)."""
    return rng.normal(size=(inputs, neurons))


def xavier(inputs, neurons, *, rng):
    return np.sqrt(2 / (inputs + neurons)) * rng.normal(size=(inputs, neurons))


def he(inputs, neurons, *, rng):
    return np.sqrt(2 / inputs) * rng.normal(size=(inputs, neurons))


INITIALISERS = {"standard_normal": standard_normal, "xavier": xavier, "he": he}
"""Every initialiser by the name that `Network` takes."""
