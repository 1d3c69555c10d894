"""A deadline for a build's cells. A browser has none: there the reader presses Stop."""

import contextlib
import ctypes
import faulthandler
import sys
import threading
from collections.abc import Iterator
from math import inf

from provenum.session import Overtime

GRACE = 10  # seconds


@contextlib.contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Stop what runs inside after so many seconds.

    A watching thread raises an exception in this one. It works in any thread and on any system,
    unlike an alarm signal, and builders do render pages in threads. Code that never returns to
    Python can't be reached so (`sum(iter(int, 1))`); after a grace period the faulthandler, which
    needs no Python, says where it is, file and line, and ends the process.
    """
    if seconds == inf:
        yield
        return
    done = threading.Event()
    target = ctypes.c_ulong(threading.get_ident())
    raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc

    def watch() -> None:
        waiting = seconds
        while not done.wait(waiting):
            raise_in(target, ctypes.py_object(Overtime))
            waiting = 1.0  # and again, where a bare `except:` kept the last one

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    faulthandler.dump_traceback_later(seconds + GRACE, exit=True, file=sys.__stderr__)
    try:
        yield
    finally:
        while not done.is_set() or watcher.is_alive():
            with contextlib.suppress(Overtime):  # one more, while what the cell held is being freed
                done.set()
                watcher.join()
        raise_in(target, None)  # one that was raised just as the cell ended by itself
        faulthandler.cancel_dump_traceback_later()
