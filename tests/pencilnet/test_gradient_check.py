"""The gradient checker: what it measures, what it lets pass, what it catches, and what it refuses."""

import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from tests.pencilnet.oracle import PARAMETERS
from tests.pencilnet.refused import refused

from pencilnet import (
    ALICE,
    GradientCheck,
    OurNeuralNetwork,
    check_gradient,
    numerical_gradient,
    sigmoid,
    sigmoid_derivative,
)

ONES = dict(zip(PARAMETERS, [1.0] * 6 + [0.0] * 3, strict=True))
ALICES = {
    "w1": 0.02146953526581111,
    "w2": 0.010734767632905556,
    "w3": 0.02146953526581111,
    "w4": 0.010734767632905556,
    "w5": -0.011269220242958157,
    "w6": -0.011269220242958157,
    "b1": -0.010734767632905556,
    "b2": -0.010734767632905556,
    "b3": -0.237617559,
}
SIZES = st.floats(0.1, 3) | st.floats(-3, -0.1)
POINTS = st.integers(1, 6).flatmap(lambda n: arrays.arrays(float, n, elements=SIZES))
FORMS = {
    "a number": 1.5,
    "a row": np.array([1.0, -2.0, 0.5]),
    "a table": np.arange(6.0).reshape(2, 3),
    "a list": [1.0, 2.0],
    "numbers by name": {"w1": 1.0, "b1": -2.0},
    "arrays by name": {"W": np.ones((2, 2)), "b": np.zeros(2), "c": 3.0},
}


def alices_loss(parameters):
    return (ALICE.label - OurNeuralNetwork.from_parameters(**parameters).feedforward(ALICE.shifted)) ** 2


def alices_gradient(parameters):
    network = OurNeuralNetwork.from_parameters(**parameters)
    return network.backward(network.forward(ALICE.shifted), ALICE.label).partials


def squares(x):
    """The sum of the squares, whatever the form."""
    return sum(float(np.sum(np.square(part))) for part in (x.values() if isinstance(x, dict) else [x]))


def twice(x):
    if isinstance(x, dict):
        return {name: twice(part) for name, part in x.items()}
    return 2 * np.asarray(x)


def flat(x):
    parts = x.values() if isinstance(x, dict) else [x]
    return np.concatenate([np.ravel(part) for part in parts])


def test_the_nine_slopes_at_alices_point():
    measured = numerical_gradient(alices_loss, ONES)
    assert list(measured) == list(PARAMETERS)
    assert measured == pytest.approx(ALICES, rel=1e-7)


@pytest.mark.parametrize("x", FORMS.values(), ids=FORMS)
def test_slopes_have_the_form_of_x(x):
    slopes = numerical_gradient(squares, x)
    np.testing.assert_allclose(flat(slopes), flat(twice(x)), atol=1e-9)
    if isinstance(x, dict):
        assert [np.shape(part) for part in slopes.values()] == [np.shape(part) for part in x.values()]
        assert {type(slopes[name]) for name in x if np.ndim(x[name]) == 0} == {float}
    else:
        assert np.shape(slopes) == np.shape(x)
        assert type(slopes) is (np.ndarray if np.ndim(x) else float)


@pytest.mark.parametrize("x", FORMS.values(), ids=FORMS)
def test_a_right_gradient_of_any_form_passes_as_a_function_and_as_a_value(x):
    assert check_gradient(squares, twice, x)
    assert check_gradient(squares, twice(x), x)


@given(POINTS, st.data())
def test_it_is_exact_on_quadratics(x, data):
    """Central differences have no error there but that of rounding, however large the step."""
    n = len(x)
    matrix = data.draw(arrays.arrays(float, (n, n), elements=st.floats(-3, 3)))
    step = data.draw(st.floats(0.01, 10))
    slopes = numerical_gradient(lambda x: x @ matrix @ x + x.sum(), x, step=step)
    np.testing.assert_allclose(slopes, (matrix + matrix.T) @ x + 1, atol=1e-10)


