"""The equations of `forward`, `backward` and `step` once more, without their records, for speed.

`train` runs these. They multiply in the same order, and so they give the same parameters to the last digit.
"""

import math


def activate(z):
    """`sigmoid(z)` and `sigmoid_derivative(z)` at once, from one power of e."""
    e = math.exp(-abs(z))
    large, small = 1 / (1 + e), e / (1 + e)  # f(|z|) and f(-|z|)
    return (large if z >= 0 else small), large * small


def one_epoch(parameters, samples, learning_rate):
    """The nine parameters after one step on each sample, in the samples' order."""
    w1, w2, w3, w4, w5, w6, b1, b2, b3 = parameters
    for x1, x2, y_true in samples:
        h1, slope_h1 = activate(w1 * x1 + w2 * x2 + b1)
        h2, slope_h2 = activate(w3 * x1 + w4 * x2 + b2)
        y_pred, slope_o1 = activate(w5 * h1 + w6 * h2 + b3)

        dL_dy_pred = -2 * (y_true - y_pred)
        dL_dh1 = dL_dy_pred * (w5 * slope_o1)
        dL_dh2 = dL_dy_pred * (w6 * slope_o1)

        w1 -= learning_rate * (dL_dh1 * (x1 * slope_h1))
        w2 -= learning_rate * (dL_dh1 * (x2 * slope_h1))
        w3 -= learning_rate * (dL_dh2 * (x1 * slope_h2))
        w4 -= learning_rate * (dL_dh2 * (x2 * slope_h2))
        w5 -= learning_rate * (dL_dy_pred * (h1 * slope_o1))
        w6 -= learning_rate * (dL_dy_pred * (h2 * slope_o1))
        b1 -= learning_rate * (dL_dh1 * slope_h1)
        b2 -= learning_rate * (dL_dh2 * slope_h2)
        b3 -= learning_rate * (dL_dy_pred * slope_o1)
    return w1, w2, w3, w4, w5, w6, b1, b2, b3


def mean_loss(parameters, samples):
    """The mean squared error over the samples."""
    w1, w2, w3, w4, w5, w6, b1, b2, b3 = parameters
    total = 0.0
    for x1, x2, y_true in samples:
        h1, _ = activate(w1 * x1 + w2 * x2 + b1)
        h2, _ = activate(w3 * x1 + w4 * x2 + b2)
        y_pred, _ = activate(w5 * h1 + w6 * h2 + b3)
        total += (y_true - y_pred) * (y_true - y_pred)
    return total / len(samples)
