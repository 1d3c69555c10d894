"""What is pinned stays in view, and works there, and nothing in the text moves."""

from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.figures.conftest import (
    PHONE,
    VIEWS,
    book,
    context,
    faults,
    home,
    page,
    phone,
    steady,
    viewed,
    without_fonts,
)
from tests.live.conftest import LAPTOP

__all__ = ["book", "context", "home", "page", "phone"]  # fixtures
TEXT = """() => [...document.querySelectorAll(
    ".md-content__inner > :is(p, h2, h3, ul, .admonition, .pin-place)"
)].map((one) => Math.round(10 * (one.getBoundingClientRect().top + scrollY)))"""


def quiet(page: Page) -> None:
    """Sizes are watched, and what follows from them is drawn."""
    page.evaluate(
        "() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(() => go(null))))"
    )


def opened(page: Page, home: str, chapter: str = "neurons/") -> Page:
    """A chapter that has been opened."""
    page.goto(home + chapter)
    page.evaluate("document.fonts.ready")
    return page


def pin(page: Page, name: str) -> Locator:
    """A pin, in view."""
    found = page.get_by_role("button", name=f"Pin {name}", exact=True)
    found.scroll_into_view_if_needed()
    return found


def of(pin: Locator) -> Locator:
    """What it pins."""
    return pin.locator("xpath=..")


def box(part: Locator) -> dict[str, float]:
    """Where it is on the screen, its far edges too."""
    quiet(part.page)
    found = part.bounding_box()
    return {**found, "right": found["x"] + found["width"], "bottom": found["y"] + found["height"]}


def in_view(page: Page, part: Locator) -> bool:
    """Whether all of it is on the screen."""
    at, size = box(part), page.viewport_size
    return at["x"] >= 0 and at["y"] >= 0 and at["right"] <= size["width"] and at["bottom"] <= size["height"]


def pinned(page: Page) -> list[str]:
    """The titles in the panel, in its order."""
    return page.locator(".pin-title").all_text_contents()


def read_on(page: Page) -> None:
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    quiet(page)


def test_by_mouse_a_figure_stays_in_view_beside_the_text(page: Page, home: str) -> None:
    opened(page, home)
    page.locator("figure").nth(1).hover()
    button = pin(page, "figure 2")
    assert button.evaluate("it => getComputedStyle(it).opacity") == "1"
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    read_on(page)
    assert in_view(page, of(button))
    text, figure = box(page.locator("article")), box(of(button))
    assert figure["x"] > text["right"]
    assert figure["width"] >= 14 * 20
    assert pinned(page) == ["The sigmoid"]
    page.locator(".pin-back").click()
    assert in_view(page, page.locator(".pin-place"))
    page.locator(".pin-place").get_by_role("button").click()
    assert button.get_attribute("aria-pressed") == "false"
    assert page.locator(".pin-place, .pinned").count() == 0
    assert not page.locator(".pins").is_visible()


def test_a_pin_is_seen_when_it_is_of_use(page: Page, home: str) -> None:
    opened(page, home)
    page.mouse.move(5, 5)
    button = pin(page, "table 1")
    assert button.evaluate("it => getComputedStyle(it).opacity") == "0"
    page.keyboard.press("Tab")  # the keyboard is in use
    button.focus()
    assert button.evaluate("it => getComputedStyle(it).opacity") == "1"


@pytest.mark.parametrize("name", ["figure 1", "formula 3", "table 2"])
def test_nothing_in_the_text_moves(browser: Browser, home: str, name: str) -> None:
    for size in (LAPTOP, PHONE):
        with viewed(browser, "light", size) as page:
            opened(page, home)
            button = pin(page, name)
            before = page.evaluate(TEXT)
            button.click()
            quiet(page)
            place = page.locator(".pin-place").evaluate(
                "it => Math.round(10 * (it.getBoundingClientRect().top + scrollY))"
            )
            during = page.evaluate(TEXT)
            if place in during and len(during) > len(before):
                during.remove(place)
            assert during == before, size
            button.press("Enter")
            quiet(page)
            assert page.evaluate(TEXT) == before, size


