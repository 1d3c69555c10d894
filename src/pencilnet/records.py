"""What a pass through the network leaves behind: every number on its way, to be read by name."""

from typing import NamedTuple

import numpy as np


class Forward(NamedTuple):
    """The numbers of one example on its way forward, made by `OurNeuralNetwork.forward`. Read-only.

    Attributes:
        x1: The first input, a float, as all of these are.
        x2: The second input.
        z_h1: The weighted sum of the hidden neuron h1.
        h1: Its activation, `sigmoid(z_h1)`.
        z_h2: The weighted sum of the hidden neuron h2.
        h2: Its activation, `sigmoid(z_h2)`.
        z_o1: The weighted sum of the output neuron o1.
        o1: Its activation, `sigmoid(z_o1)`.
    """

    x1: float
    x2: float
    z_h1: float
    h1: float
    z_h2: float
    h2: float
    z_o1: float
    o1: float

    @property
    def y_pred(self):
        """The network's prediction: the activation of its output neuron, `o1`."""
        return self.o1


class Backward(NamedTuple):
    """The derivatives of one example on its way back, made by `OurNeuralNetwork.backward`. Read-only.

    A name says what it is: read `dL_dw1` as "dL by dw1", the change of the loss L for a change of w1.

    Attributes:
        dL_dy_pred: The loss by the prediction, a float, as all of these are.
        dy_pred_dh1: The prediction by the first hidden activation.
        dy_pred_dh2: The prediction by the second hidden activation.
        dh1_dw1: The first hidden activation by each of its parameters; so too `dh1_dw2` and `dh1_db1`.
        dh2_dw3: The second hidden activation by each of its parameters; so too `dh2_dw4` and `dh2_db2`.
        dy_pred_dw5: The prediction by each parameter of its neuron; so too `dy_pred_dw6` and `dy_pred_db3`.
        dL_dw1: The loss by each of the nine parameters; so too `dL_dw2` to `dL_dw6` and `dL_db1` to `dL_db3`.
    """

    dL_dy_pred: float
    dy_pred_dh1: float
    dy_pred_dh2: float
    dh1_dw1: float
    dh1_dw2: float
    dh1_db1: float
    dh2_dw3: float
    dh2_dw4: float
    dh2_db2: float
    dy_pred_dw5: float
    dy_pred_dw6: float
    dy_pred_db3: float
    dL_dw1: float
    dL_dw2: float
    dL_dw3: float
    dL_dw4: float
    dL_dw5: float
    dL_dw6: float
    dL_db1: float
    dL_db2: float
    dL_db3: float

    @property
    def partials(self):
        """The nine partial derivatives of the loss by parameter name, `{"w1": dL_dw1, ..., "b3": dL_db3}`."""
        return {name.removeprefix("dL_d"): getattr(self, name) for name in self._fields[-9:]}


class ForwardPass(NamedTuple):
    """Every number of a batch on its way forward, made by `Network.forward`. Its fields cannot be set.

    Attributes:
        x: The inputs, shape (examples, inputs). One example is a batch of one.
        z: The weighted sums of each layer: a tuple of arrays of shape (examples, neurons).
        a: The activations of each layer, shaped like `z`.
    """

    x: np.ndarray
    z: tuple
    a: tuple

    @property
    def y_pred(self):
        """The network's predictions: the activations of its last layer, shape (examples, outputs)."""
        return self.a[-1]


class BackwardPass(NamedTuple):
    """The derivatives of a batch's loss, made by `Network.backward`. Its fields cannot be set.

    Attributes:
        dL_dz: The loss by the weighted sums of each layer: arrays shaped like those of `ForwardPass.z`.
        dL_dw: The loss by the weights of each layer: arrays shaped like those of `Network.weights`.
        dL_db: The loss by the biases of each layer: arrays shaped like those of `Network.biases`.
    """

    dL_dz: tuple
    dL_dw: tuple
    dL_db: tuple

    @property
    def partials(self):
        """The derivatives by parameter name, `{"weights[0]": dL_dw[0], "biases[0]": dL_db[0], ...}`."""
        return by_name(self.dL_dw, self.dL_db)

    @property
    def flat(self):
        """All derivatives in one new row, in the order of `Network.flat`."""
        return np.concatenate([part.ravel() for part in self.partials.values()])


def by_name(weights, biases):
    """The arrays of all layers by name, the weights of a layer before its biases."""
    named = {}
    for layer, (w, b) in enumerate(zip(weights, biases, strict=True)):
        named[f"weights[{layer}]"] = w
        named[f"biases[{layer}]"] = b
    return named
