"""What a reader changed is there when they come back, and is never overwritten or dropped unasked."""

import json
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from tests.live.conftest import serving

KEY = "draft /neurons/ {}"
DENIED = """Object.defineProperty(window, "localStorage", {
    get() { throw new DOMException("The operation is insecure.", "SecurityError"); },
})"""
FULL = """() => {
    for (let size = 4e6, k = 0; size >= 1; ) {
        try { localStorage.setItem("full " + k++, "x".repeat(size)); } catch { size = Math.floor(size / 2); }
    }
}"""
CHANGED = "The book’s code here has changed since you edited it."
OTHER_TAB = "You have edited this cell in another tab."
TWO = "There are two versions of your code"
CANNOT = "Your changes can’t be kept on this device"


def source(page: Page, cell: int) -> str:
    return page.evaluate("(id) => document.getElementById(id).source", f"cell-{cell}")


def book(page: Page, cell: int) -> str:
    return page.evaluate("(id) => document.getElementById(id).book", f"cell-{cell}")


def type_into(page: Page, cell: int, text: str) -> str:
    """Write below a cell's code, and say what the cell's code then is."""
    button = page.get_by_role("button", name=f"Edit cell {cell}", exact=True)
    if button.count():
        button.click()
    editor = page.locator(f"#cell-{cell} .cm-content")
    editor.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)
    return source(page, cell)


def stored(page: Page, cell: int | str) -> dict | None:
    return json.loads(page.evaluate("(key) => localStorage.getItem(key)", KEY.format(cell)) or "null")


def store(page: Page, cell: int | str, draft: dict) -> None:
    page.evaluate("([key, raw]) => localStorage.setItem(key, raw)", [KEY.format(cell), json.dumps(draft)])


def kept(page: Page, cell: int, text: str) -> None:
    """Wait until what is stored for a cell is this."""
    page.wait_for_function(
        "([key, start]) => localStorage.getItem(key)?.startsWith(start)",
        arg=[KEY.format(cell), f'{{"source":{json.dumps(text, ensure_ascii=False)},'],
    )


def notice(page: Page, cell: int) -> Locator:
    return page.locator(f"#cell-{cell} .notice")


@pytest.fixture
def opened(page: Page, home: str) -> Page:
    page.goto(home + "neurons/")
    return page


def test_edits_survive_reload_and_other_pages(opened: Page, home: str):
    asked = []
    opened.on("request", lambda request: asked.append(request.url))
    text = type_into(opened, 2, "\nprint('mine')")
    opened.reload()  # at once: what was typed last is stored on the way out
    assert source(opened, 2) == text
    expect(opened.locator("#cell-2")).to_have_attribute("edited", "")
    expect(opened.locator("#cell-2 .highlight code")).to_contain_text("print('mine')")
    more = type_into(opened, 2, " # more")
    opened.goto(home + "networks/")
    assert source(opened, 2) == book(opened, 2) != more  # another page's second cell is another cell
    opened.goto(home + "neurons/")
    assert source(opened, 2) == more
    assert source(opened, 1) == book(opened, 1)
    assert opened.locator("live-cell[state]").count() == 0  # and nothing has run
    assert not [url for url in asked if "/runtime/" in url and not url.endswith("/editor.js")]


def test_one_item_a_changed_cell_and_none_for_the_others(opened: Page):
    drafts = "() => Object.keys(localStorage).filter((key) => key.startsWith('draft'))"
    text = type_into(opened, 2, "#")
    kept(opened, 2, text)
    assert opened.evaluate(drafts) == ["draft /neurons/ 2"]
    assert stored(opened, 2) == {"source": text, "book": book(opened, 2)}
    opened.keyboard.press("Backspace")  # as the book has it: nothing to keep
    opened.wait_for_function(f"() => ({drafts})().length === 0")
    kept(opened, 2, type_into(opened, 2, "# again"))
    opened.get_by_role("button", name="Reset cell 2", exact=True).click()
    opened.wait_for_function(f"() => ({drafts})().length === 0")
    opened.reload()
    assert source(opened, 2) == book(opened, 2)


def test_below_another_address_too(book: Path, context: BrowserContext, tmp_path: Path):
    (tmp_path / "shelf").mkdir()
    (tmp_path / "shelf" / "worked-out").symlink_to(book)
    with serving(tmp_path) as home:
        page = context.new_page()
        page.goto(home + "shelf/worked-out/neurons/index.html")
        text = type_into(page, 2, "#")
        page.goto(home + "shelf/worked-out/neurons/")  # the same page
        assert source(page, 2) == text


