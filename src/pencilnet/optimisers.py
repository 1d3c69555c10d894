"""How a gradient becomes a step: plain descent, and what remembers earlier gradients.

Each optimiser is a handful of fixed numbers and two pure functions. `start(parameters)` gives its memory
before the first step; `step(parameters, gradient, memory)` gives the next parameters and the next memory.
Nothing is kept anywhere else and nothing that comes in is changed. Every entry is treated by itself, so the
parameters may be an array of any shape: one network's, or many networks' with a row for each.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from pencilnet._checks import at_least_zero, below_one, positive, yes_or_no
from pencilnet._stepping import checked, floats, rate_at, rate_or_schedule, stepped


class SGDMemory(NamedTuple):
    """What `SGD` remembers.

    Attributes:
        velocity: The gradients so far, each the smaller the longer ago, shaped like the parameters.
        steps: How many steps were taken, which is the number of the next.
    """

    velocity: np.ndarray
    steps: int


class RMSPropMemory(NamedTuple):
    """What `RMSProp` remembers.

    Attributes:
        mean_square: A running mean of the squared gradients, shaped like the parameters.
        steps: How many steps were taken, which is the number of the next.
    """

    mean_square: np.ndarray
    steps: int


class AdamMemory(NamedTuple):
    """What `Adam` and `AdamW` remember.

    Attributes:
        mean: A running mean of the gradients, shaped like the parameters. It starts at 0.
        mean_square: A running mean of the squared gradients, shaped likewise. It starts at 0.
        steps: How many steps were taken, which is the number of the next.
    """

    mean: np.ndarray
    mean_square: np.ndarray
    steps: int


@dataclass(frozen=True, kw_only=True)
class SGD:
    r"""Stochastic gradient descent: against the gradient, as far as the learning rate says.

    $$\begin{aligned}
    g &\leftarrow g + \lambda w \\
    v &\leftarrow \mu v + g \\
    w &\leftarrow w - \eta v \quad \text{or, after Nesterov,} \quad w \leftarrow w - \eta (g + \mu v)
    \end{aligned}$$

    Without momentum and weight decay that is $w \leftarrow w - \eta g$, the step of the book's first part.

    Args:
        learning_rate: How far a step goes, $\eta$: a number greater than 0, or a schedule, a function that is
            given the number of the step, 0 for the first.
        momentum: How much of the velocity is left at the next step, $\mu$, from 0 up to but not including 1.
        nesterov: Whether to look one step of momentum ahead. Needs momentum.
        weight_decay: How strongly each parameter is pulled to 0, $\lambda$, at least 0.

    Raises:
        ValueError: If an argument is none of the above.

    Source:
        Momentum: Polyak, "Some methods of speeding up the convergence of iteration methods", 1964. Nesterov's
        in this form: Sutskever, Martens, Dahl and Hinton, "On the importance of initialization and momentum
        in deep learning", 2013. The equations are those of `torch.optim.SGD`.

    Examples:
        >>> sgd = SGD(learning_rate=0.1, momentum=0.9)
        >>> w, memory = sgd.step(np.array([1.0]), np.array([2.0]), sgd.start(np.array([1.0])))
        >>> w, memory.velocity
        (array([0.8]), array([2.]))
        >>> w, memory = sgd.step(w, np.array([2.0]), memory)
        >>> w.round(6), memory.velocity
        (array([0.42]), array([3.8]))
    """

    learning_rate: float | Callable = 0.1
    momentum: float = 0.0
    nesterov: bool = False
    weight_decay: float = 0.0
    remembers = SGDMemory

    def __post_init__(self):
        """Refuse what no step can be taken with."""
        checked(
            self,
            learning_rate=rate_or_schedule,
            momentum=below_one,
            nesterov=yes_or_no,
            weight_decay=at_least_zero,
        )
        if self.nesterov and self.momentum == 0:
            raise ValueError("nesterov needs a momentum greater than 0, but it is 0.0")

    def start(self, parameters):
        """What it remembers before the first step: no velocity."""
        return SGDMemory(np.zeros_like(floats(parameters, "parameters")), 0)

    def step(self, parameters, gradient, memory):
        """The next parameters and the next memory. Nothing that comes in is changed.

        Args:
            parameters: An array of any shape.
            gradient: The slope of the loss by each parameter, an array of the same shape.
            memory: What `start` or the last `step` gave back.

        Raises:
            ValueError: If the three do not fit each other, or the schedule gives no learning rate.
        """
        w, g, (v, steps) = stepped(self, parameters, gradient, memory)
        rate = rate_at(self.learning_rate, steps)
        g = g + self.weight_decay * w
        v = self.momentum * v + g
        move = g + self.momentum * v if self.nesterov else v
        return w - rate * move, SGDMemory(v, steps + 1)


@dataclass(frozen=True, kw_only=True)
class RMSProp:
    r"""Every parameter with a step of its own: the gradient divided by its usual size.

    $$\begin{aligned}
    s &\leftarrow \alpha s + (1 - \alpha) g^2 \\
    w &\leftarrow w - \eta \, \frac{g}{\sqrt{s} + \varepsilon}
    \end{aligned}$$

    Args:
        learning_rate: How far a step goes, $\eta$: a number greater than 0, or a schedule, a function that is
            given the number of the step, 0 for the first.
        alpha: How much of the mean square is left at the next step, $\alpha$, from 0 up to but not
            including 1.
        epsilon: What keeps the division from one by 0, $\varepsilon$, greater than 0.

    Raises:
        ValueError: If an argument is none of the above.

    Source:
        Tieleman and Hinton, lecture 6.5 of "Neural Networks for Machine Learning", 2012. The equations are
        those of `torch.optim.RMSprop`, which start with a mean square of 0, so that the first step is larger
        than the others: by a factor of 10, if $\alpha$ is 0.99.

    Examples:
        >>> rmsprop = RMSProp(learning_rate=0.01)
        >>> w = np.array([1.0, 1.0])
        >>> w, memory = rmsprop.step(w, np.array([100.0, -0.01]), rmsprop.start(w))
        >>> w.round(4)
        array([0.9, 1.1])
    """

    learning_rate: float | Callable = 0.01
    alpha: float = 0.99
    epsilon: float = 1e-8
    remembers = RMSPropMemory

    def __post_init__(self):
        """Refuse what no step can be taken with."""
        checked(self, learning_rate=rate_or_schedule, alpha=below_one, epsilon=positive)

    def start(self, parameters):
        """What it remembers before the first step: a mean square of 0."""
        return RMSPropMemory(np.zeros_like(floats(parameters, "parameters")), 0)

    def step(self, parameters, gradient, memory):
        """The next parameters and the next memory. Nothing that comes in is changed.

        Args:
            parameters: An array of any shape.
            gradient: The slope of the loss by each parameter, an array of the same shape.
            memory: What `start` or the last `step` gave back.

        Raises:
            ValueError: If the three do not fit each other, or the schedule gives no learning rate.
        """
        w, g, (s, steps) = stepped(self, parameters, gradient, memory)
        rate = rate_at(self.learning_rate, steps)
        s = self.alpha * s + (1 - self.alpha) * g**2
        return w - rate * g / (np.sqrt(s) + self.epsilon), RMSPropMemory(s, steps + 1)


@dataclass(frozen=True, kw_only=True)
class Adam:
    r"""Momentum and RMSProp together, both running means corrected for their start at 0.

    $$\begin{aligned}
    g &\leftarrow g + \lambda w \\
    m &\leftarrow \beta_1 m + (1 - \beta_1) g & \hat{m} &= \frac{m}{1 - \beta_1^t} \\
    s &\leftarrow \beta_2 s + (1 - \beta_2) g^2 & \hat{s} &= \frac{s}{1 - \beta_2^t} \\
    w &\leftarrow w - \eta \, \frac{\hat{m}}{\sqrt{\hat{s}} + \varepsilon}
    \end{aligned}$$

    where $t$ counts the steps and is 1 at the first, the step whose number is 0 for a schedule.

    Args:
        learning_rate: How far a step goes, $\eta$: a number greater than 0, or a schedule, a function that is
            given the number of the step, 0 for the first.
        beta_1: How much of the mean is left at the next step, $\beta_1$, from 0 up to but not including 1.
        beta_2: The same for the mean square, $\beta_2$.
        epsilon: What keeps the division from one by 0, $\varepsilon$, greater than 0.
        weight_decay: A pull to 0 that is added to the gradient, $\lambda$, at least 0. It is then divided
            like the gradient, and so is no decay at an even rate. For that, take `AdamW`.

    Raises:
        ValueError: If an argument is none of the above.

    Source:
        Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015, algorithm 1. The equations are
        those of `torch.optim.Adam`.

    Examples:
        >>> adam = Adam(learning_rate=0.01)
        >>> w = np.array([1.0, 1.0])
        >>> w, memory = adam.step(w, np.array([100.0, -0.01]), adam.start(w))
        >>> w.round(6), memory.steps
        (array([0.99, 1.01]), 1)
    """

    learning_rate: float | Callable = 0.001
    beta_1: float = 0.9
    beta_2: float = 0.999
    epsilon: float = 1e-8
    weight_decay: float = 0.0
    remembers = AdamMemory

    def __post_init__(self):
        """Refuse what no step can be taken with."""
        checked(
            self,
            learning_rate=rate_or_schedule,
            beta_1=below_one,
            beta_2=below_one,
            epsilon=positive,
            weight_decay=at_least_zero,
        )

    def start(self, parameters):
        """What it remembers before the first step: two means of 0."""
        zeros = np.zeros_like(floats(parameters, "parameters"))
        return AdamMemory(zeros, zeros.copy(), 0)

    def step(self, parameters, gradient, memory):
        """The next parameters and the next memory. Nothing that comes in is changed.

        Args:
            parameters: An array of any shape.
            gradient: The slope of the loss by each parameter, an array of the same shape.
            memory: What `start` or the last `step` gave back.

        Raises:
            ValueError: If the three do not fit each other, or the schedule gives no learning rate.
        """
        w, g, memory = stepped(self, parameters, gradient, memory)
        rate = rate_at(self.learning_rate, memory.steps)
        g = g + self.weight_decay * w
        direction, memory = _adam_direction(self, g, memory)
        return w - rate * direction, memory


@dataclass(frozen=True, kw_only=True)
class AdamW(Adam):
    r"""Adam, and beside it a weight decay that is not divided by anything.

    $$w \leftarrow w - \eta \lambda w - \eta \, \frac{\hat{m}}{\sqrt{\hat{s}} + \varepsilon}$$

    with the means of `Adam` over the gradient alone. Every parameter loses the same part of itself.

    Args:
        learning_rate: How far a step goes, $\eta$: a number greater than 0, or a schedule, a function that is
            given the number of the step, 0 for the first.
        beta_1: How much of the mean is left at the next step, $\beta_1$, from 0 up to but not including 1.
        beta_2: The same for the mean square, $\beta_2$.
        epsilon: What keeps the division from one by 0, $\varepsilon$, greater than 0.
        weight_decay: The part that each parameter loses at a step, for each unit of learning rate, $\lambda$,
            at least 0.

    Raises:
        ValueError: If an argument is none of the above.

    Source:
        Loshchilov and Hutter, "Decoupled Weight Decay Regularization", 2019. The equations are those of
        `torch.optim.AdamW`.

    Examples:
        >>> adamw = AdamW(learning_rate=0.1, weight_decay=0.5)
        >>> w = np.array([4.0, 1.0])
        >>> w, memory = adamw.step(w, np.zeros(2), adamw.start(w))
        >>> w
        array([3.8 , 0.95])
    """

    weight_decay: float = 0.01

    def step(self, parameters, gradient, memory):
        """The next parameters and the next memory. Nothing that comes in is changed.

        Args:
            parameters: An array of any shape.
            gradient: The slope of the loss by each parameter, an array of the same shape.
            memory: What `start` or the last `step` gave back.

        Raises:
            ValueError: If the three do not fit each other, or the schedule gives no learning rate.
        """
        w, g, memory = stepped(self, parameters, gradient, memory)
        rate = rate_at(self.learning_rate, memory.steps)
        direction, memory = _adam_direction(self, g, memory)
        return w - rate * self.weight_decay * w - rate * direction, memory


def _adam_direction(adam, g, memory):
    """Where Adam would go with a learning rate of 1, and the next memory."""
    t = memory.steps + 1
    m = adam.beta_1 * memory.mean + (1 - adam.beta_1) * g
    s = adam.beta_2 * memory.mean_square + (1 - adam.beta_2) * g**2
    m_hat = m / (1 - adam.beta_1**t)
    s_hat = s / (1 - adam.beta_2**t)
    direction = m_hat / (np.sqrt(s_hat) + adam.epsilon)
    return direction, AdamMemory(m, s, t)
