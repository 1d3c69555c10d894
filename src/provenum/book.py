"""The book as its mkdocs.yml describes it: its folder, the order of its pages, how strict it is."""

from pathlib import Path
from typing import Any, NamedTuple

import yaml

from provenum.proof import Options


class Book(NamedTuple):
    """Where the pages are and how they are proven."""

    folder: Path
    pages: list[Path]
    """Every page: those of the navigation in its order, then the others by name."""
    options: Options


def read(settings: Path = Path("mkdocs.yml")) -> Book:
    """The book that a mkdocs.yml describes; without one, the folder `docs` and the defaults.

    Raises:
        FileNotFoundError: If there is no folder of pages.
    """
    config = yaml.load(settings.read_bytes(), _AnyTag) if settings.is_file() else {}
    folder = settings.parent / config.get("docs_dir", "docs")
    if not folder.is_dir():
        raise FileNotFoundError(f"there is no folder {folder} of pages below {Path.cwd()}")
    return Book(folder, pages_of(folder, config.get("nav")), _options(config))


def pages_of(folder: Path, nav: Any = None) -> list[Path]:
    """Every page below a folder, those that a navigation lists first."""
    everything = sorted(folder.rglob("*.md"))
    listed = dict.fromkeys(folder / name for name in _names(nav))
    return [page for page in listed if page in everything] + [
        page for page in everything if page not in listed
    ]


def _names(nav: Any) -> list[str]:
    if isinstance(nav, str):
        return [nav]
    inner = nav.values() if isinstance(nav, dict) else nav or []
    return [name for entry in inner for name in _names(entry)]


def _options(config: dict) -> Options:
    listed = config.get("markdown_extensions") or []
    own = (
        next((entry["provenum"] for entry in listed if isinstance(entry, dict) and "provenum" in entry), None)
        or {}
    )
    return Options(**{key: own[key] for key in Options._fields if key in own})


class _AnyTag(yaml.SafeLoader):
    """Reads past the tags that MkDocs adds to YAML (!ENV, !!python/name); none of them concerns us."""


_AnyTag.add_multi_constructor("", lambda loader, tag, node: None)
