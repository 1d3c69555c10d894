"""Serving the book while it is written: an edit to a page makes that page anew, and no other.

`make serve` runs `mkdocs serve --dirty`, with which MkDocs makes only pages that are newer than what was
made of them. That alone would show old pages: it knows nothing of what pages share. So before each build
this hook removes what was made of every page that may look different now:

- all of them, when the library, the settings, the templates, the glossary or the runtime have changed, or
  when there are other pages than before;
- those that list the numbers of the others, when a cell or a number has changed.

The navigation needs no page but itself: `mkdocs.yml` says the titles. Zensical runs no hooks, and needs none.
"""

import logging
import re
from pathlib import Path

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

_SHARED = ("glossary.md", "runtime/manifest.json", "theme")
_LISTS_NUMBERS = "Ledger.of_book("
_PROVEN = re.compile(r"^[ \t]*```+ *python[^\n]*exec=.*?```|\[\[.*?\]\]", re.M | re.S)
_before: dict[str, list[str]] = {}
"""The cells and numbers of each page, at the last build of this process."""


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Remove what was made of the pages that must be made anew."""
    pages = files.documentation_pages()
    proven = {page.src_uri: _PROVEN.findall(page.content_string) for page in pages}
    changed = max(map(_changed, _shared(config)), default=0)
    for page in pages:
        made = Path(page.abs_dest_path)
        listing = _LISTS_NUMBERS in page.content_string and proven != _before
        if proven.keys() != _before.keys() or listing or _changed(made) < changed:
            made.unlink(missing_ok=True)
    _before.clear()
    _before.update(proven)
    return files


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Compile each template once, and not at each build."""
    env.bytecode_cache = _compiled
    return env


def _shared(config: MkDocsConfig) -> list[Path]:
    """The files that every page is made of."""
    docs = Path(config.docs_dir)
    roots = [Path(config.config_file_path), *map(Path, config.watch), *(docs / name for name in _SHARED)]
    inside = [file for root in roots for file in root.rglob("*") if "__pycache__" not in file.parts]
    return [*roots, *inside]


def _changed(file: Path) -> float:
    try:
        return 0 if file.is_dir() else file.stat().st_mtime
    except FileNotFoundError:  # a page not made yet, or a file that an editor is just saving
        return 0


class _Compiled(jinja2.BytecodeCache):
    """Compiled templates, by what they were compiled from, for as long as the process lasts."""

    def __init__(self) -> None:
        self.by_key: dict[str, bytes] = {}

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        if bucket.key in self.by_key:
            bucket.bytecode_from_string(self.by_key[bucket.key])

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        self.by_key[bucket.key] = bucket.bytecode_to_string()


_compiled = _Compiled()


# MkDocs warns at each build of exactly what this hook sees to.
logging.getLogger("mkdocs.commands.build").addFilter(lambda said: "'dirty' build" not in said.getMessage())
