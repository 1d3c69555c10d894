"""A link carries edits to somebody else: shown as text, compared, and never run by itself."""

import base64
import json
import zlib
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.live.test_drafts import book, kept, notice, source, stored, type_into

BROKEN = "This link was meant to carry somebody’s changes, but it is damaged."
TOO_MUCH = "This link carries more code than the book takes from a link."
HOSTILE = """<img src=x onerror="document.title = 'hit'"></pre><script>document.title = 'hit'</script>
while True: print("never by itself")"""


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def deflated(text: str | bytes) -> str:
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    return base64url(deflate.compress(text.encode() if isinstance(text, str) else text) + deflate.flush())


def carrying(edits: object) -> str:
    """What somebody's browser puts behind an address."""
    return f"#share=1{deflated(json.dumps(edits))}"


@pytest.fixture
def receive(page: Page, home: str) -> Callable[[str], Page]:
    """Open the page by a link that ends in this."""

    def opened(hash: str) -> Page:
        page.goto(home + "neurons/" + hash)
        return page

    return opened


def shared(page: Page) -> str:
    page.get_by_role("button", name="More for cell 2", exact=True).click()
    page.get_by_role("button", name="Share…").filter(visible=True).click()
    return (
        page.get_by_role("dialog", name="A link to your changes")
        .get_by_role("textbox", name="Link")
        .input_value()
    )


def test_what_one_reader_changed_reaches_another(page: Page, home: str, browser: Browser):
    page.goto(home + "neurons/")
    edits = {cell: type_into(page, cell, f"\nmine = {cell}  # “é”") for cell in (2, 4)}
    address = shared(page)
    assert address.startswith(home + "neurons/#share=1")
    with browser.new_context(reduced_motion="reduce", service_workers="block") as elsewhere:
        other = elsewhere.new_page()
        asked = []
        other.on("request", lambda request: asked.append(request.url))
        other.goto(address)
        for cell in edits:
            assert source(other, cell) == book(other, cell)
            expect(notice(other, cell)).to_contain_text("It has not run.")
            expect(notice(other, cell).locator("ins")).to_have_text(f"+ mine = {cell}  # “é”")
        expect(notice(other, 2)).to_be_focused()
        notice(other, 2).get_by_role("button", name="Put it in the cell").click()
        assert source(other, 2) == edits[2]
        kept(other, 2, edits[2])
        assert "#share" in other.url  # one is not answered yet
        notice(other, 4).get_by_role("button", name="Leave it").click()
        other.wait_for_url(home + "neurons/")
        assert source(other, 4) == book(other, 4)
        other.reload()
        assert source(other, 2) == edits[2]
        expect(other.locator(".notice")).to_have_count(0)
        assert other.locator("live-cell[state]").count() == 0
        assert not [url for url in asked if "/runtime/" in url and not url.endswith("/editor.js")]


def test_the_link_can_be_copied_with_and_without_a_clipboard(context: BrowserContext, home: str):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(home + "neurons/")
    type_into(page, 2, "#")
    address = shared(page)
    dialog = page.get_by_role("dialog", name="A link to your changes")
    field = dialog.get_by_role("textbox", name="Link")
    expect(field).to_have_attribute("readonly", "")
    dialog.get_by_role("button", name="Copy").click()
    expect(dialog).to_contain_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == address
    page.evaluate("navigator.clipboard.writeText = () => Promise.reject(new Error('no')); null")
    dialog.get_by_role("button", name="Copy").click()
    expect(field).to_be_focused()
    assert field.evaluate("(field) => field.selectionEnd - field.selectionStart") == len(address)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_a_long_link_is_called_long(page: Page, home: str):
    page.goto(home + "neurons/")
    page.evaluate(
        "document.getElementById('cell-2').put(Array.from({length: 3000}, Math.random).join('\\n'))"
    )
    address = shared(page)
    assert len(address) > 8000
    expect(page.get_by_role("dialog", name="A link to your changes")).to_contain_text(
        f"It is long: {len(address):,} characters."
    )


def test_a_page_without_changes_shares_its_own_address(page: Page, home: str):
    page.goto(home + "neurons/#the-sigmoid")
    assert shared(page) == home + "neurons/"
    expect(page.get_by_role("dialog", name="A link to your changes")).to_contain_text(
        "You have changed nothing on this page."
    )


def test_the_readers_own_code_is_not_overwritten_unasked(receive: Callable[[str], Page]):
    page = receive("")
    mine = type_into(page, 2, "\nmine")
    kept(page, 2, mine)
    page = receive(carrying({"2": "theirs"}))  # the same page: only what follows the # changes
    expect(notice(page, 2)).to_contain_text("You have changed this cell too")
    expect(notice(page, 2).locator(".comparison").nth(1)).to_contain_text("− mine")
    assert source(page, 2) == mine
    page.keyboard.press("Escape")
    expect(notice(page, 2)).to_have_count(0)
    assert source(page, 2) == mine
    assert stored(page, 2)["source"] == mine
    page = receive(carrying({"2": "theirs"}))
    page.get_by_role("button", name="Replace my code").click()
    assert source(page, 2) == "theirs"
    kept(page, 2, "theirs")


