"""What is made beside the text, where it cannot be had: the book is built, and says what it lacks."""

import gzip
import json
import os
import shutil
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from tests.site.book import ROOT, copy_of_the_tree, finish, pages_of, start

NOWHERE = "http://127.0.0.1:9"
"""A port at which nobody answers, in the place of every server."""
CUT_OFF = {
    **dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "PIP_INDEX_URL"), NOWHERE),
    "PIP_CONFIG_FILE": os.devnull,
    "PIP_FIND_LINKS": "",
    "PIP_EXTRA_INDEX_URL": "",
    "no_proxy": "",
    "NO_PROXY": "",
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The book without anything that make made."""
    tree = copy_of_the_tree(tmp_path)
    for made in ("fonts", "runtime"):
        shutil.rmtree(tree / "docs" / made, ignore_errors=True)
    return tree


def make(tree: Path, script: str) -> str:
    """Run a maker without a network, and return what it says to whoever ran make."""
    run = subprocess.run(
        [sys.executable, tree / "docs" / script],
        env={**os.environ, **CUT_OFF},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )
    assert run.returncode == 0, run.stderr
    return run.stderr


def test_without_npm_the_book_is_built_and_says_that_its_cells_do_not_run(tree: Path):
    assert "FONTS ARE MISSING" in make(tree, "fonts.py")
    said = make(tree, "runtime.py")
    assert "LIVE CELLS ARE OFF: npm could not install Pyodide." in said
    code, output = finish(start("mkdocs", tree))
    assert code == 0, output
    chapter = pages_of(tree / "site")["neurons/"].text
    assert "<live-cell" not in chapter
    assert chapter.count("The cells of this page can’t be run in the browser") == 1


def test_without_numpy_the_cells_are_off(tree: Path):
    (tree / "node_modules").symlink_to(ROOT / "node_modules")
    assert "LIVE CELLS ARE OFF: NumPy for the browser" in make(tree, "runtime.py")
    assert list(json.loads((tree / "docs" / "runtime" / "manifest.json").read_bytes())) == ["off"]


def test_a_numpy_that_is_not_the_releases_own_is_not_used(tree: Path):
    (tree / "node_modules").symlink_to(ROOT / "node_modules")
    lock = json.loads((ROOT / "node_modules" / "pyodide" / "pyodide-lock.json").read_bytes())
    (tree / ".downloads").mkdir()
    (tree / ".downloads" / lock["packages"]["numpy"]["file_name"]).write_bytes(b"not it")
    assert "LIVE CELLS ARE OFF: NumPy for the browser" in make(tree, "runtime.py")


SENT = ROOT / "docs" / "runtime" / "book.zip.gzip"


@pytest.mark.skipif(
    not SENT.exists(), reason="Python for the browser could not be had when the book was made"
)
def test_the_browser_gets_of_provenum_what_its_cells_import_and_no_more():
    code = "import sys, provenum.live; print(*(name for name in sys.modules if name.startswith('provenum')))"
    imported = subprocess.check_output([sys.executable, "-c", code], text=True).split()
    sent = zipfile.ZipFile(BytesIO(gzip.decompress(SENT.read_bytes())))
    ours = {name.removesuffix(".pyc").replace("/", ".") for name in sent.namelist() if "provenum" in name}
    assert {name.removesuffix(".__init__") for name in ours} == set(imported)
