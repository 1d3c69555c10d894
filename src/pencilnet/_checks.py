"""What may come in. A refusal names what the reader gave and shows both sides of what does not fit."""

import operator
import reprlib
from contextlib import contextmanager, suppress

import numpy as np

LARGEST = 1e100
"""Nothing larger may come in. A float ends near 1.8e308, so three such numbers can still be multiplied."""

LARGEST_WHOLE = 2**53 - 1
"""Up to here two whole numbers are always two floats."""

_KINDS = {"b": "True and False", "U": "text", "S": "text", "c": "complex numbers"}


def as_array(values, name):
    """An array of whatever there is. Rows of different lengths are refused."""
    try:
        return np.asarray(values)
    except ValueError:
        raise ValueError(f"{name} has rows of different lengths: {reprlib.repr(values)}") from None


def plain(values, name, *, keep_float32=False):
    """One number as a float, several as a new array of floats. What is not a number is refused.

    An array becomes float64, unless it holds float32 and `keep_float32` says that it may stay so.
    """
    if isinstance(values, float):
        return float(values)
    array = as_array(values, name)
    if array.dtype.kind == "O" and {type(value) for value in array.flat} == {int}:  # of more than 64 bits
        with suppress(OverflowError):
            array = array.astype(float)
    if array.dtype.kind not in "iuf":
        kind = _KINDS.get(array.dtype.kind, "something else")
        raise ValueError(f"{name} must hold numbers, but it holds {kind}: {reprlib.repr(values)}")
    dtype = np.float32 if keep_float32 and array.dtype == np.float32 else float
    return array.astype(dtype) if array.ndim else float(array)


def numbers(values, name, largest=LARGEST):
    """An array of ordinary numbers: at least one, and none of them NaN, infinite or enormous."""
    array = np.asarray(plain(values, name))
    if array.size == 0:
        raise ValueError(f"{name} is empty: its shape is {array.shape}")
    ordinary = np.abs(array) <= largest
    if not ordinary.all():
        place = np.argwhere(~ordinary)[0].tolist()
        where = f"{name}{place}" if place else name
        raise ValueError(
            f"{where} is {array[*place]}, but numbers must lie between -{largest:g} and {largest:g}"
        )
    return array


def number(value, name):
    """One ordinary number, as a float."""
    array = numbers(value, name)
    if array.ndim:
        raise ValueError(f"{name} must be one number, but its shape is {array.shape}")
    return float(array)


def row(values, name, largest=LARGEST):
    """One row of ordinary numbers, shape (n,)."""
    array = numbers(values, name, largest)
    if array.ndim != 1:
        raise ValueError(f"{name} must be one row of numbers, (n,), but its shape is {array.shape}")
    return array


def positive(value, name):
    """One ordinary number above 0."""
    value = number(value, name)
    if value <= 0:
        raise ValueError(f"{name} must be greater than 0, but it is {value}")
    return value


def at_least_zero(value, name):
    """One ordinary number that is 0 or more."""
    value = number(value, name)
    if value < 0:
        raise ValueError(f"{name} must be 0 or more, but it is {value}")
    return value


def below_one(value, name):
    """One number from 0 up to but not including 1."""
    value = number(value, name)
    if not 0 <= value < 1:
        raise ValueError(f"{name} must be 0 or more and less than 1, but it is {value}")
    return value


def fraction(value, name):
    """One number above 0 and at most 1."""
    value = number(value, name)
    if not 0 < value <= 1:
        raise ValueError(f"{name} must be greater than 0 and at most 1, but it is {value}")
    return value


def yes_or_no(value, name):
    """True or False, and nothing that merely counts as one."""
    if not isinstance(value, bool):
        raise ValueError(f"{name} must be True or False, but it is {reprlib.repr(value)}")
    return value


