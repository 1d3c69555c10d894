"""How the loss changes with each of the nine parameters: the chain rule, from the output back."""

from pencilnet._checks import number
from pencilnet.neuron import sigmoid_derivative
from pencilnet.records import Backward, Forward


def backward(network, forward, y_true):
    r"""All nine partial derivatives of one example's loss, and the factors they are made of.

    The loss of one example is $L = (y_{\text{true}} - y_{\text{pred}})^2$. For each parameter, the chain rule
    multiplies the derivatives on the way from the loss back to it:

    $$\frac{\partial L}{\partial w_1} = \frac{\partial L}{\partial y_{\text{pred}}} \cdot
    \frac{\partial y_{\text{pred}}}{\partial h_1} \cdot \frac{\partial h_1}{\partial w_1}$$

    Args:
        network: The network; as a method, `network.backward(forward, y_true)`.
        forward: The record that `network.forward(x)` made.
        y_true: The label of the example, a number.

    Returns:
        A `Backward` record of 12 factors and 9 partial derivatives. The network is not changed.

    Raises:
        ValueError: If `forward` is not a `Forward` record, or `y_true` not an ordinary number.

    Source:
        The chain rule. As a way to train networks: Rumelhart, Hinton and Williams,
        "Learning representations by back-propagating errors", Nature 323 (1986).

    Examples:
        >>> from pencilnet import OurNeuralNetwork
        >>> network = OurNeuralNetwork.from_parameters(w1=1, w2=1, w3=1, w4=1, w5=1, w6=1, b1=0, b2=0, b3=0)
        >>> gradient = network.backward(network.forward([-2, -1]), y_true=1)
        >>> round(gradient.dL_dw1, 4)
        0.0215
    """
    if not isinstance(forward, Forward):
        raise ValueError(f"forward must be a record made by network.forward(x), but it is {forward!r}")
    y_true = number(y_true, "y_true")
    x1, x2, z_h1, h1, z_h2, h2, z_o1, y_pred = forward

    dL_dy_pred = -2 * (y_true - y_pred)

    # The output neuron, y_pred = f(w5 * h1 + w6 * h2 + b3)
    dy_pred_dh1 = network.w5 * sigmoid_derivative(z_o1)
    dy_pred_dh2 = network.w6 * sigmoid_derivative(z_o1)
    dy_pred_dw5 = h1 * sigmoid_derivative(z_o1)
    dy_pred_dw6 = h2 * sigmoid_derivative(z_o1)
    dy_pred_db3 = sigmoid_derivative(z_o1)

    # The hidden neuron h1 = f(w1 * x1 + w2 * x2 + b1)
    dh1_dw1 = x1 * sigmoid_derivative(z_h1)
    dh1_dw2 = x2 * sigmoid_derivative(z_h1)
    dh1_db1 = sigmoid_derivative(z_h1)

    # The hidden neuron h2 = f(w3 * x1 + w4 * x2 + b2)
    dh2_dw3 = x1 * sigmoid_derivative(z_h2)
    dh2_dw4 = x2 * sigmoid_derivative(z_h2)
    dh2_db2 = sigmoid_derivative(z_h2)

    return Backward(
        dL_dy_pred=dL_dy_pred,
        dy_pred_dh1=dy_pred_dh1,
        dy_pred_dh2=dy_pred_dh2,
        dh1_dw1=dh1_dw1,
        dh1_dw2=dh1_dw2,
        dh1_db1=dh1_db1,
        dh2_dw3=dh2_dw3,
        dh2_dw4=dh2_dw4,
        dh2_db2=dh2_db2,
        dy_pred_dw5=dy_pred_dw5,
        dy_pred_dw6=dy_pred_dw6,
        dy_pred_db3=dy_pred_db3,
        dL_dw1=dL_dy_pred * dy_pred_dh1 * dh1_dw1,
        dL_dw2=dL_dy_pred * dy_pred_dh1 * dh1_dw2,
        dL_dw3=dL_dy_pred * dy_pred_dh2 * dh2_dw3,
        dL_dw4=dL_dy_pred * dy_pred_dh2 * dh2_dw4,
        dL_dw5=dL_dy_pred * dy_pred_dw5,
        dL_dw6=dL_dy_pred * dy_pred_dw6,
        dL_db1=dL_dy_pred * dy_pred_dh1 * dh1_db1,
        dL_db2=dL_dy_pred * dy_pred_dh2 * dh2_db2,
        dL_db3=dL_dy_pred * dy_pred_db3,
    )
