"""Imports run one way: pencilnet <- drawings <- docs, and provenum knows nobody."""

import ast
import re
import sys

import pytest
from tests.site.book import ROOT

MAY_IMPORT = {
    "pencilnet": {"pencilnet", "numpy"},
    "drawings": {"drawings", "pencilnet", "numpy"},
    "provenum": {
        "provenum",
        "markdown",
        "markdown_exec",
        "math_core",
        "pygments",
        "pymdownx",
        "mkdocs",
        "yaml",
    },
}


BESIDES = {"pencilnet": {"estimators.py": {"sklearn"}}}
"""What one module may import that the others may not, so that the others do without."""


def imported(source: str) -> set[str]:
    """The top-level packages that a module names in its imports, wherever they stand in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "a relative import hides where its arrow points"
            names.add(node.module)
    return {name.partition(".")[0] for name in names}


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_a_package_imports_only_what_it_may(package: str):
    modules = sorted((ROOT / "src" / package).rglob("*.py"))
    assert modules
    besides = BESIDES.get(package, {})
    ours = MAY_IMPORT[package] | set(sys.stdlib_module_names)
    foreign = {
        module.name: names
        for module in modules
        if (names := imported(module.read_text("utf-8")) - ours - besides.get(module.name, set()))
    }
    assert foreign == {}


@pytest.mark.parametrize("package", BESIDES)
def test_no_other_module_needs_one_that_imports_more(package: str):
    alone = {name.removesuffix(".py") for name in BESIDES[package]}
    for module in (ROOT / "src" / package).rglob("*.py"):
        source = module.read_text("utf-8")
        if module.stem not in alone:
            assert not re.search(rf"import .*\b({'|'.join(alone)})\b|\.({'|'.join(alone)}) import", source)


def test_every_package_has_its_arrows():
    packages = {folder.name for folder in (ROOT / "src").iterdir() if (folder / "__init__.py").exists()}
    assert packages == set(MAY_IMPORT)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import os.path, numpy as np", {"os", "numpy"}),
        ("def f():\n    from pencilnet.people import PEOPLE", {"pencilnet"}),
        ("x = 'import drawings'", set()),
    ],
)
def test_imports_are_seen(source: str, found: set[str]):
    assert imported(source) == found
