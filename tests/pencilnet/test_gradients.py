"""One oracle over every derivative of the library: the formula must agree with what is measured."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.pencilnet.oracle import PARAMETERS, assert_slope, network_from, with_parameter

from pencilnet import mse_gradient, mse_loss, sigmoid, sigmoid_derivative

SEEDS = range(20)
FACTORS_BY_PARAMETER = (
    *("dh1_dw1", "dh1_dw2", "dh1_db1", "dh2_dw3", "dh2_dw4", "dh2_db2"),
    *("dy_pred_dw5", "dy_pred_dw6", "dy_pred_db3"),
)


def random_point(seed):
    """A network, an example, its label and the records of both passes, all drawn at random."""
    rng = np.random.default_rng(seed)
    network, x, y_true = network_from(rng.normal(size=9)), rng.normal(size=2), rng.random()
    forward = network.forward(x)
    return network, x, y_true, forward, network.backward(forward, y_true)


@given(z=st.floats(-30, 30))
def test_the_derivative_of_the_sigmoid_is_its_slope(z):
    assert_slope("sigmoid_derivative", sigmoid_derivative(z), sigmoid, z)


@given(labels=st.lists(st.floats(-3, 3), min_size=1, max_size=5), data=st.data())
def test_the_gradient_of_the_loss_is_its_slope_along_each_prediction(labels, data):
    predictions = data.draw(st.lists(st.floats(-3, 3), min_size=len(labels), max_size=len(labels)))
    for i, formula in enumerate(mse_gradient(labels, predictions)):

        def loss(prediction, i=i):
            return mse_loss(labels, [*predictions[:i], prediction, *predictions[i + 1 :]])

        assert_slope(f"mse_gradient[{i}]", formula, loss, predictions[i])


@pytest.mark.parametrize("name", PARAMETERS)
@pytest.mark.parametrize("seed", SEEDS)
def test_each_partial_derivative_is_the_slope_of_the_loss_along_its_parameter(seed, name):
    network, x, y_true, _, gradient = random_point(seed)

    def loss(value):
        return (y_true - with_parameter(network, name, value).feedforward(x)) ** 2

    assert_slope(f"dL_d{name}", getattr(gradient, f"dL_d{name}"), loss, getattr(network, name))


@pytest.mark.parametrize("factor", FACTORS_BY_PARAMETER)
@pytest.mark.parametrize("seed", SEEDS)
def test_each_factor_along_a_parameter_is_the_slope_of_its_activation(seed, factor):
    network, x, _, _, gradient = random_point(seed)
    activation, parameter = factor[1:].rsplit("_d", 1)

    def output(value):
        return getattr(with_parameter(network, parameter, value).forward(x), activation)

    assert_slope(factor, getattr(gradient, factor), output, getattr(network, parameter))


@pytest.mark.parametrize("seed", SEEDS)
def test_each_factor_along_a_hidden_activation_is_the_slope_of_the_prediction(seed):
    network, _, _, forward, gradient = random_point(seed)

    def prediction(h1, h2):
        return sigmoid(network.w5 * h1 + network.w6 * h2 + network.b3)

    assert_slope("dy_pred_dh1", gradient.dy_pred_dh1, lambda h1: prediction(h1, forward.h2), forward.h1)
    assert_slope("dy_pred_dh2", gradient.dy_pred_dh2, lambda h2: prediction(forward.h1, h2), forward.h2)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_first_factor_is_the_slope_of_the_loss_along_the_prediction(seed):
    _, _, y_true, forward, gradient = random_point(seed)
    assert_slope("dL_dy_pred", gradient.dL_dy_pred, lambda y: (y_true - y) ** 2, forward.y_pred)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_partial_derivatives_are_the_products_of_their_factors(seed):
    *_, g = random_point(seed)
    through_h1, through_h2 = g.dL_dy_pred * g.dy_pred_dh1, g.dL_dy_pred * g.dy_pred_dh2
    assert g.partials == {
        "w1": through_h1 * g.dh1_dw1,
        "w2": through_h1 * g.dh1_dw2,
        "w3": through_h2 * g.dh2_dw3,
        "w4": through_h2 * g.dh2_dw4,
        "w5": g.dL_dy_pred * g.dy_pred_dw5,
        "w6": g.dL_dy_pred * g.dy_pred_dw6,
        "b1": through_h1 * g.dh1_db1,
        "b2": through_h2 * g.dh2_db2,
        "b3": g.dL_dy_pred * g.dy_pred_db3,
    }
    assert tuple(g.partials) == PARAMETERS


def test_the_oracle_says_where_a_formula_is_wrong():
    message = r"twice the slope at 3: the formula says 12, measured is (6|5\.99)"
    with pytest.raises(AssertionError, match=message):
        assert_slope("twice the slope", 12, lambda x: x * x, 3)
