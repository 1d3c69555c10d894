"""Pages as data: what each becomes, or the words with which it is refused.

A case is a file: the page, a line of `=====`, and what is to come of it. A new case needs no
Python: write the page and the line, run `ACCEPT=1 pytest tests/provenum/test_cases.py`, and read
what was written below the line before you commit it.
"""

import os
import re
from pathlib import Path

import pytest
from markdown import Markdown

from provenum import ProofError

CASES = Path(__file__).parent / "cases"
RULE = "\n=====\n"
EXTENSIONS = [
    "admonition",
    "attr_list",
    "fenced_code",
    "footnotes",
    "md_in_html",
    "tables",
    "toc",
    "provenum",
]


MANIFESTS = {
    "live": '{"version": "0123456789ab", "library": "e3b0c44298fc1c14"}',  # of no file at all
    "off": '{"off": "it is raining"}',
}


def convert(page, manifest=""):
    settings = {
        "glossary": str(CASES / "glossary.txt"),
        "symbols": {"w": "weight", "y": "activation", "dL_d": "gradient", "dz": "sum"},
        "seconds": 5,
        "watch": [],
        "live": manifest,
    }
    return Markdown(extensions=EXTENSIONS, extension_configs={"provenum": settings}).convert(page)


def becomes(path, page, folder):
    manifest = ""
    if kind := MANIFESTS.get(path.name.partition("-")[0]):  # only the cases named so have a runtime
        manifest = folder / "manifest.json"
        manifest.write_text(kind, "utf-8")
    html = convert(page, str(manifest))
    if path.name.startswith("receipt"):
        return html
    # Every number has a receipt; to see more than receipts, only the cases named so keep theirs.
    return re.sub(r'<span[^>]*class="receipt".*?</span>', "", html)


def refusal(page):
    with pytest.raises(ProofError) as refused:
        convert(page)
    return str(refused.value).replace(CASES.as_posix(), "cases")


def compare(path, made):
    page, _, expected = path.read_text("utf-8").partition(RULE)
    if os.environ.get("ACCEPT"):
        path.write_text(f"{page}{RULE}{made.rstrip()}\n", "utf-8")
        return
    assert made.rstrip() == expected.rstrip()


@pytest.mark.parametrize("path", sorted((CASES / "accepted").iterdir()), ids=lambda path: path.stem)
def test_page_becomes(path, tmp_path):
    compare(path, becomes(path, path.read_text("utf-8").partition(RULE)[0], tmp_path))


@pytest.mark.parametrize("path", sorted((CASES / "refused").iterdir()), ids=lambda path: path.stem)
def test_page_is_refused(path):
    compare(path, refusal(path.read_text("utf-8").partition(RULE)[0]))


def test_no_case_of_a_page_that_becomes_something_holds_a_placeholder():
    for path in (CASES / "accepted").iterdir():
        assert not re.search("[\ue000-\ue0ff]", path.read_text("utf-8"))
