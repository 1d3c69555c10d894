"""Any number of layers: the nine letters of our network become tables of weights and rows of biases."""

import reprlib
from collections.abc import Mapping

import numpy as np

from pencilnet._checks import examples, generator, numbers, one_of
from pencilnet._layer_checks import chained, fit_together, kind_of_float, labels, largest_of, shapes
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
from pencilnet.records import BackwardPass, ForwardPass, by_name


class Network:
    r"""Layers of neurons, any number of them, each fed by the one before.

    $$\begin{aligned}
    Z_1 &= X W_1 + b_1 & A_1 &= f(Z_1) \\
    Z_2 &= A_1 W_2 + b_2 & A_2 &= f(Z_2) \qquad \dots
    \end{aligned}$$

    There is a row for each example in $X$, in each $Z$ and in each $A$, and a column for each neuron in each
    $W$: what feeds the neurons comes in rows, and what it is multiplied by stands in columns.

    All numbers that training changes stand in one row, `flat`. The arrays in `weights` and `biases` are views
    into it: `network.flat -= 0.1 * gradient.flat` changes them, and `network.weights[0][:] = 1` changes it.
    The `[:]` matters: without it Python also puts an array into the tuple, and refuses. By then a `-=` has
    changed the numbers.

    Args:
        sizes: How many inputs there are, and how many neurons in each layer: `[2, 2, 1]` for the network of
            Part I.
        rng: What draws the starting weights: `np.random.default_rng(seed)`. It has no default. The biases
            start at 0.
        activation: What the hidden neurons do with their sums, a name in `ACTIVATIONS`.
        output: What the last layer does with its sums: a name in `ACTIVATIONS`, or `"softmax"`.
        loss: What `loss` and `backward` measure, as a mean over the examples: `"mse"`, or `"cross_entropy"`,
            which needs the output `"softmax"`, one answer of many, or `"sigmoid"`, a yes or no for each.
        initialiser: How the weights are drawn, a name in `INITIALISERS`.
        dtype: What the numbers are kept and calculated in, `float` (float64) or `np.float32`.

    Attributes:
        weights: For each layer an array of shape (inputs of the layer, neurons), in a tuple.
        biases: For each layer an array of shape (neurons,), in a tuple.
        flat: All of them in one row, each layer's weights before its biases. It can be set.
        activation: The name that was given; so too `output`.
        loss_name: The name of the loss.
        dtype: The kind of its floats, `np.dtype("float64")` or `np.dtype("float32")`.

    Raises:
        ValueError: If there are fewer than two sizes, or one is not a whole number above 0, if a name is not
            known, if loss and output do not go together, or if `rng` cannot draw numbers.

    Source:
        Rumelhart, Hinton and Williams, "Learning representations by back-propagating errors", Nature 323
        (1986). With a row for each example: Goodfellow, Bengio and Courville, "Deep Learning", chapter 6.

    Examples:
        >>> network = Network([3, 5, 4, 2], rng=np.random.default_rng(1))
        >>> network
        <Network 3-5-4-2, activation sigmoid, output sigmoid, loss mse, float64, 54 parameters>
        >>> [w.shape for w in network.weights]
        [(3, 5), (5, 4), (4, 2)]
        >>> network.feedforward(np.zeros((8, 3))).shape
        (8, 2)
    """

    __slots__ = ("activation", "biases", "dtype", "flat", "loss_name", "output", "weights")

    def __init__(self, sizes, *, rng, activation="sigmoid", output="sigmoid", loss="mse",
                 initialiser="standard_normal", dtype=float):  # fmt: skip
        """Draw the weights, and set the biases to 0."""
        tables = shapes(sizes)
        draw = INITIALISERS[one_of(initialiser, "initialiser", INITIALISERS)]
        fit_together(activation, output, loss)
        dtype = kind_of_float(dtype)
        generator(rng)
        weights = [draw(inputs, neurons, rng=rng) for inputs, neurons in tables]
        biases = [np.zeros(neurons) for _, neurons in tables]
        self._become(weights, biases, activation, output, loss, dtype)

    @classmethod
    def from_parameters(
        cls, weights, biases, *, activation="sigmoid", output="sigmoid", loss="mse", dtype=float
    ):
        """A network with the weights and biases that you give. They are copied.

        Args:
            weights: One table for each layer, shape (inputs of the layer, neurons).
            biases: One row for each layer, shape (neurons,).
            activation: As for a `Network`; so too `output`, `loss` and `dtype`.
            output: What the last layer does with its sums.
            loss: What is measured.
            dtype: The kind of floats.

        Returns:
            A new `Network`.

        Raises:
            ValueError: If they do not fit each other, if one holds anything but ordinary numbers, or if a
                name is not known.

        Examples:
            >>> worked = Network.from_parameters(
            ...     weights=[[[0, 0], [1, 1]], [[0], [1]]],
            ...     biases=[[0, 0], [0]],
            ... )
            >>> worked.feedforward([2, 3])
            array([0.72163256])
        """
        fit_together(activation, output, loss)
        network = cls.__new__(cls)
        network._become(weights, biases, activation, output, loss, dtype)
        return network

    def _become(self, weights, biases, activation, output, loss, dtype):
        """Check the arrays, lay them in one row, and keep views into it, and the names."""
        dtype = kind_of_float(dtype)
        weights, biases = chained(weights, biases, largest_of(dtype))
        flat = np.concatenate([part.ravel() for part in by_name(weights, biases).values()]).astype(dtype)
        views, start = [], 0
        for part in by_name(weights, biases).values():
            views.append(flat[start : start + part.size].reshape(part.shape))
            start += part.size
        kept = {"weights": tuple(views[0::2]), "biases": tuple(views[1::2]), "flat": flat, "dtype": dtype}
        kept |= {"activation": activation, "output": output, "loss_name": loss}
        for name, value in kept.items():
            super().__setattr__(name, value)

    def __setattr__(self, name, values):
        """Give all parameters new values in place. Nothing else can be set."""
        if name != "flat":
            raise AttributeError(f"{name} cannot be set; network.flat and network.weights[0][:] can")
        if values is not self.flat:  # as it is after network.flat -= ...
            values = numbers(values, "flat", largest_of(self.dtype))
            if values.shape != self.flat.shape:
                raise ValueError(f"flat has the shape {self.flat.shape}, but gets {values.shape}")
            self.flat[:] = values

    @property
    def sizes(self):
        """How many inputs there are, and how many neurons in each layer, in a list."""
        return [len(self.weights[0]), *[len(b) for b in self.biases]]

    @property
    def parameters(self):
        """A copy of every array by its name: `weights[0]`, `biases[0]`, `weights[1]`, and so on."""
        return {name: part.copy() for name, part in by_name(self.weights, self.biases).items()}

    def with_parameters(self, parameters):
        """Another network of the same kind, in which some arrays have new values.

        It makes any network a function of its parameters, which is what `check_gradient` asks for.

        Args:
            parameters: Arrays by name, as in `parameters`. What is not named stays as it is.

        Returns:
            A new `Network`. This one is not changed.

        Raises:
            ValueError: If the network has no array of that name or shape, or a value is not an ordinary
                number.

        Examples:
            >>> from pencilnet import check_gradient
            >>> network = Network([2, 3, 3, 1], rng=np.random.default_rng(1))
            >>> x, y_true = [[-2, -1], [25, 6]], [[1], [0]]
            >>> def loss(parameters):
            ...     return network.with_parameters(parameters).loss(x, y_true)
            >>> gradient = network.backward(network.forward(x), y_true)
            >>> print(check_gradient(loss, gradient.partials, network.parameters))
            passed: 25 of 25 derivatives agree, relative error at most 1e-06
        """
        if not isinstance(parameters, Mapping):
            raise ValueError(f"parameters must be arrays by name, but it is {reprlib.repr(parameters)}")
        ours = self.parameters
        for name, part in parameters.items():
            if name not in ours:
                raise ValueError(f"the network has the parameters {', '.join(ours)}, but no {name}")
            part = numbers(part, name)
            if part.shape != ours[name].shape:
                raise ValueError(f"{name} has the shape {ours[name].shape}, but gets {part.shape}")
            ours[name] = part
        parts = list(ours.values())
        return self.from_parameters(parts[0::2], parts[1::2], **self._kind())

    def copy(self):
        """Another network with the same parameters. From then on each goes its own way."""
        return self.from_parameters(self.weights, self.biases, **self._kind())

    def _kind(self):
        """What `from_parameters` takes besides the parameters."""
        return {"activation": self.activation, "output": self.output, "loss": self.loss_name,
                "dtype": self.dtype}  # fmt: skip

    def __reduce__(self):
        """How Python copies and pickles it: what is made anew has its own views into its own row."""
        return _made, (type(self), self.weights, self.biases, self._kind())

    def __repr__(self):
        """What kind of network it is, in one line."""
        sizes = "-".join(map(str, self.sizes))
        return (f"<Network {sizes}, activation {self.activation}, output {self.output}, "
                f"loss {self.loss_name}, {self.dtype}, {self.flat.size} parameters>")  # fmt: skip

    def feedforward(self, x):
        """The network's predictions for one example or for many.

        Args:
            x: One example, shape (inputs,), or many, shape (examples, inputs).

        Returns:
            An array of shape (outputs,) for one example, (examples, outputs) for many.

        Raises:
            ValueError: If an example has more or fewer inputs than the network takes, or holds anything but
                ordinary numbers.

        Examples:
            >>> ones = Network.from_parameters([[[1, 1], [1, 1]], [[1], [1]]], [[0, 0], [0]])
            >>> ones.feedforward([[-2, -1], [25, 6]])
            array([[0.52369517],
                   [0.88079708]])
        """
        y_pred = self.forward(x).y_pred
        return y_pred[0] if np.ndim(x) == 1 else y_pred

    def forward(self, x):
        """The same predictions, with every number on the way to them.

        Args:
            x: One example, shape (inputs,), or many, shape (examples, inputs). One is a batch of one.

        Returns:
            A `ForwardPass` record.

        Raises:
            ValueError: As `feedforward` does.

        Examples:
            >>> ones = Network.from_parameters([[[1, 1], [1, 1]], [[1], [1]]], [[0, 0], [0]])
            >>> forward = ones.forward([-2, -1])
            >>> forward.z[0], forward.y_pred
            (array([[-3., -3.]]), array([[0.52369517]]))
        """
        a = x = self._batch(x)
        sums, activations = [], []
        for layer, (w, b) in enumerate(zip(self.weights, self.biases, strict=True)):
            z = a @ w + b
            a = self._activate(layer, z)
            sums.append(z)
            activations.append(a)
        return ForwardPass(x, tuple(sums), tuple(activations))

    def backward(self, forward, y_true):
        r"""How the loss of a batch changes with every weight and bias, from the last layer back to the first.

        Each layer gets the slopes of the loss by its sums, $\partial L / \partial Z$, and makes of them

        $$\frac{\partial L}{\partial W} = A_{\text{before}}^T \, \frac{\partial L}{\partial Z} \qquad
        \frac{\partial L}{\partial b} = \text{the column sums of } \frac{\partial L}{\partial Z} \qquad
        \frac{\partial L}{\partial A_{\text{before}}} = \frac{\partial L}{\partial Z} \, W^T$$

        The last, times $f'$ of the sums before, is what the layer before gets.

        Args:
            forward: The record that `network.forward(x)` made, with the parameters that it has now.
            y_true: The labels, shape (examples, outputs). For one example also (outputs,). Where the output
                is softmax, also the numbers of the true classes, shape (examples,), as `cross_entropy` does.

        Returns:
            A `BackwardPass` record. The network is not changed.

        Raises:
            ValueError: If `forward` is no record of such a network, or the labels are of another shape than
                the predictions, even where NumPy would broadcast: (n,) against (n, 1).

        Source:
            The chain rule, as Part I takes it, for all neurons of a layer and all examples at once.

        Examples:
            >>> ones = Network.from_parameters([[[1, 1], [1, 1]], [[1], [1]]], [[0, 0], [0]])
            >>> gradient = ones.backward(ones.forward([-2, -1]), y_true=[1])
            >>> gradient.dL_dw[0].round(4)
            array([[0.0215, 0.0215],
                   [0.0107, 0.0107]])
        """
        self._recognise(forward)
        dL_dz = self._output_slopes(forward, y_true)
        before = (forward.x, *forward.a)  # what each layer was fed with
        dL_dzs, dL_dws, dL_dbs = [], [], []
        for layer in reversed(range(len(self.weights))):
            dL_dzs.insert(0, dL_dz)
            dL_dws.insert(0, before[layer].T @ dL_dz)
            dL_dbs.insert(0, dL_dz.sum(axis=0))
            if layer > 0:
                dL_da = dL_dz @ self.weights[layer].T
                dL_dz = dL_da * self._slope(layer - 1, forward)
        return BackwardPass(tuple(dL_dzs), tuple(dL_dws), tuple(dL_dbs))

    def loss(self, x, y_true):
        """How wrong the network is over the examples, as one number.

        Args:
            x: The examples, shape (examples, inputs), or one, shape (inputs,).
            y_true: Their labels, as for `backward`.

        Returns:
            A float, 0 or more: the mean over the examples. With `"mse"`, and with `"cross_entropy"` of a
            sigmoid, over all outputs of all examples.

        Raises:
            ValueError: As `feedforward` and `backward` do.

        Examples:
            >>> ones = Network.from_parameters([[[1, 1], [1, 1]], [[1], [1]]], [[0, 0], [0]])
            >>> round(ones.loss([[-2, -1]], [[1]]), 4)
            0.2269
        """
        forward = self.forward(x)
        y_true = labels(y_true, forward.y_pred, classes=self.output == "softmax")
        if self.loss_name == "mse":
            return mse_loss(y_true, forward.y_pred)
        of = cross_entropy if self.output == "softmax" else binary_cross_entropy
        return of(y_true, forward.z[-1])

    def _batch(self, x):
        """The examples, as floats of the network's kind, a row for each."""
        x = examples(x, self.sizes[0], "x", "the network takes", largest_of(self.dtype))
        return np.atleast_2d(x).astype(self.dtype, copy=False)

    def _activate(self, layer, z):
        """What a layer makes of its sums."""
        last = layer == len(self.weights) - 1
        name = self.output if last else self.activation
        function = softmax if name == "softmax" else ACTIVATIONS[name].function
        return function(z)

    def _slope(self, layer, forward):
        """How steep the activation of a layer is at its sums."""
        last = layer == len(self.weights) - 1
        derivative = ACTIVATIONS[self.output if last else self.activation].derivative
        return derivative(forward.z[layer])

    def _output_slopes(self, forward, y_true):
        """The slopes of the loss by the sums of the last layer."""
        z, y_pred = forward.z[-1], forward.y_pred
        y_true = labels(y_true, y_pred, classes=self.output == "softmax")
        if self.loss_name == "mse":
            slopes = mse_gradient(y_true, y_pred) * self._slope(len(self.weights) - 1, forward)
        elif self.output == "softmax":
            slopes = cross_entropy_gradient(y_true, z)
        else:
            slopes = binary_cross_entropy_gradient(y_true, z)
        return np.asarray(slopes, self.dtype)

    def _recognise(self, forward):
        """Refuse what is no record of a network of these sizes."""
        if not isinstance(forward, ForwardPass):
            what = reprlib.repr(forward)
            raise ValueError(f"forward must be a record made by network.forward(x), but it is {what}")
        sizes = [part.shape[1] for part in (forward.x, *forward.z)]
        if sizes != self.sizes:
            raise ValueError(f"forward was made by a network of sizes {sizes}, but this one has {self.sizes}")


def _made(cls, weights, biases, kind):
    return cls.from_parameters(weights, biases, **kind)