def whole(value, name, least):
    """A whole number, not smaller than `least`."""
    try:
        result = operator.index(value)
    except TypeError:
        result = None
    if result is None or result < least or isinstance(value, bool):
        raise ValueError(f"{name} must be a whole number, {least} or more, but it is {reprlib.repr(value)}")
    return result


def examples(x, inputs, name, taker, largest=LARGEST):
    """One example, shape (inputs,), or many, shape (examples, inputs)."""
    array = numbers(x, name, largest)
    if array.ndim not in (1, 2):
        shapes = f"one example, ({inputs},), or many, (examples, {inputs})"
        raise ValueError(f"{name} must be {shapes}, but its shape is {array.shape}")
    given = array.shape[-1]
    if given != inputs:
        has = f"{given} input" if given == 1 else f"{given} inputs"
        raise ValueError(f"each example has {has} but {taker} {inputs}: {name} is {array.shape}")
    return array


def labelled(data, all_y_trues):
    """Many examples of 2 inputs, shape (examples, 2), and one label for each, shape (examples,)."""
    x = examples(data, 2, "data", "the network takes")
    if x.ndim != 2:
        raise ValueError(f"data must be many examples, (examples, 2), but its shape is {x.shape}")
    y = numbers(all_y_trues, "all_y_trues")
    if y.ndim != 1:
        raise ValueError(f"all_y_trues must be one row of labels, ({len(x)},), but its shape is {y.shape}")
    if len(y) != len(x):
        raise ValueError(
            f"{len(x)} examples but {len(y)} labels: data is {x.shape}, all_y_trues is {y.shape}"
        )
    return x, y


def pair(y_true, y_pred):
    """Labels and predictions of one and the same shape."""
    y_true, y_pred = numbers(y_true, "y_true"), numbers(y_pred, "y_pred")
    if y_true.shape != y_pred.shape:
        raise ValueError(
            f"each prediction needs its own label: y_true is {y_true.shape}, y_pred is {y_pred.shape}"
        )
    return y_true, y_pred


def one_of(value, name, known):
    """One of the names that are known."""
    if not isinstance(value, str) or value not in known:
        raise ValueError(f"{name} must be one of {', '.join(known)}, but it is {reprlib.repr(value)}")
    return value


def generator(rng):
    """What draws random numbers: a generator of NumPy's, the new kind or the old."""
    if not hasattr(rng, "normal"):
        raise ValueError(f"rng must be a generator, such as np.random.default_rng(44), but it is {rng!r}")
    return rng


def class_numbers(values, name):
    """One row of whole numbers, 0 or more, shape (examples,): the classes of examples."""
    array = numbers(values, name, LARGEST_WHOLE)
    if array.ndim != 1:
        raise ValueError(
            f"{name} must be one row of class numbers, (examples,), but its shape is {array.shape}"
        )
    strange = np.flatnonzero((array < 0) | (array % 1 != 0))
    if len(strange):
        place = strange[0]
        raise ValueError(f"{name}[{place}] is {array[place]}, but a class is a whole number, 0 or more")
    return array.astype(int)


def class_labels(classes, count, name):
    """Whole numbers from 0 to count - 1, one or many, as they came in: the classes of examples."""
    numbers(classes, name)
    given = np.asarray(classes)
    if given.dtype.kind not in "iu":
        raise ValueError(f"class numbers must be whole numbers, but {name} is {reprlib.repr(classes)}")
    outside = (given < 0) | (given >= count)
    refuse_where(outside, given, f"class numbers must lie between 0 and {count - 1}", name)
    return given


def refuse_where(wrong, values, rule, name):
    """Say where the first wrong value stands, if there is one."""
    strange = np.argwhere(wrong)
    if len(strange):
        place = strange[0].tolist()
        raise ValueError(f"{rule}, but {name}{place or ''} is {values[*place]}")


@contextmanager
def led_by(learning_rate):
    """Where parameters are refused that a step led to, say what led there."""
    try:
        yield
    except ValueError as error:
        raise ValueError(f"learning_rate {learning_rate} is too large here: {error}") from None
