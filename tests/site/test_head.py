"""What search engines, other sites, the browser's tab and a lost reader are told."""

from urllib.parse import urlsplit

import pytest
from lxml import etree
from tests.conftest import Site
from tests.site.book import ROOT


def chapters(site: Site) -> list[str]:
    return [url for url, page in site.pages.items() if not page.stands_in]


def test_the_sitemap_lists_every_page(site: Site):
    tree = etree.parse(site.folder / "sitemap.xml")
    listed = {urlsplit(location).path for location in tree.xpath("//*[local-name()='loc']/text()")}
    canonical = {
        urlsplit(site.pages[url].tree.xpath("string(//link[@rel='canonical']/@href)")).path
        for url in chapters(site)
    }
    assert canonical <= listed


def test_every_page_introduces_itself(site: Site):
    for url in chapters(site):
        head = site.pages[url].tree.head
        said = {
            name: head.xpath("string(.//meta[@property=$name or @name=$name]/@content)", name=name)
            for name in WANTED
        }
        assert all(said.values()), (url, said)
        assert said["og:url"] == head.xpath("string(.//link[@rel='canonical']/@href)")


WANTED = ("description", "og:title", "og:description", "og:type", "og:url", "og:image", "twitter:card")


def test_every_page_says_something_else_of_itself(site: Site):
    titles = [site.pages[url].tree.xpath("string(//title)") for url in chapters(site)]
    assert len(set(titles)) == len(titles)


def test_every_page_has_one_heading_and_says_its_language(site: Site):
    for url, page in site.pages.items():
        assert len(page.main.xpath(".//h1")) == 1, url
        assert page.tree.get("lang").startswith("en"), url


def test_every_page_can_be_edited_at_its_source(site: Site):
    for url in chapters(site):
        (edit,) = set(
            site.pages[url].tree.xpath(
                "//a[contains(@class, 'md-content__button')][contains(@href, '/edit/')]/@href"
            )
        )
        path = edit.partition("/edit/main/")[2]
        assert (ROOT / path).is_file(), (url, edit)


@pytest.mark.parametrize("url", ["404.html", "offline.html"])
def test_the_page_of_a_lost_reader_leads_home(site: Site, url: str):
    assert site.pages[url].main.xpath(".//a[@href]")


def test_previous_and_next_lead_through_the_book(site: Site):
    chapter = site.pages["networks/"].tree
    there = [
        chapter.xpath(f"string(//a[contains(@class, 'md-footer__link--{way}')]/@href)")
        for way in ("prev", "next")
    ]
    assert there == ["../neurons/", "../loss/"]
