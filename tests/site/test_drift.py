"""A page and its code that disagree: neither builder builds the book, and both say where to look."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.site.book import BUILDERS, copy_of_the_tree, finish, start


class Break(NamedTuple):
    """One thing broken on purpose, and what both builders must say of it."""

    file: str
    edit: Callable[[str], str]
    said: str


def changed(pattern: str, replacement: str) -> Callable[[str], str]:
    """An edit of the first place that fits, which must be there."""

    def edit(text: str) -> str:
        edited, count = re.subn(pattern, replacement, text, count=1, flags=re.MULTILINE)
        assert count == 1, f"nothing on the page fits {pattern}"
        return edited

    return edit


def added(text: str) -> Callable[[str], str]:
    return lambda page: f"{page}\n{text}\n"


BREAKS = {
    "prose": Break("docs/neurons.md", changed(r"^([^|$\n]*)\[\[0\.999 =", r"\1[[0.998 ="), "0.998"),
    "table": Break("docs/loss.md", changed(r"^\|(.*)\[\[160( lb)? =", r"|\1[[161\2 ="), "161"),
    "formula": Break(
        "docs/backpropagation.md", changed(r"^(.*(?:\$|&|=).*)\[\[0\.0215 =", r"\1[[0.0216 ="), "0.0216"
    ),
    "failing cell": Break("docs/networks.md", added('```python exec="on"\n1 / 0\n```'), "ZeroDivisionError"),
    "endless cell": Break(
        "docs/networks.md", added('```python exec="on" timeout="1"\nwhile True: pass\n```'), "1 second"
    ),
    "bare numeral": Break("docs/index.md", added("Nobody has counted these 4217 words."), "4217"),
    "library": Break(
        "src/pencilnet/network.py", changed(r"(self\.w1 \* x1) \+ (self\.w2 \* x2)", r"\1 - \2"), "stated"
    ),
}


@pytest.mark.parametrize("broken", BREAKS)
def test_neither_builder_builds_it(broken: str, tmp_path: Path):
    file, edit, said = BREAKS[broken]
    trees = {}
    for builder in BUILDERS:
        (tmp_path / builder).mkdir()
        trees[builder] = copy_of_the_tree(tmp_path / builder)
        before = (trees[builder] / file).read_text("utf-8")
        (trees[builder] / file).write_text(edit(before), "utf-8")
    place = (
        rf"{file}:{line_of_the_first_difference(before, edit(before))}\b"
        if file.startswith("docs")
        else r"docs/\S+\.md:\d+"
    )
    for builder, build in {builder: start(builder, tree) for builder, tree in trees.items()}.items():
        code, output = finish(build)
        assert code != 0, builder
        assert re.search(place, output), f"{builder} names no place:\n{output}"
        assert said in output, f"{builder} does not say what is wrong:\n{output}"


def line_of_the_first_difference(before: str, after: str) -> int:
    """Of the code or sentence that was changed or added; an added fence begins a line before its code."""
    old, new = before.splitlines(), after.splitlines()
    first = next((k for k, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), len(old))
    while not new[first].strip() or new[first].startswith("```"):
        first += 1
    return first + 1
