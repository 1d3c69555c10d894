"""A second process for the pages' code: while MkDocs makes the short pages, it proves the long ones.

A third of a build is making pages, two thirds are running what stands on them, and MkDocs does one after the
other on one processor. Three designs were weighed:

- *To prove everything first*, in two processes, and make the pages afterwards: one processor idles then.
- *Processes that hand pages to each other*: a queue, and somebody who waits for whom.
- *What an author could do by hand*, which is this one: `python -m provenum check` beside the build. It leaves
  its runs where the build looks for them anyway (`provenum.kept`), and begins with the longest page; MkDocs
  is given the shortest first. Where the two meet, one page may run twice, and nothing is wrong if the second
  process fails or never comes. A page that lists the numbers of all the others comes last.

Nothing is proven ahead where no run may come from elsewhere: in CI, and with PROVENUM_CACHE=off.
"""

import os
import subprocess
import sys
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from provenum import book, kept

_FEWEST = 3
"""How many pages must be made for it to pay: an edit to one page is on screen before a process has begun."""
_running: list[subprocess.Popen] = []


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Begin, once it is known which pages are to be made."""
    _end()
    options = book.read(Path(config.config_file_path)).options
    pages = sorted(filter(File.is_modified, files.documentation_pages()), key=_work)
    if len(pages) < _FEWEST or not options.prove or not isinstance(kept.store(options.cache), kept.Folder):
        return files
    paths = [os.path.relpath(page.abs_src_path) for page in reversed(pages) if not _lists_the_others(page)]
    silent = subprocess.DEVNULL  # what is wrong is said by the build, which comes to the same page
    command = [sys.executable, "-m", "provenum", "check", *paths]
    _running.append(subprocess.Popen(command, stdout=silent, stderr=silent))
    return Files([*(file for file in files if file not in pages), *pages])


def on_shutdown() -> None:
    """End with MkDocs, which a wrong page may stop."""
    _end()


def _work(page: File) -> tuple[bool, int]:
    return _lists_the_others(page), len(page.content_string)


def _lists_the_others(page: File) -> bool:
    return "Ledger.of_book(" in page.content_string


def _end() -> None:
    while _running:
        with _running.pop() as process:
            process.terminate()
