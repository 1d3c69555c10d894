"""Activation functions, and what happens through layers: where the lines lie and what the pictures say."""

import numpy as np
import pytest
from tests.drawings.gallery import centre, drawn, having, points, read_off, said, tree
from tests.pencilnet.refused import refused

from drawings import activation_curve, through_layers
from drawings.lettering import width, words
from pencilnet import ACTIVATIONS

every_activation = pytest.mark.parametrize("name", ACTIVATIONS)


@every_activation
def test_both_curves_are_those_of_the_functions(name):
    root = tree(activation_curve(name))
    for function, class_ in zip(ACTIVATIONS[name], ("q-activation", "q-gradient"), strict=True):
        for path in having(root, "curve"):
            if class_ in path.get("class"):
                z, y = read_off(root, points(path)).T
                away = np.abs(z) > 0.01  # where a slope may jump; the disc and the ring are for that
                np.testing.assert_allclose(function(z[away]), y[away], atol=0.02)


@every_activation
def test_the_curves_go_from_one_end_to_the_other(name):
    root = tree(activation_curve(name))
    for class_ in ("q-activation", "q-gradient"):
        z = np.concatenate(
            [
                read_off(root, points(path))[:, 0]
                for path in having(root, "curve")
                if class_ in path.get("class")
            ]
        )
        np.testing.assert_allclose([z.min(), z.max()], [-3, 3], atol=0.01)


@pytest.mark.parametrize(("name", "left"), [("relu", 0), ("leaky_relu", 0.01)])
def test_at_a_kink_a_disc_is_the_slope_and_a_ring_where_it_goes_on(name, left):
    root = tree(activation_curve(name))
    (disc,), (ring,) = having(root, "dot"), having(root, "ring")
    np.testing.assert_allclose(read_off(root, centre(disc)), [[0, left]], atol=0.01)
    np.testing.assert_allclose(read_off(root, centre(ring)), [[0, 1]], atol=0.01)
    assert ring.get("fill") == "none"


@pytest.mark.parametrize("name", ["identity", "sigmoid", "tanh", "gelu"])
def test_without_a_kink_there_is_neither(name):
    root = tree(activation_curve(name))
    assert [*having(root, "dot"), *having(root, "ring")] == []


def test_the_slope_is_dashed_and_the_function_is_not():
    whole, *slopes = having(tree(drawn("activation, ReLU")), "curve")
    assert whole.get("stroke-dasharray") is None
    assert [path.get("stroke-dasharray") for path in slopes] == ["7 6", "7 6"]


def test_an_activation_curve_says_what_is_to_be_seen():
    assert activation_curve("leaky_relu").title == "Leaky ReLU and its slope"
    assert activation_curve("leaky_relu").description == (
        "The curve of leaky ReLU over the sum z: −0.03 at −3, −0.01 at −1, 0 at 0, 1 at 1, 3 at 3. "
        "Its slope, dashed: 0.01 at −3, 0.01 at −1, 0.01 at 0, 1 at 1, 1 at 3. "
        "At 0 the slope jumps from 0.01, marked by a disc, to 1, marked by a ring."
    )
    assert activation_curve("tanh").title == "Tanh and its slope"
    assert "jumps" not in activation_curve("tanh").description


def test_an_activation_that_nobody_knows_is_refused():
    known = "sigmoid, identity, tanh, relu, leaky_relu, gelu"
    with refused(f"the activation should be one of {known}, and got 'swish'"):
        activation_curve("swish")


LINES = {"falls": [1, 0.1, 0.01], "stays": [1, 1, 1], "rises": [1, 10, 100]}


