"""One step of descent: the loss along a parameter, and where a learning rate leads."""

from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.figures.conftest import VIEWS, drag, faults, figure_of, opened, settled, swipe, viewed
from tests.figures.node import called

import drawings.scale
from drawings.lettering import printed
from pencilnet import ALICE, OurNeuralNetwork

FIGURE = "figure:has(#a-step)"
START = {f"w{k}": 1.0 for k in range(1, 7)} | {"b1": 0.0, "b2": 0.0, "b3": 0.0}


def texts(element: Locator) -> list[str]:
    return figure_of(element).locator("svg.drawing .numbers .value").all_text_contents()


def along(name: str, rate: float, here: float | None = None, steps: int = 0) -> list[float]:
    """Slope, place, rate, slope again, new place, loss before and after, as the library computes them."""
    here = START[name] if here is None else here
    for _ in range(steps + 1):
        network = OurNeuralNetwork.from_parameters(**{**START, name: here})
        forward = network.forward(ALICE.shifted)
        slope = float(network.backward(forward, ALICE.label).partials[name])
        numbers = [slope, here, rate, slope, here - rate * slope, float((ALICE.label - forward.o1) ** 2)]
        here -= rate * slope
    after = OurNeuralNetwork.from_parameters(**{**START, name: here}).feedforward(ALICE.shifted)
    return [*numbers, float((ALICE.label - after) ** 2)]


def told(name: str, rate: float, here: float | None = None, steps: int = 0) -> list[str]:
    return [printed(number) for number in along(name, rate, here, steps)]


def field(element: Locator, label: str) -> Locator:
    button = element.get_by_role("button", name="Change it")
    if button.get_attribute("aria-expanded") == "false":
        button.click()
    return element.get_by_label(label, exact=True)


def typed(element: Locator, label: str, text: str) -> None:
    field(element, label).fill(text)
    element.page.keyboard.press("Enter")
    settled(element.page)


def step(element: Locator) -> None:
    element.get_by_role("button", name="Take the step").click()
    settled(element.page)


def test_by_mouse(page: Page, home: str):
    element = opened(page, home + "descent/", "a-step")
    assert texts(element) == told("b3", 10)
    drag(page, figure_of(element).locator(".place"), -60, 0)
    place = float(element.get_attribute("b3"))
    assert -3 < place < -1
    assert texts(element) == told("b3", 10, place)


def test_by_touch(phone: Page, home: str):
    element = opened(phone, home + "descent/", "a-step")
    swipe(phone, figure_of(element).locator(".place"), 50, 0)
    place = float(element.get_attribute("b3"))
    assert 0.1 < place < 3
    assert texts(element) == told("b3", 10, place)


def test_by_keyboard_only(page: Page, home: str):
    element = opened(page, home + "descent/", "a-step")
    element.get_by_role("button", name="Change it").focus()
    page.keyboard.press("Enter")
    for _ in range(4):  # Take the step, Table, Copy link, parameter
        page.keyboard.press("Tab")
    expect(element.get_by_label("parameter", exact=True)).to_be_focused()
    page.keyboard.press("w")
    settled(page)
    assert texts(element) == told("w1", 10)
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")  # the slider: a twentieth of a power of ten
    settled(page)
    assert texts(element) == told("w1", 11)
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    settled(page)
    assert texts(element) == told("w1", 8.9)
    page.keyboard.press("End")
    page.keyboard.press("Home")
    page.keyboard.press("Control+A")
    page.keyboard.type("0.02\n")
    settled(page)
    assert texts(element) == told("w1", 0.02)


@pytest.mark.parametrize("name", START)
def test_every_parameter_has_its_curve(page: Page, home: str, name: str):
    element = opened(page, home + f"descent/?a-step=parameter:{name},rate:100", "a-step")
    settled(page)
    assert texts(element) == told(name, 100)
    figure = figure_of(element)
    expect(figure.locator(".axis-name").first).to_have_text(name)
    expect(element.locator(".figure-control[data-quantity]:not([hidden])")).to_have_count(1)
    low, high, left, right = map(float, figure.locator(".axes").get_attribute("data-x").split())
    zero, top, floor, ceiling = map(float, figure.locator(".axes").get_attribute("data-y").split())
    path = figure.locator(".curve").get_attribute("d")[1:].split("L")
    for x, y in [map(float, corner.split()) for corner in path[::20]]:
        number = low + (x - left) * (high - low) / (right - left)
        loss = zero + (y - floor) * (top - zero) / (ceiling - floor)
        assert loss == pytest.approx(along(name, 1, number)[5], abs=0.004 * top)
    assert low <= along(name, 100)[4] <= high


