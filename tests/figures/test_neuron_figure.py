"""The neuron whose every number can be changed, and the plane of its inputs."""

import re

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

from drawings.lettering import printed
from pencilnet import Neuron

FIGURE = "a-neuron"
BOOK = {"x1": 2.0, "x2": 3.0, "w1": 0.0, "w2": 1.0, "b": 4.0}
TEXTS = "figure => [...figure.querySelectorAll('svg.drawing')].map(one => one.outerHTML)"


def neuron(page: Page, home: str, carried: str = "") -> Locator:
    return opened(page, f"{home}neurons/{carried}", FIGURE)


def part(element: Locator, quantity: str) -> Locator:
    return seen(figure_of(element).locator(f'.drawing-neuron .handle[data-quantity="{quantity}"]'))


def point(element: Locator) -> Locator:
    return seen(figure_of(element).locator(".drawing-decisions .point"))


def seen(handle: Locator) -> Locator:
    """In the middle of the window, which the figure is taller than."""
    handle.evaluate("part => part.scrollIntoView({ block: 'center' })")
    return handle


def computes(element: Locator, **changed: float) -> None:
    """All numbers that are shown are pencilnet's for these."""
    given = BOOK | changed
    weights, inputs = [given["w1"], given["w2"]], [given["x1"], given["x2"]]
    one = Neuron(weights, given["b"])
    numbers = given | {"w1_x1": weights[0] * inputs[0], "w2_x2": weights[1] * inputs[1],
                       "z": one.weighted_sum(inputs), "y": one.feedforward(inputs)}  # fmt: skip
    assert {name: shown(element, name) for name in numbers} == {
        name: printed(round(number, 9)) for name, number in numbers.items()
    }
    assert figure_of(element).locator(".point .value").text_content() == printed(numbers["y"])


def opens(element: Locator, says: str) -> None:
    element.get_by_role("button", name=says).click()


def sets(element: Locator, **values: float) -> None:
    """Typed into the fields."""
    for name, value in values.items():
        field = element.locator(f"#{FIGURE}-{name}")
        field.fill(str(value))
        field.press("Enter")
    settled(element.page)


def scale(element: Locator) -> float:
    """How many pixels a unit of the drawings is."""
    return figure_of(element).locator(".drawing-neuron").bounding_box()["width"] / 420


def moved(element: Locator, **wanted: float) -> dict[str, float]:
    """What has come of a drag, which goes by whole pixels: a tenth more or less than was wanted."""
    values = {name: float(element.get_attribute(name)) for name in wanted}
    assert values == pytest.approx(wanted, abs=0.11)
    return values


def test_a_number_is_pulled_up_and_down(page: Page, home: str):
    element = neuron(page, home)
    computes(element)
    pixels = scale(element)
    drag(page, part(element, "w1"), 30, -15 * pixels)
    computes(element, **moved(element, w1=1.5))
    drag(page, part(element, "x2"), 0, 22 * pixels)
    computes(element, **moved(element, w1=1.5, x2=0.8))
    drag(page, part(element, "b"), 0, 300 * pixels)
    computes(element, **moved(element, w1=1.5, x2=0.8, b=-10))


def test_the_point_is_carried_about_the_plane(page: Page, home: str):
    element = neuron(page, home)
    pixels = scale(element)
    drag(page, point(element), 50 * pixels, 25 * 4.5 * pixels)
    computes(element, **moved(element, x1=4, x2=-1.5))
    drag(page, point(element), 2000, -2000)
    computes(element, x1=6, x2=5)


def test_by_finger(phone: Page, home: str):
    element = neuron(phone, home)
    pixels = scale(element)
    swipe(phone, part(element, "w2"), 0, 42 * pixels)  # further than a page takes to scroll
    computes(element, **moved(element, w2=-3.2))
    swipe(phone, point(element), -50 * pixels, 25 * pixels)
    computes(element, **moved(element, w2=-3.2, x1=0, x2=2))
    for handle in figure_of(element).locator(".handle-target").all():
        box = handle.bounding_box()
        assert min(box["width"], box["height"]) >= 24


