"""Cells that run where they are read: Run, Stop, Reset, what follows and what is out of date."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from markdown import Markdown
from playwright.sync_api import Browser, Locator, Page, expect
from tests.browsing import READY
from tests.live.conftest import PATIENCE, serving
from tests.site.book import ROOT

from provenum.runtime import fingerprint

CHAIN = """
```python exec="on"
a = 2
```

```python exec="on"
b = a * 10
b
```

The text says [[20 = b]].

```python exec="on"
for k in range(6):
    print("line", k, max(k, b - 20))
```

<figure markdown="1">

```python exec="on" source="folded"
class Bar:
    def _repr_html_(self):
        return f'<svg viewBox="0 0 40 4" role="img"><title>b is {b}</title><path d="M0 2h{b}"/></svg>'

Bar()
```

</figure>

```python exec="on" timeout="300"
c = b + 1
c
```

And then [[21 = c]].

```python exec="on"
c * 2
```
"""
STATE = """
```python exec="on"
seen = []
numbers = (k for k in range(3))
```

```python exec="on"
seen.append(next(numbers))
seen
```

```python exec="on" raises="ValueError"
int("two")
```

```python exec="on"
"the last"
```
"""
IDLE = """() => [...document.querySelectorAll("live-cell")].every(
    (cell) => !["waiting", "loading", "running"].includes(cell.getAttribute("state")))"""


@pytest.fixture(scope="module")
def made(book: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The book with two small pages in it, like its own in everything but the text."""
    folder = tmp_path_factory.mktemp("made")
    for part in book.iterdir():
        (folder / part.name).symlink_to(part)
    manifest = json.loads((book / "runtime" / "manifest.json").read_bytes())
    manifest["library"] = fingerprint([ROOT / "src"])  # whatever has changed since
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    settings = {
        "provenum": {"live": str(folder / "manifest.json"), "watch": [str(ROOT / "src")]},
        "pymdownx.highlight": {"pygments_lang_class": True},
    }
    extensions = ["md_in_html", "pymdownx.highlight", "pymdownx.superfences", "provenum"]
    chapter = (book / "neurons" / "index.html").read_text("utf-8")
    skipped_to = re.search(r'href="#([^"]+)"[^>]*md-skip', chapter)[1]
    before, after = re.split(r"(?s)(?<=<article).*(?=</article>)", chapter)
    for name, text in {"chain": CHAIN, "state": STATE}.items():
        article = Markdown(extensions=extensions, extension_configs=settings).convert(text)
        (folder / name).mkdir()
        inside = f' class="md-content__inner md-typeset"><h1 id="{skipped_to}">Made up</h1>{article}'
        (folder / name / "index.html").write_text(before + inside + after, "utf-8")
    with serving(folder) as address:
        yield address


@pytest.fixture
def chain(page: Page, made: str) -> Page:
    page.goto(made + "chain/")
    return page


@pytest.fixture
def state(page: Page, made: str) -> Page:
    page.goto(f"{made}state/")
    return page


def cell(page: Page, number: int) -> Locator:
    return page.locator(f"#cell-{number}")


def button(page: Page, says: str, number: int) -> Locator:
    return page.get_by_role("button", name=f"{says} cell {number}", exact=True)


def run(page: Page, number: int) -> None:
    """Press Run, and wait until nothing runs any more."""
    button(page, "Run", number).click()
    page.wait_for_function(IDLE, timeout=PATIENCE)


def edit(page: Page, number: int, source: str) -> None:
    """Write other code, in the editor."""
    expect(cell(page, number).locator(".cell-bar")).to_be_visible()
    if button(page, "Edit", number).is_visible():
        button(page, "Edit", number).click()
    page.get_by_role("textbox", name=f"Code of cell {number}").fill(source)


def output(page: Page, number: int) -> str:
    return cell(page, number).locator(".cell-output").inner_text()


def states(page: Page) -> list[str | None]:
    return page.locator("live-cell").evaluate_all("(all) => all.map((cell) => cell.getAttribute('state'))")


def same(page: Page) -> list[str | None]:
    return page.locator("live-cell").evaluate_all("(all) => all.map((cell) => cell.getAttribute('same'))")


def outputs(page: Page) -> list[str]:
    return page.locator(".cell-output").evaluate_all("(all) => all.map((box) => box.innerHTML)")


def news(page: Page) -> Locator:
    """What is read out."""
    return page.locator("body > p.said[role=status]").first


