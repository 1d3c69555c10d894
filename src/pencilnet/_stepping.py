"""What optimisers and schedules may be given. A refusal names it and says what would have been right."""

import reprlib

import numpy as np

from pencilnet._checks import at_least_zero, positive


def checked(settings, **checks):
    """Put each field of a frozen dataclass through its check, and keep it as the check gives it back."""
    for name, check in checks.items():
        object.__setattr__(settings, name, check(getattr(settings, name), name))


def rate_or_schedule(value, name):
    """A learning rate greater than 0, or a function of the step's number."""
    return value if callable(value) and not isinstance(value, type) else positive(value, name)


def rate_at(rate, step, name="learning_rate"):
    """The learning rate of one step, as a float."""
    return at_least_zero(rate(step), f"{name}({step})") if callable(rate) else rate


def floats(values, name):
    """An array of floats; float32 stays float32. It may be the very array that came in."""
    array = np.asarray(values)
    if array.dtype.kind not in "iuf":
        raise ValueError(f"{name} must hold numbers, but it holds {array.dtype}: {reprlib.repr(values)}")
    return array if array.dtype.kind == "f" else array.astype(float)


def stepped(optimiser, parameters, gradient, memory):
    """The three things that a step takes, which must fit each other."""
    w, g = floats(parameters, "parameters"), floats(gradient, "gradient")
    if w.shape != g.shape:
        raise ValueError(f"each parameter needs one slope: parameters is {w.shape}, gradient is {g.shape}")
    if not isinstance(memory, optimiser.remembers):
        name, what = type(optimiser).__name__, reprlib.repr(memory)
        raise ValueError(f"memory must be what start or step of {name} gave, but it is {what}")
    for name, part in zip(memory._fields[:-1], memory[:-1], strict=True):
        if part.shape != w.shape:
            raise ValueError(
                f"memory is of other parameters: its {name} is {part.shape}, parameters is {w.shape}"
            )
    return w, g.astype(w.dtype, copy=False), memory


def step_of(optimiser, parameters, gradient, memory):
    """The new parameters and memory, from an optimiser that may be the reader's own."""
    name, made = type(optimiser).__name__, optimiser.step(parameters, gradient, memory)
    if not isinstance(made, tuple | list) or len(made) != 2:
        what = reprlib.repr(made)
        raise ValueError(
            f"step of {name} must return the new parameters and the memory, but it returned {what}"
        )
    new, memory = floats(made[0], f"the parameters from step of {name}"), made[1]
    if new.shape != parameters.shape:
        raise ValueError(
            f"step of {name} must keep the shape of the parameters: "
            f"it was given {parameters.shape}, it returned {new.shape}"
        )
    return new, memory
