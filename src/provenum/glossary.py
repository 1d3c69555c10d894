"""Links into the glossary carry the definition with them, so that nobody has to leave the page.

A glossary is a page of entries: a heading with an id, then a paragraph that defines the term.
"""

import re
import xml.etree.ElementTree as etree
from collections.abc import Iterator, Mapping
from pathlib import Path

from provenum import host

_ENTRY = re.compile(
    r"^#{2,6}[ \t]+[^\n]*\{[ \t]*#(?P<id>[\w-]+)[ \t]*\}[ \t]*\n+(?P<text>[^\n#].*?)(?:\n[ \t]*\n|\Z)",
    re.M | re.S,
)


def read(path: Path) -> dict[str, str]:
    """Definitions by the id of their entry: the first paragraph of each, as plain text.

    Args:
        path: The glossary's Markdown file.
    """
    text = host.read(path)
    return {
        entry["id"]: " ".join(re.sub(r"[`*]", "", entry["text"]).split()) for entry in _ENTRY.finditer(text)
    }


def attach(root: etree.Element, page: str, definitions: Mapping[str, str]) -> Iterator[str]:
    """Put the definition beside every link to the glossary.

    Args:
        root: The page's tree; changed in place.
        page: File name of the glossary, as links name it.
        definitions: As `read` gives them.

    Yields:
        Ids that are linked to but not defined.
    """
    links = [(parent, child) for parent in _without_headings(root) for child in parent if child.tag == "a"]
    serial = 0
    for parent, link in links:
        target, _, term = (link.get("href") or "").partition("#")
        if target.rpartition("/")[2] != page or not term:
            continue
        if term not in definitions:
            yield term
            continue
        serial += 1
        _wrap(parent, link, definitions[term], f"term-{serial}")


def _without_headings(root: etree.Element) -> Iterator[etree.Element]:
    """Every element but headings and what is in them: the table of contents copies those."""
    if isinstance(root.tag, str) and re.fullmatch("h[1-6]", root.tag):
        return
    yield root
    for child in root:
        yield from _without_headings(child)


def _wrap(parent: etree.Element, link: etree.Element, definition: str, serial: str) -> None:
    term = etree.Element("span", {"class": "term"})
    term.tail, link.tail = link.tail, None
    parent[list(parent).index(link)] = term
    link.set("aria-describedby", serial)
    term.append(link)
    tip = etree.SubElement(term, "span", {"class": "definition", "role": "tooltip", "id": serial})
    tip.set("data-search-exclude", "")
    tip.text = definition
