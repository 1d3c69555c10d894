"""Modules whose files changed are imported anew, so that a served page never shows old code."""

import importlib
import sys
from collections.abc import Iterable
from pathlib import Path

_seen: dict[Path, int] = {}  # what a process has imported is the process's own state


def forget_changed_modules(folders: Iterable[str]) -> None:
    """Drop from `sys.modules` what was imported from these folders, if any file there changed.

    All of it is dropped, not only the changed module: others hold names they imported from it.

    Args:
        folders: Folders that hold packages, relative to the current one.
    """
    roots = [Path(folder).resolve() for folder in folders]
    now = {file: file.stat().st_mtime_ns for root in roots for file in root.rglob("*.py")}
    if _seen and now != _seen:
        importlib.invalidate_caches()
        for name, module in list(sys.modules.items()):
            file = getattr(module, "__file__", None)
            ours = file and any(Path(file).resolve().is_relative_to(root) for root in roots)
            if ours and name.partition(".")[0] != __package__:
                del sys.modules[name]
    _seen.clear()
    _seen.update(now)
