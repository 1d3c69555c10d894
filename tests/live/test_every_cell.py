"""Every cell of the book in a real browser, by the real worker and NumPy: nothing differs from the build."""

import re
from pathlib import Path

import pytest
from lxml import etree, html
from playwright.sync_api import Browser, expect
from tests.live.conftest import PATIENCE
from tests.site.book import Page, has_class, pages_of

RECORD = """async () => {
    const { Python } = await import("/elements/python.js");
    const { run, evaluate } = Python.prototype;
    window.outputs = {};
    window.numbers = [];
    Python.prototype.run = async function (cell, ...more) {
        window.python = this;
        return (window.outputs[cell] = await run.call(this, cell, ...more));
    };
    Python.prototype.evaluate = async function (...asked) {
        const results = await evaluate.apply(this, asked);
        window.numbers.push(...results);
        return results;
    };
}"""
UNFOLD = "document.querySelectorAll('article details').forEach((part) => (part.open = true))"
IDLE = """() => [...document.querySelectorAll("live-cell")].every(
    (cell) => !["waiting", "loading", "running"].includes(cell.getAttribute("state")))"""
ABOVE_ALL_CELLS = """async () => {
    const { Numbers } = await import("/elements/numbers.js");
    await window.python.evaluate(0, new Numbers().after(0));
}"""


@pytest.fixture(scope="module")
def chapters(book: Path) -> dict[str, Page]:
    """The pages that have cells."""
    return {url: page for url, page in pages_of(book).items() if page.main.xpath(".//*[@data-cell]")}


def test_every_cell_is_live_or_says_why_not(book: Path):
    silent = [
        f"{url}#{cell.get('id')}"
        for url, page in pages_of(book).items()
        for cell in page.tree.xpath("//*[starts-with(@id, 'cell-')]")
        if has_class(cell, "cell") and cell.tag != "live-cell" and not cell.xpath(".//*[@class='live-off']")
    ]
    assert silent == []


def test_every_cell_and_every_number_is_the_same_in_the_browser(
    browser: Browser, home: str, chapters: dict[str, Page]
):
    wrong, cells, numbers = [], 0, 0
    for url, built in chapters.items():
        with browser.new_context(service_workers="block") as context:
            page = context.new_page()
            page.goto(home + url)
            page.evaluate(RECORD)
            page.evaluate(UNFOLD)  # the last cell may belong to an answer
            last = page.locator("live-cell").last
            last.get_by_role("button", name=re.compile("^More"), include_hidden=True).dispatch_event("click")
            page.locator(".cell-menu:popover-open").get_by_role("button", name="Run all cells").click()
            expect(last).to_have_attribute("state", re.compile("done|failed"), timeout=PATIENCE)
            page.wait_for_function(IDLE, timeout=PATIENCE)
            page.evaluate(ABOVE_ALL_CELLS)
            outputs, results = page.evaluate("[window.outputs, window.numbers]")
            marks = page.locator("live-cell").evaluate_all(
                "(cells) => cells.map((cell) => cell.getAttribute('same'))"
            )
        live = built.main.xpath(".//live-cell")
        for cell, mark in zip(live, marks, strict=True):
            answer = outputs.get(cell.get("data-cell"), {})
            if not answer.get("ok") or canonical(answer["html"]) != as_built(cell):
                wrong.append(f"{url}#{cell.get('id')}: {answer}")
            elif mark != "book":
                wrong.append(f"{url}#{cell.get('id')} is the same, and marked {mark}")
        stated = below(built, {"0", *(cell.get("data-cell") for cell in live)})
        wrong += [f"{url}: {result}" for result in results if not result.get("agrees")]
        if missing := stated - {result["id"] for result in results}:
            wrong.append(f"{url}: not worked out: {missing}")
        cells += len(live)
        numbers += len(stated)
    assert wrong == []
    assert cells > 0
    assert numbers > 0


def below(page: Page, cells: set[str]) -> set[str]:
    """The stated numbers whose expressions see these cells last."""
    numbers = [
        number for number in page.main.xpath(".//*[@data-literal]") if number.get("data-after") in cells
    ]
    return {number.xpath("ancestor-or-self::*[starts-with(@id, 'number-')][1]/@id")[0] for number in numbers}


def as_built(cell: html.HtmlElement) -> str:
    """What the build shows below (or above) a cell's code."""
    shown = cell.xpath("./div[@class='cell-output']")
    inside = [html.tostring(part, encoding="unicode", with_tail=False) for part in shown[0]] if shown else []
    return canonical("".join(inside))


def canonical(markup: str) -> str:
    """The same markup, the same text: attributes in order, quotation marks and entities in one way."""
    return etree.tostring(html.fragment_fromstring(markup, create_parent="div"), method="c14n").decode()
