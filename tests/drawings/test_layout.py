"""No label lies on another or leaves its drawing, as far as letters can be measured without a browser.

With one, tests/browser/test_figures.py measures them.
"""

import pytest
from tests.drawings.boxes import Label, collisions, label, strays
from tests.drawings.gallery import FIGURES, SVG, drawn, said, tree

from drawings.drawing import WIDTH

EM = 0.5
"""The average width of a letter in a book serif."""


def estimated(text) -> Label:
    """A line of text with a width taken from the number and the size of its letters."""
    x, y, size = (float(text.get(name)) for name in ("x", "y", "font-size"))
    letters = len(text.text or "") + sum(
        len(run.text or "") * float(run.get("font-size", size)) / size + len(run.tail or "") for run in text
    )
    width = EM * size * letters
    left = {"middle": x - width / 2, "end": x - width}.get(text.get("text-anchor"), x)
    return label(said(text), left, width, y, size)


@pytest.mark.parametrize("figure", FIGURES)
def test_labels_keep_clear_of_each_other_and_of_the_edges(figure: str):
    drawing = drawn(figure)
    labels = [estimated(text) for text in tree(drawing).iter(SVG + "text")]
    assert collisions(labels) == []
    assert strays(labels, drawing) == []


@pytest.mark.parametrize("figure", FIGURES)
def test_every_shape_lies_inside(figure: str):
    drawing = drawn(figure)
    for circle in tree(drawing).iter(SVG + "circle"):
        x, y, r = (float(circle.get(name)) for name in ("cx", "cy", "r"))
        assert r <= x <= WIDTH - r
        assert drawing.top + r <= y <= drawing.top + drawing.height - r
    for rect in tree(drawing).iter(SVG + "rect"):
        x, y, width, height = (float(rect.get(name)) for name in ("x", "y", "width", "height"))
        assert 0 <= x <= WIDTH - width
        assert drawing.top <= y <= drawing.top + drawing.height - height


def test_a_collision_and_a_stray_are_seen():
    drawing = drawn("neuron")
    labels = [label("a", 10, 20, 50, 15), label("b", 25, 20, 55, 15), label("c", 410, 20, 50, 15)]
    assert collisions(labels) == [("a", "b")]
    assert strays(labels, drawing) == ["c"]
