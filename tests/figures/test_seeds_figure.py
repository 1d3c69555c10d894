"""You are seed n: the marks stand where the library's run ends, and the files are the library's."""

import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.figures.conftest import VIEWS, drag, faults, figure_of, opened, settled, swipe, viewed

from drawings.lettering import printed
from pencilnet import (
    EMILY,
    FRANK,
    OurNeuralNetwork,
    all_y_trues,
    data,
    starting_parameters,
    train_many,
)

TEXTS = "(figure) => [...figure.querySelectorAll('.mark')].map((one) => one.innerHTML)"


@pytest.fixture(scope="module")
def ends() -> np.ndarray:
    """Emily, Frank and the loss of every run, (3, 10000)."""
    runs = train_many(starting_parameters(range(10_000)), data, all_y_trues)
    return np.array([runs.feedforward(EMILY.shifted), runs.feedforward(FRANK.shifted), runs.losses])


def marks(element: Locator) -> list[str]:
    return [mark.text_content() for mark in figure_of(element).locator("svg.drawing .mark text").all()]


def expected(ends: np.ndarray, seed: int) -> list[str]:
    return [f"seed {seed}: {printed(float(value))}" for value in ends[:, seed]]


def typed(element: Locator, seed: object) -> None:
    panel = element.locator(".figure-controls")
    if panel.is_hidden():
        element.get_by_role("button", name="Change it").click()
    element.locator("#your-seed-seed").fill(str(seed))
    element.locator("#your-seed-seed").press("Enter")
    settled(element.page)


def comes(element: Locator, seed: int) -> None:
    expect(figure_of(element).locator(".mark text").first).to_contain_text(f"seed {seed}:")


def test_the_files_are_the_librarys(book: Path, ends: np.ndarray):
    files = {
        name: np.frombuffer((book / "seeds" / f"{name}.bin").read_bytes(), "<f8")
        for name in ("starts", "ends")
    }
    assert (files["starts"].reshape(1000, 9) == starting_parameters(range(1000))).all()
    np.testing.assert_allclose(files["ends"].reshape(3, 10_000), ends, rtol=1e-12)
    network = OurNeuralNetwork(rng=np.random.RandomState(44))
    network.train(data, all_y_trues)
    assert files["ends"][44] == pytest.approx(network.feedforward(EMILY.shifted), rel=1e-9)


def test_by_keyboard(page: Page, home: str, ends: np.ndarray):
    element = opened(page, f"{home}descent/", "your-seed")
    assert marks(element) == expected(ends, 44)
    element.get_by_role("button", name="Change it").focus()
    page.keyboard.press("Enter")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "your-seed-seed":
            break
    page.keyboard.type("2412")
    page.keyboard.press("Enter")
    comes(element, 2412)
    assert marks(element) == expected(ends, 2412)
    page.keyboard.press("ArrowUp")
    comes(element, 2413)
    assert marks(element) == expected(ends, 2413)
    share = round(100 * float((ends[2] < ends[2, 2413]).mean()))
    expect(element.locator(".figure-words")).to_contain_text(f"higher than {share} % of the runs.")


def moved(element: Locator, by, ends: np.ndarray) -> None:
    typed(element, 45)
    comes(element, 45)
    mark = figure_of(element).locator(".mark").first
    mark.scroll_into_view_if_needed()
    by(element.page, mark, 40, 0)
    seed = int(element.evaluate("(figure) => figure.values.seed"))
    assert seed != 45
    assert ends[0, seed] > ends[0, 45]
    assert marks(element) == expected(ends, seed)


def test_by_mouse(page: Page, home: str, ends: np.ndarray):
    moved(opened(page, f"{home}descent/", "your-seed"), drag, ends)


def test_by_touch(phone: Page, home: str, ends: np.ndarray):
    moved(opened(phone, f"{home}descent/", "your-seed"), swipe, ends)


def test_a_seed_that_leaves_frank_unsure(page: Page, home: str, ends: np.ndarray):
    element = opened(page, f"{home}descent/", "your-seed")
    sure, unsure = int(np.argmin(ends[1])), int(np.argmax(ends[1]))
    typed(element, sure)
    comes(element, sure)
    expect(element.locator(".said")).to_contain_text("the lowest of all runs")
    assert element.locator(".figure-note").text_content() == ""
    typed(element, unsure)
    expect(element.locator(".figure-note")).to_contain_text(f"gives Frank {printed(float(ends[1, unsure]))}")


def test_a_link_carries_it_and_reset_takes_it_back(page: Page, home: str, ends: np.ndarray):
    element = opened(page, f"{home}descent/", "your-seed")
    before = figure_of(element).evaluate(TEXTS)
    typed(element, 9999)
    comes(element, 9999)
    element.get_by_role("button", name="Copy link").click()
    expect(element.locator(".figure-note")).to_contain_text("copied")
    again = opened(page.context.new_page(), page.url, "your-seed")
    comes(again, 9999)
    assert marks(again) == expected(ends, 9999)
    element.get_by_role("button", name="Reset").click()
    settled(page)
    strip = re.compile(r'<circle class="handle-target"[^>]*>(</circle>)?')
    after = figure_of(element).evaluate(TEXTS)
    assert [strip.sub("", text) for text in after] == [strip.sub("", text) for text in before]


def test_a_bad_link_and_missing_files_harm_nothing(page: Page, home: str, ends: np.ndarray):
    page.route("**/ends.bin", lambda route: route.fulfill(status=404))
    element = opened(page, f"{home}descent/?your-seed=seed:10000", "your-seed")
    expect(element.locator(".figure-note.wrong")).to_contain_text("between 0 and 9999")
    typed(element, 7)
    expect(element.locator(".figure-note.wrong")).to_contain_text("can’t be had")
    assert marks(element) == expected(ends, 44)


@pytest.mark.parametrize(("scheme", "size"), VIEWS)
def test_it_looks_as_it_did(browser: Browser, home: str, looks, scheme: str, size: dict[str, int]):
    with viewed(browser, scheme, {**size, "height": 1700}) as page:
        element = opened(page, f"{home}descent/", "your-seed")
        assert faults(page, "figure:has(#your-seed)") == []
        typed(element, 2412)
        comes(element, 2412)
        page.wait_for_timeout(800)
        element.get_by_role("button", name="Table").click()
        assert faults(page, "figure:has(#your-seed)") == []
        looks(figure_of(element), f"seeds-{scheme}-{size['width']}")