def test_by_finger_at_the_bottom_of_a_phone(phone: Page, home: str) -> None:
    opened(phone, home)
    button = pin(phone, "figure 1")
    assert button.evaluate("it => getComputedStyle(it).opacity") == "1"
    button.tap()
    of(button).and_(phone.locator(".pinned")).wait_for()
    read_on(phone)
    panel = box(phone.locator(".pins"))
    assert in_view(phone, of(button))
    assert panel["height"] <= 0.45 * PHONE["height"] + 1
    assert panel["bottom"] == PHONE["height"]
    assert box(phone.locator(".md-footer"))["bottom"] <= panel["y"] + 1  # the end of the page can be read
    phone.locator(".pins-fold").tap()
    phone.locator(".pins.folded").wait_for()
    assert box(phone.locator(".pins"))["height"] < 50
    assert not of(button).is_visible()
    phone.locator(".pins-fold").tap()
    phone.locator(".pins:not(.folded)").wait_for()
    button.tap()
    phone.locator(".pinned").wait_for(state="detached")


def test_by_keyboard_alone(page: Page, home: str) -> None:
    opened(page, home)
    button = pin(page, "formula 1")
    page.locator("h2").first.locator("a").focus()
    for _ in range(40):
        page.keyboard.press("Tab")
        if button.evaluate("it => it === document.activeElement"):
            break
    page.keyboard.press("b")
    assert button.get_attribute("aria-pressed") == "true"
    assert button.evaluate("it => it === document.activeElement")
    page.keyboard.press("Tab")  # on into the formula: its first number, whose receipt opens
    assert of(button).locator("mn.stated").first.evaluate("it => it === document.activeElement")
    receipt = of(button).locator(".receipt").first
    expect(receipt).to_be_visible()
    page.keyboard.press("Escape")
    expect(receipt).to_be_hidden()
    assert page.locator(".pinned").count() == 1  # the receipt came first
    page.keyboard.press("Escape")
    assert page.locator(".pinned").count() == 0
    assert button.evaluate("it => it === document.activeElement")


def test_the_key_is_left_to_those_who_type(page: Page, home: str) -> None:
    opened(page, home)
    page.locator("figure").first.hover()
    page.keyboard.press("Control+b")
    assert page.locator(".pinned").count() == 0
    page.keyboard.press("b")
    assert page.locator("figure.pinned").count() == 1
    page.locator(".md-search__input").focus()
    page.keyboard.press("b")
    assert page.locator(".md-search__input").input_value() == "b"
    page.keyboard.press("Escape")  # closes the search
    assert page.locator("figure.pinned").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("figure.pinned").count() == 0


def test_escape_is_the_editors_first(page: Page, home: str) -> None:
    opened(page, home)
    pin(page, "figure 1").click()
    cell = page.locator("live-cell:not([folded])").first
    cell.get_by_role("button", name="Edit").click()
    cell.locator(".cm-content").click()
    page.keyboard.press("Escape")
    assert page.locator(".pinned").count() == 1


def test_several_share_the_panel_and_each_can_be_scrolled(page: Page, home: str) -> None:
    opened(page, home)
    names = ["figure 1", "figure 2", "formula 2", "table 1"]
    for name in names:
        pin(page, name).press("Enter")
    assert len(pinned(page)) == 4
    boxes = [box(of(pin(page, name))) for name in names]
    assert all(above["bottom"] < below["y"] for above, below in pairwise(boxes))
    assert boxes[0]["y"] > 48
    assert boxes[-1]["bottom"] < LAPTOP["height"]
    last = of(pin(page, "table 1"))
    assert last.evaluate(
        "it => it.scrollHeight <= it.clientHeight || getComputedStyle(it).overflowY === 'auto'"
    )
    pin(page, "formula 1").press("Enter")  # one more than there is room for: the first goes back
    assert len(pinned(page)) == 4
    assert pin(page, "figure 1").get_attribute("aria-pressed") == "false"


