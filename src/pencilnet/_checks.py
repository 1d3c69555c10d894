"""What may come in. Every refusal names what the reader gave, and both sides of what does not fit."""

import operator
import reprlib

import numpy as np

LARGEST = 1e100
"""Nothing larger may come in: three such numbers multiplied are still a float (about 1.8e308 is the end)."""

_KINDS = {"b": "True and False", "U": "text", "S": "text", "c": "complex numbers"}


def plain(values, name):
    """One number as a float, several as an array of floats; anything else is refused."""
    if isinstance(values, float):
        return float(values)
    try:
        array = np.asarray(values)
    except ValueError:
        raise ValueError(f"{name} has rows of different lengths: {reprlib.repr(values)}") from None
    if array.dtype.kind not in "iuf":
        kind = _KINDS.get(array.dtype.kind, "other things")
        raise ValueError(f"{name} must hold numbers, not {kind}: {reprlib.repr(values)}")
    return array.astype(float) if array.ndim else float(array)


def numbers(values, name):
    """A new array of ordinary numbers: at least one, none of them NaN, infinite or enormous."""
    array = np.asarray(plain(values, name))
    if array.size == 0:
        raise ValueError(f"{name} is empty: its shape is {array.shape}")
    ordinary = np.abs(array) <= LARGEST
    if not ordinary.all():
        raise ValueError(f"{name} holds {array[~ordinary][0]}: numbers must lie between -1e100 and 1e100")
    return array


def number(value, name):
    """One ordinary number, as a float."""
    array = numbers(value, name)
    if array.ndim:
        raise ValueError(f"{name} must be one number, but its shape is {array.shape}")
    return float(array)


def row(values, name):
    """One row of ordinary numbers, shape (n,)."""
    array = numbers(values, name)
    if array.ndim != 1:
        raise ValueError(f"{name} must be one row of numbers, but its shape is {array.shape}")
    return array


def positive(value, name):
    """One ordinary number above 0."""
    value = number(value, name)
    if value <= 0:
        raise ValueError(f"{name} must be greater than 0, but it is {value}")
    return value


def count(value, name):
    """A whole number, at least 1."""
    try:
        whole = operator.index(value)
    except TypeError:
        whole = 0
    if whole < 1 or isinstance(value, bool):
        raise ValueError(f"{name} must be a whole number, 1 or more, but it is {reprlib.repr(value)}")
    return whole


def examples(x, inputs, name, taker):
    """One example, shape (inputs,), or many, shape (examples, inputs)."""
    array = numbers(x, name)
    if array.ndim not in (1, 2):
        raise ValueError(
            f"{name} must be one example, ({inputs},), or a table of examples, (examples, {inputs}), "
            f"but its shape is {array.shape}"
        )
    if array.shape[-1] != inputs:
        given = f"{array.shape[-1]} input{'s' * (array.shape[-1] != 1)}"
        raise ValueError(f"each example has {given} but {taker}: {name} is {array.shape}")
    return array


def one_example(x, inputs, name, taker):
    """One example, as a list of floats."""
    array = examples(x, inputs, name, taker)
    if array.ndim != 1:
        raise ValueError(f"{name} must be one example, ({inputs},), but it is a table of examples, {array.shape}")
    return array.tolist()


def labelled(data, all_y_trues, inputs):
    """A table of examples, (examples, inputs), and one label for each, (examples,)."""
    x = examples(data, inputs, "data", f"the network takes {inputs}")
    if x.ndim != 2:
        raise ValueError(f"data must be a table of examples, (examples, {inputs}), but it is one example, {x.shape}")
    y = numbers(all_y_trues, "all_y_trues")
    if y.ndim != 1:
        raise ValueError(f"all_y_trues must be one row of labels, ({len(x)},), but its shape is {y.shape}")
    if len(y) != len(x):
        raise ValueError(
            f"there are {len(x)} examples but {len(y)} labels: data is {x.shape}, all_y_trues is {y.shape}"
        )
    return x, y


def pair(y_true, y_pred):
    """Labels and predictions of one and the same shape."""
    y_true, y_pred = numbers(y_true, "y_true"), numbers(y_pred, "y_pred")
    if y_true.shape != y_pred.shape:
        raise ValueError(
            f"each prediction needs its own label: y_true is {y_true.shape} but y_pred is {y_pred.shape}"
        )
    return y_true, y_pred