def test_run_stands_on_the_line_that_unfolds_a_figures_code(chain: Page):
    line = cell(chain, 4).locator("summary").bounding_box()
    run = button(chain, "Run", 4).bounding_box()
    assert run["x"] >= line["x"] + line["width"]
    assert abs(run["y"] + run["height"] / 2 - line["y"] - line["height"] / 2) < line["height"] / 2


def test_run_runs_the_cells_above_first_and_none_below(chain: Page):
    built = outputs(chain)
    run(chain, 2)
    assert states(chain) == ["done", "done", None, None, None, None]
    assert same(chain)[:2] == ["book", "book"]
    expect(cell(chain, 2).locator(".cell-status")).to_have_text("✓ Same as the book")
    assert outputs(chain) == built
    expect(news(chain)).to_have_text("Cell 2 ran: same as the book.")


def test_a_second_run_begins_where_the_cells_above_left_off(state: Page):
    """What cannot be copied, the generator, is made again by the cell above."""
    for _ in range(2):
        run(state, 2)
        assert states(state)[:2] == ["done", "done"]
        assert same(state)[:2] == ["book", "book"]


def test_a_cell_that_must_fail_is_the_same_as_the_book_when_it_does(state: Page):
    run(state, 3)
    assert same(state)[2] == "book"


def test_what_depends_on_an_edit_follows_as_far_as_the_first_slow_cell(chain: Page):
    edit(chain, 1, "a = 3")
    expect(cell(chain, 1).locator(".cell-status")).to_have_text("Edited, not run yet")
    run(chain, 1)
    assert states(chain) == ["done", "done", "done", "done", "stale", "stale"]
    assert same(chain)[:4] == ["book", "differs", "differs", "differs"]
    assert output(chain, 2).split() == ["Yours", "30", "The", "book’s", "20"]
    assert "+ line 1 10" in cell(chain, 3).locator("details.cell-book").text_content()
    assert "− line 1 1" in cell(chain, 3).locator("details.cell-book").text_content()
    titles = cell(chain, 4).locator("svg title")
    assert titles.all_text_contents() == ["b is 30", "b is 20"]
    expect(chain.locator("#number-1 .yours")).to_have_text("30")
    expect(cell(chain, 5).locator(".cell-status")).to_have_text("Out of date: run it again")
    expect(news(chain)).to_have_text(
        "Cell 1 ran. It shows nothing. 3 cells below followed. From cell 5 on, the page is out of date."
    )
    run(chain, 5)
    assert states(chain) == ["done"] * 6
    assert output(chain, 6).split() == ["Yours", "62", "The", "book’s", "42"]
    expect(chain.locator("#number-2 .yours")).to_have_text("31")


def test_reset_brings_the_book_back(chain: Page):
    built = outputs(chain)
    edit(chain, 1, "a = 3")
    run(chain, 5)
    assert outputs(chain) != built
    button(chain, "Reset", 1).click()
    expect(cell(chain, 2)).not_to_have_attribute("same", "differs")
    assert outputs(chain) == built
    assert states(chain) == [None] * 6
    assert chain.locator(".yours").count() == 0
    expect(button(chain, "Reset", 1)).to_be_hidden()
    assert chain.locator("#cell-1 .highlight code").text_content() == "a = 2\n"
    run(chain, 6)
    assert same(chain) == ["book"] * 6


def test_what_another_edit_has_made_follows_a_reset(chain: Page):
    edit(chain, 1, "a = 3")
    edit(chain, 2, "b = a * 100\nb")
    run(chain, 2)
    assert output(chain, 2).split()[1] == "300"
    button(chain, "Reset", 1).click()
    chain.wait_for_function(IDLE, timeout=PATIENCE)
    expect(cell(chain, 2).locator(".cell-text").first).to_have_text("200\n")
    assert same(chain)[0] == "book"


def test_an_edit_that_has_not_run_is_taken_back_without_python(chain: Page):
    edit(chain, 2, "b = 5")
    button(chain, "Reset", 2).click()
    expect(cell(chain, 2)).not_to_have_attribute("edited", "")
    assert states(chain) == [None] * 6
    assert chain.locator("iframe").count() == 0


def test_run_all_and_reset_all(chain: Page):
    built = outputs(chain)
    edit(chain, 1, "a = 3")
    edit(chain, 6, "c * 3")
    more(chain, 3, "Run all cells")
    chain.wait_for_function(IDLE, timeout=PATIENCE)
    assert states(chain) == ["done"] * 6
    assert output(chain, 6).split()[1] == "93"
    more(chain, 3, "Reset all cells")
    expect(cell(chain, 6)).not_to_have_attribute("same", "differs")
    assert outputs(chain) == built
    assert chain.locator("live-cell[edited]").count() == 0


