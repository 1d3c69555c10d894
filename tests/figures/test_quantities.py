"""A quantity that is pointed at or has the focus is lit wherever it stands on the page."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.figures.conftest import LAPTOP, PHONE, faults, viewed
from tests.live.conftest import PATIENCE

LIT = """() => [...document.querySelectorAll(".lit")].map((one) => [
    one.closest("svg") ? "figure" : one.matches(".stated") ? "number" : one.closest("math") ? "formula"
        : one.closest("pre") ? "code" : one.matches("code") ? "sentence" : "control",
    one.getAttribute("data-quantity") ?? one.getAttribute("data-expr") ?? one.textContent,
    [...one.classList].find((name) => name.startsWith("lit-")),
])"""
BOXES = """() => [...document.querySelectorAll(".md-content *")].map((one) => {
    const { x, y, width, height } = one.getBoundingClientRect();
    return one.closest(".receipt, .definition") ? "" : [one.localName, x, y, width, height].join(" ");
})"""


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    page.evaluate("document.fonts.ready")
    return page


def lit(page: Page, colour: str) -> dict[str, set[str]]:
    """What is lit, by where it stands; all of it in one colour."""
    page.wait_for_function("() => document.querySelector('.lit')")
    places = page.evaluate(LIT)
    assert {one for _, _, one in places} == {f"lit-{colour}"}
    return {where: {name for place, name, _ in places if place == where} for where, _, _ in places}


def dark(page: Page) -> None:
    expect(page.locator(".lit")).to_have_count(0)


def symbol(page: Page, text: str, kind: str = "msub") -> Locator:
    """The first of a displayed formula that reads so."""
    parts = page.locator(f".formula-display {kind}")
    first = parts.evaluate_all("(all, text) => all.findIndex((one) => one.textContent === text)", text)
    return parts.nth(first)


def point(place: Locator) -> None:
    """With the mouse, and wait for what comes of it."""
    place.evaluate("(one) => one.scrollIntoView({ block: 'center' })")
    box = place.bounding_box()
    place.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


STARTS = {
    "a formula": lambda page: symbol(page, "w1"),
    "code": lambda page: page.locator("pre > code span.n").get_by_text("w1", exact=True).first,
    "a sentence": lambda page: page.locator("p > code.q-weight").get_by_text("w1", exact=True).first,
    "a figure": lambda page: page.locator('svg.drawing [data-quantity="w1"] > text > .letter').first,
}


@pytest.mark.parametrize("start", STARTS)
def test_one_lights_all(page: Page, home: str, start: str):
    opened(page, home + "backpropagation/")
    dark(page)
    point(STARTS[start](page))
    found = lit(page, "weight")
    assert found.pop("number", {"w1"}) <= {"w1", "network.w1"}
    found.pop("control", None)
    assert found == {"formula": {"w1"}, "code": {"w1"}, "sentence": {"w1"}, "figure": {"w1"}}
    page.mouse.move(640, 1)
    dark(page)


def test_a_derivative_is_one_quantity_and_a_stated_number_lights_the_figure(page: Page, home: str):
    opened(page, home + "backpropagation/")
    point(symbol(page, "∂L∂w1", "mfrac"))
    found = lit(page, "gradient")
    assert found["formula"] == {"∂L∂w1"}
    assert found["figure"] == found["code"] == found["sentence"] == {"dL_dw1"}
    assert "dL_dw1" in found["number"]
    page.mouse.move(640, 1)
    dark(page)
    point(page.locator('p data.stated[data-expr="dL_dw1"]').first)
    assert lit(page, "gradient") == found


def test_two_names_of_one_number_are_one_quantity(page: Page, home: str):
    opened(page, home + "backpropagation/")
    point(symbol(page, "ypred"))
    found = lit(page, "activation")
    assert found["formula"] == {"ypred", "o1"}
    assert found["figure"] == {"o1"}
    point(symbol(page, "L", "mi"))
    assert {"loss"} <= lit(page, "loss")["code"]


def test_by_keyboard_the_arrows_walk_through_a_formula(page: Page, home: str):
    opened(page, home + "backpropagation/")
    focus = "() => document.activeElement.textContent"
    for _ in range(100):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.formula-display') !== null"):
            break
    page.keyboard.press("ArrowRight")
    assert page.evaluate(focus) == "L"
    assert "L" in lit(page, "loss")["formula"]
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("ArrowRight")
    assert page.evaluate(focus) == "w1"
    assert lit(page, "weight")["figure"] == {"w1"}
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(focus) == "L"
    page.keyboard.press("Escape")
    dark(page)
    page.keyboard.press("ArrowRight")
    assert lit(page, "weight")["figure"] == {"w1"}
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.closest('math')?.textContent.startsWith('L(')")
    assert not page.evaluate("document.querySelector('math [tabindex=\"-1\"]')")


def test_a_focused_number_lights_its_quantity_and_keeps_its_ring_and_its_receipt(page: Page, home: str):
    opened(page, home + "backpropagation/")
    number = page.locator('.formula-display .stated[data-expr="h1"]').first
    page.keyboard.press("Tab")
    number.focus()
    assert {"h1"} == lit(page, "activation")["figure"]
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    expect(page.locator(f"#{number.get_attribute('aria-describedby')}")).to_be_visible()


def test_a_figures_field_lights_what_it_changes(page: Page, home: str):
    opened(page, home + "neurons/")
    page.locator("neuron-figure").get_by_role("button", name="Change it").click()
    field = page.locator('neuron-figure .figure-control[data-quantity="w2"] input[type="text"]')
    field.focus()
    found = lit(page, "weight")
    assert found["figure"] == found["control"] == found["formula"] == {"w2"}
    field.press("ArrowUp")  # the drawing changes, and stays lit
    assert lit(page, "weight") == found
    page.locator('neuron-figure .figure-control[data-quantity="b"] input[type="text"]').focus()
    assert lit(page, "bias")["figure"] == {"b"}


def test_by_touch_a_tap_lights_and_a_tap_elsewhere_puts_out(phone: Page, home: str):
    opened(phone, home + "backpropagation/")
    symbol(phone, "h1").tap()
    assert {"h1"} == lit(phone, "activation")["figure"]
    phone.locator("h1").tap()
    dark(phone)
    number = phone.locator('p .proof:has(> [data-expr="dL_dw1"])').first
    number.tap()
    assert {"dL_dw1"} == lit(phone, "gradient")["figure"]
    expect(number.locator(".receipt")).to_be_visible()
    phone.keyboard.press("Escape")
    dark(phone)
    expect(number.locator(".receipt")).to_be_hidden()
    link = phone.locator(".md-content p a[href*='networks']").first
    link.tap()
    phone.wait_for_url("**/networks/**")


def test_what_a_run_has_drawn_and_what_the_reader_has_typed_is_lit_too(page: Page, home: str):
    opened(page, home + "backpropagation/")
    point(symbol(page, "w1"))
    before = lit(page, "weight")
    page.evaluate("""() => {
        const cells = [...document.querySelectorAll("live-cell")];
        const cell = cells.find((one) => one.source.includes("w3 = w4"));
        cell.put(cell.source.replace("w1 =", "w1 = 0.5; again = w1; w1 ="));
    }""")
    code = page.locator("live-cell[edited] pre > code .lit")
    expect(code).to_have_count(3)
    edited = page.locator("live-cell[edited]")
    edited.get_by_role("button", name="Run", exact=False).first.click()
    expect(edited).to_have_attribute("state", "done", timeout=PATIENCE)
    page.wait_for_function("() => !document.querySelector('live-cell:is([state=waiting], [state=running])')")
    point(symbol(page, "w1"))
    assert lit(page, "weight") == before
    expect(page.locator("[data-quantity=w1]:not(.lit)")).to_have_count(0)


@pytest.mark.parametrize(("scheme", "size"), [("light", LAPTOP), ("dark", PHONE)])
def test_nothing_moves_and_axe_finds_nothing(browser: Browser, home: str, scheme: str, size: dict[str, int]):
    with viewed(browser, scheme, size) as page:
        opened(page, home + "backpropagation/")
        page.keyboard.press("Tab")
        code = page.locator("p > code.q-bias").first
        for place in (symbol(page, "h1"), symbol(page, "∂L∂w1", "mfrac"), code):
            place.evaluate("(one) => one.scrollIntoView({ block: 'center' })")
            page.mouse.move(1, 1)
            dark(page)
            before, shifts = page.evaluate(BOXES), page.evaluate("window.shifts")
            point(place)
            page.wait_for_function("() => document.querySelector('.lit')")
            assert page.evaluate(BOXES) == before
            assert page.evaluate("window.shifts") == shifts
            assert faults(page, ".md-content") == []


def test_it_is_seen_in_forced_colours_and_not_on_paper(browser: Browser, home: str):
    outlined = "(one) => getComputedStyle(one).outlineStyle"
    shadowed = "(one) => getComputedStyle(one).boxShadow"
    with browser.new_context(viewport=LAPTOP, forced_colors="active", service_workers="block") as context:
        page = opened(context.new_page(), home + "backpropagation/")
        place = symbol(page, "h1")
        point(place)
        lit(page, "activation")
        assert place.evaluate(outlined) == "solid"
        assert page.locator("p > code.lit").first.evaluate(outlined) == "solid"
        page.emulate_media(forced_colors="none")
        assert place.evaluate(shadowed) != "none"
        page.emulate_media(media="print")
        assert place.evaluate(shadowed) == "none"
