"""What the README shows is what happens."""

import re
import subprocess

import pytest
from tests.site.book import ROOT

from provenum.host import without_front_matter
from provenum.proof import ProofError, prove

README = (ROOT / "README.md").read_text("utf-8")


def test_its_error_message_is_the_real_one():
    """All but the number of the line, which moves with every sentence written above it."""
    page = without_front_matter((ROOT / "docs" / "index.md").read_text("utf-8"))
    with pytest.raises(ProofError) as refused:
        prove(page.replace("[[0.999 = y]]", "[[0.998 = y]]", 1), "docs/index.md")
    shown = re.search(r"```\n(docs/index.md:.*?)\n```", README, re.DOTALL)[1]
    assert re.sub(":[0-9]+:", ":N:", shown) == re.sub(":[0-9]+:", ":N:", str(refused.value))


def test_its_cell_is_on_the_page():
    lines = re.search(r"````markdown\n```python exec=\"on\"\n(.*?)```\n\n(.*?)\n````", README, re.DOTALL)
    page = (ROOT / "docs" / "index.md").read_text("utf-8")
    assert all(line in page for line in f"{lines[1]}{lines[2]}".splitlines())


def test_its_targets_are_in_the_makefile():
    targets = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z-]+)\b", README)) | {"build", "bench", "lint", "mutants"}
    assert named <= targets


def test_make_alone_lists_every_target():
    shown = subprocess.run(
        ["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    targets = re.findall(r"^([a-z-]+):.*## (.*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert shown.splitlines() == [f"make {name:9} {words}" for name, words in targets]


def test_its_links_lead_somewhere():
    linked = re.findall(r"\]\((?!https:)([^)]+)\)", README) + re.findall(r"^(\S+/)\s", README, re.MULTILINE)
    assert [link for link in linked if not (ROOT / link).exists()] == []


def test_it_has_the_benchmarks():
    for mark in ("bench", "bench: digits", "bench: wide", "bench: build", "bench: web"):
        table = re.search(rf"<!-- {mark} -->\n(.*?)<!-- /{mark} -->", README, re.DOTALL)
        assert table[1].count("\n") >= 3, "run make bench"
