"""The pictures of layers and of products: everything in them is in the network and in the tables."""

import numpy as np
import pytest
from tests.drawings.gallery import ALICE, SVG, having, layers, number, product, said, tree

import drawings
from pencilnet import data

WEIGHTS = np.array([[1.0, -2.0], [-1.0, 3.0]])


def numbers(group) -> list[float]:
    return [number(said(value)) for value in having(group, "value")]


def test_the_tables_show_their_numbers_row_by_row():
    groups = tree(product(data, WEIGHTS)).findall(SVG + "g")
    tables = [group for group in groups if group.get("class")]
    assert [group.get("class") for group in tables] == ["q-input", "q-weight", "q-sum"]
    for group, table in zip(tables, (data, WEIGHTS, data @ WEIGHTS), strict=True):
        assert numbers(group) == table.ravel().tolist()
        assert said(group).endswith("({}, {})".format(*table.shape))


@pytest.mark.parametrize(("row", "column"), [(0, 0), (3, 1), (2, 0)])
def test_the_marks_lie_round_the_row_the_column_and_the_number_they_make(row, column):
    drawing = product(data, WEIGHTS, place=(row, column))
    tables = [group for group in tree(drawing).findall(SVG + "g") if group.get("class")]
    inside = [marked(group) for group in tables]
    assert inside == [data[row].tolist(), WEIGHTS[:, column].tolist(), [(data @ WEIGHTS)[row, column]]]


def marked(group) -> list[float]:
    """The numbers whose middle lies in the thick frame."""
    (mark,) = having(group, "mark")
    left, top, wide, high = (float(mark.get(name)) for name in ("x", "y", "width", "height"))
    return [
        number(said(text))
        for text in group.iter(SVG + "text")
        if list(having(text, "value"))
        and left < float(text.get("x")) < left + wide
        and top < float(text.get("y")) < top + high
    ]


def test_a_product_says_how_the_marked_number_is_made():
    drawing = product([ALICE], WEIGHTS, place=(0, 1))
    assert drawing.title == "The product of two tables, X and W1"
    assert drawing.description == (
        "Three tables of numbers side by side, the first two and their product. "
        "The first, X, has the shape (1, 2), with the rows (−2, −1). "
        "The second, W1, has the shape (2, 2), with the rows (1, −2) and (−1, 3). "
        "The product, X times W1, has the shape (1, 2), with the rows (−1, 1)."
        " The marked number, 1, is row 1 of X times column 2 of W1: −2 × −2 + −1 × 3."
    )


def test_a_turned_table_and_a_slope_have_their_names():
    names = ("X'", "∂Z1", "∂W1")
    drawing = product(data.T, np.ones((4, 2)), names=names)
    labels = [said(text) for text in tree(drawing).iter(SVG + "text")]
    assert {"X", "T", "∂L/∂Z1", "∂L/∂W1"} <= set(labels)
    assert drawing.title == "The product of two tables, X turned on its side and the slopes by Z1"


def test_numbers_have_as_many_digits_as_there_is_room_for():
    few = numbers(tree(product([[1.23456]], [[1.0]], digits=5)))
    assert few == [1.2346, 1, 1.2346]
    many = product(np.full((1, 2), 1.23456), np.full((2, 4), 1.0), digits=5)
    assert numbers(tree(many))[0] == 1.23


def test_layers_have_a_circle_for_each_neuron_and_an_arrow_for_each_weight():
    root = tree(drawings.layered_network(layers(2, 3, 2, 1)))
    columns = [len(list(group.iter(SVG + "circle"))) for group in having(root, "node")]
    assert columns == [2, 3, 2, 1]
    arrows = [edge.get("d").count("M") / 2 for edge in having(root, "edge")]
    assert arrows == [6, 6, 2]  # a line and a head each
    assert [group.get("class") for group in having(root, "node")] == [
        "node q-input", *["node q-activation"] * 3,
    ]  # fmt: skip


def test_layers_have_their_shapes_below():
    labels = [said(text) for text in tree(drawings.layered_network(layers(2, 3, 1))).iter(SVG + "text")]
    assert labels == ["X", "(n, 2)", "A1", "(n, 3)", "A2", "(n, 1)", "W1", "(2, 3)", "W2", "(3, 1)"]


def test_many_columns_have_their_numbers_of_neurons_below():
    labels = [
        said(text) for text in tree(drawings.layered_network(layers(2, *[3] * 9, 1))).iter(SVG + "text")
    ]
    assert labels == ["2", *["3"] * 9, "1"]


def test_of_a_wide_layer_some_circles_are_left_out():
    root = tree(drawings.layered_network(layers(64, 7, 6)))
    columns = [[float(c.get("r")) for c in group.iter(SVG + "circle")] for group in having(root, "node")]
    assert [len(column) for column in columns] == [8, 8, 6]  # five and three dots, five and three dots, all
    assert [sum(r < 2 for r in column) for column in columns] == [3, 3, 0]


def test_layers_are_told_in_words():
    assert drawings.layered_network(layers(2, 3, 1)).description == (
        "Columns of circles from left to right: 2 for the inputs, then neurons: 3 in layer 1 and 1 in "
        "layer 2. "
        "Lines run from every circle of a column to every circle of the next. "
        "The shapes of the weights between them: (2, 3) for W1 and (3, 1) for W2."
    )
