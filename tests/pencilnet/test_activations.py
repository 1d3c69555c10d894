"""Every activation function: its values by hand, its slope against the oracle, its ends, its dtypes."""

import math
import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from tests.pencilnet.oracle import assert_slope
from tests.pencilnet.refused import refused

import pencilnet
from pencilnet import (
    ACTIVATIONS,
    Network,
    gelu,
    gelu_derivative,
    identity,
    leaky_relu_derivative,
    relu_derivative,
    sigmoid,
    tanh,
    tanh_derivative,
)

every_activation = pytest.mark.parametrize("name", ACTIVATIONS)
BOTH = [part for pair in ACTIVATIONS.values() for part in pair]
every_function = pytest.mark.parametrize("function", BOTH, ids=[function.__name__ for function in BOTH])
E = math.e

VALUES = {
    "identity": [(-2, -2, 1), (0, 0, 1), (3, 3, 1)],
    "sigmoid": [(0, 1 / 2, 1 / 4), (1, E / (1 + E), E / (1 + E) ** 2)],
    "tanh": [
        (0, 0, 1),
        (1, (E**2 - 1) / (E**2 + 1), 4 * E**2 / (E**2 + 1) ** 2),
        (-1, (1 - E**2) / (E**2 + 1), 4 * E**2 / (E**2 + 1) ** 2),
    ],
    "relu": [(-2, 0, 0), (0, 0, 0), (3, 3, 1), (0.25, 0.25, 1)],
    "leaky_relu": [(-2, -0.02, 0.01), (0, 0, 0.01), (3, 3, 1), (0.25, 0.25, 1)],
    # The chance of a normal number below 1 is 0.8413447460685429, and its density there 0.24197072451914337.
    "gelu": [
        (0, 0, 1 / 2),
        (1, 0.8413447460685429, 0.8413447460685429 + 0.24197072451914337),
        (-1, -0.15865525393145707, 0.15865525393145707 - 0.24197072451914337),
    ],
}


@pytest.mark.parametrize(
    ("name", "z", "f", "slope"), [(n, *row) for n, rows in VALUES.items() for row in rows]
)
def test_the_values_are_those_worked_by_hand(name, z, f, slope):
    function, derivative = ACTIVATIONS[name]
    assert function(z) == pytest.approx(f, rel=1e-15, abs=0)
    assert derivative(z) == pytest.approx(slope, rel=2e-15, abs=0)


def test_each_function_stands_beside_its_derivative_under_its_own_name():
    assert list(ACTIVATIONS) == ["sigmoid", "identity", "tanh", "relu", "leaky_relu", "gelu"]
    for name, (function, derivative) in ACTIVATIONS.items():
        assert function is getattr(pencilnet, name)
        assert derivative is getattr(pencilnet, f"{name}_derivative")


@every_activation
@given(z=st.floats(-12, 12).filter(lambda z: abs(z) > 0.01))  # the oracle nudges by 0.002: not over a kink
def test_each_derivative_is_the_slope_of_its_function(name, z):
    function, derivative = ACTIVATIONS[name]
    assert_slope(f"{name}_derivative", derivative(z), function, z)


@pytest.mark.parametrize("name", ["identity", "sigmoid", "tanh", "gelu"])
def test_without_a_kink_the_slope_at_zero_is_measured_too(name):
    function, derivative = ACTIVATIONS[name]
    assert_slope(f"{name}_derivative", derivative(0.0), function, 0.0)


def test_at_the_kink_the_slope_is_that_of_the_left_side():
    assert [relu_derivative(z) for z in (-1e-300, 0, -0.0, 1e-300)] == [0, 0, 0, 1]
    assert [leaky_relu_derivative(z) for z in (-1e-300, 0, -0.0, 1e-300)] == [0.01, 0.01, 0.01, 1]


ENDS = {  # at minus and at plus 1000: the function, and its slope
    "identity": ([-1000, 1000], [1, 1]),
    "sigmoid": ([0, 1], [0, 0]),
    "tanh": ([-1, 1], [0, 0]),
    "relu": ([0, 1000], [0, 1]),
    "leaky_relu": ([-10, 1000], [0.01, 1]),
    "gelu": ([0, 1000], [0, 1]),
}


@every_activation
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_far_from_zero_nothing_overflows(name, dtype):
    z = np.array([-1000, 1000], dtype)
    for function, expected in zip(ACTIVATIONS[name], ENDS[name], strict=True):
        np.testing.assert_allclose(function(z), expected, rtol=1e-6, atol=0)
        assert [function(-1000.0), function(1000)] == expected


@every_activation
def test_infinity_gives_what_the_function_tends_to(name):
    ends = [-math.inf, math.inf]
    expected = {"identity": ends, "relu": [0, math.inf], "leaky_relu": ends, "gelu": [0, math.inf]}
    function, derivative = ACTIVATIONS[name]
    assert function(ends).tolist() == [function(z) for z in ends] == expected.get(name, ENDS[name][0])
    assert derivative(ends).tolist() == [derivative(z) for z in ends] == ENDS[name][1]


