"""Every drawing as a browser lays it out: no label on another or outside, its name and description heard."""

import pytest
from playwright.sync_api import Browser, Locator, Page
from tests.drawings.boxes import collisions, label, strays
from tests.drawings.gallery import FIGURES, drawn
from tests.site.book import ROOT

SHEETS = "".join(
    f'<link rel="stylesheet" href="{(ROOT / "docs" / "styles" / name).as_uri()}.css">'
    for name in ("tokens", "type", "figures")
)
MEASURED = """svg => [...svg.querySelectorAll("text")].map(text => {
    const box = text.getBBox();
    return [text.textContent, box.x, box.width, +text.getAttribute("y"), +text.getAttribute("font-size")];
})"""
PAINTED = """svg => [...svg.querySelectorAll("circle, path, rect, text")].map(shape => {
    const style = getComputedStyle(shape);
    const quantity = shape.closest("[class*=q-]")?.getAttribute("class").match(/q-[a-z]+/)[0] ?? "";
    return [quantity, style.color, style.stroke, style.fill];
})"""


@pytest.fixture(scope="module", params=["styled", "bare"])
def page(request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory):
    """All drawings on one page, with the book's sheets or without any."""
    sheets = SHEETS if request.param == "styled" else ""
    figures = "".join(f"<figure>{drawn(figure)}</figure>" for figure in FIGURES)
    file = tmp_path_factory.mktemp("figures") / "figures.html"
    file.write_text(f'<!doctype html><meta charset="utf-8">{sheets}<body>{figures}', "utf-8")
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(file.as_uri())
    page.evaluate("document.fonts.ready.then(() => null)")
    yield page
    page.close()


def svg(page: Page, figure: str) -> Locator:
    return page.locator("svg").nth(list(FIGURES).index(figure))


@pytest.mark.parametrize("figure", FIGURES)
def test_labels_keep_clear_of_each_other_and_of_the_edges(page: Page, figure: str):
    labels = [label(*measured) for measured in svg(page, figure).evaluate(MEASURED)]
    assert collisions(labels) == []
    assert strays(labels, drawn(figure)) == []


def test_a_drawing_is_heard_as_an_image_with_its_name_and_its_description(page: Page):
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    heard = [
        (node["name"]["value"], node["description"]["value"])
        for node in nodes
        if not node["ignored"] and node["role"]["value"] == "image"
    ]
    drawings = [drawn(figure) for figure in FIGURES]
    assert heard == [(drawing.title, drawing.description) for drawing in drawings]


def test_everything_is_painted_and_a_quantity_always_in_its_one_colour(page: Page):
    colours: dict[str, set[str]] = {}
    for figure in FIGURES:
        for quantity, colour, stroke, fill in svg(page, figure).evaluate(PAINTED):
            assert (stroke, fill) != ("none", "none")
            if quantity:
                assert colour in (stroke, fill)
                colours.setdefault(quantity, set()).add(colour)
    assert len(colours) == 7
    assert {len(painted) for painted in colours.values()} == {1}
    styled = page.locator("link").count() > 0
    assert len(set.union(*colours.values())) == (7 if styled else 1)
