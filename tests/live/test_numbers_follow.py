"""The numbers in the text follow the reader's run: both values where they differ, else the page as built."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from markdown import Markdown
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browsing import READY
from tests.live.conftest import serving
from tests.site.book import ROOT, pages_of

TEXT = """
```python exec="on"
n = 7
minus = -3
small = 1.7e-10
```

Before: [[7 = n]].

```python exec="on"
y = 0.9990889488055994
share = 0.984
big = 10000
lb = 128
```

## With [[7 = n]] in the heading

In the text, [[0.999 = y]] and [[1.7 × 10^-10 = small]], [[98 % ~ share +- 1 %]],
[[10,000 = big]] and [[128 lb = lb]].

| first | second |
| --- | ---: |
| [[−3 = minus]] | [[0.9991 = y]] |

<figure markdown="1">
<figcaption markdown="span">A caption with [[0.999 = y]].</figcaption>
</figure>

$$
\\begin{aligned}
f &= \\frac{[[7 = n]]}{[[-3 = minus]]} \\\\
&= e^{[[-3 = minus]]} + [[1.7 \\times 10^{-10} = small]]
\\end{aligned}
$$

In a line, $z = [[0.999 = y]]$.
"""
PLACES = {
    "before": "number-1",
    "heading": "number-2",
    "text": "number-3",
    "power": "number-4",
    "percent": "number-5",
    "thousands": "number-6",
    "unit": "number-7",
    "cell": "number-8",
    "right": "number-9",
    "caption": "number-10",
    "numerator": "number-11",
    "denominator": "number-12",
    "exponent": "number-13",
    "power in a formula": "number-14",
    "formula in a line": "number-15",
}
PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Made up</title>
{styles}
<body data-md-color-scheme="paper">
<article class="md-content__inner md-typeset">{article}</article>
<script type="module">
  import {{ Numbers }} from "./elements/numbers.js";
  window.numbers = new Numbers();
</script>
"""
WATCH = """(target) => {
    const changes = [];
    const watcher = new MutationObserver((records) => changes.push(...records));
    const all = { subtree: true, childList: true, attributes: true, characterData: true };
    watcher.observe(document.querySelector(target), all);
    window.changesSoFar = () => {
        changes.push(...watcher.takeRecords());
        return changes.length;
    };
}"""
ARTICLE = "document.querySelector('article').outerHTML"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page with a number in every kind of place, and nothing else of the book but its styles."""
    folder = tmp_path_factory.mktemp("made")
    for part in ("elements", "styles"):
        shutil.copytree(ROOT / "docs" / part, folder / part)
    extensions = ["attr_list", "md_in_html", "pymdownx.superfences", "tables", "toc", "provenum"]
    article = Markdown(extensions=extensions).convert(TEXT)
    names = sorted(path.name for path in (folder / "styles").iterdir())
    styles = "\n".join(f'<link rel="stylesheet" href="styles/{name}">' for name in names)
    (folder / "index.html").write_text(PAGE.format(styles=styles, article=article), "utf-8")
    with serving(folder) as address:
        yield address


@pytest.fixture
def page(page: Page, made: str) -> Page:
    page.goto(made)
    page.wait_for_function("() => window.numbers")
    return page


def show(page: Page, place: str, **result: object) -> None:
    page.evaluate("(result) => numbers.show([result])", {"id": PLACES[place], **result})


def differs(page: Page, place: str, digits: str, power: str = "", unit: str = "", value: str = "") -> None:
    result = {"agrees": False, "value": value or digits, "digits": digits, "power": power, "unit": unit}
    show(page, place, **result)


@pytest.mark.parametrize(
    ("place", "yours", "said"),
    [
        ("heading", ["8"], "book 7, yours 8"),
        ("text", ["0.731"], "book 0.999, yours 0.731"),
        ("power", ["2.9", "−4"], "book 1.7 × 10−10, yours 2.9 × 10−4"),
        ("percent", ["51", "", " %"], "book 98 %, yours 51 %"),
        ("thousands", ["9,999"], "book 10,000, yours 9,999"),
        ("unit", ["5", "", " lb"], "book 128 lb, yours 5 lb"),
        ("cell", ["−4"], "book −3, yours −4"),
        ("caption", ["0.731"], "book 0.999, yours 0.731"),
    ],
)
def test_both_values_stand_where_one_stood(page: Page, place: str, yours: list[str], said: str):
    differs(page, place, *yours)
    number = page.locator(f"#{PLACES[place]} > .stated")
    assert number.text_content().replace("\N{NO-BREAK SPACE}", " ") == said
    expect(number.locator("s")).to_be_visible()
    expect(number.locator(".yours")).to_be_visible()
    over, yours_box = number.locator("s").bounding_box(), number.locator(".yours").bounding_box()
    assert over["y"] + over["height"] / 2 < yours_box["y"] + yours_box["height"] / 2


@pytest.mark.parametrize(
    ("place", "yours", "said"),
    [
        ("numerator", ["8"], "8book 7"),
        ("denominator", ["−4"], "−4book −3"),
        ("exponent", ["−4"], "−4book −3"),
        ("power in a formula", ["2.9", "−4"], "2.9×10−4book 1.7 × 10−10"),
        ("formula in a line", ["0.731"], "0.731book 0.999"),
    ],
)
def test_in_a_formula_the_books_stands_over_the_readers(page: Page, place: str, yours: list[str], said: str):
    differs(page, place, *yours)
    number = page.locator(f"mover#{PLACES[place]}")
    assert number.text_content().replace("\N{NO-BREAK SPACE}", " ") == said
    over, under = number.locator("s").bounding_box(), number.locator("mrow").first.bounding_box()
    assert over["height"] > 0
    assert over["y"] + over["height"] <= under["y"] + 1
    middle = over["x"] + over["width"] / 2
    assert under["x"] - over["width"] / 2 <= middle <= under["x"] + under["width"] + over["width"] / 2


def test_an_exponent_stays_an_exponent_and_a_fraction_a_fraction(page: Page):
    """The number takes the same place among its neighbours as before."""
    for place in ("numerator", "denominator", "exponent"):
        where = f"document.getElementById('{PLACES[place]}')"
        path = f"[{where}.parentElement.localName, [...{where}.parentElement.children].indexOf({where})]"
        before = page.evaluate(path)
        differs(page, place, "−12.5")
        assert page.evaluate(path) == before


def test_a_number_that_agrees_is_left_alone(page: Page):
    page.evaluate(WATCH, "article")
    for place in PLACES:
        show(page, place, agrees=True, value="7", digits="7", power="", unit="")
    assert page.evaluate("changesSoFar()") == 0


def test_the_same_again_moves_nothing(page: Page):
    differs(page, "text", "0.731")
    differs(page, "numerator", "8")
    show(page, "cell", error="no")
    page.evaluate("numbers.stale(2)")
    page.evaluate(WATCH, "article")
    page.evaluate("numbers.stale(2)")
    assert page.evaluate("changesSoFar()") == 0


def test_the_receipt_has_both_in_full_and_is_found_from_the_number(page: Page):
    for place in ("text", "denominator"):
        differs(page, place, "0.731", value="0.7310585786300049")
        host = page.locator(f"#{PLACES[place]}")
        receipt = page.locator(f"#{host.get_attribute('aria-describedby')}")
        book = (
            host.locator("data").get_attribute("value")
            if place == "text"
            else host.get_attribute("data-value")
        )
        lines = receipt.locator(".receipt-line").all_text_contents()
        assert [line.strip() for line in lines[:2]] == ["yours: 0.7310585786300049", f"book: {book}"]
        host.focus()
        expect(receipt).to_be_visible()
        page.evaluate("numbers.book(0)")
        assert receipt.locator(".receipt-line").first.text_content().strip() == book


def test_where_the_run_gives_no_value_the_books_stays_and_the_receipt_says_why(page: Page):
    for place in ("text", "numerator"):
        show(page, place, error="Python does not know the name `y`.")
        number = page.locator(f"#{PLACES[place]}")
        assert "yours none" in number.text_content()
        expect(number.locator(".note")).to_have_text("none")
        book = {"text": "0.999", "numerator": "7"}[place]
        expect(number.locator(".yours").first).to_have_text(book)
        receipt = page.locator(f"#{number.get_attribute('aria-describedby')}")
        expect(receipt).to_contain_text("yours: none. Python does not know the name y.")
        expect(receipt.locator("code").first).to_have_text("y")


def test_what_is_not_worked_out_yet_says_which_cell_has_to_run(page: Page):
    differs(page, "text", "0.731")
    page.evaluate("numbers.stale(2)")
    for place in set(PLACES) - {"before"}:
        number = page.locator(f"#{PLACES[place]}")
        assert "yours not worked out yet: cell 2 has to run first" in number.text_content()
        expect(number.locator(".note")).to_have_text("?")
        receipt = page.locator(f"#{number.get_attribute('aria-describedby')}")
        expect(receipt.locator("a").first).to_have_attribute("href", "#cell-2")
    assert page.locator("#number-1").text_content().startswith("7")


def test_the_books_again_is_the_page_as_it_was_built(page: Page):
    """Byte for byte, whatever was shown in between."""
    as_built = f"{ARTICLE} === window.built"
    page.evaluate(f"window.built = {ARTICLE}")
    for place in PLACES:
        differs(page, place, "8", "−4" if "power" in place else "")
    page.evaluate("numbers.stale(1)")
    for place in PLACES:
        show(page, place, error="NameError")
    for place in PLACES:
        differs(page, place, "0.123456")
    assert not page.evaluate(as_built)
    page.evaluate("numbers.book(1)")
    assert page.evaluate(as_built)
    page.evaluate("numbers.stale(1)")
    for place in PLACES:
        show(page, place, agrees=True, value="", digits="", power="", unit="")
    assert page.evaluate(as_built)


def test_python_is_asked_for_the_numbers_of_its_cell_and_no_others(page: Page):
    assert page.evaluate("numbers.after(1)") == [{"id": "number-1", "expression": "n", "literal": "7"}]
    below = page.evaluate("numbers.after(2)")
    assert len(below) == len(page.locator("article .stated").all()) - 1
    assert {"id": "number-5", "expression": "share", "literal": "98 %", "tolerance": "1 %"} in below
    assert page.evaluate("numbers.after(3)") == []


def test_only_numbers_between_the_cells_named_go_back(page: Page):
    for place in PLACES:
        differs(page, place, "8")
    page.evaluate("numbers.book(1, 1)")
    assert page.locator("[data-run]").count() == len(PLACES) - 1
    assert page.evaluate("numbers.changed.map(({ id }) => id)") == [PLACES[place] for place in PLACES][1:]


def test_one_sentence_for_each_run_and_none_when_nothing_changed(page: Page):
    voice = "[role=status]"
    page.evaluate(WATCH, voice)
    for place in ("text", "power", "unit", "numerator"):
        differs(page, place, "8")
    assert page.evaluate("changesSoFar()") == 0
    page.evaluate("numbers.announce()")
    assert page.evaluate("changesSoFar()") == 1
    said = (
        "4 numbers changed: 0.999 is now 8, 1.7 × 10 to the power −10 is now 8, 128 lb is now 8, and so on."
    )
    assert page.locator(voice).text_content().replace("\N{NO-BREAK SPACE}", " ") == said
    page.evaluate("numbers.announce()")
    assert page.evaluate("changesSoFar()") == 1
    differs(page, "text", "9")
    show(page, "unit", error="NameError")
    page.evaluate("numbers.announce()")
    expect(page.locator(voice)).to_have_text(
        "1 number changed: 8 is now 9. 1 number without a value of yours."
    )
    page.evaluate("numbers.book(0)")
    page.evaluate("numbers.announce()")
    expect(page.locator(voice)).to_have_text("4 numbers as in the book again.")


def test_the_focus_stays_on_a_number_that_changes(page: Page):
    for place in ("text", "denominator"):
        page.locator(f"#{PLACES[place]}").focus()
        for change in ("numbers.stale(2)", "numbers.book(2)"):
            page.evaluate(change)
            assert page.evaluate("document.activeElement.id") == PLACES[place]


def test_lines_of_running_text_do_not_move_apart(page: Page):
    height = "document.getElementById('number-3').closest('p').getBoundingClientRect().height"
    before = page.evaluate(height)
    differs(page, "text", "0.731")
    assert page.evaluate(height) == before


def test_what_stands_above_a_change_stays_where_it_is(page: Page):
    """Also in the window, when the reader has scrolled and a number above the window changes."""
    top = "document.querySelector('.formula-display').getBoundingClientRect().top"
    page.set_viewport_size({"width": 390, "height": 300})
    page.evaluate("document.body.style.paddingBottom = '100vh'")
    page.evaluate("document.querySelector('.formula-display').scrollIntoView()")
    before, far = page.evaluate(top), page.evaluate("scrollY")
    for place in ("heading", "text", "cell", "caption"):
        differs(page, place, "123456789.123456789")
    page.wait_for_function(f"() => scrollY > {far}")
    assert page.evaluate(top) == pytest.approx(before, abs=1)


def test_on_paper_both_can_be_read(page: Page):
    differs(page, "text", "0.731")
    differs(page, "numerator", "8")
    page.emulate_media(media="print")
    for note in page.locator(".note").all():
        expect(note).to_be_visible()
    strike = "getComputedStyle(document.querySelector('s.note'), '::after').printColorAdjust"
    assert page.evaluate(strike) == "exact"


EVERYTHING = """async ([form, longer]) => {
    const { Numbers } = await import(new URL("/elements/numbers.js", location).href);
    window.numbers ??= new Numbers();
    document.querySelectorAll("article details").forEach((answer) => (answer.open = true));
    const PRINTED = /^(.*?)(?:\\s*×\\s*10(−?\\d+))?(\\D*)$/;
    const afterWhich = (host) => (host.querySelector(".stated") ?? host).dataset.after;
    const results = [];
    for (const stated of document.querySelectorAll("article .stated[data-expr]")) {
        const id = stated.closest("[id^='number-']").id;
        const [, digits, power, unit] = PRINTED.exec(stated.textContent);
        const none = form === "mixed" && results.length % 3 === 0;
        if (none) results.push({ id, error: "NameError: name 'y' is not defined" });
        else results.push({ id, agrees: false, value: digits, digits: digits + longer, power, unit });
    }
    numbers.show(results);
    if (form === "mixed") numbers.stale(Math.max(...numbers.changed.map(afterWhich)));
    return results.length;
}"""
KINDS = "[...new Set([...document.querySelectorAll('[data-run]')].map((one) => one.dataset.run))].sort()"
CHAPTERS = ("neurons/", "backpropagation/", "descent/")
"""With numbers in every kind of place."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_one_is_shut_out_by_numbers_that_changed(browser: Browser, home: str, scheme: str):
    """Axe finds nothing where numbers differ, have no value or wait, and no page is wider than a phone."""
    wrong = {}
    with browser.new_context(
        viewport={"width": 320, "height": 640}, color_scheme=scheme, service_workers="block"
    ) as context:
        page = context.new_page()
        for chapter in CHAPTERS:
            page.goto(home + chapter)
            assert page.evaluate(EVERYTHING, ["mixed", "12"]) > 0
            assert page.evaluate(KINDS) == ["differs", "none", "waiting"], chapter
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), chapter
            found = Axe().run(page, context="article").response["violations"]
            wrong |= {(chapter, rule["id"]): [node["html"] for node in rule["nodes"]] for rule in found}
    assert wrong == {}


