"""Imports run one way: pencilnet <- drawings <- docs, and provenum knows nobody."""

import ast
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
    foreign = {
        module.name: names
        for module in modules
        if (names := imported(module.read_text("utf-8")) - MAY_IMPORT[package] - set(sys.stdlib_module_names))
    }
    assert foreign == {}


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
