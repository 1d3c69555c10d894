"""Where a cell left off: a page's names and all that they lead to, copied, and put back later.

Two names of one list are still two names of one list, and a view of a NumPy array is still a view.
Modules, functions and classes stay the very same objects; but what a cell has changed *in* a function
or class that the page defines (a default, what a closure remembers, an attribute of the class) is put
back too. So are the generators behind `random` and `numpy.random`, once the page has used them: a cell
below `seed(1)` draws the same numbers each time, and one that never asked for a seed draws new ones.

What other modules hold, and files, is not copied.
"""

import io
import pickle
import random
import re
import sys
import warnings
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from types import FunctionType, MappingProxyType, ModuleType
from typing import NamedTuple

_THE_SAME = (
    ModuleType,
    FunctionType,
    type,
    property,
    classmethod,
    staticmethod,
    MappingProxyType,
    re.Match,
    weakref.ReferenceType,
    type(lru_cache(len)),
)
"""Kinds of objects that are not copied."""
_NOBODYS = ("__dict__", "__weakref__", "_abc_impl")
"""Attributes that Python itself sees to, in classes."""


class _Empty:
    """Stands for what a closure remembers before it remembers anything."""


class Checkpoint(NamedTuple):
    """A copy of everything, as it was once."""

    stream: bytes
    insides: int
    """How many things the stream tells the insides of, after the names."""
    same: list[object]
    """What was not copied, in the order in which the stream names it."""
    arrays: list[bytes]
    chance: dict[str, tuple]
    """The states of the global generators that the page has used."""


class Copier:
    """Makes checkpoints of one dictionary of names, and goes back to them."""

    def __init__(self, names: dict[str, object]) -> None:
        """Take the names, of which the page's functions must hold the same dictionary."""
        self._names = names
        self._twins: dict[int, bytes] = {}  # an array that has not changed is kept once, not for each cell
        self._unused = _chance()  # as it was when the page had not used it yet

    def save(self) -> Checkpoint:
        """Everything as it is now.

        Raises:
            Exception: Of whatever kind, if something can't be copied, such as a running generator.
        """
        file = io.BytesIO()
        saver = _Saver(file, self._names, self._twins)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # itertools says that some day it will not be copied
            saver.dump(self._names)
            for told in saver.later:  # which grows on the way
                saver.dump(told)
        self._twins = saver.twins
        return Checkpoint(file.getvalue(), len(saver.later), saver.same, saver.arrays, self._used())

    def _used(self) -> dict[str, tuple]:
        chance = _chance()
        if "numpy.random" not in self._unused and _is_new(chance.get("numpy.random")):
            self._unused["numpy.random"] = chance["numpy.random"]
        return {name: state for name, state in chance.items() if state != self._unused.get(name)}

    def restore(self, checkpoint: Checkpoint) -> None:
        """Make everything what it was at the checkpoint, which can be restored again.

        Raises:
            Exception: Of whatever kind, if a class of the page can't be made anew from its copy.
        """
        loader = _Loader(checkpoint)
        names = loader.load()
        of_page = []
        for _ in range(checkpoint.insides):
            thing, inside = loader.load()
            if _is_of_page(thing, self._names):
                of_page.append((thing, inside))
            else:
                _set_state(thing, inside)
        self._put(names, of_page)
        self._twins = loader.twins
        self._unused = {name: state for name, state in _chance().items() if name not in checkpoint.chance}
        _set_chance(checkpoint.chance)

    @contextmanager
    def aside(self, checkpoint: Checkpoint) -> Iterator[None]:
        """Everything as at the checkpoint for a while, and then as it is now: the same objects."""
        names, twins, chance = dict(self._names), self._twins, _chance()
        insides = [(thing, _insides(thing)) for thing in checkpoint.same if _is_of_page(thing, self._names)]
        unused = self._unused
        try:
            self.restore(checkpoint)
            yield
        finally:
            self._put(names, insides)
            self._twins, self._unused = twins, unused
            _set_chance(chance)

    def _put(self, names: dict[str, object], insides) -> None:
        self._names.clear()
        self._names.update(names)
        for thing, inside in insides:
            _put_inside(thing, inside)


class _AsItIs(NamedTuple):
    """Marks what is not copied because of where it stands: a descriptor in a class."""

    thing: object


class _Saver(pickle.Pickler):
    def __init__(self, file: io.BytesIO, names: dict[str, object], twins: dict[int, bytes]) -> None:
        super().__init__(file, protocol=5)
        self.names = names
        self.same, self.arrays = [], []
        self.later: list[tuple[object, object]] = []  # things, and what is in them
        self.twins, self.twins_before = {}, twins

    def reducer_override(self, thing: object) -> object:
        """How a thing is copied, unless as Python copies it anyway."""
        if isinstance(thing, FunctionType) and thing in _OWN:
            return NotImplemented
        if isinstance(thing, _AsItIs):
            return self._keep(thing.thing)
        if isinstance(thing, _THE_SAME):
            if _is_of_page(thing, self.names):
                self.later.append((thing, _insides(thing)))
            return self._keep(thing)
        numpy = sys.modules.get("numpy")
        if numpy and type(thing) is numpy.ndarray:
            return self._array(thing, numpy)
        if _is_plain(type(thing)):
            make, values, state, *parts = thing.__reduce_ex__(4)
            if state and not any(parts):
                self.later.append((thing, state))
                return make, values
        return NotImplemented

    def _keep(self, thing: object) -> tuple:
        self.same.append(thing)
        return _same, (len(self.same) - 1,)

    def _array(self, array, numpy) -> object:
        owner = array
        while type(owner.base) is numpy.ndarray:
            owner = owner.base
        flat = owner.ravel("K")
        if owner.dtype.hasobject or not numpy.may_share_memory(flat, owner):
            return NotImplemented
        layout = array.shape, array.dtype, array.strides, array.flags.writeable
        if array is not owner:
            return _view, (owner, _address(array) - _address(owner), *layout)
        data = flat.tobytes()
        if self.twins_before.get(id(array)) == data:
            data = self.twins_before[id(array)]
        self.twins[id(array)] = data
        self.arrays.append(data)
        return _array, (len(self.arrays) - 1, *layout)


