"""How a gradient becomes a step: plain descent, and what remembers earlier gradients."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class SGD:
    """Stochastic gradient descent: against the gradient, as far as the learning rate says."""

    learning_rate: float = 0.1

    def start(self, parameters):
        """What it remembers before the first step: nothing."""
        return ()

    def step(self, parameters, gradient, memory):
        """The next parameters and the next memory. Nothing that comes in is changed."""
        return parameters - self.learning_rate * gradient, memory
