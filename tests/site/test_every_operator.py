"""There is not one arithmetic operator in the network's passes that could be another: a page would notice."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.site.book import PATIENCE, ROOT, copy_of_the_tree

MODULES = ("neuron.py", "network.py", "loss.py", "backpropagation.py", "descent.py", "seeds.py")
OTHER = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Pow: ast.Mult}
OTHER_CALL = {
    "add": "subtract",
    "subtract": "add",
    "multiply": "divide",
    "divide": "multiply",
    "negative": "positive",
}
"""NumPy's names for the same operators, in the code that trains many networks at once."""
CHAPTERS = ("backpropagation", "neurons", "networks", "loss", "descent", "now-what", "notation")
"""Where a flip is looked for; training is looked at first where it is trained."""


class Flip(NamedTuple):
    """One module's source with one operator turned into its opposite."""

    line: int
    what: str
    source: str


def flips(source: str) -> Iterator[Flip]:
    """The source once for each arithmetic operator in it. The minus of `losses[-1]` is none."""
    tree = ast.parse(source)
    places = {node.slice for node in ast.walk(tree) if isinstance(node, ast.Subscript)}
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp | ast.AugAssign) and type(node.op) in OTHER:
            yield flipped(tree, node, "op", OTHER[type(node.op)]())
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and node not in places:
            yield flipped(tree, node, "op", ast.UAdd())
        elif isinstance(node, ast.Attribute) and ast.unparse(node.value) == "np" and node.attr in OTHER_CALL:
            yield flipped(tree, node, "attr", OTHER_CALL[node.attr])


def flipped(tree: ast.Module, node: ast.AST, field: str, other: object) -> Flip:
    before, written = getattr(node, field), ast.unparse(node)
    setattr(node, field, other)
    flip = Flip(node.lineno, f"{written} -> {ast.unparse(node)}", ast.unparse(tree))
    setattr(node, field, before)
    return flip


def noticed(flip: Flip, module: str, folder: Path) -> bool:
    """Whether `provenum check` refuses any chapter of the book with this flip in the library."""
    folder.mkdir()
    tree = copy_of_the_tree(folder)
    (tree / "src" / "pencilnet" / module).write_text(flip.source, "utf-8")
    trains = module in ("descent.py", "seeds.py")
    return any(refused(tree, chapter) for chapter in (("descent",) if trains else ()) + CHAPTERS)


def refused(tree: Path, chapter: str) -> bool:
    command = [sys.executable, "-m", "provenum", "check", f"docs/{chapter}.md"]
    environment = {**os.environ, "PYTHONPATH": str(tree / "src")}
    return (
        subprocess.run(command, cwd=tree, env=environment, capture_output=True, timeout=PATIENCE).returncode
        != 0
    )


def test_the_book_as_it_stands_is_not_refused(tmp_path: Path):
    """Nor is it with the library written anew by the same hand that flips its operators."""
    tree = copy_of_the_tree(tmp_path)
    for module in MODULES:
        file = tree / "src" / "pencilnet" / module
        file.write_text(ast.unparse(ast.parse(file.read_text("utf-8"))), "utf-8")
    assert [chapter for chapter in CHAPTERS if refused(tree, chapter)] == []


@pytest.mark.parametrize("module", MODULES)
def test_every_flipped_operator_is_noticed(module: str, tmp_path: Path):
    found = list(flips((ROOT / "src" / "pencilnet" / module).read_text("utf-8")))
    assert found
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        caught = pool.map(lambda job: noticed(job[1], module, tmp_path / str(job[0])), enumerate(found))
        unnoticed = [
            f"{module}:{flip.line}: {flip.what}" for flip, seen in zip(found, caught, strict=True) if not seen
        ]
    assert unnoticed == []
