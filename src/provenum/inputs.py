"""What a run reads besides its page: files, folders and modules, so that it can be told whether they changed.

Python itself reports every file that is opened and every folder that is listed (`sys.addaudithook`), so
no page has to declare what it reads, and none can forget to. Modules are looked up in `sys.modules` after
the run, since only the first page that imports one opens its file. What is installed is not read file by
file: its names and versions say enough, and `surroundings` has them. A run may make files for itself; one
that leaves any behind, or changes what was there, is one that must happen each time.

Three things stay unseen: what a thread that a cell starts reads, what compiled code opens by itself, and
whether a file is there that is only asked for (`Path.exists`).
"""

import hashlib
import os
import platform
import stat
import sys
import sysconfig
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path
from types import ModuleType
from weakref import WeakKeyDictionary

_REMOVES = frozenset(["os.remove", "os.rmdir", "shutil.rmtree"])
_LISTS = frozenset(["os.listdir", "os.scandir"])
_LEAVES = frozenset(
    [
        *(f"os.{name}" for name in ("exec", "fork", "forkpty", "posix_spawn", "spawn", "system")),
        *(f"os.{name}" for name in ("link", "symlink", "truncate")),
        *("socket.bind", "socket.connect", "socket.getaddrinfo", "socket.sendto"),
        *("sqlite3.connect", "subprocess.Popen"),
    ]
)
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_MATTER = ("LANG", "LC_", "MKL_", "NPY_", "OMP_", "OPENBLAS_", "PYTHON", "TZ")
"""How the environment variables begin that Python and NumPy heed themselves."""
_GONE = "absent"


class Inputs:
    """What one run has read."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.files: set[str] = set()
        self.folders: set[str] = set()
        self.beyond = ""
        """What the run did that no reading can tell: it changed a file, asked the network; else nothing."""
        self._made: set[str] = set()
        self._began = time.time_ns()
        self._here = threading.get_ident()
        for module, file in _modules():
            _stamps.setdefault(module, _stamp(file))

    def digests(self) -> dict[str, str] | None:
        """What stands for the contents of all that was read; none where that can't be said.

        It can't where a file has changed since it was read: what is there now is not what the run has seen.
        """
        if self.beyond or any(map(os.path.lexists, self._made)):
            return None
        read = {path for path in self.files | self.folders if not self._is_own(path)}
        for module, file in _modules():
            read.add(file)
            if _stamps.setdefault(module, _stamp(file)) != _stamp(file):
                return None  # imported long ago
        if any(_stamp(path) > self._began for path in read):
            return None
        return {path: digest(path) for path in sorted(read)}

    def note(self, event: str, arguments: tuple) -> None:
        """Take down one event as Python reports it."""
        if threading.get_ident() != self._here:
            return
        if event in _LEAVES:
            self.beyond = event
            return
        path = _path(arguments[0] if arguments else None)
        if path is None or is_installed(path):
            return
        if event in _LISTS:
            self.folders.add(path)
        elif event == "open" and not arguments[2] & _WRITES:
            self.files.add(path)
        elif event in ("open", "os.mkdir"):
            self._makes(path, event)
        elif event == "os.rename":
            self._removes(path, event)
            self._makes(_path(arguments[1]) or "", event)
        elif arguments[-1] in (-1, None):  # elsewhere it is one of the many steps of shutil.rmtree
            self._removes(path, event)

    def _makes(self, path: str, event: str) -> None:
        if not self._is_own(path):
            if not os.path.lexists(path):
                self._made.add(path)
            elif event != "os.mkdir":  # which will be refused
                self.beyond = f"{event} {path}"

    def _removes(self, path: str, event: str) -> None:
        if not self._is_own(path):
            self.beyond = f"{event} {path}"

    def _is_own(self, path: str) -> bool:
        """Whether the run itself has made this file, or a folder around it."""
        return any(f"{path}{os.sep}".startswith(f"{made}{os.sep}") for made in self._made)


_HEEDED = _REMOVES | _LISTS | _LEAVES | {"open", "os.mkdir", "os.rename"}
_watching: list[Inputs] = []  # what runs now, and around it what asked for that: a ledger, say
_unseen = threading.local()
_stamps: WeakKeyDictionary[ModuleType, int] = WeakKeyDictionary()  # of a module's file, when first met


@contextmanager
def watched() -> Iterator[Inputs]:
    """Take down what is read meanwhile, in this thread."""
    _listen()
    inputs = Inputs()
    _watching.append(inputs)
    try:
        yield inputs
    finally:
        _watching.remove(inputs)


@contextmanager
def unseen() -> Iterator[None]:
    """Nothing that happens meanwhile, in this thread, is anybody's input."""
    before, _unseen.now = getattr(_unseen, "now", False), True
    try:
        yield
    finally:
        _unseen.now = before


