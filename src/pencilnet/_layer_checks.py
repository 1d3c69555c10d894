"""What a network of layers may be made of, and what may go through it. The refusals name both sides."""

from itertools import pairwise

import numpy as np

from pencilnet._checks import LARGEST, as_array, numbers, one_of, pair, plain, row, whole
from pencilnet.activations import ACTIVATIONS

LOSSES = ("mse", "cross_entropy")
"""The losses by the names that `Network` takes."""

LARGEST_FLOAT32 = 1e12
"""Nothing larger may come into a network of float32, which ends near 3.4e38."""


def fit_together(activation, output, loss):
    """Names that are known, of a loss and an output that go together."""
    one_of(activation, "activation", ACTIVATIONS)
    one_of(output, "output", [*ACTIVATIONS, "softmax"])
    one_of(loss, "loss", LOSSES)
    if loss == "cross_entropy" and output not in ("softmax", "sigmoid"):
        raise ValueError(f"cross_entropy needs the output softmax or sigmoid, but output is {output!r}")
    if loss == "mse" and output == "softmax":
        raise ValueError("the output softmax needs the loss cross_entropy, but loss is 'mse'")


def kind_of_float(dtype):
    """float32 or float64, as NumPy names them."""
    try:
        kind = np.dtype(dtype)
    except TypeError:
        kind = None
    if kind is None or kind not in (np.dtype("float32"), np.dtype("float64")):
        raise ValueError(f"dtype must be float64 or float32, but it is {dtype!r}")
    return kind


def largest_of(dtype):
    """The largest number that may come into a network of such floats."""
    return LARGEST_FLOAT32 if dtype == np.dtype("float32") else LARGEST


def shapes(sizes):
    """Inputs and neurons of each layer."""
    if as_array(sizes, "sizes").ndim != 1 or len(sizes) < 2:
        raise ValueError(
            "sizes must hold how many inputs there are and how many neurons in each layer, "
            f"such as [2, 2, 1], but it is {sizes!r}"
        )
    sizes = [whole(size, f"sizes[{place}]", least=1) for place, size in enumerate(sizes)]
    return list(pairwise(sizes))


def chained(weights, biases, largest):
    """Arrays of weights and biases that fit each other from the first layer to the last."""
    weights, biases = list(weights), list(biases)
    if not weights or len(weights) != len(biases):
        raise ValueError(
            "each layer needs a table of weights and a row of biases: "
            f"there are {len(weights)} tables and {len(biases)} rows"
        )
    weights = [numbers(w, f"weights[{layer}]", largest) for layer, w in enumerate(weights)]
    biases = [row(b, f"biases[{layer}]", largest) for layer, b in enumerate(biases)]
    for layer, (w, b) in enumerate(zip(weights, biases, strict=True)):
        if w.ndim != 2:
            raise ValueError(
                f"weights[{layer}] must be a table, (inputs, neurons), but its shape is {w.shape}"
            )
        if w.shape[1] != len(b):
            raise ValueError(
                f"layer {layer + 1} has weights for {w.shape[1]} neurons, but {len(b)} biases: "
                f"weights[{layer}] is {w.shape}, biases[{layer}] is {b.shape}"
            )
        if layer > 0 and len(w) != len(biases[layer - 1]):
            raise ValueError(
                f"layer {layer + 1} has weights for {len(w)} inputs, but layer {layer} has "
                f"{len(biases[layer - 1])} neurons: weights[{layer}] is {w.shape}, "
                f"weights[{layer - 1}] is {weights[layer - 1].shape}"
            )
    return weights, biases


def labels(y_true, y_pred, *, classes):
    """Labels of the shape of the predictions, or class numbers, which the loss looks at for itself."""
    given = plain(y_true, "y_true")
    alone = len(y_pred) == 1 and np.shape(given) == y_pred.shape[1:]  # those of one example, as one row
    if classes:
        return [y_true] if alone or np.ndim(given) == 0 else y_true
    return pair([given] if alone else given, y_pred)[0]