def more(page: Page, number: int, says: str) -> None:
    page.get_by_role("button", name=f"More for cell {number}").click()
    page.locator(".cell-menu:popover-open").get_by_role("button", name=says).click()


def test_an_error_is_told_in_words_with_its_lines(chain: Page):
    edit(chain, 2, "def half(x):\n    return x / nothing\n\nb = half(a)\nb")
    run(chain, 2)
    assert states(chain) == ["done", "failed", "stale", "stale", "stale", "stale"]
    told = cell(chain, 2).locator(".cell-error")
    expect(told.locator("p").first).to_contain_text("Python does not know the name nothing")
    expect(told.locator(".cell-text")).to_have_text("NameError: name 'nothing' is not defined")
    assert [line.split(":")[0] for line in told.locator("li").all_inner_texts()] == [
        "in cell 2, line 2",
        "called from cell 2, line 4",
    ]
    assert told.locator("a").first.get_attribute("href") == "#cell-2"
    assert cell(chain, 2).locator(".cm-marked").get_attribute("data-line") == "2"
    button(chain, "Done editing", 2).click()
    line, marked = cell(chain, 2).locator(".highlight code"), cell(chain, 2).locator(".cell-line")
    assert marked.bounding_box()["y"] == pytest.approx(
        line.bounding_box()["y"] + marked.bounding_box()["height"] * (1 + 0.8 / 1.55), abs=1
    )
    expect(news(chain)).to_contain_text("Cell 2 failed: Python does not know the name")
    run(chain, 3)
    expect(news(chain)).to_contain_text("So cell 3 did not run.")
    assert states(chain)[1:3] == ["failed", "stale"]


def test_closing_the_editor_never_shows_code_without_colours(chain: Page):
    edit(chain, 2, "b = a * 11")
    click_and_look = "(done) => (done.click(), document.querySelectorAll('#cell-2 code span.n').length)"
    assert button(chain, "Done editing", 2).evaluate(click_and_look) == 2


def test_after_an_error_the_corrected_cell_runs(chain: Page):
    edit(chain, 2, "b = a *")
    run(chain, 2)
    assert states(chain)[1] == "failed"
    assert cell(chain, 2).locator(".cm-marked").get_attribute("data-line") == "1"
    edit(chain, 2, "b = a * 10\nb")
    assert cell(chain, 2).locator(".cm-marked").count() == 0
    run(chain, 5)
    assert same(chain)[:5] == ["book"] * 5
    assert states(chain) == ["done"] * 5 + [None]


def test_an_error_further_down_ends_what_follows(chain: Page):
    edit(chain, 1, "a = []")
    run(chain, 1)
    assert states(chain) == ["done", "done", "failed", "stale", "stale", "stale"]
    assert "TypeError" in output(chain, 3)


WASM = re.compile("/runtime/pyodide.asm.wasm")
LOOP = "print('round')\nwhile True:\n    pass"


def test_what_is_printed_is_seen_while_it_runs_and_stop_ends_it(chain: Page):
    edit(chain, 2, LOOP)
    button(chain, "Run", 2).click()
    expect(cell(chain, 2).locator(".cell-text")).to_have_text("round\n", timeout=PATIENCE)
    assert states(chain)[:2] == ["done", "running"]
    button(chain, "Stop", 2).click()
    assert states(chain)[1] == "stopped"
    expect(chain.locator("iframe")).to_have_count(0)
    expect(cell(chain, 2).locator(".cell-text")).to_have_text("round\n")
    edit(chain, 2, "b = a * 10\nb")
    run(chain, 2)
    assert same(chain)[:2] == ["book", "book"]


def test_stop_and_at_once_run(chain: Page):
    edit(chain, 2, LOOP)
    button(chain, "Run", 2).click()
    expect(cell(chain, 2).locator(".cell-text")).to_have_text("round\n", timeout=PATIENCE)
    chain.evaluate("""() => {
        const cell = document.querySelector("#cell-2");
        const button = cell.querySelector(".cell-run");
        button.click();
        cell.put(cell.book);
        button.click();
    }""")
    chain.wait_for_function(IDLE, timeout=PATIENCE)
    assert same(chain)[:2] == ["book", "book"]


