"""More than two answers: softmax makes probabilities of the last sums, cross-entropy says how wrong they are."""

import numpy as np

from pencilnet.neuron import sigmoid


def log_softmax(z):
    z = np.asarray(z)
    shifted = z - z.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def softmax(z):
    return np.exp(log_softmax(z))


def cross_entropy(y_true, z):
    """The mean over examples of minus the log of the probability of the true class. It takes z."""
    return float(-(y_true * log_softmax(z)).sum(axis=-1).mean())


def cross_entropy_gradient(y_true, z):
    """By each z: (p - y) / n."""
    return (softmax(z) - y_true) / len(z)


def binary_cross_entropy(y_true, z):
    """The same for outputs that are each a yes or no of their own, by sigmoid. It takes z."""
    return float((np.logaddexp(0, z) - y_true * z).mean())


def binary_cross_entropy_gradient(y_true, z):
    """By each z: (f(z) - y) / n, n the number of all outputs."""
    return (sigmoid(z) - y_true) / np.size(z)


def one_hot(classes, count):
    """A row of zeros for each class number, with a 1 in its place. Shape (examples, count)."""
    return np.eye(count)[np.asarray(classes)]
