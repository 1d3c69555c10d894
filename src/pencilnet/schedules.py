"""Learning rates that change on the way: small functions of a step's number.

The first step of a training has the number 0, the second the number 1. A step is one update of the
parameters, so an epoch of 10 mini-batches has 10 steps. An optimiser takes any of these as its
`learning_rate`, or any function of your own that gives a number of at least 0 for each step.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from pencilnet._checks import at_least_zero, fraction, positive, whole
from pencilnet._stepping import checked, rate_at, rate_or_schedule


@dataclass(frozen=True)
class Constant:
    r"""The same learning rate at every step, as a plain number gives it.

    $$\eta_k = \eta$$

    Args:
        rate: The learning rate $\eta$, greater than 0.

    Raises:
        ValueError: If the rate is none.

    Examples:
        >>> Constant(0.1)(7)
        0.1
    """

    rate: float

    def __post_init__(self):
        """Refuse what is no such schedule."""
        checked(self, rate=positive)

    def __call__(self, step):
        """The learning rate of the step with this number, 0 for the first."""
        whole(step, "step", least=0)
        return self.rate


@dataclass(frozen=True)
class StepDecay:
    r"""The learning rate falls like stairs: times `factor` after every so many steps.

    $$\eta_k = \eta \, q^{\lfloor k / n \rfloor}$$

    where $\lfloor \; \rfloor$ rounds down, $n$ is `every` and $q$ is `factor`.

    Args:
        rate: The learning rate of the first `every` steps, $\eta$, greater than 0.
        every: After how many steps it falls, $n$, at least 1.
        factor: What it is then multiplied by, $q$, greater than 0 and at most 1.

    Raises:
        ValueError: If an argument is none of the above.

    Examples:
        >>> schedule = StepDecay(0.8, every=10, factor=0.5)
        >>> schedule(0), schedule(9), schedule(10), schedule(20)
        (0.8, 0.8, 0.4, 0.2)
    """

    rate: float
    every: int
    factor: float

    def __post_init__(self):
        """Refuse what is no such schedule."""
        checked(self, rate=positive, every=_one_or_more, factor=fraction)

    def __call__(self, step):
        """The learning rate of the step with this number, 0 for the first."""
        return self.rate * self.factor ** (whole(step, "step", least=0) // self.every)


@dataclass(frozen=True)
class ExponentialDecay:
    r"""The learning rate is multiplied by the same factor after each step.

    $$\eta_k = \eta \, q^k$$

    Args:
        rate: The learning rate of the first step, $\eta$, greater than 0.
        factor: What it is multiplied by after each step, $q$, greater than 0 and at most 1.

    Raises:
        ValueError: If an argument is none of the above.

    Examples:
        >>> schedule = ExponentialDecay(0.8, factor=0.5)
        >>> schedule(0), schedule(1), schedule(2)
        (0.8, 0.4, 0.2)
    """

    rate: float
    factor: float

    def __post_init__(self):
        """Refuse what is no such schedule."""
        checked(self, rate=positive, factor=fraction)

    def __call__(self, step):
        """The learning rate of the step with this number, 0 for the first."""
        return self.rate * self.factor ** whole(step, "step", least=0)


@dataclass(frozen=True)
class InverseDecay:
    r"""The learning rate falls as 1 divided by the time: to a half, and in as many steps again to a third.

    $$\eta_k = \frac{\eta}{1 + k / n}$$

    Args:
        rate: The learning rate of the first step, $\eta$, greater than 0.
        half_after: The number of the step that has half of it, $n$, at least 1.

    Raises:
        ValueError: If an argument is none of the above.

    Source:
        Robbins and Monro, "A Stochastic Approximation Method", Annals of Mathematical Statistics 22 (1951):
        with steps that fall like this, the noise of the single examples averages out.

    Examples:
        >>> schedule = InverseDecay(0.6, half_after=10)
        >>> schedule(0), schedule(10), round(schedule(20), 6)
        (0.6, 0.3, 0.2)
    """

    rate: float
    half_after: int

    def __post_init__(self):
        """Refuse what is no such schedule."""
        checked(self, rate=positive, half_after=_one_or_more)

    def __call__(self, step):
        """The learning rate of the step with this number, 0 for the first."""
        return self.rate / (1 + whole(step, "step", least=0) / self.half_after)


@dataclass(frozen=True)
class Cosine:
    r"""The learning rate falls along half a wave: slowly, then faster, then slowly again.

    $$\eta_k = \eta_{\text{low}} + (\eta - \eta_{\text{low}}) \, \frac{1 + \cos(\pi k / n)}{2}$$

    and from step $n$ on it stays at $\eta_{\text{low}}$.

    Args:
        rate: The learning rate of the first step, $\eta$, greater than 0.
        steps: How many steps the fall takes, $n$, at least 1. In a training of so many steps the last one has
            the number $n - 1$, so its learning rate is still a little above the lowest.
        lowest: Where it ends, at least 0 and at most `rate`.

    Raises:
        ValueError: If an argument is none of the above.

    Source:
        Loshchilov and Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", 2017, without restarts.

    Examples:
        >>> schedule = Cosine(0.8, steps=100)
        >>> schedule(0), round(schedule(50), 6), schedule(100), schedule(1000)
        (0.8, 0.4, 0.0, 0.0)
    """

    rate: float
    steps: int
    lowest: float = 0.0

    def __post_init__(self):
        """Refuse what is no such schedule."""
        checked(self, rate=positive, steps=_one_or_more, lowest=at_least_zero)
        if self.lowest > self.rate:
            raise ValueError(f"lowest must be at most the rate, but it is {self.lowest} and rate {self.rate}")

    def __call__(self, step):
        """The learning rate of the step with this number, 0 for the first."""
        done = min(whole(step, "step", least=0), self.steps) / self.steps
        return self.lowest + (self.rate - self.lowest) * (1 + math.cos(math.pi * done)) / 2


@dataclass(frozen=True)
class WarmUp:
    r"""The learning rate rises in equal parts over the first steps; then another schedule goes on.

    $$\eta_k = \min\left(1, \frac{k + 1}{n}\right) \times \eta'_k$$

    where $\eta'_k$ is the learning rate that the other schedule has at step $k$. It counts the steps of the
    warm-up too. The first step has one part in $n$ of the full rate, and step $n - 1$ all of it.

    Args:
        then: What it rises to: a learning rate greater than 0, or a schedule.
        steps: How many steps the rise takes, $n$, at least 1.

    Raises:
        ValueError: If an argument is none of the above, or the other schedule gives no learning rate.

    Source:
        Goyal and others, "Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour", 2017, section 2.2.

    Examples:
        >>> schedule = WarmUp(0.8, steps=4)
        >>> schedule(0), schedule(1), schedule(3), schedule(4)
        (0.2, 0.4, 0.8, 0.8)
    """

    then: float | Callable
    steps: int

    def __post_init__(self):
        """Refuse what is no such schedule."""
        checked(self, then=rate_or_schedule, steps=_one_or_more)

    def __call__(self, step):
        """The learning rate of the step with this number, 0 for the first."""
        step = whole(step, "step", least=0)
        return min(1, (step + 1) / self.steps) * rate_at(self.then, step, "then")


def _one_or_more(value, name):
    return whole(value, name, least=1)
