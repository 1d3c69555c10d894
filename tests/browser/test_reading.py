"""What a reader does: points, tabs, escapes, prints, searches, and reads without JavaScript."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browsing import READY
from tests.conftest import Site
from tests.site.book import BUILDERS

SIZES = {"phone": {"width": 390, "height": 844}, "laptop": {"width": 1280, "height": 800}}
UNREADABLE = """document.querySelectorAll("article details").forEach((answer) => (answer.open = true)),
[...document.querySelectorAll("article .stated")].flatMap((number) => {
    const host = number.closest("[tabindex]");
    host.focus();
    const receipt = document.getElementById(host.getAttribute("aria-describedby"));
    const box = receipt?.getBoundingClientRect();
    const across = box && box.left >= 0 && box.right <= innerWidth + 1;
    const inside = across && box.bottom > 0 && box.top < innerHeight;
    const seen = document.activeElement === host && inside && box.width > 0 && box.height > 0;
    return seen ? [] : [`${number.textContent} (${number.getAttribute("data-expr")})`];
})"""


@pytest.fixture(params=SIZES)
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    with browser.new_context(viewport=SIZES[request.param], reduced_motion="reduce") as context:
        yield context.new_page()


def test_tab_shows_a_receipt_and_escape_puts_it_away(page: Page, addresses: dict[str, str]):
    page.goto(addresses["mkdocs"] + "neurons/")
    number = page.locator("article p > .proof").first
    receipt = number.locator(".receipt")
    expect(receipt).to_be_hidden()
    for _ in range(300):
        page.keyboard.press("Tab")
        if number.evaluate("(host) => host === document.activeElement"):
            break
    expect(receipt).to_be_visible()
    expect(receipt).to_contain_text(number.locator("data").get_attribute("value"))
    page.keyboard.press("Escape")
    expect(receipt).to_be_hidden()
    page.keyboard.press("Tab")
    number.focus()
    expect(receipt).to_be_visible()


def test_pointing_at_a_number_shows_its_receipt(page: Page, addresses: dict[str, str]):
    page.goto(addresses["mkdocs"] + "neurons/")
    number = page.locator("article p > .proof").first
    number.hover()
    expect(number.locator(".receipt")).to_be_visible()
    page.mouse.move(1, 1)
    expect(number.locator(".receipt")).to_be_hidden()


def test_every_receipt_can_be_read_from_the_keyboard(
    page: Page, sites: dict[str, Site], addresses: dict[str, str]
):
    """Focused, each number of the book shows its receipt, and inside the window."""
    unreadable = {}
    for url in sites["mkdocs"].pages:
        page.goto(addresses["mkdocs"] + url)
        if found := page.evaluate(UNREADABLE):
            unreadable[url] = found
    assert unreadable == {}


def test_a_term_says_what_it_means(page: Page, addresses: dict[str, str]):
    page.goto(addresses["mkdocs"] + "neurons/")
    term = page.locator("article .term").first
    term.locator("a").first.focus()
    expect(term.locator(".definition")).to_be_visible()


def test_all_is_there_without_javascript(browser: Browser, sites: dict[str, Site], addresses: dict[str, str]):
    with browser.new_context(java_script_enabled=False, viewport=SIZES["phone"]) as context:
        page = context.new_page()
        for url in ("neurons/", "backpropagation/", "descent/"):
            page.goto(addresses["mkdocs"] + url, wait_until="load")
            expect(page.locator("article h1")).to_be_visible()
            expect(page.locator("article .cell-output").first).to_be_visible()
            expect(page.locator("article svg").first).to_be_visible()
            number = page.locator("article p > .proof").first
            number.focus()
            expect(number.locator(".receipt")).to_be_visible()


def test_a_chapter_prints_without_what_is_around_it(browser: Browser, addresses: dict[str, str]):
    with browser.new_context(color_scheme="dark", viewport=SIZES["laptop"]) as context:
        page = context.new_page()
        page.goto(addresses["mkdocs"] + "backpropagation/")
        page.emulate_media(media="print")
        for around in (
            ".md-header",
            ".md-sidebar--primary",
            ".md-sidebar--secondary",
            ".md-footer",
            ".md-search",
        ):
            for part in page.locator(around).all():
                expect(part).to_be_hidden()
        expect(page.locator("article .receipt:visible")).to_have_count(0)
        expect(page.locator("article h1")).to_be_visible()
        paper, ink = page.evaluate(
            "[document.body, document.querySelector('article p')].map((e) => getComputedStyle(e))"
            ".map((style, k) => k ? style.color : style.backgroundColor)"
        )
        assert brightness(paper) > 0.95 or "rgba(0, 0, 0, 0)" in paper
        assert brightness(ink) < 0.35


def brightness(colour: str) -> float:
    red, green, blue = [float(part) for part in colour.partition("(")[2].rstrip(")").split(",")[:3]]
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255


@pytest.mark.parametrize("word", ["sigmoid", "0.999"])
def test_search_finds_a_word_without_a_network(browser: Browser, addresses: dict[str, str], word: str):
    with browser.new_context(viewport=SIZES["laptop"]) as context:
        page = context.new_page()
        page.goto(addresses["mkdocs"])
        page.keyboard.press("/")
        page.keyboard.type(word)
        result = page.locator(".md-search-result__link").first
        expect(result).to_be_visible()
        assert result.get_attribute("href")
        result.click()
        expect(page.locator("article")).to_contain_text(word)


def test_the_scheme_can_be_chosen_and_is_kept(browser: Browser, addresses: dict[str, str]):
    with browser.new_context(color_scheme="light", viewport=SIZES["laptop"]) as context:
        page = context.new_page()
        page.goto(addresses["mkdocs"])
        body = page.locator("body")
        expect(body).to_have_attribute("data-md-color-scheme", "paper")
        for _ in range(2):
            page.locator("label[for^=__palette]:visible").first.click()
        expect(body).to_have_attribute("data-md-color-scheme", "night")
        page.goto(addresses["mkdocs"] + "neurons/")
        expect(body).to_have_attribute("data-md-color-scheme", "night")


CHANGED = """new MutationObserver((changes) => {
    const text = document.querySelector("article");
    for (const { target, attributeName, oldValue } of changes) {
        const now = target.getAttribute(attributeName);
        const change = [target.localName, attributeName, oldValue, now];
        if (text && now !== oldValue) (window.changed ??= []).push(change);
    }
}).observe(document, {
    subtree: true, attributeOldValue: true, attributeFilter: ["class", "data-md-color-scheme"],
})"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("builder", BUILDERS)
def test_a_page_that_opens_is_styled_once(
    browser: Browser, addresses: dict[str, str], builder: str, scheme: str
):
    """What holds for every element is there before the text; the theme's script, which comes late, agrees."""
    with browser.new_context(color_scheme=scheme, viewport=SIZES["phone"]) as context:
        page = context.new_page()
        page.add_init_script(CHANGED)
        page.goto(addresses[builder] + "neurons/")
        expect(page.locator("body")).to_have_attribute("data-md-color-media", "(prefers-color-scheme)")
        changed = page.evaluate("() => window.changed ?? []")
        assert [change for change in changed if change[0] in ("html", "body")] == []
        schemes = (
            "() => [document.documentElement, document.body].map((e) => getComputedStyle(e).colorScheme)"
        )
        assert page.evaluate(schemes) == [scheme, scheme]  # of scroll bars and of all else


WIDE = """[...document.querySelectorAll("article :is(pre > code, .md-typeset__scrollwrap, .formula-display)")]
    .filter((box) => box.checkVisibility() && box.scrollWidth > box.clientWidth)"""
REACHED = f"() => {WIDE}.length > 0 && {WIDE}.every((box) => box.tabIndex === 0)"


def test_what_scrolls_sideways_can_be_reached_by_keyboard(browser: Browser, addresses: dict[str, str]):
    """On a phone much code is wider than its box; some of it is folded away until somebody opens it."""
    with browser.new_context(viewport={"width": 320, "height": 640}) as context:
        page = context.new_page()
        page.goto(addresses["mkdocs"] + "backpropagation/")
        page.wait_for_function(READY)
        page.wait_for_function(REACHED)
        before = page.evaluate(f"{WIDE}.length")
        page.evaluate("document.querySelectorAll('article details').forEach((one) => (one.open = true))")
        page.wait_for_function(REACHED)
        assert page.evaluate(f"{WIDE}.length") > before
