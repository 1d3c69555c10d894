"""The editor stands in the place of the code and looks like it; whoever edits by keyboard can leave."""

import json
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import html
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pygments.lexers.python import PythonLexer
from pygments.token import STANDARD_TYPES
from tests.browsing import READY
from tests.live.conftest import serving
from tests.site.book import ROOT

LOOKS = """async (runtime) => {
    const {edit} = await import(runtime);
    for (const folded of document.querySelectorAll("details")) folded.open = true;
    const STYLES = ["color", "fontFamily", "fontSize", "fontWeight", "fontStyle", "fontFeatureSettings",
                    "fontVariantNumeric", "fontVariantLigatures", "letterSpacing", "textDecorationLine"];
    const letters = (root) => {
        const found = [];
        const range = document.createRange();
        const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        while (texts.nextNode()) {
            const text = texts.currentNode;
            const style = getComputedStyle(text.parentElement);
            for (let k = 0; k < text.length; k += 1) {
                if (/\\s/.test(text.data[k])) continue;
                range.setStart(text, k);
                range.setEnd(text, k + 1);
                const {x, y, width, height} = range.getBoundingClientRect();
                const looks = STYLES.map((name) => style[name]).join();
                found.push([text.data[k] + " " + looks, x, y, width, height]);
            }
        }
        return found;
    };
    const parts = [...document.querySelectorAll("article > *, article figure > *, live-cell > *")];
    const around = () => parts.map((part) => {
        const {x, y, width, height} = part.getBoundingClientRect();
        return [part.localName, x, y, width, height];
    });
    const box = (node) => {
        const {x, y, width, height} = node.getBoundingClientRect();
        const {backgroundColor, borderRadius} = getComputedStyle(node);
        return [backgroundColor + " " + borderRadius, x, y, width, height];
    };
    // A browser lays letters out in 64ths of a pixel, and where a span ends it rounds: in the
    // book's longest lines, of some twenty spans, to more than four of these, never to eight.
    const same = (one, other) => one[0] === other[0] &&
        one.slice(1).every((value, k) => Math.abs(value - other[k + 1]) < 8 / 64);
    const differences = [];
    const compare = (what, before, after) => {
        if (before.length !== after.length) differences.push([what, before.length, after.length]);
        const k = before.findIndex((one, index) => after[index] && !same(one, after[index]));
        if (k >= 0) differences.push([what, before[k], after[k]]);
    };
    let count = 0;
    for (const block of document.querySelectorAll("live-cell .highlight")) {
        const code = block.querySelector("code");
        const name = block.closest("live-cell").id;
        const [page, shown, sheet] = [around(), letters(code), box(code)];
        const wide = code.scrollWidth > code.clientWidth;
        count += shown.length;
        const editor = edit(block, {source: code.textContent.replace(/\\n$/, ""), label: name});
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        compare(name + ", the editor's letters", shown, letters(block.querySelector(".cm-content")));
        compare(name + ", the editor's sheet", [sheet], [box(block.querySelector(".cm-editor"))]);
        compare(name + ", the page around it", page, around());
        const scroller = block.querySelector(".cm-scroller");
        if (wide !== scroller.scrollWidth > scroller.clientWidth) differences.push([name, "scrolls", wide]);
        editor.destroy();
        compare(name + ", the code after it", shown, letters(code));
        compare(name + ", the page after it", page, around());
    }
    return [count, differences];
}"""
OPEN = """async (runtime) => {
    const {edit} = await import(runtime);
    window.said = [];
    const say = (what) => (value) => said.push(value === undefined ? what : what + " " + value);
    const block = document.querySelector("live-cell .highlight");
    block.closest("live-cell").addEventListener("keydown", ({key}) => key === "Enter" && said.push("cell"));
    window.editor = edit(block, {
        source: block.querySelector("code").textContent.trimEnd(), label: "Code of cell 1",
        onChange: say("change"), onRun: say("run"), onRunNext: say("next"), onLeave: say("leave"),
    });
    editor.focus();
}"""


def pages(book: Path) -> list[str]:
    """The pages that have cells, as addresses below the site's own."""
    files = sorted(book.rglob("index.html"))
    return [
        f"{file.parent.relative_to(book).as_posix()}/" for file in files if b"<live-cell" in file.read_bytes()
    ]


@pytest.fixture
def opened(page: Page, home: str) -> Page:
    """A page with the editor open on its first cell, nothing else of the book's at work on it."""
    page.goto(home + "neurons/")
    page.evaluate(OPEN, home + "runtime/editor.js")
    return page


