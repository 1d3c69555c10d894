"""The loss as squares: four answers to drag, and what they are worth."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.figures.conftest import VIEWS, drag, faults, figure_of, opened, settled, swipe, viewed

from drawings.lettering import printed
from pencilnet import PEOPLE, all_y_trues, mse_loss

NAMES = [person.name for person in PEOPLE]
FIGURE = "figure:has(#the-loss)"


def person(element: Locator, name: str) -> Locator:
    return figure_of(element).locator(f'svg.drawing [data-person="{name}"]')


def texts(element: Locator) -> list[str]:
    """Every number of the drawing that can change."""
    return figure_of(element).locator("svg.drawing .value").all_text_contents()


def told(answers: list[float]) -> list[str]:
    """The numbers that belong to four answers, as the library computes and the drawings print them."""
    errors = [(true - answer) ** 2 for true, answer in zip(all_y_trues.tolist(), answers, strict=True)]
    pairs = [printed(number) for pair in zip(answers, errors, strict=True) for number in pair]
    return [*pairs, printed(float(mse_loss(all_y_trues, answers)))]


def typed(element: Locator, answers: list[float]) -> None:
    button = element.get_by_role("button", name="Change it")
    if button.get_attribute("aria-expanded") == "false":
        button.click()
    for name, answer in zip(NAMES, answers, strict=True):
        element.get_by_label(f"answer for {name}", exact=True).fill(str(answer))
        element.page.keyboard.press("Enter")
    settled(element.page)


def test_by_mouse(page: Page, home: str):
    element = opened(page, home + "loss/", "the-loss")
    assert texts(element) == told([0, 0, 0, 0])
    unit = page.evaluate(
        "() => document.querySelector('.drawing-loss-squares').getBoundingClientRect().width / 420"
    )
    drag(page, person(element, "Alice").locator(".prediction"), 0, -0.5 * 80 * unit)
    assert texts(element) == told([0.5, 0, 0, 0])
    drag(page, person(element, "Charlie").locator(".prediction"), 0, -500)
    assert texts(element) == told([0.5, 0, 1, 0]), "no answer is above 1"


def test_a_squared_error_is_an_area(page: Page, home: str):
    element = opened(page, home + "loss/", "the-loss")
    answers = [0.9, 0.2, 0.3, 0.8]
    typed(element, answers)
    sides = (
        figure_of(element)
        .locator("svg.drawing rect")
        .evaluate_all("all => all.map((one) => one.width.baseVal.value)")
    )
    areas = [(side / 80) ** 2 for side in sides]
    errors = [(true - answer) ** 2 for true, answer in zip(all_y_trues.tolist(), answers, strict=True)]
    assert areas == pytest.approx([*errors, mse_loss(all_y_trues, answers)], abs=1e-4)
    dots = [person(element, name).locator(".prediction circle").first.get_attribute("cy") for name in NAMES]
    assert [(146 - float(dot)) / 80 for dot in dots] == pytest.approx(answers)


def test_by_touch(phone: Page, home: str):
    element = opened(phone, home + "loss/", "the-loss")
    swipe(phone, person(element, "Diana").locator(".prediction"), 0, -40)
    answer = float(person(element, "Diana").locator(".value").first.text_content())
    assert 0.1 < answer < 0.8
    assert texts(element) == told([0, 0, 0, answer])


def test_by_keyboard_only(page: Page, home: str):
    element = opened(page, home + "loss/", "the-loss")
    element.get_by_role("button", name="Change it").focus()
    page.keyboard.press("Enter")
    for _ in range(4):  # past Reset, which has nothing to do yet: Table, Copy link, slider, field
        page.keyboard.press("Tab")
    expect(element.get_by_label("answer for Alice", exact=True)).to_be_focused()
    page.keyboard.press("ArrowUp")
    settled(page)
    assert texts(element) == told([0.01, 0, 0, 0])
    page.keyboard.press("Control+A")
    page.keyboard.type("0,25\n")
    settled(page)
    assert texts(element) == told([0.25, 0, 0, 0])


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ([0, 1, 1, 0], "the four worst answers"),
        ([0.5] * 4, "0.5 has the smallest loss, 0.25"),
        ([0.9, 0.2, 0.3, 0.8], "The loss is 0.045, and no answer is exactly right"),
    ],
)
def test_each_task_can_be_done(page: Page, home: str, answers: list[float], said: str):
    element = opened(page, home + "loss/", "the-loss")
    typed(element, answers)
    expect(element.locator(".figure-note")).to_contain_text(said)
    expect(element.locator(".said")).to_contain_text(f"the loss, is {told(answers)[-1]}.")


def test_what_is_being_typed_stays_while_the_figure_is_drawn(page: Page, home: str):
    element = opened(page, home + "loss/", "the-loss")
    element.get_by_role("button", name="Change it").click()
    diana = element.get_by_label("answer for Diana", exact=True)
    diana.fill("0.8")
    element.evaluate("(figure) => figure.set({ charlie: 0.3 })")
    settled(page)
    assert texts(element) == told([0, 0, 0.3, 0])
    expect(diana).to_have_value("0.8")
    page.keyboard.press("Enter")
    settled(page)
    assert texts(element) == told([0, 0, 0.3, 0.8])
    diana.fill("0.5")
    page.keyboard.press("ArrowUp")
    settled(page)
    expect(diana).to_have_value("0.81")
    element.evaluate("(figure) => figure.set({ diana: 0.2 })")
    settled(page)
    expect(diana).to_have_value("0.2")


def test_what_does_not_do_is_not_said_to(page: Page, home: str):
    element = opened(page, home + "loss/", "the-loss")
    typed(element, [0.49, 0.49, 0.49, 0.49])
    typed(element, [1, 0, 0, 0.9])
    expect(element.locator(".said")).to_contain_text("the loss, is 0.0025.")
    expect(element.locator(".figure-note")).to_be_empty()


def test_a_link_carries_the_answers(page: Page, home: str):
    element = opened(page, home + "loss/", "the-loss")
    typed(element, [0.7, 0.35, 0.2, 0])
    element.get_by_role("button", name="Copy link").click()
    other = page.context.new_page()
    again = opened(other, page.url, "the-loss")
    settled(other)
    assert texts(again) == told([0.7, 0.35, 0.2, 0])
    again.get_by_role("button", name="Reset").click()
    settled(other)
    assert texts(again) == told([0, 0, 0, 0])
    assert figure_of(again).locator("svg.drawing rect").count() == 3, (
        "Alice, Diana and the mean, as in the book"
    )


def test_a_link_that_asks_for_too_much_harms_nothing(page: Page, home: str):
    element = opened(page, home + "loss/?the-loss=alice:7,bob:0.5,emily:1", "the-loss")
    settled(page)
    assert texts(element) == told([0, 0.5, 0, 0])
    expect(element.locator(".figure-note.wrong")).to_contain_text("can’t be shown")


def test_the_table_has_the_same_numbers(page: Page, home: str):
    element = opened(page, home + "loss/", "the-loss")
    typed(element, [0.7, 0, 0, 1])
    element.get_by_role("button", name="Table").click()
    rows = [row.split("\t") for row in element.locator("tbody tr").all_inner_texts()]
    assert rows[0] == ["Alice", "1", "0.7", "0.3", "0.09"]
    assert rows[-1][-1] == told([0.7, 0, 0, 1])[-1]


@pytest.mark.parametrize(("scheme", "size"), VIEWS)
def test_looks(browser: Browser, home: str, looks: Callable, scheme: str, size: dict[str, int]):
    """Whole for everyone, in place from the start, and as it was found good."""
    with viewed(browser, scheme, size) as page:
        element = opened(page, home + "loss/", "the-loss")
        settled(page)
        assert faults(page, FIGURE) == []
        typed(element, [0.7, 0.35, 0.2, 0.05])
        element.get_by_label("answer for Diana", exact=True).blur()
        looks(figure_of(element), f"squares-{scheme}-{size['width']}")
        element.get_by_role("button", name="Table").click()
        element.get_by_label("answer for Bob", exact=True).fill("two")
        page.keyboard.press("Enter")
        expect(element.locator(".figure-note.wrong")).to_contain_text("has to be a number")
        assert faults(page, FIGURE) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
