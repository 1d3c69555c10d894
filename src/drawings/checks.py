"""What a picture can't be drawn from is refused in the reader's nouns, before a line is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np


def numbers(what: str, given: Any) -> np.ndarray:
    """The given numbers as a one-dimensional array.

    Raises:
        ValueError: They are none, are not numbers, are not in one row, or are not all finite.
    """
    try:
        array = np.asarray(given, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(f"{what} should be numbers, and got {given!r}") from None
    if array.ndim != 1 or array.size == 0:
        raise ValueError(f"{what} should be one row of numbers, and got an array of shape {array.shape}")
    if not np.isfinite(array).all():
        raise ValueError(
            f"{what} should be finite numbers, and number {int(np.argmin(np.isfinite(array))) + 1} "
            f"is {array[np.argmin(np.isfinite(array))]}"
        )
    return array


def same_number(one: str, ones: Sequence, other: str, others: Sequence) -> None:
    """Refuses two rows that should go together and don't.

    Raises:
        ValueError: There are more of one than of the other.
    """
    if len(ones) != len(others):
        raise ValueError(
            f"there should be as many {one} as {other}: {len(ones)} {one}, {len(others)} {other}"
        )


def at_most(limit: int, what: str, count: int) -> None:
    """Refuses more than a drawing of this width can show.

    Raises:
        ValueError: There are more than `limit`.
    """
    if count > limit:
        raise ValueError(f"a drawing has room for {limit} {what}, and got {count}")


def above_zero(what: str, number: float) -> None:
    """Refuses what is not a finite number above 0.

    Raises:
        ValueError: It is not.
    """
    if not numbers(what, [number])[0] > 0:
        raise ValueError(f"{what} should be above 0, and got {number}")


def has(what: str, thing: Any, maker: str, *attributes: str) -> None:
    """Refuses an object of another kind than the picture is made from.

    Raises:
        ValueError: It lacks one of the attributes.
    """
    for attribute in attributes:
        if not hasattr(thing, attribute):
            raise ValueError(f"{what} should be {maker}, and got {thing!r}, which has no {attribute}")
