"""What holds for every drawing, whatever it shows."""

import re

import pytest
from tests.drawings.gallery import FIGURES, SVG, drawn, having, said, tree

from drawings import loss_squares

ATTRIBUTES = re.compile(
    r"class|d|d[xy]|x|y|c[xy]|r[xy]?|width|height|role|viewBox|fill(-opacity)?|stroke(-[a-z]+)*|"
    r"font-(size|style|family)|text-anchor|data-[a-z]+"
)
every_drawing = pytest.mark.parametrize("figure", FIGURES)


@every_drawing
def test_has_a_name_and_a_description_before_anything_else(figure: str):
    drawing = drawn(figure)
    root = tree(drawing)
    assert root.get("role") == "img"
    assert [child.tag for child in root[:2]] == [SVG + "title", SVG + "desc"]
    assert [child.text for child in root[:2]] == [drawing.title, drawing.description]
    assert len(list(root.iter(SVG + "title"))) == 1


@every_drawing
def test_says_what_is_to_be_seen_in_sentences(figure: str):
    drawing = drawn(figure)
    assert re.fullmatch(r"[A-Z].*\.", drawing.description)
    assert not re.search(r"\w-\w+=|nan|inf\b|None|\be[-+]\d|(?<![\w-])-\d", drawing.description)
    assert not drawing.title.endswith(".")


@every_drawing
def test_leaves_colour_and_identity_to_the_page(figure: str):
    """No style, no id: many drawings share a page, and their colours come from its sheet."""
    root = tree(drawn(figure))
    assert {element.tag for element in root.iter()} <= {
        SVG + tag for tag in ("svg", "title", "desc", "g", "path", "circle", "rect", "text", "tspan")
    }
    attributes = {name for element in root.iter() for name in element.attrib}
    assert [name for name in attributes if not ATTRIBUTES.fullmatch(name)] == []
    paints = {element.get(name) for element in root.iter() for name in ("fill", "stroke")}
    assert paints <= {None, "none", "currentColor"}


@every_drawing
def test_letters_stay_readable_on_a_phone(figure: str):
    root = tree(drawn(figure))
    assert root.get("viewBox").split()[2] == "420"
    assert min(float(text.get("font-size")) for text in root.iter(SVG + "text")) >= 14


@every_drawing
def test_is_small_and_always_the_same(figure: str):
    once, again = (FIGURES[figure]()._repr_svg_() for _ in range(2))
    assert once == again == str(drawn(figure))
    assert len(once.encode()) < 15_000


@every_drawing
def test_numbers_have_true_minus_signs(figure: str):
    labels = [said(text) for text in tree(drawn(figure)).iter(SVG + "text")]
    assert [label for label in labels if "-" in label] == []


@every_drawing
def test_a_value_is_marked_as_one(figure: str):
    """What the page's elements will change later: the numbers that come from the objects."""
    for value in having(tree(drawn(figure)), "value"):
        assert re.fullmatch(r"−?[\d,.]+(\u2009×\u200910[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?", said(value))


def test_a_name_that_is_markup_is_shown_and_not_obeyed():
    drawing = loss_squares([1], [0], ['<b a="&">'])
    assert '<b a="&">' in [said(text) for text in tree(drawing).iter(SVG + "text")]
    assert '<b a="&">' in drawing.description
