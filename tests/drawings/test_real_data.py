"""Pictures, points and curves of held-out data: where the ink lies, what they say, what is refused."""

import re

import numpy as np
import pytest
from tests.drawings.gallery import drawn, fitted, having, said, tree
from tests.pencilnet.refused import refused

from drawings import learning_curve, pictures, scatter, validation_curve
from pencilnet import FitHistory


def inked(root):
    """Every stroke of ink: where it begins, how long it is and how dark."""
    return [
        (float(x), float(y), float(length), float(path.get("stroke-opacity")))
        for path in having(root, "ink")
        for x, y, length in re.findall(r"M(\S+) (\S+)h([\d.]+)", path.get("d"))
    ]


def test_each_pixel_is_where_it_stands_and_as_dark_as_it_is():
    root = tree(pictures([[[0, 16], [8, 0]]], ["7"], across=5))
    (frame,) = having(root, "frame")
    left, top, wide = (float(frame.get(name)) for name in ("x", "y", "width"))
    dark, grey = sorted(inked(root), key=lambda stroke: -stroke[3])
    assert dark == pytest.approx((left + wide / 2, top + wide / 4, wide / 2, 1), abs=0.06)
    assert grey == pytest.approx((left, top + 3 * wide / 4, wide / 2, 0.5), abs=0.06)


def test_blank_paper_has_no_ink_and_what_is_over_the_edge_is_drawn_as_the_darkest():
    assert inked(tree(pictures(np.zeros((1, 2, 2)), ["0"]))) == []
    assert [stroke[3] for stroke in inked(tree(pictures([[[99, -5]]], ["1"])))] == [1]


def test_neighbours_of_one_darkness_are_one_stroke():
    assert len(inked(tree(pictures([[[4, 4, 0, 4]]], ["1"])))) == 2


def test_the_labels_stand_below_and_are_told():
    drawing = drawn("nine mistakes")
    labels = [said(label) for label in having(tree(drawing), "label")]
    assert labels[:2] == ["0, said 9", "1, said 8"]
    assert drawing.description.startswith("Pictures of 8 rows of 8 squares, darker where there is more ink.")
    assert "0, said 9, 1, said 8" in drawing.description


def test_the_points_of_each_class_have_a_shape_of_their_own():
    root = tree(scatter([1, 2, 2], [1, 2, 2], [0, 1, 1], ["a", "b"], x_name="u", y_name="v"))
    plane = [path.get("d") for path in having(root, "points")]
    assert [path.get("class") for path in having(root, "disc")] == ["points disc"] * 2
    assert [path.get("class") for path in having(root, "ring")] == ["points ring"] * 2
    assert plane[0].endswith("h0")
    assert "a3.5" in plane[2]
    assert plane[2].count("M") == 1  # two examples on one place


def test_the_flowers_are_told_by_class():
    description = drawn("irises").description
    assert description.startswith(
        "Points for 150 examples by petal length (cm) and petal width (cm), "
        "setosa as discs, versicolor as rings and virginica as crosses."
    )
    assert "For setosa, 50 discs: petal length (cm) from 1 to 1.9" in description


def test_the_dot_is_the_lowest_validation_loss():
    drawing = validation_curve(fitted())
    root = tree(drawing)
    dashed, dot = (
        [curve for curve in having(root, "curve") if curve.get("stroke-dasharray")],
        [*having(root, "dot")],
    )
    assert len(dashed) == len(dot) == 1
    assert "lowest: epoch 11, 0.31" in [said(label) for label in having(root, "label")]
    assert "It is lowest after epoch 11, with 0.31, and ends at 0.37" in drawing.description


def test_the_line_goes_through_the_medians_and_a_ring_is_a_run():
    root = tree(learning_curve([10, 100], [[0.5, 0.6, 0.9], [0.8, 0.9, 0.9]]))
    assert len([*having(root, "run")]) == 5  # two runs on one place
    (line,) = having(root, "curve")
    rings = {(ring.get("cx"), ring.get("cy")) for ring in having(root, "run")}
    corners = re.findall(r"[ML](\S+?) ([-\d.]+)", line.get("d"))
    assert len(corners) == 2
    assert set(corners) <= rings
    assert [said(tick) for tick in having(root, "tick")][:2] == ["10", "100"]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: pictures(np.zeros((2, 64)), ["0", "1"]),
            "the images should be pictures, (pictures, rows, columns), and got an array of shape (2, 64)",
        ),
        (
            lambda: pictures(np.zeros((2, 8, 8)), ["0"]),
            "there should be as many images as labels: 2 images, 1 labels",
        ),
        (
            lambda: pictures(np.zeros((21, 1, 1)), ["0"] * 21),
            "a drawing has room for 20 images, and got 21",
        ),
        (
            lambda: scatter([1], [1, 2], [0], ["a"], x_name="u", y_name="v"),
            "there should be as many x as y: 1 x, 2 y",
        ),
        (
            lambda: scatter([1], [1], [1], ["a"], x_name="u", y_name="v"),
            "there are 1 names, and a class 1",
        ),
        (
            lambda: scatter([1], [1], [0], list("abcd"), x_name="u", y_name="v"),
            "a drawing has room for 3 classes, and got 4",
        ),
        (
            lambda: validation_curve(FitHistory(np.array([0.5, 0.4]), 1.0)),
            "the history should have validation losses: fit(..., validation=(x, y))",
        ),
        (
            lambda: validation_curve(FitHistory(np.array([0.5]), 1.0, np.array([0.5]))),
            "the picture needs two epochs, and got 1",
        ),
        (
            lambda: learning_curve([10, 10], [[0.5], [0.6]]),
            "the sizes should be at least two that grow from above 0, and got [10.0, 10.0]",
        ),
        (
            lambda: learning_curve([10, 20], [[0.5], [1.5]]),
            "accuracies lie from 0 to 1, and these from 0.5 to 1.5",
        ),
        (
            lambda: learning_curve([10, 20], [[0.5]]),
            "there should be as many sizes as rows of accuracies: 2 sizes, 1 rows of accuracies",
        ),
    ],
)
def test_what_is_refused(call, message):
    with refused(message):
        call()