def test_stop_while_python_is_loading(chain: Page):
    button(chain, "Run", 2).click()
    button(chain, "Stop", 2).click()
    assert states(chain)[1] == "stopped"
    expect(chain.locator("iframe")).to_have_count(0)
    run(chain, 2)
    assert same(chain)[:2] == ["book", "book"]


def test_stop_while_the_cells_below_follow(chain: Page):
    edit(chain, 3, LOOP)
    edit(chain, 1, "a = 3")
    button(chain, "Run", 1).click()
    expect(cell(chain, 3)).to_have_attribute("state", "running", timeout=PATIENCE)
    button(chain, "Stop", 3).click()
    assert states(chain)[2] == "stopped"
    chain.wait_for_function(IDLE, timeout=PATIENCE)
    assert states(chain) == ["done", "done", "stopped", "stale", "stale", "stale"]


def test_a_double_click_runs_once_and_does_not_stop(chain: Page):
    button(chain, "Run", 2).dblclick()
    chain.wait_for_function(IDLE, timeout=PATIENCE)
    assert states(chain)[:2] == ["done", "done"]


def test_two_cells_asked_for_in_quick_succession_both_run(chain: Page):
    button(chain, "Run", 6).click()
    button(chain, "Run", 2).click()
    chain.wait_for_function(IDLE, timeout=PATIENCE)
    assert same(chain) == ["book"] * 6
    assert news(chain).inner_text() == "Cell 6 ran: same as the book. Cell 2 ran: same as the book."


def test_a_new_run_goes_before_what_follows(chain: Page):
    """Asked for while others follow: the new goal first, and then what still has to follow it."""
    edit(chain, 1, "a = 3")
    button(chain, "Run", 1).click()
    expect(cell(chain, 2)).to_have_attribute("state", re.compile("running|done"), timeout=PATIENCE)
    button(chain, "Run", 6).click()
    chain.wait_for_function(IDLE, timeout=PATIENCE)
    assert states(chain) == ["done"] * 6
    assert output(chain, 6).split()[1] == "62"


@pytest.mark.parametrize(
    "source", ["for k in range(20_000): print(k)", "print('x' * 100_000_000)", "'y' * 100_000_000"]
)
def test_long_output_is_cut_off_with_a_note(chain: Page, source: str):
    edit(chain, 3, source)
    run(chain, 3)
    assert states(chain)[2] == "done"
    shown = cell(chain, 3).locator(".cell-output")
    expect(shown.locator(".cell-note")).to_contain_text("at most 10,000 lines or 1,000,000 characters")
    text = shown.locator(".cell-text").first
    assert len(text.text_content()) <= 1_000_100
    assert text.evaluate("(text) => text.scrollHeight > text.clientHeight && text.tabIndex === 0")


def test_endless_output_leaves_the_page_at_work(chain: Page):
    edit(chain, 3, "while True: print('more')")
    button(chain, "Run", 3).click()
    note = "at most 10,000 lines"
    expect(cell(chain, 3).locator(".cell-text")).to_contain_text(note, timeout=PATIENCE)
    assert states(chain)[2] == "running"
    button(chain, "Stop", 3).click()
    assert states(chain)[2] == "stopped"


def test_leaving_the_page_ends_python(chain: Page, made: str):
    edit(chain, 2, LOOP)
    button(chain, "Run", 2).click()
    expect(cell(chain, 2)).to_have_attribute("state", "running", timeout=PATIENCE)
    chain.evaluate("document.querySelector('article').remove()")
    expect(chain.locator("iframe")).to_have_count(0)
    assert chain.locator("body > p.said").count() <= 1, "what the cells read out goes with them"
    chain.goto(f"{made}state/")
    run(chain, 2)
    assert same(chain)[:2] == ["book", "book"]


def test_the_same_cells_can_leave_the_page_and_come_back(chain: Page):
    """As with instant navigation."""
    run(chain, 2)
    chain.evaluate("""() => {
        const text = document.querySelector("article");
        const home = text.parentNode;
        text.remove();
        home.append(text);
    }""")
    assert cell(chain, 2).locator(".cell-bar").count() == 1
    run(chain, 2)
    assert same(chain)[:2] == ["book", "book"]