@pytest.fixture
def outdated(opened: Page) -> Page:
    """A page that the book's author has changed since the reader edited cell 2."""
    draft = {"source": "z = 1\nmine", "book": "z = 1"}
    store(opened, 2, draft)
    opened.reload()
    expect(notice(opened, 2)).to_contain_text(CHANGED)
    assert source(opened, 2) == book(opened, 2)
    return opened


def test_when_the_book_has_changed_the_reader_is_asked(outdated: Page):
    now = book(outdated, 2)
    shown = notice(outdated, 2).locator(".comparison")
    for line in [f"− {line}" for line in now.split("\n")] + ["+ z = 1", "+ mine"]:
        expect(shown).to_contain_text(line)
    assert stored(outdated, 2) == {"source": "z = 1\nmine", "book": "z = 1"}
    outdated.keyboard.press("Escape")  # no answer
    outdated.reload()
    expect(notice(outdated, 2)).to_contain_text(CHANGED)
    outdated.get_by_role("button", name="Keep mine").click()
    expect(notice(outdated, 2)).to_have_count(0)
    assert source(outdated, 2) == "z = 1\nmine"
    assert stored(outdated, 2) == {"source": "z = 1\nmine", "book": now}
    outdated.reload()
    assert source(outdated, 2) == "z = 1\nmine"
    expect(notice(outdated, 2)).to_have_count(0)


def test_the_books_new_code_can_be_taken(outdated: Page):
    outdated.get_by_role("button", name="Take the book’s").click()
    assert source(outdated, 2) == book(outdated, 2)
    assert stored(outdated, 2) is None
    outdated.reload()
    expect(notice(outdated, 2)).to_have_count(0)


def test_who_writes_on_before_answering_loses_neither(outdated: Page):
    text = type_into(outdated, 2, "\nnew")
    outdated.reload()
    assert source(outdated, 2) == text
    expect(notice(outdated, 2)).to_contain_text(TWO)
    assert stored(outdated, 2) == {"source": "z = 1\nmine", "book": "z = 1"}
    outdated.get_by_role("button", name="Take the other").click()
    assert source(outdated, 2) == "z = 1\nmine"
    assert stored(outdated, 2)["source"] == "z = 1\nmine"
    assert stored(outdated, "2 ~") is None


def test_reset_before_answering_keeps_what_was_asked_about(outdated: Page):
    type_into(outdated, 2, "\nnew")
    outdated.get_by_role("button", name="Reset cell 2", exact=True).click()
    outdated.reload()
    expect(notice(outdated, 2)).to_contain_text(CHANGED)
    assert stored(outdated, 2)["source"] == "z = 1\nmine"


def test_a_draft_goes_with_its_cell(opened: Page):
    """The author put a cell in front: what was cell 1 is cell 2 now, and what was cell 2 is cell 3."""
    books = {cell: book(opened, cell) for cell in (2, 3)}
    store(opened, 1, {"source": "one", "book": books[2]})
    store(opened, 2, {"source": "two", "book": books[3]})
    opened.reload()
    assert [source(opened, cell) for cell in (1, 2, 3)] == [book(opened, 1), "one", "two"]
    assert stored(opened, 1) is None
    assert stored(opened, 2) == {"source": "one", "book": books[2]}
    assert stored(opened, 3) == {"source": "two", "book": books[3]}
    expect(opened.locator(".notice")).to_have_count(0)


@pytest.mark.parametrize("raw", ["", "{", "null", "[]", '"x"', '{"source": 3, "book": "b"}', "\ud800"])
def test_what_is_no_draft_changes_nothing(opened: Page, raw: str):
    opened.evaluate("([key, raw]) => localStorage.setItem(key, raw)", [KEY.format(2), raw])
    errors = []
    opened.on("pageerror", lambda error: errors.append(error))
    opened.reload()
    assert source(opened, 2) == book(opened, 2)
    text = type_into(opened, 2, "#")
    kept(opened, 2, text)
    assert not errors


