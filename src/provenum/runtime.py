"""Python in the browser: whether this copy of the book has it, which build of it, or why not.

`make assets` writes a manifest beside the files a browser loads. A page names the manifest's version
in each of its live cells, so that a page and a Python of different builds are never mixed.
"""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple


class Runtime(NamedTuple):
    """What a manifest says: the version that browsers load, or why there is none."""

    version: str = ""
    off: str = ""
    """Why no cell is live, in words for a reader; empty where cells are."""


def read(manifest: Path, folders: Iterable[str | Path]) -> Runtime:
    """The runtime that a manifest describes.

    Args:
        manifest: The file that `make assets` writes.
        folders: Where the packages are that cells import; the runtime holds a copy of them.
    """
    try:
        said = json.loads(manifest.read_bytes())
    except FileNotFoundError:
        return Runtime(off="this copy of the book was made without Python for the browser")
    except ValueError:
        return Runtime(off=f"{manifest.as_posix()} is damaged; make assets writes it anew")
    if "off" in said:
        return Runtime(off=said["off"])
    if said["library"] != fingerprint(folders):
        return Runtime(
            off="the library has changed since its copy for the browser was made; make assets makes a new one"
        )
    return Runtime(said["version"])


def fingerprint(folders: Iterable[str | Path]) -> str:
    """What stands for all the Python source below some folders: another text, another fingerprint."""
    digest = hashlib.sha256()
    for folder in map(Path, folders):
        files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.py")}
        for name in sorted(files):
            digest.update(name.encode() + b"\0" + files[name].read_bytes() + b"\0")
    return digest.hexdigest()[:16]
