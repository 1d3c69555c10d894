"""Every refusal, word for word: what was called, and what the reader is told."""

import decimal
import math

import numpy as np
import pytest
from tests.pencilnet.oracle import bits, network_from
from tests.pencilnet.refused import refused

from pencilnet import (
    ManyRuns,
    Neuron,
    OurNeuralNetwork,
    all_y_trues,
    data,
    mse_gradient,
    mse_loss,
    sigmoid,
    sigmoid_derivative,
    starting_parameters,
    train_many,
)

START = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
BOUNDS = "but numbers must lie between -1e+100 and 1e+100"
nan, inf = math.nan, math.inf

# What comes in is called x here, and the same checks stand before every other name.
INPUTS = [
    ([], "x is empty: its shape is (0,)"),
    (np.zeros((0, 2)), "x is empty: its shape is (0, 2)"),
    (5, "x must be one example, (2,), or many, (examples, 2), but its shape is ()"),
    (np.zeros((1, 1, 2)), "x must be one example, (2,), or many, (examples, 2), but its shape is (1, 1, 2)"),
    ([1], "each example has 1 input but the network takes 2: x is (1,)"),
    ([1, 2, 3], "each example has 3 inputs but the network takes 2: x is (3,)"),
    (np.zeros((8, 3)), "each example has 3 inputs but the network takes 2: x is (8, 3)"),
    (np.zeros((2, 1)), "each example has 1 input but the network takes 2: x is (2, 1)"),
    ([nan, 1], f"x[0] is nan, {BOUNDS}"),
    ([1, inf], f"x[1] is inf, {BOUNDS}"),
    ([[1, 2], [3, -inf], [nan, 1]], f"x[1, 1] is -inf, {BOUNDS}"),
    ([1, 1.1e100], f"x[1] is 1.1e+100, {BOUNDS}"),
    ([-1.1e100, 1], f"x[0] is -1.1e+100, {BOUNDS}"),
    ("12", "x must hold numbers, but it holds text: '12'"),
    (["1", "2"], "x must hold numbers, but it holds text: ['1', '2']"),
    ([b"1", b"2"], "x must hold numbers, but it holds text: [b'1', b'2']"),
    ([True, False], "x must hold numbers, but it holds True and False: [True, False]"),
    ([1j, 2], "x must hold numbers, but it holds complex numbers: [1j, 2]"),
    (None, "x must hold numbers, but it holds something else: None"),
    ([decimal.Decimal(1), 2], "x must hold numbers, but it holds something else: [Decimal('1'), 2]"),
    ([[1, 2], [3]], "x has rows of different lengths: [[1, 2], [3]]"),
    ([[[1]], [[2, 3]]], "x has rows of different lengths: [[[1]], [[2, 3]]]"),
]


def network():
    return network_from(START)


@pytest.mark.parametrize(("x", "message"), INPUTS)
def test_inputs_that_do_not_fit_the_network(x, message):
    with refused(message):
        network().feedforward(x)
    if "examples" not in message.replace("(examples, 2)", ""):
        with refused(message):
            network().forward(x)


@pytest.mark.parametrize("x", [[1e100, -1e100], [0, 0], [np.float32(1), np.int8(2)]])
def test_the_largest_and_the_smallest_numbers_are_welcome(x):
    assert 0 <= network().feedforward(x) <= 1
    assert 0 <= network().feedforward([x])[0] <= 1


def test_a_pass_forward_takes_one_example():
    message = "x must be one example, (2,), but its shape is (4, 2)"
    with refused(message):
        network().forward(data)
    with refused(message):
        network().step(data, 1)


def test_a_pass_backward_takes_the_record_of_a_pass_forward():
    message = "forward must be a record made by network.forward(x), but it is [-2, -1]"
    with refused(message):
        network().backward([-2, -1], 1)


@pytest.mark.parametrize(
    ("y_true", "message"),
    [
        ([1], "y_true must be one number, but its shape is (1,)"),
        (nan, f"y_true is nan, {BOUNDS}"),
        ("1", "y_true must hold numbers, but it holds text: '1'"),
        (True, "y_true must hold numbers, but it holds True and False: True"),
        ([], "y_true is empty: its shape is (0,)"),
    ],
)
def test_a_label_that_is_not_one_number(y_true, message):
    ours = network()
    with refused(message):
        ours.backward(ours.forward([1, 2]), y_true)
    with refused(message):
        ours.step([1, 2], y_true)
    assert bits(ours) == bits(network())


