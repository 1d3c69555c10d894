"""The equations of `Network.forward`, `Network.backward` and an optimiser's step once more, for speed.

`fit` runs these. The network is turned into lists of NumPy calls, each of which writes into an array that was
made beforehand; a step goes through the lists. What makes it quick:

- Features come first: a batch has the shape (neurons, examples), so that sums over neurons add whole rows.
- A bias is one more weight, for an input that is always 1. In `Network.flat` the biases of a layer stand
  below its weights anyway, so one product gives the sums, and one the slopes of both.
- That needs a column of ones beside the examples, and a copy of them all. Where they are too many for that,
  the first layer's biases are added apart.
- What multiplies every slope, such as 1 / n, is put into the small array of the last layer.
- Shuffled examples are fetched for several batches at once, always into the same places, so that a step's
  calls can be listed for each place beforehand.
- Sums over the examples are products with a row of ones: for so few numbers a product is the quicker call.
"""

from functools import partial

import numpy as np

from pencilnet._fast_steps import in_place
from pencilnet.activations import ACTIVATIONS

FETCHED = 2**19
"""How many bytes of shuffled examples are fetched at once, unless a single batch has more."""

COPIED = 2**19
"""How many bytes examples may have to be copied, with a column of ones beside them."""

AT_ONCE = 64
"""How many batches are fetched at once, at most: each place has its own list of calls."""

CHUNK = 512
"""How many examples go forward together where only their loss is wanted."""


class FastTraining:
    """A `Network` in training, its parameters in an array of its own: `fitting.PlainTraining`, but faster."""

    def __init__(self, network, optimiser, batch_size):
        """Start from the parameters of the network, which is not changed."""
        self.network, self.batch_size = network, batch_size
        self.flat, self.gradient = network.flat.copy(), np.empty_like(network.flat)
        self.weights, self.slopes = _layers(network, self.flat), _layers(network, self.gradient)
        self.factor, self.update = in_place(optimiser, self.flat, self.gradient)
        self.batches = {}

    def prepared(self, x, y_true):
        """Examples as `one_epoch` and `loss` take them: a few with a column of ones beside them."""
        x, y_true = (np.asarray(part, self.flat.dtype) for part in (x, y_true))
        return np.column_stack([x, np.ones(len(x), x.dtype)]) if x.nbytes <= COPIED else x, y_true

    def one_epoch(self, examples, order):
        """One step for each batch of the examples, taken in this order."""
        whole = len(order) - len(order) % self.batch_size
        with np.errstate(all="ignore"):  # what runs away is refused by `fit`
            self._steps(examples, order[:whole], self.batch_size)
            self._steps(examples, order[whole:], len(order) - whole)

    def loss(self, examples):
        """The mean loss over all the examples."""
        x, y_true = examples
        total = 0.0
        with np.errstate(all="ignore"):
            for start in range(0, len(x), CHUNK):
                chunk = x[start : start + CHUNK]
                total += self._batch(len(chunk)).loss(chunk, y_true[start : start + CHUNK].T)
        return total / (len(x) if self.network.output == "softmax" else y_true.size)

    def _steps(self, examples, order, size):
        if len(order) == 0:
            return
        for calls in self._batch(size).fetched(*examples, order):
            for call in calls:
                call()

    def _batch(self, size):
        """The arrays and calls for batches of this size, made when one is first needed."""
        if size not in self.batches:
            self.batches[size] = _Batch(self, size)
        return self.batches[size]


