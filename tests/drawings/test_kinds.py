"""Several answers: bars of sums and shares, the curve of the surprise, and the regions of three classes."""

import math

import numpy as np
import pytest
from tests.drawings.gallery import (
    KINDS,
    SHAPES,
    centre,
    drawn,
    having,
    kinds_network,
    points,
    read_off,
    said,
    tree,
)
from tests.pencilnet.refused import refused

from drawings import class_map, softmax_bars, surprise_curve
from pencilnet import Network, softmax


def height(bar):
    (rect,) = (child for child in bar if child.tag.endswith("rect"))
    return float(rect.get("height"))


def test_each_bar_is_as_high_as_its_number():
    root = tree(softmax_bars([2, 1, -1], SHAPES))
    sums, shares = ([height(bar) for bar in having(root, f"q-{kind}")] for kind in ("sum", "activation"))
    np.testing.assert_allclose(np.divide(sums, sums[1]), [2, 1, 1], rtol=1e-3)
    np.testing.assert_allclose(np.divide(shares, 140), softmax([2, 1, -1]), atol=1e-4)


def test_a_bar_below_zero_hangs_down():
    bars = list(having(tree(softmax_bars([2, -1], ["a", "b"])), "q-sum"))
    tops = [float(next(c for c in bar if c.tag.endswith("rect")).get("y")) for bar in bars]
    assert tops[1] == pytest.approx(tops[0] + height(bars[0]), abs=0.02)


@pytest.mark.parametrize("z", [[0, 0], [-3, -1], [1000, 999, 997]])
def test_any_sums_can_be_drawn(z):
    drawing = softmax_bars(z, ["a", "b", "c"][: len(z)])
    assert len(list(having(tree(drawing), "bar"))) == 2 * len(z)


def test_the_bars_say_what_is_to_be_seen():
    assert softmax_bars([2, -1], ["a", "b"]).description == (
        "Bars for 2 classes, on the left their sums, on the right the probabilities that softmax makes of "
        "them, which sum to 1. For a: sum 2, probability 0.953 and b: sum −1, probability 0.0474."
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([1], ["a"]), "softmax compares at least two sums, and got one"),
        (([1, 2], ["a"]), "there should be as many names as sums: 1 names, 2 sums"),
        ((range(7), "abcdefg"), "a drawing has room for 6 classes, and got 7"),
        (([1, math.nan], "ab"), "the sums should be finite numbers, and number 2 is nan"),
    ],
)
def test_bars_that_cannot_be_drawn_are_refused(arguments, message):
    with refused(message):
        softmax_bars(*arguments)


@pytest.mark.parametrize("over", ["probability", "sum"])
def test_the_two_losses_are_read_off_the_axes(over: str):
    root = tree(surprise_curve(over))
    for name, wanted in (("surprise", lambda p: -np.log(p)), ("square", lambda p: (1 - p) ** 2)):
        (path,) = having(root, name)
        x, y = read_off(root, points(path)).T
        p = x if over == "probability" else 1 / (1 + np.exp(-x))
        # At so steep a place as p = 0.01 a hundredth of a unit to the right is much of one down.
        sure = p > 0.05 if over == "probability" else np.full(len(p), True)
        np.testing.assert_allclose(y[sure], wanted(p[sure]), atol=0.01)


def test_the_squared_error_is_dashed_and_the_surprise_is_not():
    root = tree(surprise_curve())
    dashes = [next(having(root, name)).get("stroke-dasharray") for name in ("surprise", "square")]
    assert dashes[0] is None
    assert dashes[1]


def test_marks_stand_on_the_surprise_with_its_number():
    root = tree(surprise_curve(marks=[0.5]))
    (mark,) = having(root, "mark")
    (dot,) = having(mark, "dot")
    np.testing.assert_allclose(read_off(root, centre(dot)), [[0.5, math.log(2)]], atol=1e-3)
    assert said(mark) == "0.693"


