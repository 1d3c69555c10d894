"""Where a number goes: a scale from data to drawing units, and the round numbers to mark on it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Scale:
    """A straight-line map that takes `low` to `start` and `high` to `end`."""

    low: float
    high: float
    start: float
    end: float

    def __str__(self) -> str:
        """Its four numbers, for a script that moves what has been drawn."""
        return f"{self.low:.12g} {self.high:.12g} {self.start:g} {self.end:g}"

    def __call__(self, number):
        """The place of a number, or of each number of an array."""
        return self.start + (np.asarray(number) - self.low) * (self.end - self.start) / (self.high - self.low)


def step(low: float, high: float, about: int = 5) -> float:
    """The round step (1, 2 or 5 times a power of ten) that gives about so many intervals from low to high."""
    rough = (high - low) / about
    power = 10.0 ** math.floor(math.log10(rough))
    return min((m * power for m in (1, 2, 5, 10)), key=lambda candidate: abs(math.log(candidate / rough)))


def round_up(highest: float, about: int = 4) -> float:
    """The first multiple of the round step at or above the highest number: where an axis from 0 ends well."""
    gap = step(0, highest, about)
    return gap * math.ceil(highest / gap - 1e-9)


def ticks(low: float, high: float, about: int = 5) -> list[float]:
    """The round numbers from low to high, both included where they are round."""
    gap = step(low, high, about)
    first, last = math.ceil(low / gap - 1e-9), math.floor(high / gap + 1e-9)
    return [round(k * gap, decimals(gap)) for k in range(first, last + 1)]


def decimals(gap: float) -> int:
    """How many decimals the multiples of a round step need."""
    return max(0, -math.floor(math.log10(gap) + 1e-9))