AS_BUILT = """() => {
    const article = document.querySelector("article").cloneNode(true);
    article.querySelectorAll("pre").forEach((code) => code.remove()); // others see to code
    article.querySelectorAll("details").forEach((answer) => answer.removeAttribute("open"));
    return article.outerHTML;
}"""


def test_every_number_of_the_book_can_be_set_anew_and_set_back(
    context: BrowserContext, book: Path, home: str
):
    """Set with the book's own digits it says the same, and set back it is the page as built."""
    page = context.new_page()
    wrong = {}
    for url in pages_of(book):
        page.goto(home + url)
        page.wait_for_function(READY)
        built = page.evaluate(AS_BUILT)
        before = page.locator("article .stated[data-expr]").all_text_contents()
        assert page.evaluate(EVERYTHING, ["differs", ""]) == len(before)
        after = page.locator("article .stated .yours").all_text_contents()
        for one, other in zip(before, after, strict=True):
            if "".join(one.split()) != "".join(other.split()):
                wrong[f"{url}: {one}"] = other
        page.evaluate("numbers.book(0)")
        if page.evaluate(AS_BUILT) != built:
            wrong[url] = "not as it was built"
    assert wrong == {}


def test_a_formula_that_has_become_too_wide_is_reached_by_keyboard(browser: Browser, home: str):
    with browser.new_context(viewport={"width": 390, "height": 844}, service_workers="block") as context:
        page = context.new_page()
        page.goto(home + "neurons/")
        formula = page.locator(".formula-display:has(.stated)").first
        page.evaluate(EVERYTHING, ["differs", "1"])
        expect(formula).not_to_have_attribute("tabindex", "0")
        page.evaluate(EVERYTHING, ["differs", "1" * 60])  # no higher than before, but wider
        expect(formula).to_have_attribute("tabindex", "0")
        page.evaluate("numbers.book(0)")
        expect(formula).not_to_have_attribute("tabindex", "0")


def test_a_formula_too_wide_for_its_line_gets_one_of_its_own(browser: Browser, home: str):
    with browser.new_context(viewport={"width": 390, "height": 844}, service_workers="block") as context:
        page = context.new_page()
        page.goto(home + "backpropagation/")
        formula = page.locator("p > span.formula:has(.stated)").last
        page.evaluate(EVERYTHING, ["differs", "1" * 30])
        expect(formula).to_have_attribute("tabindex", "0")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        formula.evaluate("(formula) => (formula.scrollLeft = 100)")
        assert formula.evaluate("(formula) => formula.scrollLeft") == 100
        page.evaluate("numbers.book(0)")
        expect(formula).to_have_attribute("class", "formula")
        expect(formula).not_to_have_attribute("tabindex", "0")
