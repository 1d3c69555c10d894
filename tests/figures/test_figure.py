"""What holds for all figures that can be moved: where they stand, what they weigh, what they ask for."""

import gzip
import re

import pytest
from playwright.sync_api import Browser
from tests.conftest import Site
from tests.figures.conftest import PHONE, SHIFTS, home, steady, without_fonts
from tests.live.conftest import LAPTOP, book
from tests.site.book import ROOT

__all__ = ["book", "home"]  # fixtures
HIGH = """() => [...document.querySelectorAll("figure")].map((one) => one.getBoundingClientRect().height)"""
ELEMENTS = ROOT / "docs" / "elements"
NAMES = re.findall(r'"(\w+-figure)"', (ELEMENTS / "elements.js").read_text("utf-8"))
MOST = 60 * 1024
"""Bytes, compressed."""


def test_all_figures_together_are_light():
    behaviours = [ELEMENTS / f"{name}.js" for name in ("quantities", "pins", "beside")]
    files = [*(ELEMENTS / "figures").glob("*.js"), *behaviours]
    assert len(files) > len(NAMES)
    assert sum(len(gzip.compress(file.read_bytes())) for file in files) <= MOST


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_stands_with_its_drawing_and_its_caption(site: Site, name: str):
    """And in one place, under a name of its own by which a link can set it."""
    found = [one for page in site.pages.values() for one in page.tree.xpath(f"//{name}")]
    assert found, "no page has it"
    for one in found:
        (figure,) = one.xpath("ancestor::figure")
        assert figure.xpath(".//*[local-name() = 'svg'][contains(@class, 'drawing')]")
        assert figure.xpath(".//figcaption")
        assert one.get("id")
        assert not len(one)
        assert not one.text, "what it adds comes by script; the text is for everyone"


@pytest.mark.parametrize("size", [PHONE, LAPTOP])
@pytest.mark.parametrize("url", ["neurons/", "networks/", "loss/", "backpropagation/", "descent/"])
def test_a_figure_has_its_room_before_its_buttons_come(
    browser: Browser, home: str, url: str, size: dict[str, int]
):
    """So nothing jumps when they do."""
    options = {"viewport": size, "has_touch": size is PHONE, "is_mobile": size is PHONE}
    with browser.new_context(**options, reduced_motion="reduce", service_workers="block") as context:
        context.add_init_script(SHIFTS)
        page = without_fonts(context.new_page())
        page.goto(home + url)
        after = page.evaluate(HIGH)
        assert steady(page)
        page.route("**/elements/elements.js*", lambda route: route.abort())
        page.goto(home + url, wait_until="load")
        assert page.evaluate(HIGH) == pytest.approx(after, abs=1)
