import math
from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from pencilnet import Neuron, sigmoid, sigmoid_derivative

ORDINARY = st.floats(-1e6, 1e6)


def exact_sigmoid(z):
    """The sigmoid with 40 digits."""
    with localcontext(prec=40):
        return 1 / (1 + (-Decimal(z)).exp())


@pytest.mark.parametrize(
    ("z", "expected"),
    [
        (0, 0.5),
        (7, 0.9990889488055994),
        (3, 0.9525741268224334),
        (-3, 0.04742587317756678),
        (0.61, 0.6479408020806503),
    ],
)
def test_the_sigmoid_has_the_values_of_the_book(z, expected):
    assert sigmoid(z) == pytest.approx(expected, rel=1e-15, abs=0)


@given(z=st.floats(-700, 700))
def test_the_sigmoid_and_its_derivative_are_right_to_the_last_digits(z):
    f = exact_sigmoid(z)
    with localcontext(prec=40):
        slope = f * exact_sigmoid(-z)
    assert sigmoid(z) == pytest.approx(float(f), rel=1e-15, abs=0)
    assert sigmoid_derivative(z) == pytest.approx(float(slope), rel=1e-15, abs=0)


@given(z=st.floats(allow_nan=False))
def test_any_float_is_squeezed_into_0_to_1_without_a_warning(z):
    assert 0 <= sigmoid(z) <= 1
    assert 0 <= sigmoid_derivative(z) <= 0.25
    assert 0 <= sigmoid(np.array([z]))[0] <= 1


@pytest.mark.parametrize(("z", "f"), [(-1000, 0), (1000, 1), (-math.inf, 0), (math.inf, 1), (-0.0, 0.5)])
def test_far_from_0_the_sigmoid_reaches_its_limits(z, f):
    assert sigmoid(z) == sigmoid(np.array([z]))[0] == f
    assert sigmoid_derivative(z) == f * (1 - f)


def test_what_is_not_a_number_stays_so():
    assert math.isnan(sigmoid(math.nan))
    assert math.isnan(sigmoid_derivative(math.nan))
    assert np.isnan(sigmoid([math.nan, 0])).tolist() == [True, False]


@given(z=arrays.arrays(float, arrays.array_shapes(min_dims=0, min_side=0), elements=ORDINARY))
def test_an_array_gives_what_its_numbers_give_one_by_one(z):
    for function in (sigmoid, sigmoid_derivative):
        one_by_one = np.array([function(number) for number in z.ravel()]).reshape(z.shape)
        np.testing.assert_allclose(function(z), one_by_one, rtol=1e-15, atol=0)
        assert np.shape(function(z)) == z.shape


@pytest.mark.parametrize("z", [2, 2.0, np.float64(2), np.int8(2), np.array(2)])
def test_one_number_gives_a_plain_float(z):
    assert type(sigmoid(z)) is type(sigmoid_derivative(z)) is float
    assert sigmoid(z) == sigmoid(2.0)


def test_an_array_that_comes_in_is_not_changed():
    z = np.array([-1.0, 2.0])
    sigmoid(z)
    sigmoid_derivative(z)
    assert z.tolist() == [-1.0, 2.0]


def test_sums_of_float32_stay_so_and_a_neuron_keeps_float64():
    z = np.array([-1, 2], np.float32)
    assert sigmoid(z).dtype == sigmoid_derivative(z).dtype == np.float32
    assert Neuron(z, 0).weights.dtype == float


def test_the_worked_neuron_gives_its_sum_and_its_output():
    neuron = Neuron([0, 1], 4)
    assert neuron.weighted_sum([2, 3]) == 7
    assert neuron.feedforward([2, 3]) == pytest.approx(0.9990889488055994, rel=1e-15, abs=0)


def test_the_second_neuron_gives_its_sum_and_its_output():
    neuron = Neuron([0.4, 0.7], 0.2)
    assert neuron.weighted_sum([0.5, 0.3]) == pytest.approx(0.61, rel=1e-15, abs=0)
    assert neuron.feedforward([0.5, 0.3]) == pytest.approx(0.6479408020806503, rel=1e-15, abs=0)


def test_a_neuron_answers_one_example_with_a_plain_float():
    neuron = Neuron(np.array([0, 1]), np.float64(4))
    assert type(neuron.weighted_sum(np.array([2, 3]))) is float
    assert type(neuron.feedforward([2, 3])) is float
    assert type(neuron.bias) is float


@given(arrays.arrays(float, st.tuples(st.integers(1, 5), st.integers(1, 4)), elements=st.floats(-9, 9)))
def test_a_neuron_answers_many_examples_as_it_answers_each(examples):
    neuron = Neuron(np.arange(1, examples.shape[1] + 1) / 10, -0.5)
    sums, outputs = neuron.weighted_sum(examples), neuron.feedforward(examples)
    np.testing.assert_allclose(sums, [neuron.weighted_sum(x) for x in examples], rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(outputs, [neuron.feedforward(x) for x in examples], rtol=1e-12)
    assert sums.shape == outputs.shape == (len(examples),)


@given(st.lists(st.floats(-9, 9), min_size=1, max_size=6))
def test_a_weighted_sum_is_what_a_pencil_gives(inputs):
    weights = [0.5 - i for i in range(len(inputs))]
    by_hand = sum(w * x for w, x in zip(weights, inputs, strict=True)) + 2
    assert Neuron(weights, 2).weighted_sum(inputs) == pytest.approx(by_hand, rel=1e-12, abs=1e-12)


def test_weights_and_bias_can_be_set_and_are_checked_again():
    neuron = Neuron([0, 1], 4)
    neuron.weights, neuron.bias = [1, 2, 3], -6
    assert neuron.weighted_sum([1, 1, 1]) == 0
    with pytest.raises(ValueError, match="bias must be one number"):
        neuron.bias = [1]
    assert neuron.bias == -6


def test_a_neuron_keeps_weights_of_its_own():
    weights = np.array([0.0, 1.0])
    neuron = Neuron(weights, 4)
    weights[0] = 100
    assert neuron.weights.tolist() == [0, 1]


def test_a_neuron_shows_itself_as_the_code_that_makes_it():
    assert repr(Neuron([0, 1], 4)) == "Neuron(weights=[0.0, 1.0], bias=4.0)"


def test_a_neuron_has_nothing_but_weights_and_a_bias():
    with pytest.raises(AttributeError, match=r"^a neuron has weights and a bias, but no weight$"):
        Neuron([0, 1], 4).weight = 1
