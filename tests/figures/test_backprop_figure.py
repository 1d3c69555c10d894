"""Backpropagation, one factor at a time: shown or predicted, exactly or with a pencil, for all nine."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.figures.conftest import VIEWS, faults, figure_of, opened, settled, viewed

from drawings.lettering import printed
from pencilnet import ALICE, OurNeuralNetwork

FIGURE = "figure:has(#step-by-step)"
NETWORK = OurNeuralNetwork.from_parameters(w1=1, w2=1, w3=1, w4=1, w5=1, w6=1, b1=0, b2=0, b3=0)
PARTIALS = NETWORK.backward(NETWORK.forward(ALICE.shifted), ALICE.label)
VIA = dict(zip(("w1", "w2", "b1", "w3", "w4", "b2"), ("h1",) * 3 + ("h2",) * 3, strict=True))


def chain(parameter: str) -> list[str]:
    """The names of its factors in pencilnet."""
    if (hidden := VIA.get(parameter)) is None:
        return ["dL_dy_pred", f"dy_pred_d{parameter}"]
    return ["dL_dy_pred", f"dy_pred_d{hidden}", f"d{hidden}_d{parameter}"]


def factors(parameter: str) -> list[str]:
    return [printed(getattr(PARTIALS, name)) for name in chain(parameter)]


def opens(page: Page, home: str, carried: str = "") -> Locator:
    return opened(page, f"{home}backpropagation/{carried and '?step-by-step='}{carried}", "step-by-step")


def presses(element: Locator, *names: str) -> None:
    for name in names:
        element.get_by_role("button", name=name, exact=True).click()
    settled(element.page)


def values(element: Locator) -> list[str]:
    return element.locator(".backprop-value").all_text_contents()


def answers(element: Locator, text: str) -> Locator:
    """Types a factor; the line that says what it is."""
    element.locator("form input").fill(text)
    element.locator("form input").press("Enter")
    settled(element.page)
    return element.locator(".figure-note")


def lit(element: Locator, class_: str) -> set[str]:
    return set(
        figure_of(element)
        .locator(f"svg.drawing :is(.edge, .bias, .node).{class_}")
        .evaluate_all("all => all.map((one) => one.dataset.quantity ?? one.dataset.to)")
    )


def test_one_factor_after_the_other_lights_up_in_formula_and_drawing(page: Page, home: str):
    element = opens(page, home)
    expect(element.locator(".backprop-stage")).to_be_hidden()
    first, second, third = factors("w1")
    presses(element, "Next factor")
    assert values(element) == [first, "?", "?"]
    assert lit(element, "now") == {"L", "o1"}
    assert element.locator(".backprop-now").inner_text().replace("\n", "").endswith(first)
    presses(element, "Next factor")
    assert values(element) == [first, second, "?"]
    assert (lit(element, "now"), lit(element, "passed")) == ({"w5", "h1", "o1"}, {"L"})
    assert element.locator("li[aria-current=step] .backprop-badge").text_content() == "2"
    assert figure_of(element).locator(".trail .badge.now").text_content() == "2"
    widths = "one => parseFloat(getComputedStyle(one).strokeWidth)"
    edges = figure_of(element).locator("svg.drawing .edge")
    thick = edges.locator("nth=4").locator("path").evaluate(widths)
    assert thick > 2 * edges.locator("nth=0").locator("path").evaluate(widths) - 1e-6, "not by colour alone"
    presses(element, "Next factor", "Next factor")
    assert values(element) == [first, second, third]
    expect(element.locator(".backprop-sofar")).to_contain_text(printed(PARTIALS.dL_dw1))
    presses(element, "Next factor")
    expect(element.locator(".figure-note")).to_contain_text("∂L/∂w1 = 0.0215")
    presses(element, "Back", "Back")
    assert values(element) == [first, second, "?"]


def test_all_nine_by_finger(phone: Page, home: str):
    """A tap on a parameter's label chooses it."""
    element = opens(phone, home)
    for parameter, partial in PARTIALS.partials.items():
        figure_of(element).locator(f'svg.drawing [data-quantity="{parameter}"] .opener').tap()
        for _ in range(len(chain(parameter))):
            element.get_by_role("button", name="Next factor").tap()
        settled(phone)
        assert values(element) == factors(parameter)
        assert element.locator(".backprop-sofar").text_content().endswith("=" + printed(partial))
        assert lit(element, "passed") | lit(element, "now") >= {"L", "o1", parameter}


