"""Training: any epoch of any of a thousand runs, as the library makes it; and anyone on the map."""

import re

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.figures.conftest import (
    VIEWS,
    drag,
    faults,
    figure_of,
    opened,
    settled,
    swipe,
    viewed,
)

from drawings.lettering import printed
from pencilnet import EMILY, FRANK, SHIFT, OurNeuralNetwork, all_y_trues, data

PARAMETERS = ("w1", "w2", "w3", "w4", "w5", "w6", "b1", "b2", "b3")
TEXTS = "(figure) => [...figure.querySelectorAll('svg.drawing')].map((one) => one.innerHTML)"
PLAY_AND_PAUSE = """async (figure) => {
    const named = (name) => [...figure.querySelectorAll("button")].find((one) => one.textContent === name);
    named("Play").click();
    for (let k = 0; k < 3; k += 1) await new Promise(requestAnimationFrame);
    named("Pause").click();
}"""
BELOW = 268  # epochs until the loss is first below 0.01


def trained(epochs: int, seed: int = 44, rate: float = 0.1) -> OurNeuralNetwork:
    network = OurNeuralNetwork(rng=np.random.RandomState(seed))
    if epochs:
        network.train(data, all_y_trues, learning_rate=rate, epochs=epochs)
    return network


def loss(network: OurNeuralNetwork) -> float:
    return float(np.mean((all_y_trues - network.feedforward(data)) ** 2))


def numbers(element: Locator) -> list[str]:
    """All that the drawings show: nine parameters, the loss, Emily, Frank and anyone."""
    figure = figure_of(element)
    parts = [f'[data-quantity="{name}"] .value' for name in PARAMETERS]
    parts += [f'.label[data-person="{name}"] .value' for name in ("Emily", "Frank", "anyone")]
    texts = [figure.locator(f"svg.drawing {part}").first.text_content() for part in parts]
    return [*texts, figure.locator(".drawing-loss-curve .mark .value").last.text_content()]


def expected(network: OurNeuralNetwork, anyone: tuple[float, float] = (150, 64)) -> list[str]:
    places = [EMILY.shifted, FRANK.shifted, (anyone[0] - SHIFT[0], anyone[1] - SHIFT[1])]
    answers = [float(network.feedforward(place)) for place in places]
    return [printed(float(number)) for number in [*network.parameters.values(), *answers, loss(network)]]


def field(element: Locator, name: str) -> Locator:
    return element.locator(f"#training-{name}")


def typed(element: Locator, **values: object) -> None:
    """Into the fields, each finished with Enter."""
    panel = element.locator(".figure-controls")
    if panel.is_hidden():
        element.get_by_role("button", name="Change it").click()
    for name, value in values.items():
        if name == "rate":
            field(element, name).select_option(str(value))
        else:
            field(element, name).fill(str(value))
            field(element, name).press("Enter")
    settled(element.page)


def anyone(element: Locator) -> tuple[float, float]:
    values = element.evaluate("(figure) => [figure.values.pounds, figure.values.inches]")
    return values[0], values[1]


def test_by_mouse_anyone_can_be_asked_about(page: Page, home: str):
    element = opened(page, f"{home}descent/", "training")
    assert numbers(element) == expected(trained(1000))
    drag(page, figure_of(element).locator(".anyone"), -60, -40)
    assert anyone(element) != (150, 64)
    assert numbers(element) == expected(trained(1000), anyone(element))


def test_by_touch(phone: Page, home: str):
    element = opened(phone, f"{home}descent/", "training")
    swipe(phone, figure_of(element).locator(".anyone"), -70, 20)
    assert anyone(element) != (150, 64)
    assert numbers(element) == expected(trained(1000), anyone(element))


def test_by_keyboard_through_the_epochs(page: Page, home: str):
    element = opened(page, f"{home}descent/", "training")
    element.get_by_role("button", name="Change it").focus()
    page.keyboard.press("Enter")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "training-epoch":
            break
    page.keyboard.type("300")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    settled(page)
    assert numbers(element) == expected(trained(299))


@pytest.mark.parametrize(("seed", "rate"), [(7, 0.1), (999, 1), (0, 10), (44, 0.01)])
def test_other_runs_are_the_librarys(page: Page, home: str, seed: int, rate: float):
    element = opened(page, f"{home}descent/", "training")
    typed(element, seed=seed, rate=rate, epoch=57)
    there = expected(trained(57, seed, rate))
    last = figure_of(element).locator(".drawing-loss-curve .mark .value").last
    expect(last).to_have_text(there[-1])  # the seed's numbers have come
    assert numbers(element) == there
    typed(element, epoch=0)
    assert numbers(element) == expected(trained(0, seed))


def test_when_the_loss_first_falls_below_a_hundredth(page: Page, home: str):
    assert loss(trained(BELOW)) < 0.01 <= loss(trained(BELOW - 1))
    element = opened(page, f"{home}descent/", "training")
    typed(element, epoch=BELOW + 1)
    page.wait_for_timeout(900)
    assert element.locator(".figure-note").text_content() == ""
    typed(element, epoch=BELOW)
    expect(element.locator(".figure-note")).to_contain_text("the first loss below 0.01")
    expect(element.locator(".said")).to_contain_text(f"After {BELOW} epochs the loss is 0.00997.")