class _Loader(pickle.Unpickler):
    def __init__(self, checkpoint: Checkpoint) -> None:
        super().__init__(io.BytesIO(checkpoint.stream))
        self.checkpoint = checkpoint
        self.twins: dict[int, bytes] = {}

    def find_class(self, module: str, name: str) -> object:
        """What makes a thing anew."""
        if module != __name__:
            return super().find_class(module, name)
        # Not methods of its own: it would then hold itself, and what it has made, in memory.
        return {
            "_same": partial(_same, self.checkpoint.same),
            "_array": partial(_array, self.checkpoint.arrays, self.twins),
            "_view": _view,
        }[name]


def _same(same: list[object], index: int) -> object:
    """What was not copied."""
    return same[index]


def _array(arrays: list[bytes], twins: dict[int, bytes], index: int, shape, dtype, strides, writeable):
    """An array with memory of its own, laid out as it was."""
    numpy = sys.modules["numpy"]
    array = numpy.ndarray(shape, dtype, strides=strides)
    array.ravel("K")[:] = numpy.frombuffer(arrays[index], dtype)
    array.flags.writeable = writeable
    twins[id(array)] = arrays[index]
    return array


def _view(owner, offset: int, shape, dtype, strides, writeable):
    """A view of an array."""
    numpy = sys.modules["numpy"]
    view = numpy.ndarray(shape, dtype, owner.ravel("K").view(numpy.uint8), offset, strides)
    view.flags.writeable = writeable
    return view


_OWN = (_same, _array, _view)


def _address(array) -> int:
    return array.__array_interface__["data"][0]


def _is_of_page(thing: object, names: dict[str, object]) -> bool:
    """Whether a cell has defined this function or class."""
    if isinstance(thing, FunctionType):
        return thing.__globals__ is names
    return isinstance(thing, type) and vars(thing).get("__module__") == names.get("__name__")


def _is_plain(kind: type) -> bool:
    """Whether what is in an object can be told later than the object itself.

    That keeps Python's own stack short: one neuron knows the next, and a browser's stack holds few.
    """
    return (
        kind.__reduce_ex__ is object.__reduce_ex__
        and kind.__reduce__ is object.__reduce__
        and kind.__hash__ in (object.__hash__, None)  # else it could not be the key of a dictionary yet
    )


def _set_state(thing: object, state) -> None:
    """What Python does with the state of an object that it copies."""
    if hasattr(type(thing), "__setstate__"):
        thing.__setstate__(state)
        return
    attributes, slots = state if isinstance(state, tuple) else (state, {})
    if attributes:
        vars(thing).update(attributes)
    for name, value in slots.items():
        setattr(thing, name, value)


def _insides(thing: FunctionType | type) -> object:
    """What may change in a function or class."""
    if isinstance(thing, FunctionType):
        cells = [_contents(cell) for cell in thing.__closure__ or ()]
        return thing.__defaults__, thing.__kwdefaults__, thing.__dict__, cells
    return {name: _attribute(name, value) for name, value in vars(thing).items() if name not in _NOBODYS}


def _attribute(name: str, value: object) -> object:
    """A class's attribute: its data is copied; what works by `__get__`, or is Python's own, is kept."""
    own = (name.startswith("_") and name.endswith("_")) or hasattr(type(value), "__get__")
    return _AsItIs(value) if own and not isinstance(value, FunctionType) else value


def _contents(cell) -> object:
    try:
        return cell.cell_contents
    except ValueError:
        return _Empty


def _put_inside(thing: FunctionType | type, inside) -> None:
    if isinstance(thing, FunctionType):
        thing.__defaults__, thing.__kwdefaults__, thing.__dict__, contents = inside
        for cell, content in zip(thing.__closure__ or (), contents, strict=True):
            if content is not _Empty:
                cell.cell_contents = content
        return
    for name in [name for name in vars(thing) if name not in inside and name not in _NOBODYS]:
        type.__delattr__(thing, name)
    for name, value in inside.items():
        value = value.thing if isinstance(value, _AsItIs) else value
        if vars(thing).get(name) is not value:
            type.__setattr__(thing, name, value)


def _chance() -> dict[str, tuple]:
    """The states of the generators that belong to everybody."""
    chance = {"random": random.getstate()}
    if of_numpy := sys.modules.get("numpy.random"):
        kind, keys, *rest = of_numpy.get_state()
        chance["numpy.random"] = (kind, keys.tobytes(), *rest)
    return chance


def _set_chance(chance: dict[str, tuple]) -> None:
    if "random" in chance:
        random.setstate(chance["random"])
    if "numpy.random" in chance:
        kind, keys, *rest = chance["numpy.random"]
        numpy = sys.modules["numpy"]
        numpy.random.set_state((kind, numpy.frombuffer(keys, numpy.uint32), *rest))


def _is_new(state: tuple | None) -> bool:
    """Whether NumPy's generator is as importing NumPy makes it: neither seeded nor drawn from."""
    if not state:
        return False
    _, keys, *rest = sys.modules["numpy.random"].RandomState().get_state()
    return state[1][:4] == keys.tobytes()[:4] and list(state[2:]) == rest
