"""Any number of layers: the nine letters of our network become a matrix and a row of biases for each layer."""

from typing import NamedTuple

import numpy as np

from pencilnet._checks import examples
from pencilnet.activations import ACTIVATIONS
from pencilnet.initialisers import INITIALISERS
from pencilnet.loss import mse_gradient, mse_loss
from pencilnet.probabilities import (
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    cross_entropy,
    cross_entropy_gradient,
    softmax,
)


class ForwardPass(NamedTuple):
    """Every number of a batch on its way forward, made by `Network.forward`.

    Attributes:
        x: The inputs, shape (examples, inputs).
        z: The weighted sums of each layer: a tuple of arrays of shape (examples, neurons).
        a: The activations of each layer, shaped like `z`.
    """

    x: np.ndarray
    z: tuple
    a: tuple

    @property
    def y_pred(self):
        """The predictions: the activations of the last layer."""
        return self.a[-1]


class BackwardPass(NamedTuple):
    """The derivatives of the loss of a batch, made by `Network.backward`.

    Attributes:
        dL_dz: The loss by the weighted sums of each layer, shaped like `ForwardPass.z`.
        dL_dw: The loss by the weights of each layer, shaped like `Network.weights`.
        dL_db: The loss by the biases of each layer, shaped like `Network.biases`.
    """

    dL_dz: tuple
    dL_dw: tuple
    dL_db: tuple

    @property
    def partials(self):
        """The derivatives by parameter name, shaped like `Network.parameters`."""
        return _named(self.dL_dw, self.dL_db)

    @property
    def flat(self):
        """All derivatives in one row, in the order of `Network.flat`."""
        return np.concatenate([part.ravel() for part in self.partials.values()])


class Network:
    r"""Layers of neurons, each fed by the one before.

    $$Z_1 = X W_1 + b_1 \qquad A_1 = f(Z_1) \qquad Z_2 = A_1 W_2 + b_2 \qquad \dots$$
    """

    def __init__(self, sizes, *, rng, activation="sigmoid", output="sigmoid", loss="mse",
                 initialiser="standard_normal", dtype=float):  # fmt: skip
        shapes = list(zip(sizes, sizes[1:], strict=False))
        draw = INITIALISERS[initialiser]
        self._become([draw(*shape, rng=rng) for shape in shapes],
                     [np.zeros(neurons) for _, neurons in shapes], activation, output, loss, dtype)  # fmt: skip

    @classmethod
    def from_parameters(
        cls, weights, biases, *, activation="sigmoid", output="sigmoid", loss="mse", dtype=float
    ):
        """A network with the weights and biases that you give, one of each for every layer."""
        network = cls.__new__(cls)
        network._become(weights, biases, activation, output, loss, dtype)
        return network

    def _become(self, weights, biases, activation, output, loss, dtype):
        self.activation, self.output, self.cost, self.dtype = activation, output, loss, np.dtype(dtype)
        self.flat = np.concatenate(
            [np.ravel(part) for pair in zip(weights, biases, strict=True) for part in pair]
        )
        self.flat = self.flat.astype(dtype)
        views, start = [], 0
        for w, b in zip(weights, biases, strict=True):
            for part in (w, b):
                views.append(self.flat[start : start + np.size(part)].reshape(np.shape(part)))
                start += np.size(part)
        self.weights, self.biases = tuple(views[0::2]), tuple(views[1::2])

    @property
    def sizes(self):
        """How many inputs, and how many neurons in each layer."""
        return [len(self.weights[0]), *[len(b) for b in self.biases]]

    @property
    def parameters(self):
        """A copy of every array by its name: `weights[0]`, `biases[0]`, `weights[1]`, and so on."""
        return {name: part.copy() for name, part in _named(self.weights, self.biases).items()}

    def copy(self):
        return self.from_parameters(self.weights, self.biases, activation=self.activation, output=self.output,
                                    loss=self.cost, dtype=self.dtype)  # fmt: skip

    def feedforward(self, x):
        """The predictions, shape (outputs,) for one example and (examples, outputs) for many."""
        y_pred = self.forward(x).y_pred
        return y_pred[0] if np.ndim(x) == 1 else y_pred

    def forward(self, x):
        """The same for a batch, with every number on the way. One example is a batch of one."""
        x = np.atleast_2d(examples(x, self.sizes[0], "x", "the network takes")).astype(self.dtype)
        a, zs, activations = x, [], []
        for layer, (w, b) in enumerate(zip(self.weights, self.biases, strict=True), start=1):
            z = a @ w + b
            last = layer == len(self.weights)
            a = self._output(z) if last else ACTIVATIONS[self.activation].function(z)
            zs.append(z)
            activations.append(a)
        return ForwardPass(x, tuple(zs), tuple(activations))

    def backward(self, forward, y_true):
        """How the loss of the batch changes with every weight and bias: backpropagation, layer by layer."""
        dL_dz = self._dL_dz(forward, y_true)
        before = (forward.x, *forward.a)
        dL_dzs, dL_dw, dL_db = [], [], []
        for layer in reversed(range(len(self.weights))):
            dL_dzs.append(dL_dz)
            dL_dw.append(before[layer].T @ dL_dz)
            dL_db.append(dL_dz.sum(axis=0))
            if layer > 0:
                slope = ACTIVATIONS[self.activation].derivative(forward.z[layer - 1])
                dL_dz = (dL_dz @ self.weights[layer].T) * slope
        return BackwardPass(tuple(dL_dzs[::-1]), tuple(dL_dw[::-1]), tuple(dL_db[::-1]))

    def loss(self, x, y_true):
        """The loss of the network over the examples, a float."""
        forward = self.forward(x)
        if self.cost == "mse":
            return mse_loss(y_true, forward.y_pred)
        of = cross_entropy if self.output == "softmax" else binary_cross_entropy
        return of(y_true, forward.z[-1])

    def _output(self, z):
        return softmax(z) if self.output == "softmax" else ACTIVATIONS[self.output].function(z)

    def _dL_dz(self, forward, y_true):
        z, y_pred = forward.z[-1], forward.y_pred
        if self.cost == "mse":
            return np.reshape(mse_gradient(y_true, y_pred), y_pred.shape) * ACTIVATIONS[
                self.output
            ].derivative(z)
        of = cross_entropy_gradient if self.output == "softmax" else binary_cross_entropy_gradient
        return of(y_true, z)


def _named(weights, biases):
    named = {}
    for layer, (w, b) in enumerate(zip(weights, biases, strict=True)):
        named |= {f"weights[{layer}]": w, f"biases[{layer}]": b}
    return named