@pytest.mark.parametrize(
    ("weights", "bias", "message"),
    [
        ([], 1, "weights is empty: its shape is (0,)"),
        (3, 1, "weights must be one row of numbers, (n,), but its shape is ()"),
        ([[1, 2]], 1, "weights must be one row of numbers, (n,), but its shape is (1, 2)"),
        ([1, nan], 1, f"weights[1] is nan, {BOUNDS}"),
        ([1, 2], [1], "bias must be one number, but its shape is (1,)"),
        ([1, 2], -inf, f"bias is -inf, {BOUNDS}"),
    ],
)
def test_a_neuron_that_cannot_be(weights, bias, message):
    with refused(message):
        Neuron(weights, bias)


def test_inputs_that_do_not_fit_a_neuron():
    neuron = Neuron([1, 2, 3], 0)
    for ask in (neuron.feedforward, neuron.weighted_sum):
        one = "each example has 2 inputs but the neuron's weights are for 3: inputs is (2,)"
        many = "each example has 2 inputs but the neuron's weights are for 3: inputs is (8, 2)"
        with refused(one):
            ask([1, 2])
        with refused(many):
            ask(np.zeros((8, 2)))
        with refused(f"inputs[1] is nan, {BOUNDS}"):
            ask([1, nan, 2])


@pytest.mark.parametrize("function", [sigmoid, sigmoid_derivative])
def test_a_sum_that_is_no_number(function):
    with refused("z must hold numbers, but it holds text: '7'"):
        function("7")
    with refused("z must hold numbers, but it holds True and False: True"):
        function(True)
    with refused("z must hold numbers, but it holds complex numbers: [1j]"):
        function([1j])


@pytest.mark.parametrize(
    ("y_true", "y_pred", "message"),
    [
        (
            np.ones(4),
            np.ones((4, 1)),
            "each prediction needs its own label: y_true is (4,), y_pred is (4, 1)",
        ),
        (
            np.ones((4, 1)),
            np.ones(4),
            "each prediction needs its own label: y_true is (4, 1), y_pred is (4,)",
        ),
        ([1, 0], [1, 0, 0], "each prediction needs its own label: y_true is (2,), y_pred is (3,)"),
        (1, [1], "each prediction needs its own label: y_true is (), y_pred is (1,)"),
        ([], [], "y_true is empty: its shape is (0,)"),
        ([1, nan], [1, 1], f"y_true[1] is nan, {BOUNDS}"),
        ([1, 1], [inf, 1], f"y_pred[0] is inf, {BOUNDS}"),
        (["F"], [1], "y_true must hold numbers, but it holds text: ['F']"),
        ([1], [True], "y_pred must hold numbers, but it holds True and False: [True]"),
    ],
)
def test_labels_and_predictions_that_cannot_be_compared(y_true, y_pred, message):
    with refused(message):
        mse_loss(y_true, y_pred)
    with refused(message):
        mse_gradient(y_true, y_pred)


DATA = [
    ([], [], "data is empty: its shape is (0,)"),
    ([1, 2], 1, "data must be many examples, (examples, 2), but its shape is (2,)"),
    (np.zeros((4, 3)), all_y_trues, "each example has 3 inputs but the network takes 2: data is (4, 3)"),
    (data, [1, 0, 0], "4 examples but 3 labels: data is (4, 2), all_y_trues is (3,)"),
    (data, np.ones((4, 1)), "all_y_trues must be one row of labels, (4,), but its shape is (4, 1)"),
    (data, 1, "all_y_trues must be one row of labels, (4,), but its shape is ()"),
    (data, [], "all_y_trues is empty: its shape is (0,)"),
    (data, [1, 0, nan, 1], f"all_y_trues[2] is nan, {BOUNDS}"),
    ([[1, 2], [inf, 1]], [1, 0], f"data[1, 0] is inf, {BOUNDS}"),
    (data, ["F", "M", "M", "F"], "all_y_trues must hold numbers, but it holds text: ['F', 'M', 'M', 'F']"),
]
SETTINGS = [
    ({"learning_rate": 0}, "learning_rate must be greater than 0, but it is 0.0"),
    ({"learning_rate": -0.1}, "learning_rate must be greater than 0, but it is -0.1"),
    ({"learning_rate": nan}, f"learning_rate is nan, {BOUNDS}"),
    ({"learning_rate": "fast"}, "learning_rate must hold numbers, but it holds text: 'fast'"),
    ({"learning_rate": [0.1]}, "learning_rate must be one number, but its shape is (1,)"),
    ({"epochs": 0}, "epochs must be a whole number, 1 or more, but it is 0"),
    ({"epochs": -1}, "epochs must be a whole number, 1 or more, but it is -1"),
    ({"epochs": 10.0}, "epochs must be a whole number, 1 or more, but it is 10.0"),
    ({"epochs": True}, "epochs must be a whole number, 1 or more, but it is True"),
    ({"epochs": "many"}, "epochs must be a whole number, 1 or more, but it is 'many'"),
]
TRAIN_SETTINGS = [
    ({"every": 0}, "every must be a whole number, 1 or more, but it is 0"),
    ({"every": 2.5}, "every must be a whole number, 1 or more, but it is 2.5"),
    ({"progress": "bar"}, "progress must be a function of an epoch and a loss, but it is 'bar'"),
]


