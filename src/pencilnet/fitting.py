"""Training in mini-batches: shuffle, cut into batches, one step for each, and so for every epoch."""

from typing import NamedTuple

import numpy as np


class FitHistory(NamedTuple):
    """How the loss fell while `fit` ran.

    Attributes:
        losses: The loss over all examples after each epoch, shape (epochs,).
        loss_before: The same before the first step, a float.
    """

    losses: np.ndarray
    loss_before: float


def mini_batches(examples, batch_size, *, rng):
    """The numbers 0 to examples - 1 in a new order, cut into batches: one epoch. The last may be smaller."""
    order = rng.permutation(examples)
    return [order[start : start + batch_size] for start in range(0, examples, batch_size)]


def fit(network, x, y_true, *, optimiser, epochs, batch_size=32, rng, progress=None):
    """Train the network. It is changed."""
    loss_before, losses = network.loss(x, y_true), []
    memory = optimiser.start(network.flat)
    for epoch in range(epochs):
        for batch in mini_batches(len(x), batch_size, rng=rng):
            gradient = network.backward(network.forward(x[batch]), y_true[batch]).flat
            network.flat[:], memory = optimiser.step(network.flat, gradient, memory)
        losses.append(network.loss(x, y_true))
        if progress is not None:
            progress(epoch, losses[-1])
    return FitHistory(np.array(losses), loss_before)
