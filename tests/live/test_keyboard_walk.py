"""The whole of a live cell by keyboard alone: found, run, edited, left, shared, put back."""

import json

import pytest
from playwright.sync_api import Page, expect
from tests.live.conftest import PATIENCE

FOCUS = """async () => {
    const {activeElement: here} = document;
    const name = here.getAttribute("aria-label") ?? here.textContent.trim();
    const ring = () => getComputedStyle(here.closest(".cm-editor") ?? here).outlineStyle;
    // The editor says that it has the focus a moment after it has.
    for (const until = Date.now() + 2000; ring() === "none" && Date.now() < until;)
        await new Promise((go) => setTimeout(go, 20));
    return {name, ring: ring()};
}"""


class Walk:
    """A reader who has a keyboard and nothing else, and the way they took."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.way: list[str] = []

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.way.append(key)

    @property
    def here(self) -> str:
        """What has the focus. It must show that it has."""
        focus = self.page.evaluate(FOCUS)
        assert focus["ring"] != "none", f"nobody sees that {focus['name']!r} has the focus"
        return focus["name"]

    def tab_to(self, name: str, key: str = "Tab", steps: int = 200) -> None:
        """Press Tab until something of this name has the focus."""
        seen = []
        for _ in range(steps):
            self.press(key)
            seen.append(self.page.evaluate(FOCUS)["name"])
            if seen[-1] == name:
                assert self.here == name
                return
        pytest.fail(f"{key} never came to {name!r}: {json.dumps(seen, ensure_ascii=False)}")


def test_a_cell_by_keyboard_alone(page: Page, home: str):
    page.goto(home + "neurons/")
    walk = Walk(page)
    cell, output = page.locator("#cell-2"), page.locator("#cell-2 .cell-output")
    before = output.text_content().strip()

    # Run it, as it stands in the book.
    walk.tab_to("Run cell 2")
    walk.press("Enter")
    expect(cell).to_have_attribute("same", "book", timeout=PATIENCE)
    expect(page.get_by_role("button", name="Run cell 2", exact=True)).to_be_focused()  # it has stayed
    expect(output).to_have_text(before)

    # Edit it: Tab goes in, the code is written, Ctrl+Enter runs it from within.
    walk.tab_to("Edit cell 2")
    walk.press("Enter")
    editor = page.get_by_role("textbox", name="Code of cell 2")
    expect(editor).to_be_focused()
    walk.press("Control+End", "Enter")
    page.keyboard.type('print("by hand")')
    walk.press("Control+Enter")
    expect(output).to_contain_text("by hand", timeout=PATIENCE)
    expect(cell).to_have_attribute("same", "differs")
    expect(cell).to_have_attribute("state", "done")  # until then Control+Enter does not run it anew
    expect(editor).to_be_focused()

    # An error names its line; it is put right there.
    walk.press("Enter")
    page.keyboard.type("w3")
    walk.press("Control+Enter")
    expect(cell).to_have_attribute("state", "failed", timeout=PATIENCE)
    expect(page.locator("#cell-2 .cm-marked")).to_have_count(1)
    heard = page.evaluate(
        "document.activeElement.getAttribute('aria-describedby').split(' ')"
        ".map((id) => document.getElementById(id).textContent).join(' ')"
    )
    assert "w3" in heard
    walk.press("Backspace", "Backspace", "Backspace", "Control+Enter")
    expect(cell).to_have_attribute("state", "done", timeout=PATIENCE)

    # Out of the editor both ways, and on to what is next.
    walk.press("Escape", "Shift+Tab")
    expect(editor).not_to_be_focused()
    walk.tab_to("Code of cell 2")
    walk.press("Escape", "Tab")
    expect(editor).not_to_be_focused()
    assert walk.here == "Run cell 2"

    # Share it.
    walk.tab_to("More for cell 2", steps=6)
    walk.press("Enter")
    walk.tab_to("Share…", steps=4)
    walk.press("Enter")
    dialog = page.get_by_role("dialog", name="A link to your changes")
    expect(dialog.get_by_role("textbox", name="Link")).to_be_focused()
    address = dialog.get_by_role("textbox", name="Link").input_value()
    walk.tab_to("Copy", steps=2)
    walk.press("Enter")
    expect(dialog).to_contain_text("Copied.")
    walk.press("Escape")
    expect(dialog).to_have_count(0)
    assert walk.here == "More for cell 2"  # back where the dialog was opened

    # Put the book's code back.
    walk.tab_to("Reset cell 2", "Shift+Tab", steps=6)
    walk.press("Enter")
    expect(cell).not_to_have_attribute("edited", "")
    expect(output).to_have_text(before)
    assert page.evaluate("document.activeElement.closest('live-cell')?.id") == "cell-2"  # not lost

    # Open the link that was shared, and take the code.
    page.goto("about:blank")
    page.goto(address)
    expect(page.locator("#cell-2 .notice")).to_be_focused()
    walk.tab_to("Put it in the cell", steps=3)
    walk.press("Enter")
    expect(cell).to_have_attribute("edited", "")
    expect(page.locator(".notice")).to_have_count(0)
    assert walk.here == "Run cell 2"  # what comes next
    walk.press("Enter")
    expect(output).to_contain_text("by hand", timeout=PATIENCE)


def test_shift_enter_goes_down_the_page(page: Page, home: str):
    page.goto(home + "neurons/")
    walk = Walk(page)
    walk.tab_to("Run cell 1")
    for cell in (1, 2, 3):
        assert walk.here == f"Run cell {cell}"
        walk.press("Shift+Enter")
    expect(page.locator("#cell-3")).to_have_attribute("same", "book", timeout=PATIENCE)
    assert walk.here == "Run cell 4"
