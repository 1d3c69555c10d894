"""Is a gradient right? Measure every slope by nudging, which needs no formula, and compare."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from pencilnet._checks import number, numbers, plain, positive

STEP = float(np.cbrt(np.finfo(float).eps))
"""The usual nudge, the cube root of the machine epsilon: about 6e-6."""

SMALL = 1e-3
"""Derivatives smaller than this times the function's size are compared as if they were of this size."""

NAMES_SHOWN = 9
"""So many wrong entries are named when a check is printed."""


class GradientCheck(NamedTuple):
    """What `check_gradient` found. As a condition, `if check:`, it is true where the gradient passed.

    An entry is one number of `x`. Its name is `w1` where `x` has names, `W[0, 2]` where a name stands for an
    array, and `x[0, 2]` or plain `x` where there are no names.

    Attributes:
        passed: Whether no relative error is larger than the tolerance.
        wrong: The names of the entries whose relative error is larger, in the order of `x`.
        worst_entry: The name of the entry with the largest relative error.
        worst_difference: How far formula and measurement lie apart there, 0 or more.
        relative_error: That difference in proportion, as `check_gradient` defines it.
        tolerance: The largest relative error that was allowed.
        gradient: What was to be checked, of the shape of `x`.
        measured: What nudging gave, of the shape of `x`.
    """

    passed: bool
    wrong: tuple
    worst_entry: str
    worst_difference: float
    relative_error: float
    tolerance: float
    gradient: object
    measured: object

    def __bool__(self):
        """Whether the gradient passed."""
        return self.passed

    def __str__(self):
        """The result, in one line or two."""
        says, measured = (_named(_parts(part, "x")) for part in (self.gradient, self.measured))
        agree = f"{len(says) - len(self.wrong)} of {len(says)} derivatives agree"
        if self.passed:
            return f"passed: {agree}, relative error at most {self.tolerance:g}"
        shown = [*self.wrong[:NAMES_SHOWN], *["..."] * (len(self.wrong) > NAMES_SHOWN)]
        worst = self.worst_entry
        return (
            f"failed: {agree}, not {', '.join(shown)}\n"
            f"worst is {worst}: the gradient says {says[worst]:.3g}, measured is {measured[worst]:.3g}, "
            f"relative error {self.relative_error:.2g}"
        )


def numerical_gradient(f, x, *, step=STEP):
    r"""Measure the slope of `f` along every entry of `x`, by central differences.

    $$\frac{\partial f}{\partial x_i} \approx \frac{f(x + d \, e_i) - f(x - d \, e_i)}{2d}$$

    where $d$ is the step, and $x + d \, e_i$ is `x` with its entry $i$ nudged by $d$ and the others left as
    they are. What is divided by is the distance of the two nudged entries after rounding.

    Args:
        f: The function, called as `f(x)`. It gives back one number. Called twice for each entry of `x`.
        x: Where to measure: a number, an array of any shape, or a dictionary of these by name, such as
            `network.parameters`. Whole numbers become floats. Not changed: `f` gets copies.
        step: How far to nudge to either side, $d$, greater than 0. The error of the formula grows as $d^2$,
            that of the rounding as $1/d$, so that neither a large nor a tiny step is right.

    Returns:
        The slopes in the form of `x`: a float, an array of the same shape, or a dictionary of the same names.

    Raises:
        ValueError: If `x` is empty or holds anything but ordinary numbers, if `f` gives back anything but one
            ordinary number, or if the step is so small that a nudged entry is rounded back to where it was.

    Source:
        Taylor's theorem. The usual step, the cube root of the machine epsilon: Press, Teukolsky, Vetterling
        and Flannery, "Numerical Recipes", section 5.7.

    Examples:
        >>> slopes = numerical_gradient(lambda x: x[0] ** 2 + 3 * x[1], [5, 7])
        >>> slopes.round(6)
        array([10.,  3.])
        >>> round(numerical_gradient(lambda x: x**3, 2), 6)
        12.0
    """
    step = positive(step, "step")
    parts = _parts(x, "x")
    slopes = {name: np.empty(part.shape) for name, part in parts.items()}
    for name, part in parts.items():
        for place in np.ndindex(part.shape):
            here = part[place]
            up, down = here + step, here - step
            if not down < here < up:
                raise ValueError(f"step {step} is lost in rounding beside {_entry(name, place)}, {here}")
            part[place] = up
            f_up = _value(f, x, parts)
            part[place] = down
            f_down = _value(f, x, parts)
            part[place] = here
            slopes[name][place] = (f_up - f_down) / (up - down)
    return _formed_as(x, slopes)