@given(POINTS, st.data())
def test_any_single_flipped_sign_is_caught_and_named(x, data):
    wrong = twice(x)
    i = data.draw(st.integers(0, len(x) - 1))
    wrong[i] = -wrong[i]
    check = check_gradient(squares, wrong, x)
    assert not check
    assert check.wrong == (f"x[{i}]",)
    assert check.worst_entry == f"x[{i}]"
    assert check.relative_error == pytest.approx(2, rel=1e-6)


@given(st.lists(st.floats(-2, 2), min_size=9, max_size=9), st.sampled_from(PARAMETERS), st.floats(1e-3, 1))
def test_the_networks_own_gradient_passes_and_one_that_is_a_little_off_does_not(values, name, part):
    at = dict(zip(PARAMETERS, values, strict=True))
    check = check_gradient(alices_loss, alices_gradient, at)
    assert check, str(check)
    off = alices_gradient(at)
    off[name] += 0.01 * part
    assert check_gradient(alices_loss, off, at).wrong == (name,)


@pytest.mark.parametrize("x", FORMS.values(), ids=FORMS)
def test_x_is_not_changed_even_by_a_function_that_changes_what_it_gets(x):
    def vandal(x):
        value = squares(x)
        for part in x.values() if isinstance(x, dict) else [x]:
            if isinstance(part, np.ndarray):
                part[...] = 1e6
        return value

    kept = {n: np.copy(p) for n, p in x.items()} if isinstance(x, dict) else np.copy(x)
    slopes = numerical_gradient(vandal, x)
    assert check_gradient(vandal, twice, x)
    np.testing.assert_array_equal(flat(x), flat(kept))
    np.testing.assert_allclose(flat(slopes), flat(twice(x)), atol=1e-9)


def test_whole_numbers_are_nudged_as_floats():
    seen = []

    def watched(x):
        seen.append(x.dtype)
        return float(x[0] ** 3)

    assert numerical_gradient(watched, np.array([2])) == pytest.approx([12])
    assert set(seen) == {np.dtype(float)}
    assert numerical_gradient(lambda x: x**3, 2) == pytest.approx(12)


def test_the_step_is_the_distance_to_either_side():
    seen = []
    numerical_gradient(lambda x: seen.append(x) or x, 1.0, step=0.25)
    assert seen == [1.25, 0.75]


def test_the_usual_step_is_the_cube_root_of_the_machine_epsilon():
    seen = []
    numerical_gradient(lambda x: seen.append(x) or x, 0.0)
    assert seen == pytest.approx([2 ** (-52 / 3), -(2 ** (-52 / 3))])


def test_the_other_entries_stay_where_they_are():
    seen = []
    numerical_gradient(lambda x: seen.append((x["a"], x["b"])) or 0.0, {"a": 1, "b": 2}, step=0.5)
    assert seen == [(1.5, 2), (0.5, 2), (1, 2.5), (1, 1.5)]


@given(st.floats(-20, 20))
def test_the_derivative_of_the_sigmoid_passes_everywhere(z):
    assert check_gradient(sigmoid, sigmoid_derivative, z)


def test_what_a_check_holds():
    check = check_gradient(squares, {"a": 2.0, "b": [4.0, -6.0]}, {"a": 1, "b": [2, 3]}, tolerance=1e-3)
    assert isinstance(check, GradientCheck)
    assert check.passed is False
    assert (check.wrong, check.worst_entry, check.tolerance) == (("b[1]",), "b[1]", 1e-3)
    assert check.worst_difference == pytest.approx(12)
    assert check.relative_error == pytest.approx(2)
    assert check.gradient["b"].tolist() == [4, -6]
    assert check.measured["b"] == pytest.approx([4, 6])
    assert type(check.gradient["a"]) is type(check.measured["a"]) is type(check.relative_error) is float


@pytest.mark.parametrize(
    ("says", "relative"),
    [(3.0, 0.5), (0.0, 1), (-2.0, 2), (4.0, 1 / 2 + 0.1 - 0.1), (8.0, 0.75)],
)
def test_the_error_is_in_proportion_to_the_larger_of_the_two(says, relative):
    slope = {3.0: 1.5, 4.0: 2.0}.get(says, 2.0)
    check = check_gradient(lambda x: slope * x, says, 0.0)
    assert check.relative_error == pytest.approx(relative)