def test_where_the_network_hesitates(page: Page, home: str):
    element = opened(page, f"{home}descent/", "training")
    typed(element, inches=66, pounds=134.8)  # in this order it is done by the second alone
    answer = float(trained(1000).feedforward([134.8 - SHIFT[0], 0]))
    assert abs(answer - 0.5) < 0.05
    expect(element.locator(".figure-note")).to_contain_text(f"its answer is {printed(answer)}")


def test_it_goes_on_by_steps_where_nothing_may_move(page: Page, home: str):
    element = opened(page, f"{home}descent/", "training")
    step = element.get_by_role("button", name="50 epochs on")
    for epochs in (0, 50, 100):
        step.click()
        settled(page)
        assert numbers(element) == expected(trained(epochs))


def test_it_plays_and_stops_at_the_end(browser: Browser, home: str):
    with browser.new_context(reduced_motion="no-preference", service_workers="block") as context:
        page = context.new_page()
        element = opened(page, f"{home}descent/", "training")
        typed(element, epoch=985)
        element.get_by_role("button", name="Play").click()
        end = printed(loss(trained(1000)))
        expect(figure_of(element).locator(".drawing-loss-curve .mark .value").last).to_have_text(end)
        expect(element.get_by_role("button", name="Play")).to_be_visible()
        assert numbers(element) == expected(trained(1000))
        element.evaluate(PLAY_AND_PAUSE)
        settled(page)
        epoch = element.evaluate("(figure) => figure.values.epoch")
        assert epoch < 1000
        assert numbers(element) == expected(trained(epoch))


def test_a_link_carries_it_and_reset_takes_it_back(page: Page, home: str):
    element = opened(page, f"{home}descent/", "training")
    before = figure_of(element).evaluate(TEXTS)
    typed(element, epoch=120, seed=3, rate="1", pounds=120.5, inches=71)
    element.get_by_role("button", name="Copy link").click()
    there = expected(trained(120, 3, 1), (120.5, 71))
    expect(figure_of(element).locator(".drawing-loss-curve .mark .value").last).to_have_text(there[-1])
    other = page.context.new_page()
    again = opened(other, page.url, "training")
    expect(figure_of(again).locator(".drawing-loss-curve .mark .value").last).to_have_text(there[-1])
    assert numbers(again) == numbers(element) == there
    element.get_by_role("button", name="Reset").click()
    settled(page)
    strip = re.compile(r'<circle class="handle-target"[^>]*>(</circle>)?')
    after = figure_of(element).evaluate(TEXTS)
    assert [strip.sub("", text) for text in after] == [strip.sub("", text) for text in before]


def test_what_a_bad_link_asks_for_is_refused(page: Page, home: str):
    element = opened(page, f"{home}descent/?training=epoch:1001", "training")
    expect(element.locator(".figure-note.wrong")).to_contain_text("between 0 and 1000, and 1001 does not")
    assert numbers(element) == expected(trained(1000))


def test_a_part_of_an_epoch_is_refused_and_kept_in_its_field(page: Page, home: str):
    element = opened(page, f"{home}descent/?training=epoch:3.7", "training")
    note = element.locator(".figure-note.wrong")
    expect(note).to_contain_text("number of epochs has to be a whole number, and 3.7 is none")
    assert numbers(element) == expected(trained(1000))
    typed(element, seed=12.5)
    expect(note).to_contain_text("seed has to be a whole number, and 12.5 is none")
    expect(field(element, "seed")).to_have_value("12.5")
    assert numbers(element) == expected(trained(1000))


def test_without_the_other_seeds_it_says_so(page: Page, home: str):
    page.route("**/starts.bin", lambda route: route.fulfill(status=404))
    element = opened(page, f"{home}descent/", "training")
    typed(element, seed=7)
    expect(element.locator(".figure-note.wrong")).to_contain_text("can’t be had")
    expect(field(element, "seed")).to_have_count(0)
    assert numbers(element) == expected(trained(1000))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_violation_in_any_state(browser: Browser, home: str, scheme: str):
    with viewed(browser, scheme, {"width": 1280, "height": 1700}) as page:
        element = opened(page, f"{home}descent/", "training")
        assert faults(page, "figure:has(#training)") == []
        typed(element, epoch=30)
        element.get_by_role("button", name="Table").click()
        typed(element, pounds="heavy")
        assert faults(page, "figure:has(#training)") == []


@pytest.mark.parametrize(("scheme", "size"), VIEWS)
def test_it_looks_as_it_did(browser: Browser, home: str, looks, scheme: str, size: dict[str, int]):
    with viewed(browser, scheme, {**size, "height": 1900}) as page:
        element = opened(page, f"{home}descent/", "training")
        name = f"training-{scheme}-{size['width']}"
        looks(figure_of(element), name)
        typed(element, epoch=40, pounds=135.2, inches=67)
        page.wait_for_timeout(800)
        looks(figure_of(element), f"{name}-moved")