def test_storage_that_is_full_is_said_once_and_editing_goes_on(opened: Page):
    opened.evaluate(FULL)
    text = type_into(opened, 2, "\nprint('mine')")
    expect(notice(opened, 2)).to_contain_text(CANNOT)
    expect(opened.locator("#cell-2 .cm-content")).to_be_focused()  # who writes goes on writing
    told_it = opened.evaluate("document.querySelector('.notice [role=status]').textContent")
    assert told_it.startswith(CANNOT)  # and who does not see it hears it
    opened.get_by_role("button", name="Copy my code").click()
    field = notice(opened, 2).get_by_role("textbox", name="Your code")
    expect(notice(opened, 2)).to_contain_text("Copied.")  # the clipboard of a headless browser may be used
    expect(field).to_be_hidden()
    opened.get_by_role("button", name="Go on without").press("Escape")
    expect(notice(opened, 2)).to_have_count(0)
    type_into(opened, 3, "#")
    opened.wait_for_timeout(600)  # longer than it would take
    expect(opened.locator(".notice")).to_have_count(0)
    assert source(opened, 2) == text


def test_storage_that_is_denied_is_said_and_the_code_can_be_copied_by_hand(page: Page, home: str):
    page.add_init_script(DENIED)
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.goto(home + "neurons/")
    text = type_into(page, 2, "\nprint('mine')")
    expect(notice(page, 2)).to_contain_text(CANNOT)
    page.get_by_role("button", name="Copy my code").click()
    field = notice(page, 2).get_by_role("textbox", name="Your code")
    expect(field).to_be_focused()
    assert field.evaluate("(field) => field.value.slice(field.selectionStart, field.selectionEnd)") == text
    page.get_by_role("button", name="Go on without").click()
    assert source(page, 2) == text


@pytest.fixture
def tabs(context: BrowserContext, home: str) -> tuple[Page, Page]:
    """Two tabs on one page."""
    pages = context.new_page(), context.new_page()
    for page in pages:
        page.goto(home + "neurons/")
    return pages


def test_two_tabs_ask_before_one_overwrites_the_other(tabs: tuple[Page, Page]):
    one, other = tabs
    text = type_into(one, 2, "\none")
    kept(one, 2, text)
    expect(notice(other, 2)).to_contain_text(OTHER_TAB)
    expect(notice(other, 2).locator("ins")).to_have_text("+ one")
    theirs = type_into(other, 2, "\nother")
    other.wait_for_function("() => localStorage.getItem('draft /neurons/ 2 ~')")
    assert stored(one, 2)["source"] == text
    expect(notice(other, 2).locator("del")).to_have_text("− other")  # what is compared is what is there now
    other.get_by_role("button", name="Keep what is in the cell").click()
    kept(one, 2, theirs)
    assert stored(one, "2 ~") is None
    expect(notice(one, 2)).to_contain_text(OTHER_TAB)
    assert source(one, 2) == text
    one.get_by_role("button", name="Take what is there").click()
    assert source(one, 2) == source(other, 2) == theirs
    expect(one.locator("#cell-2 .cm-content")).to_be_focused()  # as before the question
    one.keyboard.press("Control+z")  # even then
    assert source(one, 2) == text


def test_two_tabs_that_write_at_the_same_moment(tabs: tuple[Page, Page]):
    one, other = tabs
    # As if the other tab's word did not come through in time.
    one.add_init_script("addEventListener('storage', (event) => event.stopImmediatePropagation(), true)")
    one.reload()
    theirs = type_into(other, 2, "\nother")
    kept(other, 2, theirs)
    expect(notice(one, 2)).to_have_count(0)
    text = type_into(one, 2, "\none")
    expect(notice(one, 2)).to_be_visible()
    one.reload()
    assert stored(one, 2)["source"] == theirs
    assert stored(one, "2 ~")["source"] == text
    assert source(one, 2) == text
    expect(notice(one, 2)).to_contain_text(TWO)


def test_a_tab_that_agrees_again_asks_no_longer(tabs: tuple[Page, Page]):
    one, other = tabs
    kept(one, 2, type_into(one, 2, "#"))
    expect(notice(other, 2)).to_be_visible()
    one.keyboard.press("Backspace")
    expect(notice(other, 2)).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_with_notices_open(browser: Browser, home: str, scheme: str, width: int):
    size = {"width": width, "height": 900}
    with browser.new_context(color_scheme=scheme, viewport=size, service_workers="block") as context:
        page = context.new_page()
        page.goto(home + "neurons/")
        store(page, 1, {"source": "mine", "book": "old"})
        page.reload()
        page.evaluate(FULL)
        type_into(page, 2, "#")
        expect(page.locator(".notice")).to_have_count(2)
        expect(notice(page, 2)).to_contain_text(CANNOT)
        page.evaluate("document.querySelector('.notice textarea').hidden = false")
        found = Axe().run(page).response["violations"]
        assert not found, [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        small = "[...document.querySelectorAll('.notice button')].map((button) => button.offsetHeight)"
        assert min(page.evaluate(small)) >= 24
