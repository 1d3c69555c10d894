"""Our network: two inputs, two hidden neurons, one output neuron, and so nine parameters."""

from pencilnet._checks import examples, generator, number
from pencilnet.backpropagation import backward
from pencilnet.descent import step, train
from pencilnet.neuron import sigmoid
from pencilnet.records import Forward

PARAMETERS = ("w1", "w2", "w3", "w4", "w5", "w6", "b1", "b2", "b3")


class OurNeuralNetwork:
    r"""Two inputs, one hidden layer of two neurons, one output neuron.

    $$\begin{aligned}
    h_1 &= f(w_1 x_1 + w_2 x_2 + b_1) \\
    h_2 &= f(w_3 x_1 + w_4 x_2 + b_2) \\
    o_1 &= f(w_5 h_1 + w_6 h_2 + b_3)
    \end{aligned}$$

    The nine parameters `w1` to `w6` and `b1` to `b3` are floats. Each can be read and set by its name.

    Args:
        rng: What draws the nine starting values from a standard normal distribution, w1 to w6 and then
            b1 to b3: `np.random.default_rng(seed)` or `np.random.RandomState(seed)`. It has no default,
            so that no network is random by accident. `from_parameters` takes the values themselves.

    Raises:
        ValueError: If `rng` cannot draw normal numbers.

    Examples:
        >>> import numpy as np
        >>> network = OurNeuralNetwork(rng=np.random.RandomState(44))
        >>> round(network.w1, 4)
        -0.7506
        >>> network.w1 = 1
        >>> network.w1
        1.0
    """

    __slots__ = PARAMETERS

    def __init__(self, *, rng):
        """Draw the nine parameters."""
        draw = generator(rng).normal
        self.set_parameters(**{name: draw() for name in PARAMETERS})

    @classmethod
    def from_parameters(cls, *, w1, w2, w3, w4, w5, w6, b1, b2, b3):
        """A network with the nine values you give.

        Args:
            w1: The weight of x1 in h1, a number, as all of these are.
            w2: The weight of x2 in h1.
            w3: The weight of x1 in h2.
            w4: The weight of x2 in h2.
            w5: The weight of h1 in o1.
            w6: The weight of h2 in o1.
            b1: The bias of h1.
            b2: The bias of h2.
            b3: The bias of o1.

        Returns:
            A new `OurNeuralNetwork`.

        Raises:
            ValueError: If a value is not an ordinary number.

        Examples:
            >>> ours = OurNeuralNetwork.from_parameters(w1=0, w2=1, w3=0, w4=1, w5=0, w6=1, b1=0, b2=0, b3=0)
            >>> ours.feedforward([2, 3])
            0.7216325609518421
        """
        network = cls.__new__(cls)
        network.set_parameters(w1=w1, w2=w2, w3=w3, w4=w4, w5=w5, w6=w6, b1=b1, b2=b2, b3=b3)
        return network

    def set_parameters(self, **values):
        """Give some of the parameters new values: all of them, or, if one is refused, none.

        Args:
            values: Numbers by parameter name.

        Raises:
            ValueError: If a value is not an ordinary number.
            AttributeError: If the network has no parameter of that name.

        Examples:
            >>> ours = OurNeuralNetwork.from_parameters(w1=0, w2=1, w3=0, w4=1, w5=0, w6=1, b1=0, b2=0, b3=0)
            >>> ours.set_parameters(w1=2, b3=-1)
            >>> ours.w1, ours.w2, ours.b3
            (2.0, 1.0, -1.0)
        """
        checked = {name: _parameter(name, value) for name, value in values.items()}
        for name, value in checked.items():
            super().__setattr__(name, value)

    def __setattr__(self, name, value):
        """Set one parameter; what does not fit is refused."""
        self.set_parameters(**{name: value})

    @property
    def parameters(self):
        """The nine values by name, w1 to w6 and then b1 to b3, in a dictionary of their own."""
        return {name: getattr(self, name) for name in PARAMETERS}

    def copy(self):
        """Another network with the same parameters. From then on each goes its own way."""
        return self.from_parameters(**self.parameters)

    def __repr__(self):
        """The code that makes such a network."""
        values = ", ".join(f"{name}={value}" for name, value in self.parameters.items())
        return f"OurNeuralNetwork.from_parameters({values})"

    def feedforward(self, x):
        """The network's prediction for one example or for many.

        Args:
            x: One example, shape (2,), or many, shape (examples, 2).

        Returns:
            A float for one example, an array of shape (examples,) for many. Each lies between 0 and 1.

        Raises:
            ValueError: If an example does not have 2 inputs, or holds anything but ordinary numbers.

        Examples:
            >>> ours = OurNeuralNetwork.from_parameters(w1=0, w2=1, w3=0, w4=1, w5=0, w6=1, b1=0, b2=0, b3=0)
            >>> ours.feedforward([[2, 3], [2, 1000]])
            array([0.72163256, 0.73105858])
        """
        x = examples(x, 2, "x", "the network takes")
        x1, x2 = x.tolist() if x.ndim == 1 else x.T  # two floats, or two columns
        h1 = sigmoid(self.w1 * x1 + self.w2 * x2 + self.b1)
        h2 = sigmoid(self.w3 * x1 + self.w4 * x2 + self.b2)
        return sigmoid(self.w5 * h1 + self.w6 * h2 + self.b3)

    def forward(self, x):
        """The same prediction for one example, with every number on the way to it.

        Args:
            x: One example, shape (2,).

        Returns:
            A `Forward` record.

        Raises:
            ValueError: If `x` is not one example of 2 ordinary numbers.

        Examples:
            >>> ours = OurNeuralNetwork.from_parameters(w1=0, w2=1, w3=0, w4=1, w5=0, w6=1, b1=0, b2=0, b3=0)
            >>> forward = ours.forward([2, 3])
            >>> forward.z_h1, forward.h1, forward.y_pred
            (3.0, 0.9525741268224334, 0.7216325609518421)
        """
        x1, x2 = _one_example(x)

        z_h1 = self.w1 * x1 + self.w2 * x2 + self.b1
        h1 = sigmoid(z_h1)

        z_h2 = self.w3 * x1 + self.w4 * x2 + self.b2
        h2 = sigmoid(z_h2)

        z_o1 = self.w5 * h1 + self.w6 * h2 + self.b3
        o1 = sigmoid(z_o1)

        return Forward(x1, x2, z_h1, h1, z_h2, h2, z_o1, o1)

    # Told in the chapters that follow, each in a module of its own.
    backward = backward
    step = step
    train = train


def _parameter(name, value):
    if name not in PARAMETERS:
        raise AttributeError(f"the network has the parameters {', '.join(PARAMETERS)}, but no {name}")
    return number(value, name)


def _one_example(x):
    x = examples(x, 2, "x", "the network takes")
    if x.ndim != 1:
        raise ValueError(f"x must be one example, (2,), but its shape is {x.shape}")
    return x.tolist()