@pytest.mark.parametrize(("x", "y", "message"), DATA)
def test_data_that_nothing_can_be_learned_from(x, y, message):
    ours = network()
    with refused(message):
        ours.train(x, y)
    assert bits(ours) == bits(network())
    with refused(message):
        train_many([START], x, y)


@pytest.mark.parametrize(("settings", "message"), SETTINGS + TRAIN_SETTINGS)
def test_settings_of_training_that_make_no_sense(settings, message):
    ours = network()
    with refused(message):
        ours.train(data, all_y_trues, **settings)
    assert bits(ours) == bits(network())


@pytest.mark.parametrize(("settings", "message"), SETTINGS)
def test_settings_of_many_trainings_that_make_no_sense(settings, message):
    with refused(message):
        train_many([START], data, all_y_trues, **settings)
    if "learning_rate" in settings:
        with refused(message):
            network().step([1, 2], 1, **settings)


def test_small_and_numpy_settings_are_welcome():
    settings = {"learning_rate": np.float32(1e-9), "epochs": np.int64(1)}
    assert network().train(data, all_y_trues, every=np.int8(1), **settings).losses.shape == (1,)
    assert train_many([START], data, all_y_trues, **settings).losses.shape == (1,)


@pytest.mark.parametrize(
    ("starts", "message"),
    [
        (START, "starts must be 9 numbers for each seed, (seeds, 9), but its shape is (9,)"),
        ([START[:8]], "starts must be 9 numbers for each seed, (seeds, 9), but its shape is (1, 8)"),
        (np.zeros((0, 9)), "starts is empty: its shape is (0, 9)"),
        (np.full((2, 9), nan), f"starts[0, 0] is nan, {BOUNDS}"),
    ],
)
def test_starting_points_that_fit_no_network(starts, message):
    with refused(message):
        train_many(starts, data, all_y_trues)


@pytest.mark.parametrize(
    ("seeds", "message"),
    [
        (44, "seeds must be a row of whole numbers, such as range(10000), but it is 44"),
        ([], "seeds must be a row of whole numbers, such as range(10000), but it is []"),
        ([[1]], "seeds must be a row of whole numbers, such as range(10000), but it is [[1]]"),
        ([1, -1], "each seed must be a whole number, 0 or more, but it is -1"),
        ([1.5], "each seed must be a whole number, 0 or more, but it is 1.5"),
        ([0, 2**32], "each seed must be below 2**32, 4294967296, but one is 4294967296"),
        ([1, [2, 3]], "seeds has rows of different lengths: [1, [2, 3]]"),
    ],
)
def test_seeds_that_start_nothing(seeds, message):
    with refused(message):
        starting_parameters(seeds)


def test_inputs_that_do_not_fit_many_networks():
    message = "each example has 3 inputs but each network takes 2: x is (3,)"
    with refused(message):
        ManyRuns(starting_parameters([1]), None).feedforward([1, 2, 3])


def test_a_number_is_no_generator():
    message = "rng must be a generator, such as np.random.default_rng(44), but it is 44"
    with refused(message):
        OurNeuralNetwork(rng=44)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (nan, f"w1 is nan, {BOUNDS}"),
        ("1", "w1 must hold numbers, but it holds text: '1'"),
        ([1], "w1 must be one number, but its shape is (1,)"),
        (10**400, "w1 must hold numbers, but it holds something else: " + "1" + "0" * 17 + "..." + "0" * 19),
    ],
)
def test_a_parameter_that_is_no_number(value, message):
    ours = network()
    with refused(message):
        ours.w1 = value
    with refused(message):
        network_from([value, *START[1:]])
    assert bits(ours) == bits(network())


def test_whole_numbers_of_more_than_64_bits_are_numbers():
    ours = network()
    ours.w1 = 10**20
    assert ours.w1 == 1e20
    with refused("w1 is 1e+200, but numbers must lie between -1e+100 and 1e+100"):
        ours.w1 = 10**200
    with refused("x must hold numbers, but it holds something else: [None, 1]"):
        ours.feedforward([None, 1])
