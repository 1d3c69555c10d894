"""Every page in a real browser: both schemes, a phone and a laptop."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page
from tests.browsing import READY
from tests.conftest import Site

PHONE, LAPTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
SCHEMES = {"light": "paper", "dark": "night"}
VIEWS = [("mkdocs", scheme, size) for scheme in SCHEMES for size in (PHONE, LAPTOP)]
VIEWS += [("zensical", "dark", PHONE)]
"""All four with MkDocs, whose site is the one that is published; Zensical's says the same, so one will do."""


@pytest.fixture
def context(browser: Browser, scheme: str, size: dict[str, int]) -> Iterator[BrowserContext]:
    with browser.new_context(
        color_scheme=scheme, viewport=size, reduced_motion="reduce", service_workers="block"
    ) as context:
        yield context


NO_SERVICE_WORKER = "Service Worker registration blocked by Playwright"
"""So that every request is seen here; the service worker is for tests/live/test_offline.py."""


class Watched:
    """A browser's page and everything that went wrong on it."""

    def __init__(self, context: BrowserContext, home: str) -> None:
        self.wrong: list[str] = []
        self.page = context.new_page()
        self.page.on(
            "console",
            lambda said: (
                self.wrong.append(said.text)
                if said.type in ("error", "warning") and said.text != NO_SERVICE_WORKER
                else None
            ),
        )
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on(
            "requestfailed", lambda request: self.wrong.append(f"{request.url} failed: {request.failure}")
        )
        self.page.on(
            "response",
            lambda answer: (
                self.wrong.append(f"{answer.url}: {answer.status}") if answer.status >= 400 else None
            ),
        )
        self.page.on(
            "request",
            lambda request: (
                None if own(request.url, home) else self.wrong.append(f"{request.url} is elsewhere")
            ),
        )

    def visit(self, url: str) -> Page:
        self.page.goto(url)
        self.page.evaluate("document.fonts.ready")
        self.page.wait_for_function(READY)
        return self.page


def own(url: str, home: str) -> bool:
    return url.startswith((home, "data:", "blob:", "about:"))


@pytest.mark.parametrize(("builder", "scheme", "size"), VIEWS)
def test_every_page_is_whole(
    context: BrowserContext, builder: str, scheme: str, sites: dict[str, Site], addresses: dict[str, str]
):
    """No error, no request elsewhere, no axe violation, nothing wider than the screen."""
    watched = Watched(context, addresses[builder])
    for url in sites[builder].pages:
        page = watched.visit(addresses[builder] + url)
        assert page.locator("body").get_attribute("data-md-color-scheme") == SCHEMES[scheme]
        watched.wrong += [f"{url}: {violation}" for violation in violations(page)]
        if sideways(page):
            watched.wrong.append(f"{url} is wider than the screen: {too_wide(page)}")
    assert watched.wrong == []


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {rule['help']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def sideways(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def too_wide(page: Page) -> list[str]:
    """The elements that reach past the edge, as a hint."""
    return page.evaluate(
        """[...document.querySelectorAll("article *")]
            .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
            .slice(0, 5).map((element) => element.outerHTML.slice(0, 120))"""
    )


def test_no_page_is_wider_than_the_smallest_screen(
    browser: Browser, sites: dict[str, Site], addresses: dict[str, str]
):
    with browser.new_context(viewport={"width": 320, "height": 640}) as context:
        page = context.new_page()
        wide = {}
        for url in sites["mkdocs"].pages:
            page.goto(addresses["mkdocs"] + url)
            if sideways(page):
                wide[url] = too_wide(page)
    assert wide == {}


SMALL_LABELS = """[...document.querySelectorAll("article svg text")].filter((text) => {
    const size = parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a;
    return text.textContent.trim() && size < 9;
}).map((text) => text.textContent)"""


def test_the_figures_labels_can_be_read_on_a_phone(
    browser: Browser, sites: dict[str, Site], addresses: dict[str, str]
):
    """No label smaller than nine pixels, at the width of a phone."""
    with browser.new_context(viewport=PHONE) as context:
        page = context.new_page()
        small = {}
        for url in sites["mkdocs"].pages:
            page.goto(addresses["mkdocs"] + url)
            small[url] = page.evaluate(SMALL_LABELS)
    assert {url: labels for url, labels in small.items() if labels} == {}