def test_axes_have_the_drawings_round_numbers():
    rng = np.random.default_rng(6)
    pairs = np.sort(rng.normal(size=(500, 2)) * 10.0 ** rng.integers(-4, 3, size=(500, 1))).tolist()
    ours = called("ticks.js", "return given.map(([a, b]) => it.ticks(a, b, 5).numbers)", pairs)
    assert ours == [pytest.approx(drawings.scale.ticks(*pair), abs=1e-12) for pair in pairs]
    highest = np.abs(rng.normal(size=500)).tolist()
    assert called("ticks.js", "return given.map((h) => it.roundUp(h))", highest) == pytest.approx(
        [drawings.scale.round_up(one) for one in highest]
    )


def test_steps_go_on_from_where_the_last_one_led_and_are_counted(page: Page, home: str):
    element = opened(page, home + "descent/", "a-step")
    typed(element, "learning rate", "1")
    for k in range(1, 5):
        step(element)
        assert texts(element) == told("b3", 1, steps=k)
    expect(element.locator(".figure-note")).to_contain_text("loss is below 0.1 after 4 steps")
    expect(element.locator(".said")).to_contain_text("4 steps taken.")
    assert along("b3", 1, steps=3)[5] > 0.1 > along("b3", 1, steps=4)[5]


def test_one_large_step_is_enough(page: Page, home: str):
    element = opened(page, home + "descent/", "a-step")
    typed(element, "learning rate", "14")
    expect(element.locator(".said")).to_contain_text("0.001")
    expect(element.locator(".figure-note")).to_be_empty()
    typed(element, "learning rate", "15")
    expect(element.locator(".figure-note")).to_contain_text("one step, and the loss is below 0.001")


def test_too_large_a_step_ends_where_the_curve_is_flat(page: Page, home: str):
    element = opened(page, home + "descent/", "a-step")
    typed(element, "learning rate", "100")
    step(element)
    expect(element.locator(".figure-note")).to_contain_text("the next step moves b3 by less than 0.001")


def test_another_parameter_or_place_is_another_beginning(page: Page, home: str):
    element = opened(page, home + "descent/", "a-step")
    step(element)
    field(element, "parameter").select_option("w5")
    settled(page)
    assert texts(element) == told("w5", 10)
    assert element.get_attribute("steps") is None


def test_state_survives_a_link_and_reset_brings_the_book_back(page: Page, home: str):
    element = opened(page, home + "descent/", "a-step")
    book = figure_of(element).locator("svg.drawing text").all_text_contents()
    field(element, "parameter").select_option("w2")
    typed(element, "value of w2", "-1.5")
    typed(element, "learning rate", "30")
    step(element)
    element.get_by_role("button", name="Copy link").click()
    other = page.context.new_page()
    again = opened(other, page.url, "a-step")
    settled(other)
    assert texts(again) == texts(element) == told("w2", 30, -1.5, steps=1)
    again.get_by_role("button", name="Reset").click()
    settled(other)
    assert figure_of(again).locator("svg.drawing text").all_text_contents() == book


def test_a_link_that_asks_for_too_much_harms_nothing(page: Page, home: str):
    element = opened(page, home + "descent/?a-step=rate:0,parameter:w7,b3:1", "a-step")
    settled(page)
    assert texts(element) == told("b3", 10, 1.0)
    expect(element.locator(".figure-note.wrong")).to_contain_text("can’t be shown")


@pytest.mark.parametrize(("scheme", "size"), VIEWS)
def test_looks(browser: Browser, home: str, looks: Callable, scheme: str, size: dict[str, int]):
    """Whole for everyone, in place from the start, and as it was found good."""
    with viewed(browser, scheme, size) as page:
        element = opened(page, home + "descent/", "a-step")
        settled(page)
        assert faults(page, FIGURE) == []
        field(element, "parameter").select_option("w1")
        typed(element, "learning rate", "90")
        element.get_by_label("learning rate", exact=True).blur()
        looks(figure_of(element), f"step-{scheme}-{size['width']}")
        element.get_by_role("button", name="Table").click()
        typed(element, "value of w1", "far")
        expect(element.locator(".figure-note.wrong")).to_contain_text("has to be a number")
        assert faults(page, FIGURE) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