def typed(page: Page) -> str:
    return page.evaluate("editor.source")


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1280)])
def test_every_cell_looks_the_same_while_it_is_edited(
    browser: Browser, book: Path, home: str, scheme: str, width: int
):
    size = {"width": width, "height": 900}
    with browser.new_context(color_scheme=scheme, viewport=size, service_workers="block") as context:
        page = context.new_page()
        seen = 0
        for address in pages(book):
            page.goto(home + address)
            page.evaluate("document.fonts.ready")
            page.wait_for_function(READY)  # what the elements add to the page is there before it is measured
            count, differences = page.evaluate(LOOKS, home + "runtime/editor.js")
            assert not differences, f"{address}: {json.dumps(differences[:3], indent=1)}"
            seen += count
    cells = "".join(
        "".join(code.text_content().split())
        for address in pages(book)
        for code in html.parse(str(book / address / "index.html")).xpath(
            "//live-cell//*[contains(@class, 'highlight')]//code"
        )
    )
    assert seen == len(cells) > 1000


KINDS = {
    "c1": {"c1"},
    "k": {"k", "kc", "kn", "ow"},
    "mi": {"mb", "mf", "mh", "mi", "mo"},
    "nf": {"fm", "nc", "nf"},
    "o": {"o", "p"},
    "p": {"o", "p"},
    "s2": {"s1", "s2", "sa", "sd", "se", "si"},
    "n": {"bp", "fm", "n", "nb", "nd", "ne", "nn", "o", "vm"},  # o: the @ of a decorator
}
"""Which of Pygments' kinds docs/styles/cells.css shows as each of the editor's."""


def test_code_of_the_library_has_the_colours_that_the_build_gives(page: Page, home: str):
    sources = [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("src/pencilnet/*.py"))]
    page.goto(home)
    found = page.evaluate(
        """async ([sources, module]) => {
            const {coloured} = await import(module);
            const kind = (node) => node.className ?? "n";
            return sources.map((source) => [...coloured(source).childNodes]
                .filter((node) => node.textContent).map((node) => [node.textContent, kind(node)]));
        }""",
        [sources, home + "runtime/editor.js"],
    )
    for source, pieces in zip(sources, found, strict=True):
        ours = [kind for text, kind in pieces for _ in text]
        for place, kind, text in PythonLexer(stripnl=False).get_tokens_unprocessed(source):
            for k in (k for k, letter in enumerate(text, place) if not letter.isspace()):
                assert STANDARD_TYPES[kind] in KINDS[ours[k]], source[max(0, k - 20) : k + 20]


UNFINISHED = ['"""open\nfor ever', "'open\nx = 1 ? 2 $ é", "def f(", 'f"{x:', "match x:\n  case", "\n\n", ""]


@pytest.mark.parametrize("source", UNFINISHED)
def test_code_that_is_not_whole_yet_keeps_every_letter(page: Page, home: str, source: str):
    page.goto(home)
    show = "async ([source, module]) => (await import(module)).coloured(source).textContent"
    assert page.evaluate(show, [source, home + "runtime/editor.js"]) == source


def test_nothing_of_the_editor_is_loaded_before_the_first_edit(page: Page, home: str):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(home + "neurons/")
    page.wait_for_load_state("networkidle")
    assert any("elements/live-cell.js" in url for url in asked)
    assert not [url for url in asked if "/runtime/" in url]
    page.get_by_role("button", name="Edit cell 1", exact=True).click()
    expect(page.locator(".cm-content")).to_be_focused()
    assert [url for url in asked if "/runtime/" in url] == [home + "runtime/editor.js"]


def test_a_policy_of_self_is_enough(book: Path, context: BrowserContext):
    policy = "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self' 'unsafe-inline'"
    with serving(book, {"": {"Content-Security-Policy": policy}}) as home:
        page = context.new_page()
        page.goto(home + "neurons/")
        page.evaluate(
            "window.refused = [];"
            "addEventListener('securitypolicyviolation', (event) => refused.push(event.violatedDirective))"
        )
        page.evaluate(OPEN, home + "runtime/editor.js")
        page.keyboard.type("(")
        page.evaluate("editor.mark(1, 'SyntaxError')")
        page.wait_for_timeout(200)  # a refusal is reported a little later
        assert page.evaluate("refused") == []
        assert page.evaluate("getComputedStyle(document.querySelector('.cm-scroller')).display") == "flex"
        page.evaluate("document.body.append(document.createElement('style'))")
        page.evaluate("document.body.lastChild.textContent = 'p {}'")
        page.wait_for_function("() => refused.length")  # so the test would see one


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_escape_and_then_tab_leaves(opened: Page, key: str):
    editor = opened.locator(".cm-content")
    before = typed(opened)
    opened.keyboard.press("Tab")
    assert typed(opened) == "    " + before  # what Tab is for in code
    expect(editor).to_be_focused()
    opened.keyboard.press("Shift+Tab")
    assert typed(opened) == before
    opened.keyboard.press("Escape")
    expect(opened.locator(".editor-hint")).to_have_text("Tab now leaves the editor.")
    opened.keyboard.press(key)
    expect(editor).not_to_be_focused()
    assert typed(opened) == before
    assert opened.evaluate("said.at(-1)") == "leave"
    following = opened.evaluate(
        "document.querySelector('.cm-editor').compareDocumentPosition(document.activeElement)"
        " & Node.DOCUMENT_POSITION_FOLLOWING"
    )
    assert bool(following) == (key == "Tab")
    # Entered again, Tab is for code again.
    editor.focus()
    opened.keyboard.press("Tab")
    assert typed(opened) == "    " + before