def test_the_lines_pass_through_their_points_read_off_the_axes():
    root = tree(through_layers(LINES, of="size"))
    (axes,) = having(root, "axes")
    (x0, x1, left, right), (y0, y1, bottom, top) = (
        [float(n) for n in axes.get(f"data-{d}").split()] for d in "xy"
    )
    assert (x0, x1, y0, y1) == (1, 3, -2, 2)
    for name, values in LINES.items():
        (line,) = having(root, "curve", name=name)
        across = left + np.arange(3) * (right - left) / 2
        up = bottom + (np.log10(values) - y0) * (top - bottom) / (y1 - y0)
        np.testing.assert_allclose(points(line), np.column_stack([across, up]), atol=0.01)


def test_no_two_lines_are_drawn_alike():
    root = tree(drawn("through layers"))
    dashes = [line.get("stroke-dasharray") for line in having(root, "curve")]
    assert len(set(dashes)) == len(dashes) == 5


def test_each_line_is_named_beside_its_end_in_their_order_from_above():
    root = tree(drawn("through layers"))
    names = sorted(having(root, "label"), key=lambda text: float(text.get("y")))
    assert [said(text) for text in names] == ["GELU", "ReLU", "leaky ReLU", "tanh", "sigmoid"]
    for text in names:
        (line,) = having(root, "curve", name=said(text))
        assert abs(float(text.get("y")) - points(line)[-1, 1]) < 25


def test_the_ticks_are_layers_and_powers_of_ten():
    root = tree(through_layers(LINES, of="size"))
    ticks = [said(tick) for tick in having(root, "tick")]
    assert ticks == ["1", "2", "3", "10⁻²", "10⁻¹", "1", "10¹", "10²"]


def test_names_at_the_lower_end_stay_off_the_ticks():
    root = tree(through_layers({"a": [1, 0.01], "b": [1, 0.01], "c": [1, 0.01]}, of="size"))
    places = [float(name.get("y")) - 5 for name in having(root, "label")]
    assert places == pytest.approx([206, 225, 244], abs=0.1)


def test_long_names_leave_less_room_for_the_lines():
    for name in ("a", "sigmoid, standard normal"):
        root = tree(through_layers({name: [1, 0.1]}, of="size"))
        (text,) = having(root, "label")
        assert float(text.get("x")) + width(words(name)) <= 414.01


def test_lines_that_never_change_have_a_scale_too():
    (axes,) = having(tree(through_layers({"one": [1, 1]}, of="size")), "axes")
    assert axes.get("data-y") == "0 1 244 36"


@pytest.mark.parametrize("quantity", ["gradient", "sum", "activation"])
def test_the_lines_have_the_colour_of_their_quantity(quantity):
    root = tree(through_layers(LINES, of="size", quantity=quantity))
    assert len([*having(root, f"q-{quantity}")]) == 1 + len(LINES)


def test_what_happens_through_layers_is_said():
    drawing = through_layers({"tanh": [1, 0.25]}, of="size of the gradient")
    assert drawing.title == "Size of the gradient, layer by layer"
    assert drawing.description == (
        "The size of the gradient on a scale of powers of ten. Along the axis: layers, from 1 to 2. "
        "The line of tanh goes from 1 to 0.25."
    )


@pytest.mark.parametrize(
    ("values", "more", "message"),
    [
        ({}, {}, "the picture needs at least one line, and got none"),
        ({str(k): [1, 2] for k in range(6)}, {}, "a drawing has room for 5 lines, and got 6"),
        ({"a": [1, 2], "b": [1]}, {}, "there should be as many values of a as values of b: "
         "2 values of a, 1 values of b"),
        ({"a": [1]}, {}, "a line needs at least 2 layers, and got 1"),
        ({"a": [1, 0]}, {}, "each value of a should be above 0, and got 0.0"),
        ({"a": [1, np.inf]}, {}, "the values of a should be finite numbers, and number 2 is inf"),
        ({"a": [1, 2]}, {"quantity": "loss"},
         "the lines can have the colour of a gradient, a sum or an activation, and got 'loss'"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_through_layers_is_refused(values, more, message):
    with refused(message):
        through_layers(values, of="size", **more)