def test_next_to_zero_the_error_is_in_proportion_to_a_thousandth():
    assert check_gradient(lambda x: 0.0 * x, 1e-6, 0.0).relative_error == pytest.approx(1e-3)
    assert check_gradient(lambda x: 100 + 0.0 * x, 1e-6, 0.0).relative_error == pytest.approx(1e-5)


def test_the_tolerance_itself_passes():
    check = check_gradient(lambda x: 0.0 * x, 1.0, 0.0, tolerance=1)
    assert (check.passed, check.wrong) == (True, ())
    assert check_gradient(lambda x: 0.0 * x, 1.0, 0.0, tolerance=0.999).passed is False


def test_the_usual_tolerance_is_a_millionth():
    assert check_gradient(lambda x: x, 1.0000009, 0.0)
    assert not check_gradient(lambda x: x, 1.0000011, 0.0)


def test_a_larger_step_lets_float32_be_checked():
    def single(x):
        return float(np.sin(np.float32(x)))

    assert not check_gradient(single, math.cos(0.5), 0.5)
    assert check_gradient(single, math.cos(0.5), 0.5, step=5e-3, tolerance=1e-2)


def test_names_may_come_in_another_order():
    check = check_gradient(squares, {"b": 4.0, "a": 2.0}, {"a": 1.0, "b": 2.0})
    assert check
    assert list(check.gradient) == ["a", "b"]


@pytest.mark.parametrize(
    ("gradient", "x", "says"),
    [
        ([2.0, 4.0], [1.0, 2.0], "passed: 2 of 2 derivatives agree, relative error at most 1e-06"),
        (0.0, 0.0, "passed: 1 of 1 derivatives agree, relative error at most 1e-06"),
        (
            [2.0, -4.0],
            [1.0, 2.0],
            "failed: 1 of 2 derivatives agree, not x[1]\n"
            "worst is x[1]: the gradient says -4, measured is 4, relative error 2",
        ),
        (
            np.full((2, 5), 3.0),
            np.ones((2, 5)),
            "failed: 0 of 10 derivatives agree, not x[0, 0], x[0, 1], x[0, 2], x[0, 3], x[0, 4], x[1, 0], "
            "x[1, 1], x[1, 2], x[1, 3], ...\n"
            "worst is ",
        ),
        (
            np.full(9, 3.0),
            np.ones(9),
            "failed: 0 of 9 derivatives agree, not x[0], x[1], x[2], x[3], x[4], x[5], x[6], x[7], x[8]\n",
        ),
        (-2.0, 1.0, "failed: 0 of 1 derivatives agree, not x\nworst is x: the gradient says -2, measured"),
        (
            {"w1": 2.2},
            {"w1": 1.0},
            "failed: 0 of 1 derivatives agree, not w1\nworst is w1: ",
        ),
    ],
)
def test_a_check_says_its_result(gradient, x, says):
    assert str(check_gradient(squares, gradient, x)).startswith(says)


BOUNDS = "but numbers must lie between -1e+100 and 1e+100"


@pytest.mark.parametrize(
    ("x", "message"),
    [
        ([1.0, math.nan], f"x[1] is nan, {BOUNDS}"),
        ({"w1": 1, "b": [[0, math.inf]]}, f"x['b'][0, 1] is inf, {BOUNDS}"),
        ([], "x is empty: its shape is (0,)"),
        ({}, "x is empty: it holds no names"),
        ({"w1": []}, "x['w1'] is empty: its shape is (0,)"),
        ("12", "x must hold numbers, but it holds text: '12'"),
        ([True], "x must hold numbers, but it holds True and False: [True]"),
    ],
)
def test_what_cannot_be_nudged_is_refused(x, message):
    with refused(message):
        numerical_gradient(squares, x)
    with refused(message):
        check_gradient(squares, twice, x)


