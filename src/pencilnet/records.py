"""What a pass through the network leaves behind: every number on the way, to be read by name."""

from typing import NamedTuple


class Forward(NamedTuple):
    """The sums and activations of one example on its way forward, each a float.

    `OurNeuralNetwork.forward` makes it. A sum is named `z_` and its neuron, an activation after its neuron.
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
        """The network's prediction, which is the activation of its output neuron: `o1`."""
        return self.o1


class Backward(NamedTuple):
    """The derivatives of one example's loss on their way backward, each a float.

    `OurNeuralNetwork.backward` makes it. `dL_dw1` is to be read as "dL by dw1".
    First the factors that the chain rule multiplies, then their products:
    the partial derivative of the loss with respect to each of the nine parameters.
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
        """The nine partial derivatives of the loss, from parameter name to float: `{"w1": ..., "b3": ...}`."""
        return {name.removeprefix("dL_d"): getattr(self, name) for name in self._fields[12:]}
