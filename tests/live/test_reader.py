"""A learner with a phone: changes a weight where it is read, and the text answers."""

import math
import re
from collections.abc import Callable, Iterator
from fractions import Fraction

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.live.conftest import PATIENCE

PHONE = {"width": 390, "height": 844}
VOICE = "p.said[role=status]"
"""What is said once everything has followed: of the cells, and of the numbers."""
STATED = """() => [...document.querySelectorAll("article [id^='number-']")].map((host) => {
    const stated = host.querySelector(".stated") ?? host;
    const shown = stated.querySelector(".yours") ?? stated;
    return { ...stated.dataset, shown: shown.textContent.trim() };
})"""
TEXT = """() => {
    const article = document.querySelector("article").cloneNode(true);
    article.querySelectorAll("live-cell, pre").forEach((cell) => cell.remove());
    return article.outerHTML;
}"""


@pytest.fixture
def phone(browser: Browser, home: str) -> Iterator[Page]:
    """The first chapter in a learner's hand."""
    with browser.new_context(
        viewport=PHONE, has_touch=True, is_mobile=True, service_workers="block", reduced_motion="reduce"
    ) as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto(home + "neurons/")
        yield page


def cell(page: Page, number: int) -> Locator:
    return page.locator(f"#cell-{number}")


def edit_and_run(page: Page, number: int, change: Callable[[str], str]) -> None:
    """By touch and keyboard, as anybody would."""
    edited = cell(page, number)
    edited.get_by_role("button", name=re.compile("^Edit")).tap()
    field = edited.get_by_role("textbox")
    expect(field).to_be_focused(timeout=PATIENCE)
    source = edited.evaluate("(cell) => cell.source")
    assert change(source) != source
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(change(source))
    edited.get_by_role("button", name=re.compile("^Run")).tap()


def told(page: Page, words: str) -> None:
    expect(page.locator(VOICE).filter(has_text=re.compile(words))).to_have_count(1, timeout=PATIENCE)


def as_printed(literal: str, value: float) -> str:
    """The value in the form of the literal, worked out here and not by the book's own code."""
    decimals = len(re.search(r"\d(?:\.(\d+))?(?=\D*$)", literal)[1] or "")
    if not decimals and value != int(value):
        decimals = 1
    return f"{value:.{decimals}f}".replace("-", "−")


def test_a_learner_changes_a_weight_and_the_text_answers(phone: Page):
    built = phone.evaluate(TEXT)
    top = cell(phone, 1).evaluate("(cell) => cell.getBoundingClientRect().top + scrollY")
    edit_and_run(phone, 1, lambda source: source.replace("w1, w2 = 0, 1", "w1, w2 = 0.5, -1"))
    told(phone, r"\d+ numbers changed: 0 is now 0\.5, ")

    z = 0.5 * 2 + -1 * 3 + 4
    expected = {
        "w1": 0.5,
        "w2": -1.0,
        "w1*x1": 0.5 * 2,
        "w2*x2": -1 * 3.0,
        "z": z,
        "-z": -z,
        "y": 1 / (1 + math.exp(-z)),
        "math.exp(-z)": math.exp(-z),
        "1 + math.exp(-z)": 1 + math.exp(-z),
    }
    seen = set()
    for number in phone.evaluate(STATED):
        first_neuron = 1 <= int(number["after"]) <= 5
        if first_neuron and number["expr"] in expected:
            value = expected[number["expr"]]
            literal = number["literal"].replace("−", "-")
            decimals = len(literal.partition(".")[2])
            allowed = Fraction(10) ** -decimals / 2 if decimals else 0
            same = abs(Fraction(value) - Fraction(literal)) <= allowed
            assert number.get("run") == (None if same else "differs"), number
            assert number["shown"] == as_printed(literal, value), number
            seen.add(number["expr"])
    assert {"w1", "w2", "z", "y"} <= seen

    way = cell(phone, 1).get_by_role("link", name=re.compile("numbers changed"))
    expect(way).to_have_text(f"{phone.locator('article [data-run]').count()} numbers changed")
    way.tap()
    expect(phone.locator("article [data-run]").first).to_be_focused()
    expect(phone.locator("article [data-run]").first).to_be_in_viewport()

    answer = phone.locator("p:has-text('The neuron answers') .stated").first
    assert answer.text_content() == "book 0.999, yours 0.881"
    assert cell(phone, 1).evaluate("(cell) => cell.getBoundingClientRect().top + scrollY") == top
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")

    answer.tap()
    receipt = phone.locator(".proof:focus .receipt")
    expect(receipt).to_be_visible()
    expect(receipt).to_contain_text(f"yours: {1 / (1 + math.exp(-z))}")
    expect(receipt).to_contain_text(f"book: {1 / (1 + math.exp(-7))}")

    cell(phone, 1).get_by_role("button", name=re.compile("^Reset")).tap()
    told(phone, r"\d+ numbers as in the book again")
    expect(phone.locator("article [data-run]")).to_have_count(0)
    expect(way).to_have_count(0)
    assert phone.evaluate(TEXT) == built


def test_a_name_that_is_gone_and_a_cell_that_fails_are_told_apart(phone: Page):
    """The book's number stays: without a name the reader is told why, below a fault what to run."""
    edit_and_run(phone, 4, lambda source: source.replace("y = sigmoid(z)\ny", "answer = sigmoid(z)\nanswer"))
    told(phone, "without a value of yours")
    gone = phone.locator("p:has-text('The neuron answers') .proof").first
    assert gone.text_content().startswith("nonebook 0.999, yours none")
    expect(gone.locator(".receipt")).to_contain_text("yours: none. ")
    expect(gone.locator(".receipt")).to_contain_text("y")

    edit_and_run(phone, 2, lambda source: "z = 1 / 0")
    expect(cell(phone, 2)).to_have_attribute("state", "failed", timeout=PATIENCE)
    below = phone.locator("[data-after='2'].stated")
    assert below.count() > 0
    assert set(below.evaluate_all("(numbers) => numbers.map(({ dataset }) => dataset.run)")) == {"waiting"}
    expect(gone).to_contain_text("yours not worked out yet: cell 4 has to run first")
    above = phone.locator("[data-after='1'].stated")
    assert above.count() > 0
    assert set(above.evaluate_all("(numbers) => numbers.map(({ dataset }) => dataset.run)")) == {None}
