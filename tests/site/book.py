"""The book as the tests handle it: a copy of its tree, a build by either builder, the pages that come out."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lxml import html

ROOT = Path(__file__).resolve().parents[2]
BUILDERS = {
    "mkdocs": ("mkdocs", "build", "--strict"),
    "zensical": ("zensical", "build", "--strict", "--clean"),
}
PATIENCE = 900
"""Seconds that a build may take before a test calls it endless; generous, for slow machines."""


def copy_of_the_tree(to: Path) -> Path:
    """What a build reads, copied: a test may break it, and no build leaves anything in the real tree."""
    shutil.copy(ROOT / "mkdocs.yml", to)
    for folder in ("docs", "src"):
        shutil.copytree(
            ROOT / folder, to / folder, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
        )
    return to


def start(builder: str, tree: Path) -> subprocess.Popen:
    """A build of the tree by one builder, running. The tree's own `src` is what its pages import."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(tree / "src"),
        "NO_COLOR": "1",
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONUTF8": "1",
    }
    return subprocess.Popen(
        [sys.executable, "-m", *BUILDERS[builder]],
        cwd=tree,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )


def finish(build: subprocess.Popen) -> tuple[int, str]:
    """How a build ended and all it said."""
    with build:
        output, _ = build.communicate(timeout=PATIENCE)
    return build.returncode, re.sub(r"\x1b\[[0-9;]*m", "", output)


def seal(site: Path) -> None:
    """What `make build` does to a site once a builder has made it."""
    subprocess.run([sys.executable, ROOT / "docs" / "seal.py", site], check=True, capture_output=True)


@dataclass(frozen=True)
class Page:
    """One HTML page of a built site."""

    url: str
    """Its path from the site's root, `neurons/` say."""
    file: Path

    @property
    def stands_in(self) -> bool:
        """Served in place of a page that is not there: at any address, so its links begin at the root."""
        return self.url in ("404.html", "offline.html")

    @cached_property
    def text(self) -> str:
        return self.file.read_text("utf-8")

    @cached_property
    def tree(self) -> html.HtmlElement:
        return html.document_fromstring(self.text)

    @cached_property
    def anchors(self) -> set[str]:
        """What a link can end in."""
        return set(self.tree.xpath("//@id | //a/@name"))

    @cached_property
    def main(self) -> html.HtmlElement:
        """What the author wrote, without the theme around it."""
        (article,) = self.tree.xpath("//article[contains(@class, 'md-content__inner')]")
        return article


def pages_of(site: Path) -> dict[str, Page]:
    """Every page of a site by its URL, 404.html among them. The frame that Python runs in is no page."""
    urls = {
        file: file.relative_to(site).as_posix().removesuffix("index.html")
        for file in site.rglob("*.html")
        if file.name != "sandbox.html"
    }
    return {url: Page(url, file) for file, url in sorted(urls.items(), key=lambda item: item[1])}


def has_class(element: html.HtmlElement, *names: str) -> bool:
    return not set(names).isdisjoint(element.get("class", "").split())


def words(element: html.HtmlElement, unread=lambda element: False) -> str:
    """The text under an element in reading order, without the elements that `unread` names."""
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and not unread(child):
            parts.append(words(child, unread))
        parts.append(child.tail or "")
    return "".join(parts)


def plain(text: str) -> str:
    """Text with one space between words and a hyphen for the minus sign, for comparing."""
    return " ".join(text.replace("−", "-").replace("\xa0", " ").split())