def test_the_way_out_is_told(opened: Page):
    editor = opened.get_by_role("textbox", name="Code of cell 1")
    expect(editor).to_have_accessible_description("To leave: Escape, then Tab. Ctrl+Enter runs the cell.")
    expect(opened.locator(".editor-hint")).to_be_visible()
    opened.keyboard.press("Escape")
    opened.keyboard.press("Tab")
    opened.reload()
    opened.evaluate(OPEN, opened.url.replace("neurons/", "runtime/editor.js"))
    expect(opened.locator(".editor-hint")).to_be_hidden()  # said once; the description stays
    expect(editor).to_have_accessible_description("To leave: Escape, then Tab. Ctrl+Enter runs the cell.")


def test_keys_that_run_are_for_the_editor_alone(opened: Page):
    before = typed(opened)
    for key in ("Control+Enter", "Shift+Enter"):
        opened.keyboard.press(key)
    assert opened.evaluate("said") == ["run", "next"]  # and the cell around it has heard nothing
    assert typed(opened) == before


def test_lines_are_indented_as_python_wants(opened: Page):
    opened.keyboard.press("Control+a")
    opened.keyboard.type("def f(x):  # one\nfor k in x:\nif k:\nreturn k\nk = [\n1]\npass\nx")
    assert typed(opened).split("\n") == [
        "def f(x):  # one",
        "    for k in x:",
        "        if k:",
        "            return k",
        "        k = [",
        "            1]",
        "            pass",
        "        x",
    ]
    opened.keyboard.press("Home")
    opened.keyboard.press("Backspace")
    assert typed(opened).endswith("\n    x")  # one step back
    opened.keyboard.press("Control+a")
    opened.keyboard.press("Tab")
    assert typed(opened).startswith("    def f(x):  # one\n        for")


def test_a_failing_line_is_marked_until_it_is_changed(opened: Page):
    editor = opened.locator(".cm-content")
    opened.evaluate("editor.mark(2, 'NameError: name \\'w3\\' is not defined')")
    marked = opened.locator(".cm-marked")
    expect(marked).to_have_count(1)
    assert marked.evaluate("(line) => getComputedStyle(line, '::before').content") == '"2"'
    expect(editor).to_have_accessible_description(
        "To leave: Escape, then Tab. Ctrl+Enter runs the cell. Line 2: NameError: name 'w3' is not defined"
    )
    opened.keyboard.press("Control+Home")
    opened.keyboard.type("\n")
    assert marked.evaluate("(line) => getComputedStyle(line, '::before').content") == '"3"'
    opened.keyboard.press("ArrowDown")
    opened.keyboard.type("x")
    expect(marked).to_have_count(0)
    expect(editor).to_have_accessible_description("To leave: Escape, then Tab. Ctrl+Enter runs the cell.")
    opened.evaluate("editor.mark(99, 'no such line')")
    expect(marked).to_have_count(0)


def test_code_put_in_from_outside_can_be_undone(opened: Page):
    before = typed(opened)
    opened.evaluate("editor.source = 'other'")
    assert opened.evaluate("said.filter((what) => what.startsWith('change'))") == []  # nobody typed it
    opened.keyboard.press("Control+z")
    assert typed(opened) == before


def test_code_is_no_markup(opened: Page):
    opened.evaluate("editor.source = '<img src=x onerror=alert(1)> # \\u202e'")
    opened.evaluate("editor.destroy()")
    block = opened.locator(".highlight").first
    assert block.locator("img").count() == 0
    assert "<img src=x onerror=alert(1)>" in block.locator("code").text_content()


def test_a_phone_corrects_nothing(opened: Page):
    editor = opened.locator(".cm-content")
    for attribute in ("autocapitalize", "autocorrect"):
        expect(editor).to_have_attribute(attribute, "off")
    expect(editor).to_have_attribute("spellcheck", "false")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_with_the_editor_open(browser: Browser, home: str, scheme: str, width: int):
    size = {"width": width, "height": 900}
    with browser.new_context(color_scheme=scheme, viewport=size, service_workers="block") as context:
        page = context.new_page()
        page.goto(home + "neurons/")
        page.evaluate(OPEN, home + "runtime/editor.js")
        page.keyboard.type("f(")
        page.evaluate("editor.mark(2, 'NameError')")
        found = Axe().run(page).response["violations"]
        assert not found, [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]