def test_by_keyboard_alone(page: Page, home: str):
    element = neuron(page, home)
    page.locator("figure a, figure button, figure summary, figure [tabindex]").first.focus()
    for _ in range(60):
        if page.evaluate("document.activeElement.textContent") == "Change it":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == f"{FIGURE}-w1":
            break
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")  # the slider of w2
    settled(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Control+A")
    page.keyboard.type("-2.5")
    page.keyboard.press("Enter")
    settled(page)
    computes(element, w1=-0.1, w2=-2.5)


def test_it_can_be_made_to_answer_a_half(page: Page, home: str):
    element = neuron(page, home)
    opens(element, "Change it")
    sets(element, b=-2.9)
    page.wait_for_timeout(800)
    assert element.locator(".figure-note").text_content() == ""
    sets(element, b=-3)
    element.get_by_text("Done: the sum is 0, so the neuron answers 0.5.").wait_for()
    computes(element, b=-3)


def test_it_can_be_made_an_and_whatever_its_inputs_are(page: Page, home: str):
    element = neuron(page, home)
    opens(element, "Change it")
    opens(element, "Table")
    sets(element, w1=0.1, w2=0.2, b=-0.3)  # on paper the sum of 1 and 1 is 0, which is no yes
    assert cases(element) == ["no: right", "no: right", "no: right", "no: wrong"]
    sets(element, w1=1, w2=1, b=-1.5)
    assert cases(element) == ["no: right"] * 3 + ["yes: right"]
    element.get_by_text("Your neuron is an AND.").wait_for()
    assert "on the line z = 0" in element.locator(".said").text_content()
    marks = figure_of(element).locator(".drawing-decisions > .other")
    assert [mark.get_attribute("fill") for mark in marks.all()] == ["none", "none", "none", "currentColor"]
    row = element.locator("tbody tr").last.locator("td")
    assert row.all_text_contents()[:2] == ["0.5", printed(Neuron([1, 1], -1.5).feedforward([1, 1]))]


def cases(element: Locator) -> list[str]:
    return element.locator("tbody tr td:last-child").all_text_contents()[1:]


def test_what_is_drawn_is_what_the_library_draws(page: Page, home: str):
    """The book's own drawing, after a way there and back, to the last digit."""
    element = neuron(page, home)
    before = figure_of(element).evaluate(TEXTS)
    opens(element, "Change it")
    sets(element, w1=2.5, x1=-3.3, b=-9.9)
    assert figure_of(element).evaluate(TEXTS) != before
    opens(element, "Reset")
    settled(page)
    after = figure_of(element).evaluate(TEXTS)
    assert [tidy(one) for one in after] == [tidy(one) for one in before]


def tidy(svg: str) -> str:
    """Without what is laid over the drawing for the pointer."""
    return re.sub(r'<circle class="handle-target"[^>]*></circle>', "", svg)


@pytest.mark.parametrize(
    ("values", "says", "hatched"),
    [
        ({"w1": 0, "w2": 0, "b": -1}, "no line: both weights are 0", False),
        ({"w1": 0, "w2": 0, "b": 1}, "no line: both weights are 0", True),
        ({"w1": 1, "w2": 0, "b": -9}, "the line lies outside", False),
        ({"w1": 1, "w2": -1, "b": 0}, "on the line z = 0 and y = 0.5", True),
    ],
)
def test_the_line_is_there_or_it_is_said_why_not(
    page: Page, home: str, values: dict, says: str, hatched: bool
):
    carried = ",".join(f"{name}:{value}" for name, value in values.items())
    element = neuron(page, home, f"?{FIGURE}={carried}")
    settled(page)
    plane = figure_of(element).locator(".drawing-decisions")
    assert plane.locator(".boundary-note").text_content() == says
    assert (plane.locator(".boundary").get_attribute("d") != "M0 0") == says.startswith("on")
    assert (plane.locator(".hatching").first.get_attribute("d") != "M0 0") == hatched


def test_a_link_carries_it_and_a_bad_link_harms_nothing(page: Page, home: str):
    element = neuron(page, home)
    opens(element, "Change it")
    sets(element, w1=-1.2, x2=0.7)
    opens(element, "Copy link")
    other = page.context.new_page()
    there = opened(other, page.url, FIGURE)
    settled(other)
    computes(there, w1=-1.2, x2=0.7)
    expect(element.locator(".figure-note")).to_contain_text("has been copied")
    page.evaluate("() => void (navigator.clipboard.writeText = () => Promise.reject(new Error('no')))")
    opens(element, "Copy link")
    expect(element.locator(".figure-note")).to_contain_text("copy it from there")
    bad = neuron(page, home, f"?{FIGURE}=w1:99,w2:two,q:1,b:2")
    settled(page)
    assert "can’t be shown" in bad.locator(".figure-note").text_content()
    computes(bad, b=2)


@pytest.mark.parametrize(("scheme", "size"), VIEWS)
def test_looks_and_is_sound_in_every_state(browser: Browser, home: str, looks, scheme: str, size: dict):
    with viewed(browser, scheme, size) as page:
        element = neuron(page, home)
        whole, name = figure_of(element), f"neuron-{scheme}-{size['width']}"
        here = f"figure:has(#{FIGURE})"
        assert faults(page, here) == []
        page.set_viewport_size({"width": size["width"], "height": 1600})  # the page's head covers none of it
        looks(whole, name)
        opens(element, "Change it")
        opens(element, "Table")
        sets(element, x1=-5.5, x2=-4, w1=1, w2=1, b=-1.5)
        element.get_by_text("Your neuron is an AND.").wait_for()
        assert faults(page, here) == []
        looks(whole, f"{name}-and")
        element.locator(f"#{FIGURE}-b").fill("many")
        element.locator(f"#{FIGURE}-b").press("Enter")
        assert "has to be a number" in element.locator(".figure-note").text_content()
        assert faults(page, here) == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
