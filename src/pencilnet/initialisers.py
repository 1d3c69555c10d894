"""Where the weights of a layer begin: random numbers, and how large they should be."""

import math

from pencilnet._checks import generator, whole


def standard_normal(inputs, neurons, *, rng):
    r"""Weights from the standard normal distribution, as the nine numbers of Part I.

    Their variance is 1, however many inputs a neuron has. The sum of many such products is large, so a
    wide layer starts saturated. `xavier` and `he` mend that.

    Args:
        inputs: How many numbers go into the layer, at least 1.
        neurons: How many neurons the layer has, at least 1.
        rng: What draws them: `np.random.default_rng(seed)` or `np.random.RandomState(seed)`. It has no
            default, so that no weight is random by accident.

    Returns:
        An array of shape (inputs, neurons).

    Raises:
        ValueError: If a size is not a whole number above 0, or `rng` cannot draw normal numbers.

    Examples:
        >>> import numpy as np
        >>> standard_normal(2, 3, rng=np.random.default_rng(44)).shape
        (2, 3)
    """
    return _normal(1, inputs, neurons, rng)


def xavier(inputs, neurons, *, rng):
    r"""Normal weights for a layer of sigmoids or tanhs, named after Xavier Glorot.

    $$\operatorname{Var}(w) = \frac{2}{\text{inputs} + \text{neurons}}$$

    A variance of 1/inputs keeps the sums as spread as the inputs, one of 1/neurons keeps the gradients on
    their way back. This is between the two.

    Args:
        inputs: How many numbers go into the layer, at least 1.
        neurons: How many neurons the layer has, at least 1.
        rng: What draws them, as for `standard_normal`.

    Returns:
        An array of shape (inputs, neurons).

    Raises:
        ValueError: If a size is not a whole number above 0, or `rng` cannot draw normal numbers.

    Source:
        X. Glorot and Y. Bengio, "Understanding the difficulty of training deep feedforward neural
        networks" (2010), equation 12. They draw uniform numbers of that variance.

    Examples:
        >>> import numpy as np
        >>> round(float(xavier(300, 500, rng=np.random.default_rng(44)).std()), 3)
        0.05
    """
    sizes = whole(inputs, "inputs", least=1) + whole(neurons, "neurons", least=1)
    return _normal(math.sqrt(2 / sizes), inputs, neurons, rng)


def he(inputs, neurons, *, rng):
    r"""Normal weights for a layer of ReLUs, named after Kaiming He.

    $$\operatorname{Var}(w) = \frac{2}{\text{inputs}}$$

    A ReLU sets about half of its sums to 0, and with them half of the mean square. The 2 makes up for it.

    Args:
        inputs: How many numbers go into the layer, at least 1.
        neurons: How many neurons the layer has, at least 1.
        rng: What draws them, as for `standard_normal`.

    Returns:
        An array of shape (inputs, neurons).

    Raises:
        ValueError: If a size is not a whole number above 0, or `rng` cannot draw normal numbers.

    Source:
        K. He, X. Zhang, S. Ren and J. Sun, "Delving Deep into Rectifiers" (2015), arXiv:1502.01852,
        equation 10.

    Examples:
        >>> import numpy as np
        >>> round(float(he(200, 500, rng=np.random.default_rng(44)).std()), 3)
        0.1
    """
    deviation = math.sqrt(2 / whole(inputs, "inputs", least=1))
    return _normal(deviation, inputs, neurons, rng)


INITIALISERS = {"standard_normal": standard_normal, "xavier": xavier, "he": he}
"""Every initialiser by the name that `Network` takes."""


def _normal(deviation, inputs, neurons, rng):
    """Normal numbers with mean 0 and that standard deviation, shape (inputs, neurons)."""
    size = (whole(inputs, "inputs", least=1), whole(neurons, "neurons", least=1))
    return deviation * generator(rng).normal(size=size)
