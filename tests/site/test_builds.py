"""Both builders build the book without a complaint, and what they build says the same."""

import re

import pytest
from tests.conftest import Site
from tests.site.book import BUILDERS, Page, has_class, plain, words

THEMES_OWN = "headerlink", "md-content__button", "md-source-file", "md-typeset__scrollwrap-button"
"""Marks and buttons that each theme sets in its own way: no sentence of the book."""


@pytest.mark.parametrize("builder", BUILDERS)
def test_it_builds(builder: str, builds: dict[str, Site]):
    assert builds[builder].code == 0, builds[builder].output


@pytest.mark.parametrize("builder", BUILDERS)
def test_nothing_is_complained_about(builder: str, builds: dict[str, Site]):
    said = builds[builder].output.splitlines()
    assert [line for line in said if re.search("warn|error|deprecat", line, re.IGNORECASE)] == []


def test_no_traceback_is_published(site: Site):
    guilty = [url for url, page in site.pages.items() if "Traceback (most recent call last)" in page.text]
    assert guilty == []


def test_no_markup_is_left_over(site: Site):
    """Brackets, dollar signs or fences in the text mean that something was not understood."""
    left = {
        url: re.findall(r"\[\[.{0,40}|\$\$.{0,40}|```.{0,40}", told(page, code=False))
        for url, page in site.pages.items()
    }
    assert {url: found for url, found in left.items() if found} == {}


def test_both_build_the_same_pages(sites: dict[str, Site]):
    assert list(sites["mkdocs"].pages) == list(sites["zensical"].pages)


def test_both_say_the_same(sites: dict[str, Site]):
    for url, page in sites["mkdocs"].pages.items():
        if not page.stands_in:
            assert told(sites["zensical"].pages[url]) == told(page), url


def told(page: Page, *, code: bool = True) -> str:
    """All that a page tells, receipts and definitions included, the theme's own marks left out."""

    def unread(element) -> bool:
        return (
            has_class(element, *THEMES_OWN)
            or element.tag in ("script", "style")
            or (not code and element.tag in ("pre", "code"))
        )

    return plain(words(page.main, unread))


@pytest.mark.parametrize(
    "page",
    [
        "",
        "neurons/",
        "networks/",
        "loss/",
        "backpropagation/",
        "descent/",
        "now-what/",
        "did-it-work/",
        "gradients/",
        "layers/",
        "softmax/",
        "optimisers/",
        "activations/",
        "real-data/",
    ],
)
def test_the_book_has_its_chapters(site: Site, page: str):
    assert len(told(site.pages[page])) > 1000