@pytest.mark.parametrize(
    ("gradient", "x", "message"),
    [
        (
            [1.0, 2.0],
            [1.0, 2.0, 3.0],
            "each entry of x needs one derivative: x is (3,), gradient is (2,)",
        ),
        (
            {"W": [[1.0], [2.0]]},
            {"W": [1.0, 2.0]},
            "each entry of x needs one derivative: x['W'] is (2,), gradient['W'] is (2, 1)",
        ),
        (
            {"w1": 1.0, "w7": 2.0},
            {"w1": 1.0, "w2": 1.0},
            "gradient does not fit x: it lacks w2 and has w7 that x has not",
        ),
        (
            {"w1": 1.0},
            {"w1": 1.0, "w2": 1.0, "w3": 1.0},
            "gradient does not fit x: it lacks w2, w3 and has nothing that x has not",
        ),
        (
            {"w1": 1.0, "w2": 1.0, "w3": 1.0},
            {"w1": 1.0},
            "gradient does not fit x: it lacks nothing and has w2, w3 that x has not",
        ),
        (
            [1.0],
            {"w1": 1.0},
            "gradient and x should both have names or neither: gradient has none, x has names",
        ),
        (
            {"w1": 1.0},
            1.0,
            "gradient and x should both have names or neither: gradient has names, x has none",
        ),
        ([math.nan], [1.0], f"gradient[0] is nan, {BOUNDS}"),
        ({"w1": math.nan}, {"w1": 1.0}, f"gradient['w1'] is nan, {BOUNDS}"),
        ({}, {"w1": 1.0}, "gradient is empty: it holds no names"),
    ],
)
def test_a_gradient_that_does_not_fit_x_is_refused(gradient, x, message):
    with refused(message):
        check_gradient(squares, gradient, x)
    with refused(message):
        check_gradient(squares, lambda _: gradient, x)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (math.nan, f"what f gives back is nan, {BOUNDS}"),
        ([1.0, 2.0], "what f gives back must be one number, but its shape is (2,)"),
        (None, "what f gives back must hold numbers, but it holds something else: None"),
    ],
)
def test_a_function_that_does_not_give_one_number_is_refused(value, message):
    with refused(message):
        numerical_gradient(lambda _: value, 1.0)


@pytest.mark.parametrize(
    ("x", "name"), [(0.01, "measured"), ([0.01], "measured[0]"), ({"w1": 0.01}, "measured['w1']")]
)
def test_a_function_that_is_too_steep_is_refused(x, name):
    def steep(x):
        return 1e101 * (sum(x.values()) if isinstance(x, dict) else np.sum(x))

    with pytest.raises(ValueError, match=rf"^{re.escape(name)} is 1e\+101, {re.escape(BOUNDS)}$"):
        check_gradient(steep, x, x, step=2**-10)


@pytest.mark.parametrize("step", [0, -1e-6])
def test_a_step_must_be_positive(step):
    message = f"step must be greater than 0, but it is {float(step)}"
    with refused(message):
        numerical_gradient(squares, 1.0, step=step)
    with refused(message):
        check_gradient(squares, twice, 1.0, step=step)


def test_a_tolerance_must_be_positive():
    with refused("tolerance must be greater than 0, but it is 0.0"):
        check_gradient(squares, twice, 1.0, tolerance=0)


@pytest.mark.parametrize(
    ("x", "name", "here"),
    [(1.0, "x", 1.0), ([1e-30, 1.0], "x[1]", 1.0), ({"W": [[1e9]]}, "W[0, 0]", 1e9), (-1.0, "x", -1.0)],
)
def test_a_step_that_rounding_swallows_is_refused(x, name, here):
    with refused(f"step 1e-20 is lost in rounding beside {name}, {here}"):
        numerical_gradient(squares, x, step=1e-20)


@pytest.mark.parametrize("here", [2.0**53, -(2.0**53)])
def test_a_step_that_rounding_swallows_on_one_side_is_refused_too(here):
    """Floats lie twice as close on that side of a power of two which is nearer to 0."""
    assert abs(here) - 1 < abs(here) == abs(here) + 1
    with refused(f"step 1.0 is lost in rounding beside x, {here}"):
        numerical_gradient(squares, here, step=1)


def test_two_entries_of_one_name_are_refused():
    """One of them would not be compared."""
    here = {"w": [1.0, 2.0], "w[0]": 3.0}
    with refused("two entries of x have one name: the names are w, w[0]"):
        check_gradient(lambda x: x["w"][0] ** 2 + 3 * x["w[0]"], {"w": [999, 0], "w[0]": 3}, here)