def test_keys_run_and_move_on(chain: Page):
    button(chain, "Run", 1).focus()
    chain.keyboard.press("Shift+Enter")
    expect(button(chain, "Run", 2)).to_be_focused()
    chain.keyboard.press("Control+Enter")
    expect(cell(chain, 2)).to_have_attribute("state", "done", timeout=PATIENCE)
    edit(chain, 3, "b")
    chain.keyboard.press("Shift+Enter")
    expect(cell(chain, 3)).to_have_attribute("same", "differs", timeout=PATIENCE)
    expect(button(chain, "Run", 4)).to_be_focused()
    button(chain, "Run", 2).focus()
    chain.keyboard.press("Shift+Enter")
    expect(chain.get_by_role("textbox", name="Code of cell 3")).to_be_focused()


def test_keys_outside_the_cells_are_left_alone(chain: Page):
    chain.locator("article h1").evaluate("(h1) => { h1.tabIndex = 0; h1.focus(); }")
    chain.keyboard.press("Control+Enter")
    chain.keyboard.press("Shift+Enter")
    assert states(chain) == [None] * 6


def test_the_menu_opens_and_closes_by_keyboard(chain: Page):
    opener = chain.get_by_role("button", name="More for cell 2")
    opener.focus()
    chain.keyboard.press("Enter")
    expect(chain.locator(".cell-menu:popover-open")).to_be_visible()
    chain.keyboard.press("Tab")
    expect(
        chain.locator(".cell-menu:popover-open").get_by_role("button", name="Run all cells")
    ).to_be_focused()
    chain.keyboard.press("Escape")
    expect(chain.locator(".cell-menu:popover-open")).to_have_count(0)
    expect(opener).to_be_focused()


def test_copy_copies_the_code_as_it_stands(browser: Browser, made: str):
    with browser.new_context(
        permissions=["clipboard-read", "clipboard-write"], service_workers="block"
    ) as context:
        page = context.new_page()
        page.goto(made + "chain/")
        edit(page, 1, "a = 33")
        button(page, "Done editing", 1).click()
        cell(page, 1).get_by_role("button", name="Copy").click()
        expect(cell(page, 1).get_by_role("button", name="Copied")).to_be_visible()
        assert page.evaluate("navigator.clipboard.readText()") == "a = 33\n"


HOSTILE = """
class Hostile:
    def _repr_html_(self):
        return '''
<script>window.hit = 1</script>
<img src="https://elsewhere.example/a.png" onerror="window.hit = 2"><img src="x" onerror="window.hit = 3">
<style>body { display: none }</style><a href="https://elsewhere.example/">out</a>
<svg><rect width="9" height="9" fill="url(https://elsewhere.example/#p)" onclick="window.hit = 4"></rect>
<image href="https://elsewhere.example/b.png"></image><use href="https://elsewhere.example/c.svg#d"></use></svg>
<p style="position: fixed; inset: 0" id="cell-1">over the page</p>
<form action="https://elsewhere.example/"><input></form><iframe src="https://elsewhere.example/"></iframe>
<a href="javascript:window.hit = 5">run</a>
<div popover tabindex="1" style="background: url(https://elsewhere.example/e.png)">all the same</div>'''

Hostile()
"""


def test_markup_from_a_cell_can_do_nothing(chain: Page):
    asked = []
    chain.on("request", lambda request: asked.append(request.url))
    edit(chain, 3, HOSTILE)
    run(chain, 3)
    expect(cell(chain, 3).locator(".cell-output")).to_contain_text("all the same")
    left = cell(chain, 3).locator(".cell-output").inner_html()
    assert (
        re.findall(
            r"elsewhere|javascript|script|style=|<style|<form|<input|on\w+=|popover|tabindex|<iframe", left
        )
        == []
    )
    assert chain.locator("#cell-1").count() == 1
    assert chain.evaluate("window.hit") is None
    assert [url for url in asked if "elsewhere" in url] == []


def test_text_is_no_markup(chain: Page):
    edit(chain, 3, "print('<b>bold</b> &amp; <img src=x onerror=window.hit=1>')")
    run(chain, 3)
    text = cell(chain, 3).locator(".cell-text").first
    expect(text).to_have_text("<b>bold</b> &amp; <img src=x onerror=window.hit=1>\n")
    assert chain.evaluate("window.hit") is None


def test_a_cell_says_when_python_cannot_be_had_and_the_next_run_tries_again(chain: Page):
    chain.route(WASM, lambda route: route.abort())
    run(chain, 2)
    assert states(chain)[1] == "failed"
    expect(cell(chain, 2).locator(".cell-error")).to_contain_text("did not arrive")
    chain.unroute(WASM)
    run(chain, 2)
    assert same(chain)[:2] == ["book", "book"]


