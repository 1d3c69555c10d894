"""Readers of a figure that can be moved: with a mouse, a finger, or a keyboard and nothing else."""

import base64
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page
from tests.browsing import READY
from tests.live.conftest import LAPTOP, PATIENCE, book, context, home, page

__all__ = ["book", "context", "home", "page"]  # fixtures
PHONE = {"width": 390, "height": 844}
PICTURES = Path(__file__).with_name("pictures")
VIEWS = [(scheme, size) for scheme in ("light", "dark") for size in (PHONE, LAPTOP)]
SHIFTS = """window.shifts = 0;
new PerformanceObserver((list) => {
    for (const shift of list.getEntries()) if (!shift.hadRecentInput) window.shifts += shift.value;
}).observe({ type: "layout-shift", buffered: true });"""
STILL = "document.querySelector('.md-header').style.setProperty('position', 'static')"
"""The header does not come into the picture of a figure that is higher than the window."""
DIFFERENCE = """async ([before, now]) => {
    const small = async (png) => {
        const picture = await createImageBitmap(await (await fetch("data:image/png;base64," + png)).blob());
        const [width, height] = [Math.ceil(picture.width / 4), Math.ceil(picture.height / 4)];
        const pen = new OffscreenCanvas(width, height).getContext("2d");
        pen.imageSmoothingQuality = "high";
        pen.drawImage(picture, 0, 0, width, height);
        const dots = pen.getImageData(0, 0, width, height).data;
        return { width: picture.width, height: picture.height, dots };
    };
    const [a, b] = [await small(before), await small(now)];
    if (a.width !== b.width || Math.abs(a.height - b.height) > 4) return 1;
    const length = Math.min(a.dots.length, b.dots.length);
    let other = 0;
    for (let k = 0; k < length; k += 4) {
        const far = Math.max(...[0, 1, 2].map((c) => Math.abs(a.dots[k + c] - b.dots[k + c])));
        if (far > 48) other += 1;
    }
    return (4 * other) / length;
}"""


def opened(page: Page, address: str, figure: str) -> Locator:
    """A page that has been opened, and the element of one of its figures, in view."""
    page.goto(address)
    page.wait_for_function(READY)
    page.evaluate("document.fonts.ready")
    element = page.locator(f"#{figure}")
    element.locator("xpath=ancestor::figure").scroll_into_view_if_needed()
    return element


def figure_of(element: Locator) -> Locator:
    """All of the figure: the drawing, the buttons, the caption."""
    return element.locator("xpath=ancestor::figure")


def shown(element: Locator, quantity: str) -> str:
    """The number that the drawing shows for a quantity."""
    return figure_of(element).locator(f'svg.drawing [data-quantity="{quantity}"] .value').first.text_content()


def settled(page: Page) -> None:
    """Two frames later: what was set is drawn."""
    page.evaluate(
        "() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(() => go(null))))"
    )


def drag(page: Page, handle: Locator, dx: float, dy: float, steps: int = 8) -> None:
    """By mouse, so many pixels."""
    target = handle.locator(".handle-target").bounding_box()
    x, y = target["x"] + target["width"] / 2, target["y"] + target["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + dx, y + dy, steps=steps)
    page.mouse.up()
    settled(page)


def swipe(page: Page, handle: Locator, dx: float, dy: float, steps: int = 8) -> None:
    """By finger, so many pixels. The page needs a context that has touch."""
    target = handle.locator(".handle-target").bounding_box()
    x, y = target["x"] + target["width"] / 2, target["y"] + target["height"] / 2
    finger = page.context.new_cdp_session(page)
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for k in range(1, steps + 1):
        point = {"x": x + dx * k / steps, "y": y + dy * k / steps}
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    settled(page)


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A reader with a phone."""
    options = {"viewport": PHONE, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
    with browser.new_context(**options, reduced_motion="reduce", service_workers="block") as context:
        context.set_default_timeout(PATIENCE)
        yield context.new_page()


@contextmanager
def viewed(browser: Browser, scheme: str, size: dict[str, int]) -> Iterator[Page]:
    """A page in one scheme and size."""
    options = {"color_scheme": scheme, "viewport": size, "reduced_motion": "reduce"}
    with browser.new_context(**options, service_workers="block") as context:
        context.set_default_timeout(PATIENCE)
        context.add_init_script(SHIFTS)
        yield context.new_page()


def steady(page: Page) -> bool:
    """Nothing has jumped unasked, in a page of `viewed` whose letters have been there from the beginning."""
    return page.evaluate("window.shifts") < 0.005


def without_fonts(page: Page) -> Page:
    """The letters stay those that the device has: none that arrives late breaks a line elsewhere."""
    page.route("**/fonts/*", lambda route: route.abort())
    return page


def faults(page: Page, inside: str) -> list[str]:
    """What axe finds wrong within a selector."""
    found = Axe().run(page, context=inside).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


ON_A_WHOLE_DOT = """(part) => {
    const top = part.getBoundingClientRect().top + scrollY;
    part.style.position = "relative";
    part.style.top = `${Math.ceil(top) - top}px`;
}"""
"""Else the lines of text above, which have no whole height, would decide how the figure is rounded."""


@pytest.fixture
def looks(browser: Browser) -> Callable[[Locator, str], None]:
    """Compares a part of a page with the picture of it that was found good; ACCEPT=1 takes it as the new one.

    Both are made four times smaller, so that another machine's edges of letters do not count, and at most
    1 dot in 200 may differ visibly.
    """

    def compare(part: Locator, name: str) -> None:
        part.page.mouse.move(0, 0)
        part.page.evaluate(STILL)
        part.evaluate(ON_A_WHOLE_DOT)
        now = part.screenshot(animations="disabled")
        file = PICTURES / f"{name}.png"
        if os.environ.get("ACCEPT"):
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(now)
            return
        assert file.exists(), f"no picture {name}; look at it, then ACCEPT=1"
        with browser.new_context() as context:
            pair = [base64.b64encode(png).decode() for png in (file.read_bytes(), now)]
            share = context.new_page().evaluate(DIFFERENCE, pair)
        if share > 0.005:
            seen = file.with_suffix(".now.png")
            seen.write_bytes(now)
            pytest.fail(f"{name}: {100 * share:.1f} % differs from its picture; see {seen}", pytrace=False)

    return compare
