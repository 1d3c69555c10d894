import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pencilnet import mse_gradient, mse_loss

PAIRS = st.lists(st.tuples(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3)), min_size=1, max_size=8)


def test_answering_0_to_everybody_costs_a_half():
    assert mse_loss([1, 0, 0, 1], [0, 0, 0, 0]) == 0.5


def test_the_loss_is_the_mean_of_the_squares():
    assert mse_loss([1, 2, 3], [2, 2, 5]) == pytest.approx(5 / 3, rel=1e-15)


def test_the_gradient_is_minus_two_nths_of_each_difference():
    assert mse_gradient([1, 2, 3, 4], [3, 2, 2.5, 4]).tolist() == [1, 0, -0.25, 0]


def test_one_number_has_a_loss_and_a_gradient_too():
    assert mse_loss(1, 0.25) == 0.5625
    assert mse_gradient(1, 0.25) == -1.5
    assert type(mse_loss(1, 0.25)) is type(mse_gradient(1, 0.25)) is float


def test_the_gradient_has_the_shape_of_the_predictions():
    y_true, y_pred = np.zeros((3, 2)), np.ones((3, 2))
    assert mse_loss(y_true, y_pred) == 1
    np.testing.assert_array_equal(mse_gradient(y_true, y_pred), np.full((3, 2), 1 / 3))


@given(PAIRS)
def test_the_loss_is_never_negative_and_does_not_mind_who_is_called_true(pairs):
    y_true, y_pred = zip(*pairs, strict=True)
    assert mse_loss(y_true, y_pred) == mse_loss(y_pred, y_true) >= 0
    assert mse_loss(y_true, y_true) == 0


@given(pairs=PAIRS, data=st.data())
def test_the_loss_does_not_mind_the_order_of_the_examples(pairs, data):
    y_true, y_pred = zip(*pairs, strict=True)
    other_true, other_pred = zip(*data.draw(st.permutations(pairs)), strict=True)
    assert mse_loss(y_true, y_pred) == pytest.approx(mse_loss(other_true, other_pred), rel=1e-12)


def test_the_arrays_that_come_in_are_not_changed():
    y_true, y_pred = np.array([1.0, 0.0]), np.array([0.5, 0.5])
    mse_loss(y_true, y_pred)
    mse_gradient(y_true, y_pred)
    assert (y_true.tolist(), y_pred.tolist()) == ([1, 0], [0.5, 0.5])