class _Batch:
    """The arrays for batches of one size, and the calls between them."""

    def __init__(self, training, size):
        network, weights, slopes = training.network, training.weights, training.slopes
        dtype, outputs = training.flat.dtype, len(network.biases[-1])
        self.kind = "mse" if network.loss_name == "mse" else network.output
        self.size, self.update = size, training.update
        self.weights, self.slopes = weights[0], slopes[0]  # the first layer's

        # What each later layer is fed with: activations, and under them a row of ones.
        fed = [np.ones((w.shape[1] + 1, size), dtype) for w in weights[:-1]]
        sums = [*(below[:-1] for below in fed), np.empty((outputs, size), dtype)]
        hidden = [_activation(network.activation, a) for a in sums[:-1]]
        self.first, self.last = sums[0], sums[-1]

        self.forward = []
        for below, w, z, (activate, _, _) in zip(fed, weights[1:], sums[1:], hidden, strict=True):
            self.forward += [*activate, partial(np.dot, w.T, below, z)]

        self.factor = training.factor / size
        self.answer, to_labels, self.backward = self._output(network, outputs)
        self.to_labels = [*self.forward, *self.answer, *to_labels]
        dL_dz = self.last
        for layer in reversed(range(1, len(weights))):
            _, measure, slope = hidden[layer - 1]
            dL_da = np.empty_like(sums[layer - 1])
            self.backward += [
                partial(np.dot, fed[layer - 1], dL_dz.T, slopes[layer]),
                partial(np.dot, weights[layer][:-1], dL_dz, dL_da),
                *measure,
            ]
            if slope is not None:
                self.backward.append(partial(np.multiply, dL_da, slope, dL_da))
            dL_dz = dL_da
        self.dL_dz, self.ones, self.block = dL_dz, np.ones(size, dtype), None

    def _output(self, network, outputs):
        """Calls from sums to predictions; to where the labels are taken off; and to slopes after that."""
        z = self.last
        if self.kind == "softmax":
            largest, total = np.empty((2, self.size), z.dtype)
            inverse = np.full(outputs, 1 / self.factor, z.dtype)
            powers = [
                partial(np.maximum.reduce, z, 0, None, largest),
                partial(np.subtract, z, largest, z),
                partial(np.exp, z, z),
                partial(np.dot, inverse, z, total),
                partial(np.divide, z, total, z),
            ]
            return powers, [], []
        answer, measure, slope = _activation(network.output, z)
        if self.kind == "mse":
            self.factor *= 2 / outputs
        else:
            self.factor /= outputs
            measure, slope = [], None
        times = [] if slope is None else [partial(np.multiply, z, slope, z)]
        return answer, [*measure, partial(np.multiply, z, self.factor, z)], times

    def _sums(self, x):
        """The calls for the sums of the first layer; x of shape (examples, inputs), or inputs and a 1."""
        inputs = x.shape[1]
        product = partial(np.dot, self.weights[:inputs].T, x.T, self.first)
        if inputs == len(self.weights):
            return [product]
        return [product, partial(np.add, self.first, self.weights[inputs:].T, self.first)]

    def _slopes(self, x):
        """The calls for the slopes of the first layer."""
        inputs = x.shape[1]
        product = partial(np.dot, x.T, self.dL_dz.T, self.slopes[:inputs])
        if inputs == len(self.slopes):
            return [product]
        return [partial(np.dot, self.dL_dz, self.ones, self.slopes[inputs]), product]

    def step(self, x, y_true):
        """The calls of a step: x as `prepared`, y_true of shape (outputs, examples), scaled."""
        return [
            *self._sums(x),
            *self.to_labels,
            partial(np.subtract, self.last, y_true, self.last),
            *self.backward,
            *self._slopes(x),
            self.update,
        ]

    def loss(self, x, y_true):
        """The losses of the examples, added up; y_true of shape (outputs, examples)."""
        for call in [*self._sums(x), *self.forward]:
            call()
        z = self.last
        if self.kind == "softmax":
            z -= z.max(axis=0)
            losses = y_true * (np.log(np.exp(z).sum(axis=0)) - z)
        elif self.kind == "mse":
            for call in self.answer:
                call()
            losses = (y_true - z) ** 2
        else:
            losses = np.logaddexp(0, z) - y_true * z
        return float(losses.sum(dtype=float))

    def fetched(self, x, y_true, order):
        """The calls of a step for each batch in this order, once its examples have been fetched."""
        size, outputs = self.size, y_true.shape[1]
        if self.block is None:
            bytes_of_a_batch = size * (x.shape[1] + outputs) * x.itemsize
            count = max(1, min(len(order) // size, FETCHED // bytes_of_a_batch, AT_ONCE))
            rows, labels = (np.empty((count * size, part.shape[1]), x.dtype) for part in (x, y_true))
            turned = np.empty((count, outputs, size), x.dtype)
            places = zip(rows.reshape(count, size, -1), turned, strict=True)
            self.block = rows, labels, turned, [self.step(*place) for place in places]
        rows, labels, turned, steps = self.block
        for start in range(0, len(order), len(rows)):
            part = order[start : start + len(rows)]
            count = len(part) // size
            np.take(x, part, axis=0, out=rows[: len(part)], mode="clip")
            np.take(y_true, part, axis=0, out=labels[: len(part)], mode="clip")
            by_batch = labels[: len(part)].reshape(count, size, outputs)
            np.multiply(by_batch.transpose(0, 2, 1), self.factor, out=turned[:count])
            yield from steps[:count]


def _layers(network, flat):
    """The weights of each layer with its biases as their last row: views into `flat`."""
    layers, start = [], 0
    for w in network.weights:
        rows, neurons = len(w) + 1, w.shape[1]
        layers.append(flat[start : start + rows * neurons].reshape(rows, neurons))
        start += rows * neurons
    return layers


def _activation(name, a):
    """Calls that make activations of sums, in place; calls that then find the slopes; where those stand."""
    slope = np.empty_like(a)
    if name == "relu":
        zeros, slope = np.zeros_like(a), np.empty(a.shape, bool)  # against an array is quicker than against 0
        activate = [partial(np.maximum, a, zeros, out=a)]
        measure = [partial(np.greater, a, zeros, slope)]
    elif name == "tanh":
        activate = [partial(np.tanh, a, a)]
        measure = [partial(np.multiply, a, a, slope), partial(np.subtract, 1, slope, slope)]
    elif name == "sigmoid":
        power = [partial(np.negative, a, a), partial(np.exp, a, a)]
        activate = [*power, partial(np.add, a, 1, a), partial(np.reciprocal, a, a)]
        measure = [partial(np.subtract, 1, a, slope), partial(np.multiply, a, slope, slope)]
    elif name == "identity":
        activate, measure, slope = [], [], None
    else:
        z, (function, derivative) = np.empty_like(a), ACTIVATIONS[name]
        activate = [partial(np.copyto, z, a), partial(_put, a, function, z)]
        measure = [partial(_put, slope, derivative, z)]
    return activate, measure, slope


def _put(into, function, z):
    into[:] = function(z)