def test_the_task_by_keyboard_only(page: Page, home: str):
    element = opens(page, home)
    element.get_by_role("button", name="Change it").focus()
    page.keyboard.press("Enter")

    def to(target: Locator) -> None:
        for _ in range(12):
            page.keyboard.press("Tab")
            if target.evaluate("one => one === document.activeElement"):
                return
        pytest.fail("Tab does not reach it")

    to(element.get_by_label("Predict the next factor"))
    page.keyboard.press("Space")
    element.get_by_role("button", name="Back").focus()
    to(element.locator("form input"))
    for factor, number in zip(chain("w1"), ("-0.953", "0,249", "-0.0904"), strict=True):
        assert number.replace(",", ".") == f"{getattr(PARTIALS, factor):.3g}"
        page.keyboard.type(number + "\n")
        expect(element.locator(".figure-note")).to_contain_text("Right")
        settled(page)
    assert page.evaluate("document.activeElement.matches('.backprop-sofar')")
    expect(element.locator(".figure-note")).to_have_text(
        "Done: you predicted every factor, and ∂L/∂w1 = 0.0215."
    )
    expect(element.locator(".said")).to_contain_text("∂L/∂w1 = 0.0215")


def test_who_has_been_shown_a_factor_has_not_predicted_it(page: Page, home: str):
    element = opens(page, home, "predict:true")
    answers(element, "-0.952")
    presses(element, "Next factor")
    answers(element, "-0.0904")
    expect(element.locator(".said")).to_contain_text("All factors multiplied")
    expect(element.locator(".figure-note")).not_to_contain_text("Done")


SLIPS = [
    ("w1", 1, "0.953", "the sign is not"),
    ("w1", 1, "-0.476", "The 2 is missing"),
    ("w1", 1, "0.476", "The 2 is missing.*the sign has got lost too"),
    ("w1", 1, "0.227", "the loss itself"),
    ("w1", 1, "-1.81", "taken at the sum of o1"),
    ("w1", 2, "-0.249", "the sign is not"),
    ("w1", 2, "0.234", "f′ at the output o1; it belongs at the sum of o1, which is 0.0949"),
    ("w1", 2, "1", "the sigmoid passes on only f′ times that"),
    ("w1", 2, "0.25", "three significant digits"),
    ("w1", 3, "0.0452", "x1 is missing"),
    ("w1", 3, "-0.5", "f′ at the output h1"),
    ("w1", 3, "-0.0949", "f of the sum"),
    ("w5", 2, "0.249", "h1 is missing"),
    ("b1", 3, "0", "has b1 in it"),
    ("b1", 3, "7", "^Not yet"),
    ("b1", 3, "seven", "no number"),
]


def test_every_slip_is_named_and_nothing_is_given_away(page: Page, home: str):
    element = opens(page, home, "predict:true")
    presses(element, "Change it")
    for parameter, step, text, said in SLIPS:
        page.locator("#step-by-step-parameter").select_option(parameter)
        element.evaluate("(one, step) => one.set({ step: String(step) })", step)
        settled(page)
        note = answers(element, text)
        expect(note).to_have_class("figure-note wrong")
        assert re.search(said, note.text_content()), (text, note.text_content())
        assert values(element)[step - 1] == "?"
        assert element.locator("form input").get_attribute("aria-invalid") == "true"


