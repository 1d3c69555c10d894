"""Our network: two inputs, two hidden neurons, one output neuron, nine parameters."""

from pencilnet._checks import examples, number, numbers, one_example
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

    Args:
        rng: Where the nine starting values come from, drawn from a standard normal distribution in the order
            w1 to w6, b1 to b3: `np.random.default_rng(seed)` or `np.random.RandomState(seed)`.

    Raises:
        ValueError: If `rng` cannot draw normal numbers.

    Examples:
        >>> import numpy as np
        >>> network = OurNeuralNetwork(rng=np.random.RandomState(44))
        >>> round(network.w1, 4)
        -0.7506
    """

    __slots__ = PARAMETERS

    def __init__(self, *, rng):
        if not hasattr(rng, "normal"):
            raise ValueError(f"rng must be a random generator, such as np.random.default_rng(44), but it is {rng!r}")
        self.set_parameters(**dict(zip(PARAMETERS, rng.normal(size=9))))

    @classmethod
    def from_parameters(cls, *, w1, w2, w3, w4, w5, w6, b1, b2, b3):
        """A network with the nine values you give."""
        network = cls.__new__(cls)
        network.set_parameters(w1=w1, w2=w2, w3=w3, w4=w4, w5=w5, w6=w6, b1=b1, b2=b2, b3=b3)
        return network

    def __setattr__(self, name, value):
        if name not in PARAMETERS:
            raise AttributeError(f"the network has the parameters {', '.join(PARAMETERS)}, but no {name}")
        super().__setattr__(name, number(value, name))

    def set_parameters(self, **values):
        checked = {name: number(value, name) for name, value in values.items()}
        for name, value in checked.items():
            setattr(self, name, value)

    @property
    def parameters(self):
        """The nine parameters, from name to float, w1 to w6 and then b1 to b3. A copy: changing it changes nothing."""
        return {name: getattr(self, name) for name in PARAMETERS}

    def copy(self):
        """Another network with the same parameters."""
        return self.from_parameters(**self.parameters)

    def __repr__(self):
        values = ", ".join(f"{name}={value}" for name, value in self.parameters.items())
        return f"OurNeuralNetwork.from_parameters({values})"

    def feedforward(self, x):
        x = examples(x, 2, "x", "the network takes 2")
        x1, x2 = x.T if x.ndim == 2 else x.tolist()
        h1 = sigmoid(self.w1 * x1 + self.w2 * x2 + self.b1)
        h2 = sigmoid(self.w3 * x1 + self.w4 * x2 + self.b2)
        return sigmoid(self.w5 * h1 + self.w6 * h2 + self.b3)

    def forward(self, x):
        x1, x2 = one_example(x, 2, "x", "the network takes 2")
        z_h1 = self.w1 * x1 + self.w2 * x2 + self.b1
        h1 = sigmoid(z_h1)
        z_h2 = self.w3 * x1 + self.w4 * x2 + self.b2
        h2 = sigmoid(z_h2)
        z_o1 = self.w5 * h1 + self.w6 * h2 + self.b3
        o1 = sigmoid(z_o1)
        return Forward(x1, x2, z_h1, h1, z_h2, h2, z_o1, o1)

    # The next chapters' methods, each in the module of its chapter.
    backward = backward
    step = step
    train = train
