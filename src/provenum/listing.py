"""Source code shown as it is imported, so that what is read is what runs."""

import ast
import inspect
import textwrap
from importlib import import_module


def source_of(name: str, *, docstring: bool = True) -> str:
    """The source of something importable.

    Args:
        name: Full name of a module, class, function or method: `pencilnet.sigmoid`.
        docstring: Whether docstrings are kept.

    Raises:
        ImportError: If no part of the name can be imported.
        AttributeError: If the module has nothing of that name.
        TypeError: If it is something without source, such as a number.
    """
    source = textwrap.dedent(inspect.getsource(_found(name)))
    return source if docstring else _without_docstrings(source)


def _found(name: str) -> object:
    """What the longest importable part of the name holds under the rest of it."""
    module, rest = name, []
    while True:
        try:
            found = import_module(module)
            break
        except ModuleNotFoundError as error:
            if "." not in module or not module.startswith(error.name):
                raise
            module, _, last = module.rpartition(".")
            rest.insert(0, last)
    for part in rest:
        found = getattr(found, part)
    return found


def _without_docstrings(source: str) -> str:
    """The source without its docstrings and the blank line after each."""
    lines = source.split("\n")
    gone = set()
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        if ast.get_docstring(node) is not None and len(node.body) > 1:
            first, last = node.body[0].lineno, node.body[0].end_lineno
            gone.update(range(first, last + 1 + (not lines[last].strip())))
    return "\n".join(line for number, line in enumerate(lines, 1) if number not in gone)
