"""Every link leads somewhere, and no page fetches anything from elsewhere."""

import gzip
import posixpath
import re
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from tests.conftest import Site
from tests.site.book import Page

HOME = "https://here.invalid/"
LINKED = "//link[not(contains('canonical alternate edit prev next', @rel))]/@href"
FETCHED = f"//@src | //@srcset | //@data | //@poster | //@xlink:href | {LINKED}"
WEIGHT = 200 * 1024


def address(page: Page, link: str) -> tuple[str, str] | None:
    """The path within the site and the anchor that a link leads to; nothing for one that leaves the site."""
    parts = urlsplit(urljoin(HOME + page.url, link))
    return (
        (unquote(parts.path).removeprefix("/"), unquote(parts.fragment))
        if parts.netloc == urlsplit(HOME).netloc
        else None
    )


def file_of(site: Site, path: str) -> Path:
    return site.folder / (path + "index.html" if path in ("",) or path.endswith("/") else path)


def test_every_link_and_anchor_within_the_site_resolves(site: Site):
    base = urlsplit(site.pages[""].tree.xpath("string(//link[@rel='canonical']/@href)")).path
    broken = []
    for page in site.pages.values():
        for link in page.tree.xpath("//a/@href | //link/@href | //@src"):
            where = address(page, link)
            if page.stands_in and where:
                where = (where[0].removeprefix(base.lstrip("/")), where[1])
            if where and not leads_somewhere(site, *where):
                broken.append((page.url, link))
    assert broken == []


def leads_somewhere(site: Site, path: str, anchor: str) -> bool:
    if not file_of(site, path).is_file():
        return False
    return not anchor or anchor in site.pages[path].anchors


def test_nothing_is_fetched_from_another_origin(site: Site):
    namespaces = {"xlink": "http://www.w3.org/1999/xlink"}
    foreign = []
    for page in site.pages.values():
        fetched = page.tree.xpath(FETCHED, namespaces=namespaces)
        fetched += [
            link for style in page.tree.xpath("//style/text() | //@style") for link in links_in_css(style)
        ]
        foreign += [(page.url, link) for link in fetched if leaves(link)]
    for sheet in site.folder.rglob("*.css"):
        foreign += [(sheet.name, link) for link in links_in_css(sheet.read_text("utf-8")) if leaves(link)]
    assert foreign == []


def leaves(link: str) -> bool:
    return bool(re.match(r"\s*(https?:)?//", link))


def links_in_css(css: str) -> list[str]:
    return re.findall(r"""(?:url\(\s*|@import\s+)["']?([^"')\s;]+)""", css)


def test_every_file_that_a_style_sheet_names_is_there(site: Site):
    missing = [
        (sheet.name, link)
        for sheet in site.folder.rglob("*.css")
        for link in links_in_css(sheet.read_text("utf-8"))
        if not link.startswith(("data:", "#"))
        and not (sheet.parent / urlsplit(link).path).resolve().is_file()
    ]
    assert missing == []


def test_a_page_weighs_at_most_200_kilobytes_compressed(site: Site):
    weights = {page.url: weight(site, page) for page in site.pages.values() if not page.stands_in}
    assert {url: size for url, size in weights.items() if size > WEIGHT} == {}


def weight(site: Site, page: Page) -> int:
    """Compressed bytes of the page and of every style sheet and script that it loads, imported ones too."""
    files, waiting = (
        set(),
        [
            address(page, link)[0]
            for link in page.tree.xpath("//link[@rel='stylesheet']/@href | //script/@src")
        ],
    )
    while waiting:
        path = waiting.pop()
        if path not in files:
            files.add(path)
            waiting += [
                posixpath.normpath(posixpath.join(posixpath.dirname(path), link))
                for link in imports(site, page, path)
            ]
    return sum(
        len(gzip.compress(file.read_bytes()))
        for file in [page.file, *(file_of(site, path) for path in files)]
    )


def imports(site: Site, page: Page, path: str) -> list[str]:
    """What a style sheet or script of the page brings without being asked; elsewhere import(...) waits."""
    source = file_of(site, path).read_text("utf-8")
    if path.endswith(".css"):
        return re.findall(r"""@import\s+(?:url\()?["']([^"']+\.css)""", source)
    if path == "elements/elements.js":
        brought = re.findall(r"""(?:"([\w-]+)": .*)?\bimport\(["'](\.[^"']+\.js)["']\)""", source)
        return [file for element, file in brought if not element or page.tree.xpath(f"//{element}")]
    return re.findall(r"""\b(?:from|import)\s*["'](\.[^"']+\.js)["']""", source)


def test_links_are_found_in_style_sheets():
    css = "@import 'a.css'; @font-face { src: url(\"../b.woff2\") } i { background: url( c.svg ) }"
    assert links_in_css(css) == ["a.css", "../b.woff2", "c.svg"]


def test_an_absolute_address_leaves():
    assert [leaves(link) for link in ("https://x.invalid/a.js", "//x.invalid/a.js", "../a.js", "/a.js")] == [
        True,
        True,
        False,
        False,
    ]


def test_an_anchor_that_is_not_there_is_broken(site: Site):
    assert not leads_somewhere(site, "neurons/", "there-is-no-such-anchor")
    assert leads_somewhere(site, "neurons/", "")