def test_the_curve_says_what_is_to_be_seen():
    assert surprise_curve("sum", marks=[-6, 2]).description == (
        "Two curves over the sum z of a neuron whose right answer is 1. Far to the left, where it is very "
        "wrong, the surprise is a slope that stays as steep as it is, and the squared error, dashed, is a "
        "level plain just below 1. To the right both are nearly 0. "
        "Marked: the surprise is 6.00 at z = −6 and 0.127 at z = 2."
    )


@pytest.mark.parametrize(
    ("over", "marks", "message"),
    [
        ("loss", [], "the curve can be drawn over the probability or the sum, and got 'loss'"),
        ("probability", [0.001], "a mark should lie between 0.00674 and 1, and got 0.001"),
        ("sum", [-8], "a mark should lie between -7 and 7, and got -8.0"),
        ("probability", [0.5] * 5, "a drawing has room for 4 marks, and got 5"),
    ],
)
def test_a_curve_that_cannot_be_drawn_is_refused(over, marks, message):
    with refused(message):
        surprise_curve(over, marks)


def test_all_hatching_lies_in_the_region_of_its_class():
    root = tree(drawn("class map"))
    network = kinds_network()
    for number, shape in enumerate(SHAPES):
        (path,) = (part for part in having(root, "hatching") if shape in part.get("class").split())
        ends = read_off(root, points(path))
        middles = (ends[::2] + ends[1::2]) / 2
        assert len(ends) > 20
        assert (network.feedforward(middles).argmax(axis=1) == number).all()


def test_along_the_borders_the_two_largest_sums_are_equal():
    root = tree(drawn("class map"))
    ends = np.concatenate([points(path) for path in having(root, "boundary")])
    sums = np.sort(kinds_network().forward(read_off(root, ends)).z[-1], axis=1)
    np.testing.assert_allclose(sums[:, 2], sums[:, 1], atol=0.05)


def test_the_examples_stand_where_they_are_and_strays_are_ringed():
    root = tree(drawn("class map"))
    assert len(list(having(root, "example"))) == len(KINDS[0])
    rings = [ring for example in having(root, "example") for ring in having(example, "wrong")]
    x, kinds = KINDS
    strays = x[kinds_network().feedforward(x).argmax(axis=1) != kinds]
    np.testing.assert_allclose(read_off(root, np.vstack([centre(ring) for ring in rings])), strays, atol=0.01)


def test_without_a_stray_the_key_has_no_ring():
    network = Network.from_parameters([[[0, 1, -1], [1, 0, 0]]], [[0, 0, 0]])
    drawing = class_map(network, [[0, 2], [2, 0], [-2, 0]], [0, 1, 2], ["up", "right", "left"])
    assert list(having(tree(drawing), "wrong")) == []
    assert drawing.description == (
        "A plane with the inputs x1 to the right and x2 upwards, both from −3 to 3, divided into regions by "
        "strong lines, each region hatched in its own direction: where one class is the most probable. "
        "The discs, class up, stand at (0, 2). The squares, class right, stand at (2, 0). "
        "The diamonds, class left, stand at (−2, 0). All are answered rightly."
    )


@pytest.mark.parametrize(
    ("sizes", "x", "classes", "names", "message"),
    [
        (
            [2, 2],
            [[0, 0]],
            [0],
            SHAPES,
            "the network should have 2 inputs and 3 outputs, and its sizes are [2, 2]",
        ),
        ([2, 3], [[0]], [0], SHAPES, "there should be as many inputs as axes: 1 inputs, 2 axes"),
        (
            [2, 3],
            [[0, 0]],
            [0, 1],
            SHAPES,
            "there should be as many classes as examples: 2 classes, 1 examples",
        ),
        (
            [2, 3],
            [[0, 0]],
            [0],
            ["a"],
            "there should be as many names as kinds of point: 1 names, 3 kinds of point",
        ),
        ([2, 3], [[0, 0]], [3], SHAPES, "a class should be 0, 1 or 2, and got 3"),
    ],
)
def test_a_map_that_cannot_be_drawn_is_refused(sizes, x, classes, names, message):
    with refused(message):
        class_map(Network(sizes, rng=np.random.default_rng(0)), x, classes, names)
