"""The network: every number live, its way to the answer step by step, each neuron's sum written out."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.figures.conftest import (
    VIEWS,
    drag,
    faults,
    figure_of,
    opened,
    settled,
    shown,
    swipe,
    viewed,
)

from drawings.lettering import SMALL, fitted, printed
from pencilnet import OurNeuralNetwork

PAGE, NAME, FIGURE = "networks/", "the-network", "figure:has(#the-network)"
BOOK = {"x1": 2, "x2": 3, "w1": 0, "w2": 1, "w3": 0, "w4": 1, "w5": 0, "w6": 1, "b1": 0, "b2": 0, "b3": 0}
OTHER = {"x1": -3.5, "x2": 7, "w1": -1.2, "w2": 0.35, "w3": -2.75, "w4": 0.9, "w5": -0.4, "w6": -3.3,
         "b1": -1.1, "b2": 2.2, "b3": -0.9526}  # fmt: skip
STEPS = [["x1", "x2"], ["z_h1"], ["h1"], ["z_h2"], ["h2"], ["z_o1"], ["o1"]]
MARKS = [["x1", "x2"], ["w1", "w2", "b1", "z_h1"], ["h1"], ["w3", "w4", "b2", "z_h2"], ["h2"],
         ["w5", "w6", "b3", "z_o1"], ["o1"]]  # fmt: skip
SEEN = """parts => parts.filter((part) => [...part.querySelectorAll(".value")].some((value) =>
    getComputedStyle(value).visibility === "visible")).map((part) => part.dataset.quantity)"""
THICK = """parts => parts.filter((part) => [part, ...part.children].some((one) =>
    parseFloat(getComputedStyle(one).strokeWidth) === 3.4 || getComputedStyle(one).fontWeight === "700"))
    .map((part) => part.dataset.quantity)"""


def told(**changes: float) -> dict[str, str]:
    """Every number of the drawing as the library computes and the drawings print it."""
    values = BOOK | changes
    network = OurNeuralNetwork.from_parameters(**{name: values[name] for name in BOOK if name[0] != "x"})
    numbers = {**values, **network.forward([values["x1"], values["x2"]])._asdict()}
    return {name: said(name, float(number)) for name, number in numbers.items()}


def said(name: str, number: float) -> str:
    in_circle = name in ("x1", "x2", "h1", "h2", "o1")
    return fitted(number, 4, 49, SMALL)[0].text if in_circle else printed(number, 4)


def numbers(element: Locator) -> dict[str, str]:
    settled(element.page)
    return {name: shown(element, name) for name in told()}


def drawn(element: Locator) -> list[str]:
    return figure_of(element).locator("svg.drawing text").all_text_contents()


def node(element: Locator, name: str) -> Locator:
    return figure_of(element).locator(f'svg.drawing .node[data-quantity="{name}"]')


def parts(element: Locator) -> Locator:
    return figure_of(element).locator("svg.drawing [data-quantity]")


def typed(element: Locator, name: str, text: str) -> None:
    button = element.get_by_role("button", name="Change it")
    if button.get_attribute("aria-expanded") == "false":
        button.click()
    element.locator(f"#{NAME}-{name}").fill(text)
    element.page.keyboard.press("Enter")
    settled(element.page)


def pressed(element: Locator, name: str) -> None:
    element.get_by_role("button", name=name, exact=True).click()
    settled(element.page)


def test_by_mouse(page: Page, home: str):
    element = opened(page, home + PAGE, NAME)
    assert numbers(element) == told()
    drag(page, node(element, "x2"), 0, -50)
    x2 = float(shown(element, "x2"))
    assert x2 > 4
    assert numbers(element) == told(x2=x2)
    drag(page, node(element, "x1"), 0, 400)
    assert numbers(element) == told(x1=-10, x2=x2), "no input is below −10"


def test_every_number_is_the_librarys(page: Page, home: str):
    element = opened(page, home + PAGE, NAME)
    element.evaluate("(figure, values) => figure.set(values)", OTHER)
    assert numbers(element) == told(**OTHER)
    says = figure_of(element).locator("svg.drawing desc")
    expect(says).to_contain_text("h1 is 0.9961, h2 is 1.000 and the answer o1 is 0.009461.")


def test_by_touch(phone: Page, home: str):
    element = opened(phone, home + PAGE, NAME)
    swipe(phone, node(element, "x2"), 0, 60)
    x2 = float(shown(element, "x2").replace("−", "-"))
    assert x2 < 1
    assert numbers(element) == told(x2=x2)
    node(element, "h2").locator(".opener").tap()
    expect(element.locator(f"#{NAME}-sum")).to_contain_text("w3\u2009x1 + w4\u2009x2 + b2 =")


def test_by_keyboard_only(page: Page, home: str):
    element = opened(page, home + PAGE, NAME)
    figure_of(element).get_by_role("button", name="Run").focus()
    for key in ("Tab", "Enter"):
        page.keyboard.press(key)
    expect(element.get_by_role("button", name="Change it")).to_have_attribute("aria-expanded", "true")
    field = element.locator(f"#{NAME}-x1")
    for _ in range(12):
        page.keyboard.press("Tab")
        if field.evaluate("one => one === document.activeElement"):
            break
    page.keyboard.press("ArrowUp")
    assert numbers(element) == told(x1=2.5)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+A")
    page.keyboard.type("-1,25\n")
    assert numbers(element) == told(x1=2.5, x2=-1.25)
    element.get_by_role("button", name="Sum of o1").focus()
    page.keyboard.press("Space")
    expect(element.locator(f"#{NAME}-sum")).to_contain_text("o1 = f(")


def test_step_by_step(page: Page, home: str):
    """What has not been reached is hidden and said to be; what is computed now is told, and drawn thicker."""
    element = opened(page, home + PAGE, NAME)
    before = drawn(element)
    line = element.locator(f"#{NAME}-step")
    for k, gives in enumerate(STEPS):
        pressed(element, "Next step")
        later = [name for step in STEPS[k + 1 :] for name in step]
        assert set(parts(element).evaluate_all(SEEN)) == set(told()) - set(later)
        assert set(parts(element).evaluate_all(THICK)) == set(MARKS[k])
        expect(line).to_contain_text(f"Step {k + 1} of 7.")
        expect(line).to_contain_text(told()[gives[0]])
        waiting = [name for name in later if not name.startswith("z")]
        expect(line).to_contain_text(
            f"Not reached yet: {', '.join(waiting)}." if waiting else "This is the answer."
        )
    pressed(element, "Next step")
    expect(line).to_contain_text("Step 1 of 7. The inputs come in: x1 = 2, x2 = 3.")
    expect(element.locator(".said")).to_contain_text("Step 1 of 7.")
    pressed(element, "Sum of h1")
    expect(element.locator(f"#{NAME}-sum")).to_have_text("The sum of h1 is not reached yet.")
    pressed(element, "See all")
    expect(line).to_be_empty()
    assert parts(element).evaluate_all(THICK) == []
    assert drawn(element) == before


def test_a_neuron_opens_and_closes(page: Page, home: str):
    element = opened(page, home + PAGE, NAME)
    line = element.locator(f"#{NAME}-sum")
    node(element, "h1").locator(".opener").click()
    expect(line).to_have_text(
        "z = w1\u2009x1 + w2\u2009x2 + b1 =\u00a00 × 2 + 1 × 3 + 0 = 3h1 = f(3) = 0.9526"
    )
    typed(element, "b1", "-2")
    expect(line).to_contain_text("0 × 2 + 1 × 3 + (−2) = 1")
    button = element.get_by_role("button", name="Sum of h1")
    expect(button).to_have_attribute("aria-expanded", "true")
    node(element, "h1").locator(".opener").click()
    expect(line).to_be_empty()
    expect(button).to_have_attribute("aria-expanded", "false")


def test_its_task_can_be_done(page: Page, home: str):
    """One input makes no difference, and one weight alone changes that."""
    element = opened(page, home + PAGE, NAME)
    note = element.locator(".figure-note")
    typed(element, "x2", "4")
    expect(element.locator(".said")).to_contain_text("x2 = 4")
    expect(note).to_be_empty()
    typed(element, "x2", "3")
    typed(element, "x1", "-6")
    expect(note).to_have_text("Whatever x1 is, the answer stays 0.7216.")
    typed(element, "w1", "1")
    expect(element.locator(".said")).to_contain_text("h1 is 0.0474")
    expect(note).not_to_contain_text("reaches o1")
    typed(element, "w1", "0")
    typed(element, "w3", "1")
    expect(note).to_contain_text("it reaches o1 through h2, and w3 alone has opened that path.")
    element.evaluate("figure => { figure.reset(); figure.set({ w1: 1, w5: 1 }); }")
    expect(note).to_contain_text("through h1. One changed weight is enough")


def test_a_link_carries_all_of_it(page: Page, home: str):
    element = opened(page, home + PAGE, NAME)
    before = drawn(element)
    element.evaluate("(figure, values) => figure.set(values)", OTHER | {"open": "o1", "step": "6"})
    pressed(element, "Copy link")
    again = opened(page.context.new_page(), page.url, NAME)
    assert numbers(again) == told(**OTHER)
    expect(again.locator(f"#{NAME}-step")).to_contain_text("Step 6 of 7.")
    expect(again.locator(f"#{NAME}-sum")).to_contain_text("= −4.651")
    pressed(again, "Reset")
    assert drawn(again) == before
    assert "0.7216" in figure_of(again).locator("svg.drawing desc").text_content()


def test_a_link_that_asks_for_too_much_harms_nothing(page: Page, home: str):
    element = opened(page, home + PAGE + f"?{NAME}=w1:77,b3:-1,step:9,w7:1", NAME)
    assert numbers(element) == told(b3=-1)
    assert shown(element, "o1") == "0.4881", "as in the exercise"
    expect(element.locator(".figure-note.wrong")).to_contain_text("can’t be shown")


@pytest.mark.parametrize(("scheme", "size"), VIEWS)
def test_looks(browser: Browser, home: str, looks: Callable, scheme: str, size: dict[str, int]):
    """Whole for everyone, in place from the start, and as it was found good."""
    with viewed(browser, scheme, size) as page:
        element = opened(page, home + PAGE, NAME)
        settled(page)
        assert faults(page, FIGURE) == []
        pressed(element, "Sum of h1")
        for _ in range(4):
            pressed(element, "Next step")
        looks(figure_of(element), f"network-step-{scheme}-{size['width']}")
        pressed(element, "See all")
        element.evaluate("(figure, values) => figure.set(values)", OTHER)
        expect(element.locator(".figure-note")).to_contain_text("One changed weight is enough")
        typed(element, "w1", "much")
        pressed(element, "Table")
        expect(element.locator(".figure-note.wrong")).to_contain_text("has to be a number")
        assert faults(page, FIGURE) == []
        looks(figure_of(element), f"network-changed-{scheme}-{size['width']}")
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
