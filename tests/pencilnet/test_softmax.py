"""Softmax and the two cross-entropies: by hand, against the oracle, in the extremes, and what is refused."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from tests.pencilnet.oracle import assert_slope
from tests.pencilnet.refused import refused

from pencilnet import (
    Network,
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    check_gradient,
    cross_entropy,
    cross_entropy_gradient,
    log_softmax,
    log_sum_exp,
    one_hot,
    sigmoid,
    softmax,
)

BOUNDS = "but numbers must lie between -1e+100 and 1e+100"
LOGS = np.log([[1.0, 2.0, 5.0], [1.0, 1.0, 2.0]])  # whose powers of e are these round numbers
SHAPES = st.tuples(st.integers(1, 6), st.integers(2, 5))


def sums(size=20.0):
    return SHAPES.flatmap(lambda shape: arrays.arrays(float, shape, elements=st.floats(-size, size)))


def drawn_classes(data, z):
    examples, count = z.shape
    numbers = st.lists(st.integers(0, count - 1), min_size=examples, max_size=examples)
    return np.array(data.draw(numbers))


def drawn_rows(data, z):
    """Labels that need not be 0 or 1: any row that sums to 1."""
    parts = data.draw(arrays.arrays(float, z.shape, elements=st.floats(0.125, 1)))
    return parts / parts.sum(axis=1, keepdims=True)


def test_three_sums_become_three_probabilities():
    np.testing.assert_allclose(softmax(LOGS), [[1 / 8, 1 / 4, 5 / 8], [1 / 4, 1 / 4, 1 / 2]], rtol=1e-15)
    np.testing.assert_allclose(softmax(LOGS[0]), [1 / 8, 1 / 4, 5 / 8], rtol=1e-15)


def test_the_log_of_the_sum_of_the_powers():
    np.testing.assert_allclose(log_sum_exp(LOGS), np.log([8, 4]), rtol=1e-15)
    assert log_sum_exp(LOGS[0]) == pytest.approx(math.log(8), rel=1e-15)
    assert type(log_sum_exp(LOGS[0])) is float


def test_the_loss_is_the_mean_surprise_at_the_true_classes():
    assert cross_entropy([[0, 0, 1], [1, 0, 0]], LOGS) == pytest.approx((math.log(8 / 5) + math.log(4)) / 2)
    assert cross_entropy([2, 0], LOGS) == cross_entropy([[0, 0, 1], [1, 0, 0]], LOGS)
    assert cross_entropy(2, LOGS[0]) == cross_entropy([0, 0, 1], LOGS[0]) == pytest.approx(math.log(8 / 5))


def test_a_label_may_be_divided_between_classes():
    surprise = np.log([8, 4, 8 / 5])
    assert cross_entropy([0.5, 0.25, 0.25], LOGS[0]) == pytest.approx(surprise @ [0.5, 0.25, 0.25])


def test_the_gradient_is_probability_minus_label_over_the_number_of_examples():
    by_hand = [[1 / 16, 1 / 8, -3 / 16], [-3 / 8, 1 / 8, 1 / 4]]
    np.testing.assert_allclose(cross_entropy_gradient([2, 0], LOGS), by_hand, rtol=1e-14)
    np.testing.assert_allclose(cross_entropy_gradient(2, LOGS[0]), [1 / 8, 1 / 4, -3 / 8], rtol=1e-14)


def test_axes_before_the_last_are_all_examples():
    cube = np.stack([LOGS, LOGS[::-1]])
    np.testing.assert_array_equal(softmax(cube)[0], softmax(LOGS))
    assert log_sum_exp(cube).shape == (2, 2)
    labels = np.array([[2, 0], [1, 1]])
    assert cross_entropy(labels, cube) == pytest.approx(cross_entropy(labels.ravel(), cube.reshape(4, 3)))
    assert cross_entropy_gradient(labels, cube).sum() == pytest.approx(0, abs=1e-15)


def test_two_yes_or_no_outputs_by_hand():
    z = np.log([3, 1 / 4])  # probabilities 3/4 and 1/5
    assert binary_cross_entropy([1, 0], z) == pytest.approx((math.log(4 / 3) + math.log(5 / 4)) / 2)
    np.testing.assert_allclose(binary_cross_entropy_gradient([1, 0], z), [-1 / 8, 1 / 10])
    assert binary_cross_entropy(1, 0) == pytest.approx(math.log(2))
    assert type(binary_cross_entropy(1, 0)) is type(binary_cross_entropy_gradient(1, 0)) is float


def test_one_hot_by_hand():
    assert one_hot([2, 0], 3).tolist() == [[0, 0, 1], [1, 0, 0]]
    assert one_hot(1, 2).tolist() == [0, 1]
    assert one_hot(np.array([0], dtype=np.uint8), 1).tolist() == [[1]]
    assert one_hot([2, 0], 3).dtype == float


@given(z=sums(), data=st.data())
def test_each_gradient_of_the_cross_entropy_is_the_slope_of_the_loss(z, data):
    y_true = drawn_rows(data, z)
    formula = cross_entropy_gradient(y_true, z)
    for place in np.ndindex(z.shape):

        def loss(value, place=place):
            nudged = z.copy()
            nudged[place] = value
            return cross_entropy(y_true, nudged)

        assert_slope(f"cross_entropy_gradient{place}", formula[place], loss, z[place])


@given(z=st.floats(-20, 20), y_true=st.floats(0, 1))
def test_the_gradient_of_the_binary_cross_entropy_is_the_slope_of_the_loss(z, y_true):
    formula = binary_cross_entropy_gradient(y_true, z)
    assert_slope(
        "binary_cross_entropy_gradient", formula, lambda value: binary_cross_entropy(y_true, value), z
    )


@given(z=st.lists(st.floats(-20, 20), min_size=2, max_size=5), data=st.data())
def test_the_derivative_of_log_sum_exp_is_softmax(z, data):
    k = data.draw(st.integers(0, len(z) - 1))
    assert_slope("softmax", softmax(z)[k], lambda value: log_sum_exp([*z[:k], value, *z[k + 1 :]]), z[k])


@given(z=sums(), data=st.data())
def test_the_binary_gradient_is_divided_by_the_number_of_all_outputs(z, data):
    y_true = drawn_rows(data, z)
    assert check_gradient(
        lambda z: binary_cross_entropy(y_true, z), binary_cross_entropy_gradient(y_true, z), z
    )


@given(z=sums(1000))
def test_probabilities_sum_to_1_and_keep_the_order_of_the_sums(z):
    p = softmax(z)
    np.testing.assert_allclose(p.sum(axis=1), 1, rtol=1e-14)
    assert ((p >= 0) & (p <= 1)).all()
    assert (np.take_along_axis(p, z.argmax(axis=1)[:, np.newaxis], 1)[:, 0] == p.max(axis=1)).all()
    np.testing.assert_allclose(np.exp(log_softmax(z)), p, rtol=1e-12, atol=1e-300)


@given(z=sums(), constant=st.floats(-1000, 1000), data=st.data())
def test_adding_a_constant_to_all_sums_changes_no_probability_and_no_loss(z, constant, data):
    y_true = drawn_classes(data, z)
    np.testing.assert_allclose(softmax(z + constant), softmax(z), rtol=1e-11)
    np.testing.assert_allclose(log_sum_exp(z + constant), log_sum_exp(z) + constant, atol=1e-11)
    assert cross_entropy(y_true, z + constant) == pytest.approx(cross_entropy(y_true, z), abs=1e-11)


@given(z=sums(1000), data=st.data())
def test_each_row_of_the_gradient_sums_to_0(z, data):
    gradient = cross_entropy_gradient(drawn_rows(data, z), z)
    np.testing.assert_allclose(gradient.sum(axis=1), 0, atol=1e-15)


@given(z=sums(1000), data=st.data())
def test_the_loss_does_not_mind_the_order_of_the_examples_or_of_the_classes(z, data):
    y_true = drawn_classes(data, z)
    loss, gradient = cross_entropy(y_true, z), cross_entropy_gradient(y_true, z)
    order = np.array(data.draw(st.permutations(range(len(z)))))
    assert cross_entropy(y_true[order], z[order]) == pytest.approx(loss, rel=1e-12)
    np.testing.assert_array_equal(cross_entropy_gradient(y_true[order], z[order]), gradient[order])
    columns = np.array(data.draw(st.permutations(range(z.shape[1]))))
    rows = one_hot(y_true, z.shape[1])[:, columns]
    assert cross_entropy(rows, z[:, columns]) == pytest.approx(loss, rel=1e-12)


@given(z=sums(1000), data=st.data())
def test_a_class_number_is_worth_its_row_and_a_batch_the_mean_of_its_examples(z, data):
    y_true = drawn_classes(data, z)
    rows = one_hot(y_true, z.shape[1])
    assert cross_entropy(y_true, z) == cross_entropy(rows, z) >= 0
    np.testing.assert_array_equal(cross_entropy_gradient(y_true, z), cross_entropy_gradient(rows, z))
    singly = [cross_entropy(int(label), row) for label, row in zip(y_true, z, strict=True)]
    assert cross_entropy(y_true, z) == pytest.approx(np.mean(singly), rel=1e-12)


@given(z=st.floats(-1000, 1000), y_true=st.floats(0, 1))
def test_the_sigmoid_is_a_softmax_of_two(z, y_true):
    assert softmax([0, z])[1] == pytest.approx(sigmoid(z), rel=1e-12, abs=1e-300)
    loss = cross_entropy([1 - y_true, y_true], [0, z])
    assert binary_cross_entropy(y_true, z) == pytest.approx(loss, rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("far", [1000.0, 1e100])
@pytest.mark.filterwarnings("error")
def test_sums_however_far_from_0_give_ordinary_numbers(far):
    z = np.array([far, -far, 0.0])
    assert softmax(z).tolist() == [1, 0, 0]
    assert softmax([-far, -far]).tolist() == [0.5, 0.5]
    assert log_softmax(z).tolist() == [0, -2 * far, -far]
    assert log_sum_exp(z) == far
    assert [cross_entropy(k, z) for k in range(3)] == [0, 2 * far, far]
    assert cross_entropy_gradient(1, z).tolist() == [1, -1, 0]
    assert [binary_cross_entropy(1, s) for s in (far, -far)] == [0, far]
    assert [binary_cross_entropy(0, s) for s in (far, -far)] == [far, 0]
    assert binary_cross_entropy_gradient([1, 1, 0, 0], [far, -far, far, -far]).tolist() == [0, -0.25, 0.25, 0]


@pytest.mark.filterwarnings("error")
def test_each_example_is_far_from_0_in_its_own_way():
    z = np.array([[1000.0, 1000.0], [-1000.0, -1000.0]])
    np.testing.assert_allclose(log_sum_exp(z), [1000 + math.log(2), -1000 + math.log(2)], rtol=1e-15)
    np.testing.assert_allclose(log_softmax(z), np.full((2, 2), -math.log(2)), rtol=1e-15)
    np.testing.assert_allclose(softmax(z), np.full((2, 2), 0.5), rtol=1e-15)


def test_a_small_surprise_keeps_its_digits():
    """Where log(1 + e^z) - z would be rounded to 0."""
    assert binary_cross_entropy(1, 50) == pytest.approx(math.exp(-50), rel=1e-12)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_arrays_keep_their_type(dtype):
    z, y_true = LOGS.astype(dtype), np.array([2, 0])
    made = [softmax(z), log_softmax(z), log_sum_exp(z), cross_entropy_gradient(y_true, z)]
    made.append(binary_cross_entropy_gradient(one_hot(y_true, 3), z))
    assert {array.dtype for array in made} == {np.dtype(dtype)}
    np.testing.assert_allclose(made[0], softmax(LOGS), rtol=4 * np.finfo(dtype).eps)
    assert type(cross_entropy(y_true, z)) is type(binary_cross_entropy(one_hot(y_true, 3), z)) is float


def test_whole_numbers_as_sums_give_floats():
    assert softmax([0, 0]).dtype == cross_entropy_gradient(0, np.array([0, 0])).dtype == float


def test_nothing_that_comes_in_is_changed():
    z, y_true = LOGS.copy(), one_hot([2, 0], 3)
    for function in (cross_entropy, cross_entropy_gradient):
        function(y_true, z)
    for function in (binary_cross_entropy, binary_cross_entropy_gradient):
        function(y_true, z)
    np.testing.assert_array_equal(z, LOGS)
    np.testing.assert_array_equal(y_true, one_hot([2, 0], 3))


def test_a_network_takes_class_numbers_and_rows_alike():
    network = Network(
        [2, 4, 3], rng=np.random.default_rng(0), output="softmax", loss="cross_entropy", activation="tanh"
    )
    x, classes = np.random.default_rng(1).normal(size=(5, 2)), np.array([0, 2, 1, 1, 0])
    forward, rows = network.forward(x), one_hot(classes, 3)
    assert network.loss(x, classes) == network.loss(x, rows) == cross_entropy(classes, forward.z[-1])
    slopes = network.backward(forward, classes).flat
    np.testing.assert_array_equal(slopes, network.backward(forward, rows).flat)

    def loss(flat):
        other = network.copy()
        other.flat[:] = flat
        return other.loss(x, classes)

    assert check_gradient(loss, slopes, network.flat)


NO_SUMS = [
    ([], "z is empty: its shape is (0,)"),
    (np.zeros((0, 3)), "z is empty: its shape is (0, 3)"),
    (5, "z must be one example, (classes,), or many, (examples, classes), but its shape is ()"),
    ([1, math.nan], f"z[1] is nan, {BOUNDS}"),
    ([[1, 2], [math.inf, 0]], f"z[1, 0] is inf, {BOUNDS}"),
    (["1", "2"], "z must hold numbers, but it holds text: ['1', '2']"),
    ([[1, 2], [3]], "z has rows of different lengths: [[1, 2], [3]]"),
]


@pytest.mark.parametrize(("z", "message"), NO_SUMS)
def test_sums_that_have_no_softmax(z, message):
    for function in (softmax, log_softmax, log_sum_exp):
        with refused(message):
            function(z)
    for function in (cross_entropy, cross_entropy_gradient):
        with refused(message):
            function([0, 1], z)


FORMS = "labels must be rows, (2, 3), or class numbers, (2,), but y_true is {}: z is (2, 3)"
LABELS = [
    (np.ones((2, 2)), FORMS.format((2, 2))),
    ([0, 1, 2], FORMS.format((3,))),
    ([[0], [1]], FORMS.format((2, 1))),
    (1, FORMS.format(())),
    ([[1, 0, 0], [1.5, -0.5, 0]], "labels must be 0 or more, but y_true[1, 1] is -0.5"),
    ([[1, 0, 0], [1, 1, 0]], "each row of labels must sum to 1, but the sum of y_true[1] is 2.0"),
    ([[0, 0, 0], [1, 0, 0]], "each row of labels must sum to 1, but the sum of y_true[0] is 0.0"),
    (
        [[1, 0, 0], [0.5, 0.25, 0.25 + 2**-18]],
        f"each row of labels must sum to 1, but the sum of y_true[1] is {1 + 2**-18}",
    ),
    ([0, 3], "class numbers must lie between 0 and 2, but y_true[1] is 3"),
    ([-1, 0], "class numbers must lie between 0 and 2, but y_true[0] is -1"),
    ([0.0, 1.0], "class numbers must be whole numbers, but y_true is [0.0, 1.0]"),
    ([math.nan, 1.0], f"y_true[0] is nan, {BOUNDS}"),
    ([[1, 0, 0], [math.nan, 0, 1]], f"y_true[1, 0] is nan, {BOUNDS}"),
    ([True, False], "y_true must hold numbers, but it holds True and False: [True, False]"),
    (["a", "b"], "y_true must hold numbers, but it holds text: ['a', 'b']"),
    ([], "y_true is empty: its shape is (0,)"),
]


@pytest.mark.parametrize(("y_true", "message"), LABELS)
def test_labels_that_do_not_fit_the_sums(y_true, message):
    for function in (cross_entropy, cross_entropy_gradient):
        with refused(message):
            function(y_true, LOGS)


def test_one_example_with_a_label_that_does_not_fit():
    with refused("class numbers must lie between 0 and 2, but y_true is 3"):
        cross_entropy(3, [1, 2, 3])
    with refused("labels must be rows, (3,), or class numbers, (), but y_true is (2,): z is (3,)"):
        cross_entropy([1, 0], [1, 2, 3])
    with refused("each row of labels must sum to 1, but the sum of y_true is 3.0"):
        cross_entropy([0, 1, 2], [1, 2, 3])
    with refused("class numbers must be whole numbers, but y_true is 1.0"):
        cross_entropy(1.0, [1, 2, 3])


@pytest.mark.parametrize("rows", [[[1 / 3] * 3] * 2, np.full((2, 3), 1 / 3, np.float32)])
def test_a_row_may_miss_1_by_its_rounding(rows):
    assert cross_entropy(rows, LOGS) > 0


@pytest.mark.parametrize(
    ("y_true", "z", "message"),
    [
        (np.ones(4), np.ones((4, 1)), "each sum needs its own label: y_true is (4,), z is (4, 1)"),
        (1, [1], "each sum needs its own label: y_true is (), z is (1,)"),
        ([1, 2], [0, 0], "labels must lie between 0 and 1, but y_true[1] is 2.0"),
        (-0.5, 0, "labels must lie between 0 and 1, but y_true is -0.5"),
        ([], [], "y_true is empty: its shape is (0,)"),
        ([1, math.nan], [0, 0], f"y_true[1] is nan, {BOUNDS}"),
        ([1, 1], [0, -math.inf], f"z[1] is -inf, {BOUNDS}"),
    ],
)
def test_yes_or_no_labels_that_do_not_fit(y_true, z, message):
    with refused(message):
        binary_cross_entropy(y_true, z)
    with refused(message):
        binary_cross_entropy_gradient(y_true, z)


@pytest.mark.parametrize(
    ("classes", "count", "message"),
    [
        ([0, 3], 3, "class numbers must lie between 0 and 2, but classes[1] is 3"),
        (-1, 3, "class numbers must lie between 0 and 2, but classes is -1"),
        ([0.5], 3, "class numbers must be whole numbers, but classes is [0.5]"),
        ([], 3, "classes is empty: its shape is (0,)"),
        ([True], 3, "classes must hold numbers, but it holds True and False: [True]"),
        ([0], 0, "count must be a whole number, 1 or more, but it is 0"),
        ([0], 2.0, "count must be a whole number, 1 or more, but it is 2.0"),
    ],
)
def test_class_numbers_that_have_no_row(classes, count, message):
    with refused(message):
        one_hot(classes, count)


def test_other_floats_become_float64():
    """Half a float overflows at 65504, and could not hold what comes out."""
    halves = np.array([6e4, -6e4], np.float16)
    assert log_softmax(halves).tolist() == [0, log_softmax(halves.astype(float))[1]]
    assert log_softmax(halves).dtype == softmax(halves).dtype == np.float64


def test_rows_of_labels_that_differ_in_length_are_refused():
    with refused("y_true has rows of different lengths: [[1, 0], [1]]"):
        cross_entropy([[1, 0], [1]], [[1, 2], [3, 4]])
