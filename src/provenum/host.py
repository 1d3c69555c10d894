"""Which page is being converted, and by whom.

Python-Markdown hands an extension text and nothing else. MkDocs and Zensical both leave a trace of
the page on the Markdown instance, in processors of their own; this module is the only one that
knows where.
"""

import re
import sys
from pathlib import Path
from typing import NamedTuple

from markdown import Markdown

from provenum.errors import ProofError

_INNER = ("mkdocstrings_strip_paragraph", "markdown_exec_ids")


class Place(NamedTuple):
    """Where a page's text comes from."""

    name: str
    first_line: int


def place_of(md: Markdown, text: str) -> Place:
    """The file that the text was read from, and the line on which it begins there."""
    path = _path(md)
    if path is None or not path.is_file():
        return Place("<markdown>", 1)
    name = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
    return Place(name.as_posix(), first_line(read(path), text))


def first_line(file: str, text: str) -> int:
    """The line of the file, from 1, on which the text begins (front matter comes before it)."""
    lines = [line.strip() for line in file.splitlines()]
    wanted = [line.strip() for line in text.strip("\n").splitlines()]
    blank = len(text) - len(text.lstrip("\n"))
    starts = (k for k in range(len(lines)) if lines[k : k + len(wanted)] == wanted)
    return next(starts, blank) + 1 - blank


def read(path: Path) -> str:
    """A text file as Markdown is given it: UTF-8 without a byte order mark, lines that end in a line feed."""
    return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")


def without_front_matter(file: str) -> str:
    """A page's text as a builder hands it to Markdown."""
    return re.sub(r"\A---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*\n", "", file, flags=re.DOTALL)


def is_inner(md: Markdown) -> bool:
    """Whether this converts a fragment for another extension: a docstring, a cell's Markdown output."""
    return any(name in md.treeprocessors for name in _INNER)


def stop(error: ProofError) -> Exception:
    """The exception that stops the host at once, without a traceback through its own code."""
    mkdocs = sys.modules.get("mkdocs.exceptions")
    return mkdocs.PluginError(str(error)) if mkdocs and "mkdocs.commands.build" in sys.modules else error


def _path(md: Markdown) -> Path | None:
    if "relpath" in md.treeprocessors:
        return Path(md.treeprocessors["relpath"].file.abs_src_path)
    if "rendering_context" in md.preprocessors:
        context = md.preprocessors["rendering_context"]
        return Path(context.config["docs_dir"], context.page.path).absolute()
    return None