@every_function
@given(z=st.floats(allow_nan=False, allow_infinity=False))
def test_any_float_gives_a_number_without_a_warning(function, z):
    assert math.isfinite(function(z))
    assert np.isfinite(function(np.array([z])))[0]


@every_function
def test_what_is_not_a_number_stays_so(function):
    expected = [function.__name__ != "identity_derivative", False]
    assert np.isnan(function([math.nan, 1])).tolist() == expected
    assert math.isnan(function(math.nan)) is expected[0]


@every_function
@given(z=arrays.arrays(float, arrays.array_shapes(min_dims=0, min_side=0), elements=st.floats(-50, 50)))
def test_an_array_gives_what_its_numbers_give_one_by_one(function, z):
    one_by_one = np.array([function(number) for number in z.ravel()]).reshape(z.shape)
    np.testing.assert_allclose(function(z), one_by_one, rtol=1e-15, atol=0)
    assert np.shape(function(z)) == z.shape


@every_function
@pytest.mark.parametrize("z", [2, 2.0, np.float64(2), np.float32(2), np.int8(2), np.array(2)])
def test_one_number_gives_a_plain_float(function, z):
    assert type(function(z)) is float
    assert function(z) == function(2.0)


@every_function
@pytest.mark.parametrize(
    ("given_as", "comes_out_as"),
    [("float32", "float32"), ("float64", "float64"), ("int64", "float64"), ("float16", "float64")],
)
def test_float32_stays_float32_and_any_other_array_becomes_float64(function, given_as, comes_out_as):
    z = np.array([[-3, 0, 2]], given_as)
    assert function(z).dtype == comes_out_as
    np.testing.assert_allclose(function(z), function(z.astype(float)), rtol=1e-6, atol=1e-7)


@every_function
def test_an_array_that_comes_in_is_neither_changed_nor_handed_back(function):
    z = np.array([-1.0, 2.0])
    assert not np.shares_memory(function(z), z)
    assert z.tolist() == [-1, 2]


@every_function
@pytest.mark.parametrize(
    ("z", "message"),
    [
        ("2", "z must hold numbers, but it holds text: '2'"),
        ([1, None], "z must hold numbers, but it holds something else: [1, None]"),
        ([[1], [2, 3]], "z has rows of different lengths: [[1], [2, 3]]"),
    ],
)
def test_what_is_no_number_is_refused(function, z, message):
    with refused(message):
        function(z)


@given(z=st.floats(-30, 30))
def test_tanh_is_a_stretched_sigmoid(z):
    assert tanh(z) == pytest.approx(2 * sigmoid(2 * z) - 1, rel=1e-12, abs=1e-15)
    assert tanh(-z) == -tanh(z)


@given(z=st.floats(-350, 350))
def test_the_slope_of_tanh_keeps_its_digits_where_the_curve_is_flat(z):
    assert tanh_derivative(z) == pytest.approx(1 / math.cosh(z) ** 2, rel=1e-14, abs=0)


@given(z=st.floats(-8, 8))
def test_gelu_is_the_sum_times_the_chance_of_a_smaller_normal_number(z):
    normal = statistics.NormalDist()
    assert gelu(z) == pytest.approx(z * normal.cdf(z), rel=1e-9, abs=1e-15)
    assert gelu_derivative(z) == pytest.approx(normal.cdf(z) + z * normal.pdf(z), rel=1e-9, abs=1e-15)


def test_gelu_keeps_its_digits_far_below_zero():
    """By the series for large z: the chance below -20 is 2.7536241186062337e-89."""
    assert gelu(-20.0) == pytest.approx(-20 * 2.7536241186062337e-89, rel=1e-12)
    assert gelu(-38) < 0 == gelu(-39.5)


def test_gelu_is_the_exact_one_and_not_its_approximation():
    z = np.linspace(-6, 6, 1201)
    by_tanh = z / 2 * (1 + np.tanh(math.sqrt(2 / math.pi) * (z + 0.044715 * z**3)))
    assert 0.0004 < np.abs(gelu(z) - by_tanh).max() < 0.0005


def test_the_slope_of_gelu_lies_in_the_range_that_is_told():
    slopes = gelu_derivative(np.linspace(-10, 10, 2001))
    assert -0.13 < slopes.min() < -0.128
    assert 1.128 < slopes.max() < 1.13
    assert gelu_derivative(-0.76) < 0 < gelu_derivative(-0.75)


@every_activation
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_network_calculates_with_its_own_dtype(name, dtype):
    network = Network([2, 3, 1], rng=np.random.default_rng(0), activation=name, output=name, dtype=dtype)
    forward = network.forward([[0.5, -1], [2, 0]])
    assert {part.dtype.name for part in (*forward.z, *forward.a)} == {np.dtype(dtype).name}


def test_the_identity_hands_on_the_sum():
    assert identity(-2.5) == -2.5
    assert identity([[1, -2]]).tolist() == [[1, -2]]
