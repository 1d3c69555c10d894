"""Axes that go by powers of ten: which powers to mark, and how they are written."""

from __future__ import annotations

import math

from drawings.lettering import Run, words
from drawings.scale import Scale

SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def powers(scale: Scale, about: int) -> range:
    """Whole powers of ten, every one or every second, third ... so that there are at most about so many."""
    gap = math.ceil((scale.high - scale.low) / about)
    return range(math.ceil(scale.low / gap) * gap, int(scale.high) + 1, gap)


def power(exponent: int) -> list[Run]:
    """A power of ten as it is written on an axis."""
    return words("1" if exponent == 0 else "10" + str(exponent).translate(SUPERSCRIPTS))
