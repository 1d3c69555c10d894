"""Pages whose numbers cannot lie.

A Python-Markdown extension: `[[0.999 = y]]` prints 0.999 and stops the build unless the page's own
code computes a `y` that rounds to it.

The modules, in the order in which a page passes through them: `number` (what digits claim),
`page` (the syntax), `session` (running code), `coverage` (what nobody vouches for), `proof` (all
of a page), `formula`, `glossary` and `markup` (HTML), `host` (MkDocs, Zensical, none),
`extension` (Python-Markdown), `book`, `ledger` and `__main__` (all pages together).
"""

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


def makeExtension(**configs: object) -> ProvenumExtension:
    """The extension, for Python-Markdown to find by the package's name."""
    return ProvenumExtension(**configs)