@cache  # a process can listen, but never stop listening
def _listen() -> None:
    def hear(event: str, arguments: tuple) -> None:
        if not _watching or event not in _HEEDED or getattr(_unseen, "now", False):
            return
        if not _is_import(sys._getframe(1).f_code.co_filename, event, arguments):
            for inputs in _watching:
                inputs.note(event, arguments)

    sys.addaudithook(hear)


def _is_import(caller: str, event: str, arguments: tuple) -> bool:
    """Whether Python looks for a module here, reads it or stores its bytecode, and does not read data."""
    what = arguments[0] if arguments else None
    code = isinstance(what, str) and (what.endswith(".py") or "__pycache__" in what)
    return caller.startswith("<frozen importlib") and (code or event == "os.listdir")


def digest(path: str) -> str:
    """What stands for a file's content, or for the names in a folder."""
    try:
        what = (
            "\0".join(sorted(os.listdir(path))).encode() if os.path.isdir(path) else Path(path).read_bytes()
        )
    except OSError:
        return _GONE
    return hashlib.sha256(what).hexdigest()


def surroundings() -> list[object]:
    """What every run depends on: Python, what is installed, where modules are looked for, the settings."""
    with unseen():
        folders = [os.path.abspath(entry) for entry in sys.path]
        found = [(folder, names) for folder in folders if (names := _importable(folder, _stamp(folder)))]
    settings = sorted(item for item in os.environ.items() if item[0].startswith(_MATTER))
    # Which of Python's own folders come first differs between `mkdocs` and `python -m mkdocs`.
    installed = sorted(names for folder, names in found if is_installed(folder))
    own = [place for place in found if not is_installed(place[0])]
    return [sys.version, platform.system(), platform.machine(), [*sys.flags], installed, own, settings]


@lru_cache(maxsize=64)
def _importable(folder: str, stamp: int) -> tuple[str, ...]:
    """The modules and packages in a folder, and by the names of their records the versions of the latter."""
    try:
        names = os.listdir(folder)
    except OSError:  # a zip file, or nothing
        return ()
    ends = (".py", ".dist-info", ".egg-info", ".pth")
    return tuple(
        sorted(
            name
            for name in names
            if name.endswith(ends) or os.path.isfile(os.path.join(folder, name, "__init__.py"))
        )
    )


@lru_cache(maxsize=4096)
def is_installed(path: str) -> bool:
    """Whether a file belongs to Python or to an installed package."""
    return any(f"{way}{os.sep}".startswith(_installed()) for way in (path, os.path.realpath(path)))


@cache
def _installed() -> tuple[str, ...]:
    places = [sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib", "scripts")]
    return tuple({f"{way}{os.sep}" for place in places for way in (place, os.path.realpath(place))})


def _modules() -> Iterator[tuple[ModuleType, str]]:
    """The modules that are imported and not installed, with their files."""
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        if isinstance(module, ModuleType) and isinstance(file, str) and not is_installed(file):
            yield module, os.path.abspath(file)


def _path(given: object) -> str | None:
    """The path that an event is about; none where it is no file or folder, such as `os.devnull`."""
    if not isinstance(given, str | bytes | os.PathLike):
        return os.getcwd() if given is None else None  # a number is a file that is open already
    path = os.path.abspath(os.fsdecode(given))
    return None if path == os.devnull else path


def _stamp(path: str) -> int:
    """When a file changed last; in the far future, where it is no file whose content can be compared."""
    try:
        state = os.stat(path)
    except OSError:
        return 0
    regular = stat.S_ISREG(state.st_mode) or stat.S_ISDIR(state.st_mode)
    return state.st_mtime_ns if regular else sys.maxsize
