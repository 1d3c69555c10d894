"""Pages whose numbers cannot lie.

A Python-Markdown extension: `[[0.999 = y]]` prints 0.999 and stops the build unless the page's own
code computes a `y` that rounds to it.

The modules, in the order in which a page passes through them: `number` (what digits claim),
`page` (the syntax), `session` (running code), `deadline` (not for ever), `inputs` and `kept` (not
twice), `coverage` (what nobody vouches for), `proof` (all of a page), `formula`, `glossary` and
`markup` (HTML), `runtime` (Python for the browser), `host` (MkDocs, Zensical, none), `extension`
(Python-Markdown), `book`, `ledger` and `__main__` (all pages together).

In the reader's browser, where there is neither Markdown nor a book: `live` (the page's cells and
numbers once more), `checkpoint` (where each cell left off) and `plainly` (errors in plain words).
For them this package imports nothing before it is asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from provenum.errors import Finding, ProofError
    from provenum.extension import ProvenumExtension
    from provenum.ledger import Entry, Ledger
    from provenum.proof import Options, Proof, prove

__all__ = [
    "Entry",
    "Finding",
    "Ledger",
    "Options",
    "Proof",
    "ProofError",
    "ProvenumExtension",
    "makeExtension",
    "prove",
]

_HOMES = {
    "Entry": "ledger",
    "Finding": "errors",
    "Ledger": "ledger",
    "Options": "proof",
    "Proof": "proof",
    "ProofError": "errors",
    "ProvenumExtension": "extension",
    "prove": "proof",
}


def __getattr__(name: str) -> object:
    """A public name, from the module that has it."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def makeExtension(**configs: object) -> "ProvenumExtension":
    """The extension, for Python-Markdown to find by the package's name."""
    from provenum.extension import ProvenumExtension

    return ProvenumExtension(**configs)
