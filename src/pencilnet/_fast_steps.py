"""The optimisers' steps once more, in place, for speed. `_fast` runs them."""

import math
from functools import partial
from itertools import count

import numpy as np

from pencilnet._stepping import rate_at, step_of
from pencilnet.optimisers import SGD, Adam, AdamW


def in_place(optimiser, flat, gradient):
    """How to step in place.

    Returns:
        A number that the whole gradient is wanted multiplied by, and a function without arguments that
        changes `flat` as the optimiser would, by what stands in `gradient`. It may overwrite that.
    """
    if (
        type(optimiser) is SGD
        and not callable(rate := optimiser.learning_rate)
        and optimiser == SGD(learning_rate=rate)
    ):
        return rate, partial(np.subtract, flat, gradient, flat)
    makers = {SGD: _sgd, Adam: _adam, AdamW: _adam}
    return 1, makers.get(type(optimiser), _any)(optimiser, flat, gradient)


def _sgd(sgd, w, g):
    v, scratch = np.zeros_like(w), np.empty_like(w)
    steps = count()

    def step():
        rate = rate_at(sgd.learning_rate, next(steps))
        if sgd.weight_decay:
            np.multiply(w, sgd.weight_decay, scratch)
            np.add(g, scratch, g)
        np.multiply(v, sgd.momentum, v)
        np.add(v, g, v)
        if sgd.nesterov:
            np.multiply(v, sgd.momentum * rate, scratch)
            np.subtract(w, scratch, w)
            np.multiply(g, rate, scratch)
        else:
            np.multiply(v, rate, scratch)
        np.subtract(w, scratch, w)

    return step


def _adam(adam, w, g):
    """With the means m and s divided by 1 - beta, which spares two calls: here they are plain sums."""
    m, s, scratch = np.zeros((3, *w.shape), w.dtype)
    steps = count()

    def step():
        steps_before = next(steps)
        rate, t = rate_at(adam.learning_rate, steps_before), steps_before + 1
        of_m = (1 - adam.beta_1) / (1 - adam.beta_1**t)  # makes m_hat of the sum m
        of_root = math.sqrt((1 - adam.beta_2) / (1 - adam.beta_2**t))
        if adam.weight_decay and type(adam) is Adam:
            np.multiply(w, adam.weight_decay, scratch)
            np.add(g, scratch, g)
        elif adam.weight_decay:
            np.multiply(w, 1 - rate * adam.weight_decay, w)
        np.multiply(m, adam.beta_1, m)
        np.add(m, g, m)
        np.multiply(s, adam.beta_2, s)
        np.multiply(g, g, g)
        np.add(s, g, s)
        np.sqrt(s, scratch)
        np.add(scratch, adam.epsilon / of_root, scratch)
        np.divide(m, scratch, scratch)
        np.multiply(scratch, rate * of_m / of_root, scratch)
        np.subtract(w, scratch, w)

    return step


def _any(optimiser, w, g):
    """Whatever has `start` and `step`. It is given copies, for it may keep them."""
    memory = optimiser.start(w.copy())

    def step():
        nonlocal memory
        w[:], memory = step_of(optimiser, w.copy(), g.copy(), memory)

    return step