def test_a_cell_says_when_its_machinery_does_not_arrive(chain: Page):
    chain.route("**/elements/python.js", lambda route: route.abort())
    run(chain, 2)
    assert states(chain)[1] == "failed"
    expect(cell(chain, 2).locator(".cell-error")).to_contain_text("Are you online?")


def test_after_a_worker_is_killed_stop_and_run_restore_the_page(chain: Page):
    run(chain, 2)
    edit(chain, 3, LOOP)
    button(chain, "Run", 3).click()
    expect(cell(chain, 3).locator(".cell-text")).to_have_text("round\n", timeout=PATIENCE)
    chain.frames[1].evaluate("python.terminate()")
    button(chain, "Stop", 3).click()
    assert states(chain)[2] == "stopped"
    button(chain, "Reset", 3).click()
    run(chain, 3)
    assert same(chain)[:3] == ["book"] * 3


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_when_the_buttons_come(browser: Browser, home: str, width: int):
    places = []
    for late in (True, False):
        with browser.new_context(
            viewport={"width": width, "height": 800}, service_workers="block"
        ) as context:
            page = context.new_page()
            if late:
                page.route("**/elements/elements.js*", lambda route: route.abort())
            page.goto(home + "neurons/", wait_until="load")
            if not late:
                page.wait_for_function(READY)
            page.evaluate("document.fonts.ready")
            assert page.locator(".cell-bar").count() > 0 or late
            places.append(page.evaluate(PLACES))
    assert places[0] == places[1]


PLACES = """[...document.querySelectorAll("article > *")].map(
    (part) => [part.id || part.tagName, Math.round(part.getBoundingClientRect().top + scrollY)])"""


def test_without_scripts_there_are_no_buttons_and_no_room_for_them(browser: Browser, home: str):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(home + "neurons/", wait_until="load")
        assert page.locator(".cell-bar").count() == 0
        block, shown = (
            page.locator(f"#cell-2 > {part}").bounding_box() for part in (".highlight > pre", ".cell-output")
        )
    assert shown["y"] == pytest.approx(block["y"] + block["height"], abs=1)


def test_on_paper_there_are_no_buttons(chain: Page):
    run(chain, 2)
    chain.emulate_media(media="print")
    assert chain.locator(".cell-bar:visible").count() == 0


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_before_during_and_after_a_run(
    browser: Browser, made: str, scheme: str, width: int
):
    size = {"width": width, "height": 800}
    with browser.new_context(color_scheme=scheme, viewport=size, service_workers="block") as context:
        page = context.new_page()
        page.goto(made + "chain/")
        found = {"before": violations(page)}
        run(page, 2)
        found["same"] = violations(page)
        edit(page, 1, "a = 3")
        run(page, 1)
        cell(page, 3).locator("details.cell-book summary").click()
        found["differs, stale"] = violations(page)
        page.get_by_role("button", name="More for cell 2").click()
        found["menu"] = violations(page)
        page.keyboard.press("Escape")
        edit(page, 3, "print(nothing)")
        run(page, 3)
        button(page, "Done editing", 3).click()
        found["failed"] = violations(page)
        edit(page, 2, LOOP)
        button(page, "Run", 2).click()
        expect(cell(page, 2).locator(".cell-text").first).to_have_text("round\n", timeout=PATIENCE)
        found["running"] = violations(page)
        targets = page.locator(".cell-bar button:visible").evaluate_all(
            "(all) => all.map((one) => Math.min(one.offsetWidth, one.offsetHeight))"
        )
        button(page, "Stop", 2).click()
        found["stopped"] = violations(page)
    assert {when: what for when, what in found.items() if what} == {}
    assert min(targets) >= 24


FADED = """async () => {
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
    const fading = document.getAnimations().filter((one) => one instanceof CSSTransition);
    await Promise.allSettled(fading.map((one) => one.finished));
}"""


def violations(page: Page) -> list[str]:
    """What axe finds wrong, once what fades in the theme's header has faded."""
    page.evaluate(FADED)
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def test_loading_is_shown_with_what_is_left(chain: Page):
    """The last file is held back until the page has been looked at."""
    held = []
    chain.route(WASM, lambda route: held.append(route))
    button(chain, "Run", 2).click()
    status = cell(chain, 2).locator(".cell-status")
    expect(status.locator("progress")).to_be_visible(timeout=PATIENCE)
    expect(status).to_have_text(re.compile(r"\d MB left|Starting Python"))
    assert violations(chain) == []
