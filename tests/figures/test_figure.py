"""What holds for all figures that can be moved: where they stand, what they weigh, what they ask for."""

import gzip
import re

import pytest
from tests.conftest import Site
from tests.site.book import ROOT

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


def test_room_is_kept_for_every_figures_buttons():
    sheet = (ROOT / "docs" / "styles" / "figures.css").read_text("utf-8")
    (rule,) = re.findall(r"@media \(scripting: enabled\) \{\s*([^{]*)\{\s*min-height", sheet)
    assert {one.strip() for one in rule.split(",")} == set(NAMES)