def test_the_weight_forgotten(page: Page, home: str):
    """With a weight of 1 nobody can tell, so another one stands in the drawing."""
    element = opens(page, home)
    element.evaluate("""one => {
        one.figure.querySelector('svg.drawing [data-quantity="w5"]').dataset.value = "2.5";
        one.drawings = [];
        one.figure.append("");
        one.set({ predict: true, step: "2" });
    }""")
    settled(page)
    z = 3.5 * PARTIALS.dy_pred_dw5 / PARTIALS.dy_pred_db3
    slope = NETWORK.from_parameters(**NETWORK.parameters | {"w5": 2.5})
    slope = slope.backward(slope.forward(ALICE.shifted), 1).dy_pred_db3
    assert 0 < z < 1
    expect(answers(element, f"{slope:.3g}")).to_contain_text(
        "w5 is missing: a nudge of h1 reaches the sum w5 times"
    )
    expect(answers(element, f"{2.5 * slope:.3g}")).to_contain_text("Right")


def test_a_pencil_comes_to_the_articles_numbers(page: Page, home: str):
    element = opens(page, home, "pencil:true,step:4")
    settled(page)
    assert values(element) == ["−0.952", "0.249", "−0.0904"]
    assert element.locator(".backprop-sofar").text_content().endswith("=0.0214")
    presses(element, "Change it")
    element.get_by_label("Round each step").uncheck()
    settled(page)
    assert values(element) == factors("w1")
    assert element.locator(".backprop-sofar").text_content().endswith("=0.0215")


def test_whose_rounding_is_said(page: Page, home: str):
    element = opens(page, home, "predict:true")
    expect(answers(element, "−0.952")).to_contain_text("Right with a pencil: rounding each step gives −0.952")
    presses(element, "Back")
    expect(answers(element, "-0.9526")).to_contain_text("Right: to three digits it is −0.953")


def test_a_link_carries_it_and_reset_gives_the_book_back(page: Page, home: str):
    element = opens(page, home)
    book = figure_of(element).locator("svg.drawing").evaluate("one => one.outerHTML")
    figure_of(element).locator('svg.drawing [data-quantity="b3"] .opener').click()
    presses(element, "Next factor", "Copy link")
    other = page.context.new_page()
    again = opened(other, page.url, "step-by-step")
    settled(other)
    assert values(again) == values(element) == factors("b3")
    presses(again, "Reset")
    expect(again.locator(".backprop-stage")).to_be_hidden()
    now = figure_of(again).locator("svg.drawing").evaluate("one => one.outerHTML")
    assert re.sub(r' (now|passed)(?=[" ])', "", now) == book


def test_a_link_that_asks_for_too_much_harms_nothing(page: Page, home: str):
    element = opens(page, home, "parameter:w7,step:2,predict:maybe,x:1")
    settled(page)
    assert values(element) == [*factors("w1")[:2], "?"]
    expect(element.locator(".figure-note.wrong")).to_contain_text("can’t be shown")


def test_the_table_has_all_nine(page: Page, home: str):
    element = opens(page, home)
    presses(element, "Table")
    rows = [row.split("\t") for row in element.locator("tbody tr").all_inner_texts()]
    assert [row[:3] for row in rows] == [
        [f"∂L/∂{name}", " × ".join(factors(name)), printed(partial)]
        for name, partial in PARTIALS.partials.items()
    ]
    assert rows[0][3] == "0.0214"


@pytest.mark.parametrize(("scheme", "size"), VIEWS)
def test_looks(browser: Browser, home: str, looks: Callable, scheme: str, size: dict[str, int]):
    """Whole for everyone, in place from the start, and as it was found good."""
    with viewed(browser, scheme, size) as page:
        element = opens(page, home)
        settled(page)
        assert faults(page, FIGURE) == []
        presses(element, "Next factor", "Next factor", "Next factor")
        looks(figure_of(element), f"backprop-{scheme}-{size['width']}")
        presses(element, "Change it", "Table", "Back")
        element.get_by_label("Predict the next factor").check()
        settled(page)
        answers(element, "0.234")
        assert faults(page, FIGURE) == []
        element.locator("form input").blur()
        presses(element, "Table")
        looks(figure_of(element), f"backprop-predict-{scheme}-{size['width']}")
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