def test_another_link_takes_the_place_of_the_first(receive: Callable[[str], Page]):
    receive(carrying({"2": "first"}))
    page = receive(carrying({"2": "second"}))
    expect(notice(page, 2)).to_have_count(1)
    expect(notice(page, 2)).to_contain_text("+ second")
    page.keyboard.press("Escape")
    expect(notice(page, 2)).to_have_count(0)
    assert source(page, 2) == book(page, 2)


def test_what_is_there_already_is_not_offered(receive: Callable[[str], Page]):
    page = receive("")
    page = receive(carrying({"2": book(page, 2)}))
    page.wait_for_url("**/neurons/")
    expect(page.locator(".notice")).to_have_count(0)


def test_code_in_a_link_is_text(receive: Callable[[str], Page]):
    page = receive(carrying({"2": HOSTILE}))
    shown = notice(page, 2)
    expect(shown).to_contain_text("+ while True: print(")
    page.get_by_role("button", name="Put it in the cell").click()
    kept(page, 2, HOSTILE)
    page.reload()
    assert source(page, 2) == HOSTILE
    expect(page.locator("#cell-2 .highlight code")).to_contain_text("<img src=x")
    assert page.locator("#cell-2 img, #cell-2 script").count() == 0
    assert page.title() != "hit"
    assert page.locator("live-cell[state]").count() == 0


def test_code_for_a_cell_that_does_not_exist_is_shown(receive: Callable[[str], Page]):
    page = receive(carrying({"2": "two", "999": "code for nobody"}))
    above = page.locator("article > .notice")
    expect(above).to_contain_text("cells that this page does not have")
    expect(above).to_contain_text("+ code for nobody")
    expect(notice(page, 2)).to_contain_text("+ two")
    above.get_by_role("button", name="Close").click()
    page.get_by_role("button", name="Leave it").click()
    page.wait_for_url("**/neurons/")


BAD = {
    "nothing": "#share=",
    "no way to read it": "#share=2abc",
    "no base64": "#share=1%%%",
    "nothing deflated": "#share=1" + base64url(b"plain"),
    "cut off": carrying({"2": "x" * 1000 + "".join(map(str, range(500)))})[:-20],
    "no JSON": "#share=1" + deflated("{"),
    "no UTF-8": "#share=1" + deflated(b'{"2": "\xff"}'),
    "a list": carrying(["x"]),
    "a number": carrying(3),
    "null": carrying(None),
    "empty": carrying({}),
    "code that is no text": carrying({"2": {"toString": "x"}}),
    "a cell that is no number": carrying({"__proto__": "x"}),
    "one bad among good": carrying({"2": "x", "-1": "y"}),
    "plain, and broken": "#share=0" + base64url(b"{]"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_broken_link_is_called_broken(receive: Callable[[str], Page], name: str):
    page = receive(BAD[name])
    expect(page.locator(".notice")).to_have_count(1)
    expect(page.locator(".notice")).to_contain_text(BROKEN)
    expect(page.locator(".notice")).to_be_focused()
    page.keyboard.press("Escape")
    page.wait_for_url("**/neurons/")
    expect(page.locator(".notice")).to_have_count(0)


@pytest.mark.parametrize(
    "hash",
    ["#share=1" + "A" * 200_000, carrying({"2": "x" * 10_000_000})],
    ids=["a long link", "ten megabytes deflated small"],
)
def test_a_huge_link_is_refused(receive: Callable[[str], Page], hash: str):
    page = receive(hash)
    expect(page.locator(".notice")).to_contain_text(TOO_MUCH)
    assert page.locator(".comparison").count() == 0


def test_a_browser_that_cannot_deflate_shares_plainly(page: Page, home: str):
    page.add_init_script("delete window.CompressionStream; delete window.DecompressionStream")
    page.goto(home + "neurons/")
    type_into(page, 2, " # é")
    address = shared(page)
    assert "#share=0" in address
    edits = json.loads(base64.urlsafe_b64decode(address.split("#share=0")[1] + "=="))
    assert edits == {"2": source(page, 2)}
    page.goto("about:blank")
    page.goto(home + "neurons/" + carrying({"2": "x"}))
    expect(page.locator(".notice")).to_contain_text("This browser is too old")


def test_a_plain_link_is_read_by_all(receive: Callable[[str], Page]):
    page = receive("#share=0" + base64url(json.dumps({"2": "plain\r\ntext"}).encode()))
    page.get_by_role("button", name="Put it in the cell").click()
    assert source(page, 2) == "plain\ntext"


def test_links_to_places_are_left_alone(receive: Callable[[str], Page]):
    page = receive("#the-sigmoid")
    expect(page.locator(".notice")).to_have_count(0)
    assert page.url.endswith("#the-sigmoid")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_in_what_is_offered(browser: Browser, home: str, scheme: str, width: int):
    size = {"width": width, "height": 900}
    edits = {"1": "x1 = 1\n" + "long = 1 + 2 # " * 30, "2": "theirs", "999": "nobody's"}
    with browser.new_context(color_scheme=scheme, viewport=size, service_workers="block") as context:
        page = context.new_page()
        page.goto(home + "neurons/" + carrying(edits))
        expect(page.locator(".notice")).to_have_count(3)
        found = Axe().run(page).response["violations"]
        assert not found, [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.evaluate(
            "document.getElementById('cell-2').put(Array.from({length: 3000}, Math.random).join('\\n'))"
        )
        shared(page)
        found = Axe().run(page).response["violations"]
        assert not found, [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]
        box = page.get_by_role("dialog", name="A link to your changes").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