def check_gradient(f, gradient, x, *, step=STEP, tolerance=1e-6):
    r"""Compare a gradient with slopes that are measured by `numerical_gradient`.

    The relative error of an entry, with $a$ for what the gradient says and $m$ for what is measured, is

    $$\frac{|a - m|}{\max(|a|, |m|, s)} \qquad s = 10^{-3} \max(1, |f(x)|)$$

    It is 2 where only the sign is wrong and 1 where either of the two is 0. The $s$ matters where both are
    close to 0. Measuring has an error of its own there, which should not count.

    Args:
        f: The function, called as `f(x)`. It gives back one number.
        gradient: Its gradient, to be checked: a function called as `gradient(x)`, or its value. The value has
            the form of `x`: a number, an array of the same shape, or a dictionary of the same names.
        x: Where to compare: a number, an array, or a dictionary of these by name. Not changed.
        step: How far to nudge, as in `numerical_gradient`.
        tolerance: The largest relative error that passes, greater than 0. Functions that calculate in float32
            need one of about 1e-2, and a step as large.

    Returns:
        A `GradientCheck`. Printed, it says in a line or two which entries are wrong.

    Raises:
        ValueError: As `numerical_gradient` does, and if the gradient has other names or another shape than
            `x`, or holds anything but ordinary numbers.

    Source:
        The comparison by the larger of the two: the notes to Stanford's course CS231n, "Gradient checks".
        A lower bound in its denominator: the gradient checker of Caffe (Jia and others, 2014).

    Examples:
        >>> def f(x):
        ...     return x["a"] ** 2 + x["a"] * x["b"]
        >>> here = {"a": 3, "b": 5}
        >>> print(check_gradient(f, {"a": 2 * 3 + 5, "b": 3}, here))
        passed: 2 of 2 derivatives agree, relative error at most 1e-06
        >>> print(check_gradient(f, {"a": 2 * 3 + 5, "b": -3}, here))
        failed: 1 of 2 derivatives agree, not b
        worst is b: the gradient says -3, measured is 3, relative error 2
    """
    tolerance = positive(tolerance, "tolerance")
    parts = _parts(x, "x")
    said = gradient(_formed_as(x, parts)) if callable(gradient) else gradient
    says = _fitting(said, x, parts)
    measured = numerical_gradient(f, x, step=step)

    least = SMALL * max(1, abs(_value(f, x, parts)))
    a, m = _named(says), _named(_parts(measured, "measured"))
    if len(a) < sum(part.size for part in parts.values()):
        raise ValueError(f"two entries of x have one name: the names are {', '.join(map(str, parts))}")
    differences = {name: abs(a[name] - m[name]) for name in a}
    errors = {name: differences[name] / max(abs(a[name]), abs(m[name]), least) for name in a}
    worst = max(errors, key=errors.get)
    return GradientCheck(
        passed=errors[worst] <= tolerance,
        wrong=tuple(name for name, error in errors.items() if error > tolerance),
        worst_entry=worst,
        worst_difference=differences[worst],
        relative_error=errors[worst],
        tolerance=tolerance,
        gradient=_formed_as(x, says),
        measured=measured,
    )


def _parts(x, name):
    """Arrays of our own by name; what has no names is one part, called x."""
    if not isinstance(x, Mapping):
        return {"x": numbers(x, name)}
    if not x:
        raise ValueError(f"{name} is empty: it holds no names")
    return {key: numbers(value, f"{name}[{key!r}]") for key, value in x.items()}


def _formed_as(x, parts):
    """The parts in the form that `x` has: floats and arrays of their own, by name or not."""
    copies = {name: plain(part, name) for name, part in parts.items()}
    return copies if isinstance(x, Mapping) else copies["x"]


def _value(f, x, parts):
    """What the function gives back, where nobody can change anything by it."""
    return number(f(_formed_as(x, parts)), "what f gives back")


def _fitting(gradient, x, parts):
    """The gradient's parts, which must be those of x."""
    if isinstance(gradient, Mapping) != isinstance(x, Mapping):
        names = {True: "has names", False: "has none"}
        raise ValueError(
            f"gradient and x should both have names or neither: gradient "
            f"{names[isinstance(gradient, Mapping)]}, x {names[isinstance(x, Mapping)]}"
        )
    says = _parts(gradient, "gradient")
    missing, unknown = [n for n in parts if n not in says], [n for n in says if n not in parts]
    if missing or unknown:
        raise ValueError(
            f"gradient does not fit x: it lacks {', '.join(map(str, missing)) or 'nothing'} "
            f"and has {', '.join(map(str, unknown)) or 'nothing'} that x has not"
        )
    for name, part in parts.items():
        if says[name].shape != part.shape:
            whose = f"[{name!r}]" if isinstance(x, Mapping) else ""
            raise ValueError(
                f"each entry of x needs one derivative: x{whose} is {part.shape}, "
                f"gradient{whose} is {says[name].shape}"
            )
    return {name: says[name] for name in parts}


def _named(parts):
    """Every single number by its name."""
    return {
        _entry(name, place): float(part[place])
        for name, part in parts.items()
        for place in np.ndindex(part.shape)
    }


def _entry(name, place):
    return f"{name}{list(place)}" if place else str(name)
