"""The same network from many starting points at once: the seeds side by side in one array."""

from typing import NamedTuple

import numpy as np

from pencilnet._checks import count, examples, labelled, numbers, positive
from pencilnet.neuron import sigmoid

BLOCK = 5000


class ManyRuns(NamedTuple):
    parameters: np.ndarray
    losses: np.ndarray

    def feedforward(self, x):
        x = examples(x, 2, "x", "the network takes 2")
        x1, x2 = x.T
        w1, w2, w3, w4, w5, w6, b1, b2, b3 = self.parameters.T.reshape(9, -1, *[1] * (x.ndim - 1))
        h1 = sigmoid(w1 * x1 + w2 * x2 + b1)
        h2 = sigmoid(w3 * x1 + w4 * x2 + b2)
        return sigmoid(w5 * h1 + w6 * h2 + b3)


def starting_parameters(seeds):
    return np.array([np.random.RandomState(seed).normal(size=9) for seed in seeds])


def train_many(starts, data, all_y_trues, *, learning_rate=0.1, epochs=1000):
    parameters = numbers(starts, "starts")
    x, y = labelled(data, all_y_trues, inputs=2)
    learning_rate = positive(learning_rate, "learning_rate")
    epochs = count(epochs, "epochs")
    for first in range(0, len(parameters), BLOCK):
        block = parameters[first : first + BLOCK]
        block[:] = train_block(block.T, x.tolist(), y.tolist(), learning_rate, epochs).T
    runs = ManyRuns(parameters, np.empty(len(parameters)))
    return ManyRuns(parameters, np.mean((y - runs.feedforward(x)) ** 2, axis=1))


def activate(z, a, slope, temporary):
    np.abs(z, out=slope)
    np.negative(slope, out=slope)
    np.exp(slope, out=slope)
    np.add(slope, 1, out=temporary)
    np.divide(1, temporary, out=a)
    np.divide(slope, temporary, out=temporary)
    np.multiply(a, temporary, out=slope)
    np.copyto(a, temporary, where=z < 0)


def train_block(parameters, x, y, learning_rate, epochs):
    w1, w2, w3, w4, w5, w6, b1, b2, b3 = parameters
    from_x1, from_x2, bias = np.array([w1, w3]), np.array([w2, w4]), np.array([b1, b2])
    to_o1, bias_o1 = np.array([w5, w6]), b3.copy()
    z, h, slope, t = np.empty((4, *bias.shape))
    z_o1, o1, slope_o1, t_o1 = np.empty((4, *bias_o1.shape))
    for _ in range(epochs):
        for (x1, x2), y_true in zip(x, y):
            np.multiply(from_x1, x1, out=z)
            np.multiply(from_x2, x2, out=t)
            np.add(z, t, out=z)
            np.add(z, bias, out=z)
            activate(z, h, slope, t)
            np.multiply(to_o1, h, out=t)
            np.add(t[0], t[1], out=z_o1)
            np.add(z_o1, bias_o1, out=z_o1)
            activate(z_o1, o1, slope_o1, t_o1)

            np.subtract(o1, y_true, out=o1)
            np.multiply(o1, slope_o1, out=o1)
            np.multiply(o1, 2 * learning_rate, out=o1)  # eta * dL/dz_o1
            np.multiply(to_o1, slope, out=slope)
            np.multiply(slope, o1, out=slope)  # eta * dL/dz_h
            np.subtract(bias_o1, o1, out=bias_o1)
            np.multiply(h, o1, out=h)
            np.subtract(to_o1, h, out=to_o1)
            np.subtract(bias, slope, out=bias)
            np.multiply(slope, x1, out=t)
            np.subtract(from_x1, t, out=from_x1)
            np.multiply(slope, x2, out=t)
            np.subtract(from_x2, t, out=from_x2)
    (w1, w3), (w2, w4), (b1, b2), (w5, w6) = from_x1, from_x2, bias, to_o1
    return np.array([w1, w2, w3, w4, w5, w6, b1, b2, bias_o1])
