"""What `docs/ahead.py` does beside a build: the long pages' code, in a process of its own."""

import importlib.util
import os
import re
import subprocess
import sys

import pytest
from mkdocs.config import load_config
from mkdocs.structure.files import get_files
from tests.site.book import ROOT

from provenum import kept

PAGES = ["index", "one", "two"]
CELL = '```python exec="on"\nimport os\n\nprint("process", os.getpid())\n```\n'


@pytest.fixture
def ahead(monkeypatch):
    """The hook, where an author builds; whatever it has begun is over at the end."""
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("PROVENUM_CACHE", raising=False)
    spec = importlib.util.spec_from_file_location("ahead", ROOT / "docs" / "ahead.py")
    hook = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(hook)
    yield hook
    hook.on_shutdown()


@pytest.fixture
def book(tmp_path, monkeypatch):
    """A book of three pages, each of which prints the process that it ran in."""
    (tmp_path / "docs").mkdir()
    for name in PAGES:
        (tmp_path / "docs" / f"{name}.md").write_text(CELL, "utf-8")
    settings = "site_name: Book\nmarkdown_extensions:\n  - provenum:\n      cache: kept\n"
    (tmp_path / "mkdocs.yml").write_text(settings, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ordered(ahead):
    """The pages in the order in which MkDocs is given them."""
    config = load_config("mkdocs.yml")
    return [page.src_uri for page in ahead.on_files(get_files(config), config=config).documentation_pages()]


def begun(ahead):
    """The process that the hook has begun for this book, if any."""
    ordered(ahead)
    return ahead._running[0] if ahead._running else None


def processes(book):
    """The processes in which the runs that are kept took place."""
    texts = [kept.Folder(book / "kept").read(file.stem) for file in (book / "kept").glob("*.json")]
    return [int(process) for text in texts for process in re.findall(r"process (\d+)", text)]


def test_the_pages_are_run_by_another_process(ahead, book):
    process = begun(ahead)
    assert process.wait(60) == 0
    assert processes(book) == [process.pid] * len(PAGES)


def test_the_build_uses_what_it_has_run(ahead, book):
    process = begun(ahead)
    process.wait(60)
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "--quiet"], check=True)
    assert f"process {process.pid}" in (book / "site" / "two" / "index.html").read_text("utf-8")


def test_it_begins_with_the_longest_page_and_the_build_with_the_shortest(ahead, book):
    (book / "docs" / "one.md").write_text(CELL * 3, "utf-8")
    (book / "docs" / "index.md").write_text(CELL * 2, "utf-8")
    assert ordered(ahead) == ["two.md", "index.md", "one.md"]
    (process,) = ahead._running
    assert [os.path.basename(name) for name in process.args[-3:]] == ["one.md", "index.md", "two.md"]


def test_what_lists_the_others_is_made_last_and_not_run_ahead(ahead, book):
    (book / "docs" / "all.md").write_text('```python exec="on"\nLedger.of_book(but=["all.md"])\n```', "utf-8")
    assert ordered(ahead)[-1] == "all.md"
    (process,) = ahead._running
    assert not any("all.md" in argument for argument in process.args)


def test_an_edit_to_a_single_page_begins_nothing(ahead, book):
    for name in PAGES[1:]:
        (book / "docs" / f"{name}.md").unlink()
    assert begun(ahead) is None


@pytest.mark.parametrize("setting", [("CI", "true"), ("PROVENUM_CACHE", "off")], ids="=".join)
def test_nothing_is_run_ahead_where_no_run_may_come_from_elsewhere(ahead, book, monkeypatch, setting):
    monkeypatch.setenv(*setting)
    assert begun(ahead) is None


def test_it_ends_with_the_build(ahead, book):
    endless = CELL.replace("print", "while True: print")
    for name in PAGES:
        (book / "docs" / f"{name}.md").write_text(endless, "utf-8")
    process = begun(ahead)
    ahead.on_shutdown()
    assert process.returncode is not None


def test_what_is_wrong_is_left_for_the_build_to_say(ahead, book, capfd):
    (book / "docs" / "one.md").write_text("It is [[1 = 2]].", "utf-8")
    assert begun(ahead).wait(60) == 1
    assert capfd.readouterr() == ("", "")
    assert len(processes(book)) == len(PAGES) - 1