def test_a_figure_works_while_it_is_pinned(page: Page, home: str) -> None:
    opened(page, home)
    button = pin(page, "figure 2")
    button.click()
    figure = of(button)
    figure.get_by_text("The code behind this").click()
    figure.get_by_role("button", name="Edit").click()
    figure.locator(".cm-content").press("Control+End")
    page.keyboard.insert_text("\nprint('still here')")
    read_on(page)
    figure.get_by_role("button", name="Run cell").click()
    figure.get_by_text("still here", exact=True).wait_for()
    assert figure.evaluate("it => it.classList.contains('pinned')")
    button.press("Enter")
    assert figure.get_by_text("still here", exact=True).is_visible()


def test_a_figure_moves_while_it_is_pinned(page: Page, home: str) -> None:
    opened(page, home)
    pin(page, "figure 1").click()
    read_on(page)
    moving = page.locator("#a-neuron")
    moving.get_by_role("button", name="Change it").click()
    field = moving.get_by_role("textbox", name="weight w1")
    field.fill("2")
    field.press("Enter")
    page.locator('figure.pinned [data-quantity="z"] .value', has_text="11").wait_for()


def test_it_survives_a_reload_and_a_link_within_the_chapter(browser: Browser, home: str) -> None:
    with viewed(browser, "light", LAPTOP) as page:
        opened(without_fonts(page), home)
        for name in ("table 1", "figure 1"):
            pin(page, name).press("Enter")
        titles = pinned(page)
        page.locator(".md-nav--secondary a").last.evaluate("it => it.click()")
        assert pinned(page) == titles
        page.reload()
        page.locator("figure.pinned").wait_for()
        assert pinned(page) == titles
        page.locator("figure.pinned").wait_for()
        assert in_view(page, of(page.locator("figure > .pin").first))
        assert steady(page)
        opened(page, home, "loss/")
        assert pinned(page) == []
        opened(page, home)
        page.locator("figure.pinned").wait_for()
        assert pinned(page) == titles
        page.evaluate("""() => {
            const [key] = Object.keys(sessionStorage).filter((one) => one.startsWith("pins:"));
            const kept = JSON.parse(sessionStorage[key]);
            kept.notes[0][2] = "other";
            sessionStorage[key] = JSON.stringify(kept);
        }""")
        page.reload()
        page.locator("figure.pinned").wait_for()
        assert pinned(page) == titles[1:]  # what the chapter no longer says is forgotten


def test_a_low_screen_is_left_to_the_text(browser: Browser, home: str) -> None:
    with viewed(browser, "light", {"width": 320, "height": 256}) as page:  # 400 %
        opened(page, home)
        pin(page, "figure 1").press("Enter")
        assert box(page.locator(".pins"))["height"] < 40
        page.locator(".pins-fold").click()
        assert box(page.locator(".pins"))["height"] <= 0.45 * 256 + 1
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_on_paper_everything_stands_in_its_place(page: Page, home: str) -> None:
    opened(page, home)
    pin(page, "figure 1").press("Enter")
    page.emulate_media(media="print")
    assert of(page.locator("figure > .pin").first).evaluate("it => getComputedStyle(it).position") == "static"
    assert not page.locator(".pins, .pin-place, .pin").filter(visible=True).count()


def test_without_scripts_there_are_no_pins(browser: Browser, home: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(home + "neurons/", wait_until="load")
        assert page.locator(".pin").count() == 0


@pytest.mark.parametrize(("scheme", "size"), VIEWS)
def test_axe_finds_nothing(browser: Browser, home: str, scheme: str, size: dict[str, int]) -> None:
    with viewed(browser, scheme, size) as page:
        opened(page, home)
        assert faults(page, "article") == []
        for name in ("figure 1", "formula 3"):
            pin(page, name).press("Enter")
        page.evaluate("document.activeElement.blur()")
        quiet(page)
        for part in (".pins", ".pinnable", ".pin-place"):
            assert faults(page, part) == []
        page.evaluate("document.querySelectorAll('figure')[1].scrollIntoView()")
        quiet(page)
        page.locator(".pins-fold").click()
        assert faults(page, ".pins") == []
