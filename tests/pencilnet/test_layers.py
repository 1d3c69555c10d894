"""The network of layers is the network of Part I where it has its size, and right where it has another."""

import copy
import pickle
import warnings
from itertools import count

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from tests.pencilnet.oracle import assert_slope
from tests.pencilnet.refused import refused

from pencilnet import (
    ACTIVATIONS,
    INITIALISERS,
    BackwardPass,
    ForwardPass,
    Network,
    OurNeuralNetwork,
    all_y_trues,
    binary_cross_entropy,
    check_gradient,
    cross_entropy,
    data,
    mse_loss,
)

NINE = ("w1", "w3", "w2", "w4", "b1", "b2", "w5", "w6", "b3")
"""The nine letters in the order of `flat`: the weights of a neuron stand in a column."""

KINDS = [
    *((name, "sigmoid", "mse") for name in ACTIVATIONS),
    *(("tanh", name, "mse") for name in ACTIVATIONS),
    ("tanh", "sigmoid", "cross_entropy"),
    ("tanh", "softmax", "cross_entropy"),
]
"""Every activation inside, every output, every loss."""

every_kind = pytest.mark.parametrize(("activation", "output", "loss"), KINDS)


def as_layers(ours):
    """The same network, as tables and rows."""
    return Network.from_parameters(
        weights=[[[ours.w1, ours.w3], [ours.w2, ours.w4]], [[ours.w5], [ours.w6]]],
        biases=[[ours.b1, ours.b2], [ours.b3]],
    )


def nine(ours):
    """Its parameters, or partial derivatives by the same names, in the order of `flat`."""
    return [ours[name] for name in NINE]


def drawn(sizes=(3, 5, 4, 2), seed=1, **kind):
    """A network with biases that are not zero, so that each of them counts."""
    rng = np.random.default_rng(seed)
    network = Network(sizes, rng=rng, **kind)
    network.flat = 0.8 * rng.normal(size=network.flat.size)
    return network


def batch(network, examples=6, seed=2):
    """Examples, and labels that suit the loss."""
    rng = np.random.default_rng(seed)
    x, y_true = rng.normal(size=(examples, network.sizes[0])), rng.random((examples, network.sizes[-1]))
    return x, y_true / y_true.sum(axis=1, keepdims=True) if network.output == "softmax" else y_true


def smooth(activation, output, loss):
    """A network and a batch none of whose sums is near 0, where some activations have a kink and no slope."""
    for seed in count():
        network = drawn(seed=seed, activation=activation, output=output, loss=loss)
        x, y_true = batch(network)
        if min(np.abs(z).min() for z in network.forward(x).z) > 0.02:
            return network, x, y_true


NETWORKS = st.builds(
    drawn,
    sizes=st.lists(st.integers(1, 5), min_size=2, max_size=5),
    seed=st.integers(0, 10**6),
    activation=st.sampled_from(list(ACTIVATIONS)),
)


@pytest.mark.parametrize("seed", range(20))
def test_with_nine_parameters_it_answers_as_our_network(seed):
    ours = OurNeuralNetwork(rng=np.random.RandomState(seed))
    forward = as_layers(ours).forward(data)
    for row, person in enumerate(data):
        f = ours.forward(person)
        np.testing.assert_allclose(forward.z[0][row], [f.z_h1, f.z_h2], rtol=0, atol=1e-12)
        np.testing.assert_allclose(forward.a[0][row], [f.h1, f.h2], rtol=0, atol=1e-12)
        np.testing.assert_allclose(forward.z[1][row], [f.z_o1], rtol=0, atol=1e-12)
        np.testing.assert_allclose(forward.y_pred[row], [f.y_pred], rtol=0, atol=1e-12)


@pytest.mark.parametrize("seed", range(20))
def test_with_nine_parameters_it_has_the_gradient_of_our_network(seed):
    ours = OurNeuralNetwork(rng=np.random.RandomState(seed))
    network = as_layers(ours)
    for person, y_true in zip(data, all_y_trues, strict=True):
        gradient = network.backward(network.forward(person), [y_true])
        partials = ours.backward(ours.forward(person), y_true).partials
        np.testing.assert_allclose(gradient.flat, nine(partials), rtol=0, atol=1e-12)


def test_a_whole_training_ends_where_that_of_our_network_ends():
    ours = OurNeuralNetwork(rng=np.random.RandomState(44))
    network = as_layers(ours)
    for _ in range(1000):
        for person, y_true in zip(data, all_y_trues, strict=True):
            gradient = network.backward(network.forward(person), [y_true])
            network.flat -= 0.1 * gradient.flat
    ours.train(data, all_y_trues)
    np.testing.assert_allclose(network.flat, nine(ours.parameters), rtol=0, atol=1e-12)
    assert network.loss(data, all_y_trues[:, None]) == pytest.approx(0.0023, abs=5e-5)


def test_alice_has_the_numbers_of_the_worked_example():
    ones = Network.from_parameters([np.ones((2, 2)), np.ones((2, 1))], [np.zeros(2), np.zeros(1)])
    forward = ones.forward([-2, -1])
    gradient = ones.backward(forward, [1])
    np.testing.assert_array_equal(forward.z[0], [[-3, -3]])
    np.testing.assert_allclose(forward.a[0], [[0.04742587317756678] * 2], rtol=1e-14)
    np.testing.assert_allclose(forward.y_pred, [[0.5236951740839997]], rtol=1e-14)
    np.testing.assert_allclose(gradient.dL_dz[1], [[-0.23761756]], rtol=1e-7)
    np.testing.assert_allclose(gradient.dL_dw[0][0, 0], 0.02146953526581111, rtol=1e-13)


@every_kind
def test_every_partial_derivative_is_the_slope_of_the_loss(activation, output, loss):
    network, x, y_true = smooth(activation, output, loss)
    gradient = network.backward(network.forward(x), y_true).flat
    for place in range(network.flat.size):

        def loss_at(value, place=place):
            moved = network.copy()
            moved.flat[place] = value
            return moved.loss(x, y_true)

        assert_slope(f"flat[{place}]", gradient[place], loss_at, network.flat[place])


@every_kind
def test_every_dL_dz_is_the_slope_of_the_loss_by_a_bias_of_that_example_alone(activation, output, loss):
    network = drawn(activation=activation, output=output, loss=loss)
    x, y_true = batch(network, examples=3)
    gradient = network.backward(network.forward(x), y_true)
    for row in range(3):
        alone = network.backward(network.forward(x[row]), y_true[row])
        for whole, single in zip(gradient.dL_dz, alone.dL_db, strict=True):
            np.testing.assert_allclose(whole[row], single / 3, rtol=1e-12, atol=1e-15)


def test_the_checker_of_the_library_passes_a_deep_network_and_catches_a_wrong_entry():
    network = drawn([2, 4, 4, 4, 4, 3], activation="tanh", output="softmax", loss="cross_entropy")
    x, y_true = batch(network)

    def loss(parameters):
        return network.with_parameters(parameters).loss(x, y_true)

    partials = network.backward(network.forward(x), y_true).partials
    assert check_gradient(loss, partials, network.parameters)
    partials["biases[2]"][1] += 0.01
    assert check_gradient(loss, partials, network.parameters).wrong == ("biases[2][1]",)


@given(network=NETWORKS, examples=st.integers(1, 7))
def test_every_array_has_the_shape_that_its_name_promises(network, examples):
    x, y_true = batch(network, examples)
    forward = network.forward(x)
    gradient = network.backward(forward, y_true)
    inputs, *neurons = network.sizes
    assert forward.x.shape == (examples, inputs)
    for record in (forward.z, forward.a, gradient.dL_dz):
        assert [part.shape for part in record] == [(examples, count) for count in neurons]
    assert [part.shape for part in gradient.dL_dw] == [w.shape for w in network.weights]
    assert [part.shape for part in gradient.dL_db] == [(count,) for count in neurons]
    assert network.feedforward(x).shape == (examples, neurons[-1])
    assert network.feedforward(x[0]).shape == (neurons[-1],)
    assert gradient.flat.shape == network.flat.shape
    assert list(gradient.partials) == list(network.parameters)
    assert type(network.loss(x, y_true)) is float


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@every_kind
def test_every_array_keeps_the_floats_of_the_network(activation, output, loss, dtype):
    network = drawn(activation=activation, output=output, loss=loss, dtype=dtype)
    x, y_true = batch(network)
    forward = network.forward(x)
    gradient = network.backward(forward, y_true)
    parts = [forward.x, *forward.z, *forward.a, *gradient.dL_dz, *gradient.dL_dw, *gradient.dL_db]
    parts += [*network.weights, *network.biases, network.flat, gradient.flat, network.feedforward(x[0])]
    assert {part.dtype for part in parts} == {np.dtype(dtype)}
    assert network.dtype == np.dtype(dtype)


@every_kind
def test_float32_says_the_same_with_fewer_digits(activation, output, loss):
    network = drawn(activation=activation, output=output, loss=loss)
    small = drawn(activation=activation, output=output, loss=loss, dtype=np.float32)
    x, y_true = batch(network)
    np.testing.assert_allclose(small.feedforward(x), network.feedforward(x), rtol=1e-5, atol=1e-5)
    assert small.loss(x, y_true) == pytest.approx(network.loss(x, y_true), rel=1e-5)
    left, right = (n.backward(n.forward(x), y_true).flat for n in (small, network))
    np.testing.assert_allclose(left, right, rtol=1e-4, atol=1e-5)


@given(network=NETWORKS, examples=st.integers(1, 7))
def test_a_batch_is_answered_as_each_of_its_examples(network, examples):
    x, _ = batch(network, examples)
    one_by_one = [network.feedforward(example) for example in x]
    np.testing.assert_allclose(network.feedforward(x), one_by_one, rtol=1e-12, atol=1e-14)


@given(network=NETWORKS, examples=st.integers(1, 7))
def test_the_gradient_of_a_batch_is_the_mean_of_those_of_its_examples(network, examples):
    x, y_true = batch(network, examples)
    singles = [network.backward(network.forward(one), y).flat for one, y in zip(x, y_true, strict=True)]
    together = network.backward(network.forward(x), y_true).flat
    np.testing.assert_allclose(together, np.mean(singles, axis=0), rtol=1e-9, atol=1e-12)


@given(network=NETWORKS, examples=st.integers(1, 7), seed=st.integers(0, 1000))
def test_the_order_of_a_batch_changes_neither_its_loss_nor_its_gradient(network, examples, seed):
    x, y_true = batch(network, examples)
    order = np.random.default_rng(seed).permutation(examples)
    assert network.loss(x[order], y_true[order]) == pytest.approx(network.loss(x, y_true), rel=1e-12)
    left = network.backward(network.forward(x[order]), y_true[order]).flat
    right = network.backward(network.forward(x), y_true).flat
    np.testing.assert_allclose(left, right, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("output", ["sigmoid", "softmax"])
def test_a_batch_of_one_is_one_example(output):
    network = drawn(output=output, loss="cross_entropy")
    x, y_true = batch(network, examples=1)
    assert network.loss(x[0], y_true[0]) == network.loss(x, y_true)
    single, together = (
        network.backward(network.forward(x[0]), y_true[0]),
        network.backward(network.forward(x), y_true),
    )
    np.testing.assert_array_equal(single.flat, together.flat)


def test_where_the_output_is_softmax_labels_may_be_class_numbers():
    network = drawn(output="softmax", loss="cross_entropy")
    x, _ = batch(network, examples=3)
    rows, classes = [[0, 1], [1, 0], [0, 1]], [1, 0, 1]
    assert network.loss(x, classes) == network.loss(x, rows)
    by_number, by_row = (network.backward(network.forward(x), labels) for labels in (classes, rows))
    np.testing.assert_array_equal(by_number.flat, by_row.flat)
    assert network.loss(x[0], 1) == network.loss(x[0], [1]) == network.loss(x[0], [0, 1])
    with refused("class numbers must lie between 0 and 1, but y_true[1] is 2"):
        network.loss(x, [0, 2, 0])
    with refused("labels must be rows, (3, 2), or class numbers, (3,), but y_true is (2,): z is (3, 2)"):
        network.loss(x, [0, 1])


def test_each_loss_is_the_function_of_its_name():
    network = drawn()
    x, y_true = batch(network)
    assert network.loss(x, y_true) == mse_loss(y_true, network.feedforward(x))
    network = drawn(loss="cross_entropy")
    assert network.loss(x, y_true) == binary_cross_entropy(y_true, network.forward(x).z[-1])
    network = drawn(output="softmax", loss="cross_entropy")
    x, y_true = batch(network)
    assert network.loss(x, y_true) == cross_entropy(y_true, network.forward(x).z[-1])


def test_the_activation_is_for_the_hidden_layers_and_the_output_for_the_last():
    network = drawn([2, 3, 3, 2], activation="tanh", output="identity")
    forward = network.forward([[0.5, -2], [1, 3]])
    for layer in (0, 1):
        np.testing.assert_array_equal(forward.a[layer], np.tanh(forward.z[layer]))
    np.testing.assert_array_equal(forward.a[2], forward.z[2])


def test_a_network_without_a_hidden_layer_is_a_row_of_neurons():
    network = Network.from_parameters([[[1], [2]]], [[-3]], output="identity")
    assert network.sizes == [2, 1]
    np.testing.assert_array_equal(network.feedforward([[4, 5], [0, 1]]), [[11], [-1]])
    gradient = network.backward(network.forward([4, 5]), [10])
    np.testing.assert_array_equal(gradient.flat, [2 * 4, 2 * 5, 2])


def test_weights_and_biases_are_views_into_the_one_row():
    network = Network.from_parameters([[[1, 2], [3, 4]], [[5], [6]]], [[7, 8], [9]])
    assert network.flat.tolist() == [1, 2, 3, 4, 7, 8, 5, 6, 9]
    network.weights[1][1, 0] = 60
    network.flat[4] = 70
    assert network.flat.tolist() == [1, 2, 3, 4, 70, 8, 5, 60, 9]
    assert network.biases[0].tolist() == [70, 8]
    network.flat -= network.flat
    assert network.weights[0].tolist() == [[0, 0], [0, 0]]
    network.flat = range(9)
    assert network.biases[1].tolist() == [8]


def test_what_was_given_is_copied():
    w, b = np.ones((2, 1)), np.zeros(1)
    network = Network.from_parameters([w], [b])
    network.flat += 1
    assert (w.tolist(), b.tolist()) == ([[1], [1]], [0])
    network.parameters["weights[0]"][:] = 5
    assert network.flat.tolist() == [2, 2, 1]


@given(NETWORKS)
def test_parameters_make_the_same_network_again(network):
    there = drawn(network.sizes, seed=3, activation=network.activation).with_parameters(network.parameters)
    np.testing.assert_array_equal(there.flat, network.flat)
    names = [f"{kind}[{layer}]" for layer in range(len(network.biases)) for kind in ("weights", "biases")]
    assert list(network.parameters) == names
    assert repr(there) == repr(network)


def test_with_parameters_changes_what_is_named_in_a_network_of_its_own():
    network = drawn([2, 3, 1], activation="tanh", output="identity", dtype=np.float32)
    before = network.flat.copy()
    other = network.with_parameters({"biases[0]": [1, 2, 3]})
    np.testing.assert_array_equal(network.flat, before)
    np.testing.assert_array_equal(other.flat, [*before[:6], 1, 2, 3, *before[9:]])
    assert repr(other) == repr(network)


@pytest.mark.parametrize(
    "duplicate", [Network.copy, copy.copy, copy.deepcopy, lambda n: pickle.loads(pickle.dumps(n))]
)
def test_a_copy_goes_its_own_way_and_has_its_own_views(duplicate):
    network = drawn(activation="tanh", output="softmax", loss="cross_entropy", dtype=np.float32)
    before = network.flat.copy()
    other = duplicate(network)
    assert repr(other) == repr(network)
    np.testing.assert_array_equal(other.flat, before)
    other.flat[:] = 7
    assert {part.min() for part in (*other.weights, *other.biases)} == {7}
    np.testing.assert_array_equal(network.flat, before)


def test_neither_pass_changes_the_network_or_the_examples():
    network = drawn()
    x, y_true = batch(network)
    kept = network.flat.copy(), x.copy(), y_true.copy()
    network.feedforward(x)
    network.loss(x, y_true)
    network.backward(network.forward(x), y_true)
    for now, before in zip((network.flat, x, y_true), kept, strict=True):
        np.testing.assert_array_equal(now, before)


def test_the_records_cannot_be_changed():
    network = drawn()
    x, y_true = batch(network)
    forward = network.forward(x)
    assert isinstance(forward, ForwardPass)
    with pytest.raises(AttributeError):
        forward.x = x
    gradient = network.backward(forward, y_true)
    assert isinstance(gradient, BackwardPass)
    with pytest.raises(AttributeError):
        gradient.dL_dw = ()


@pytest.mark.parametrize("kind", [np.random.RandomState, np.random.default_rng])
@pytest.mark.parametrize("initialiser", INITIALISERS)
def test_weights_are_drawn_layer_by_layer_and_biases_start_at_zero(kind, initialiser):
    network = Network([3, 5, 2], rng=kind(7), initialiser=initialiser)
    rng, draw = kind(7), INITIALISERS[initialiser]
    np.testing.assert_array_equal(network.weights[0], draw(3, 5, rng=rng))
    np.testing.assert_array_equal(network.weights[1], draw(5, 2, rng=rng))
    assert [b.tolist() for b in network.biases] == [[0] * 5, [0] * 2]


def test_the_usual_weights_are_those_of_a_standard_normal_distribution():
    drawn_by = np.random.default_rng(7).normal(size=(3, 5))
    np.testing.assert_array_equal(Network([3, 5], rng=np.random.default_rng(7)).weights[0], drawn_by)


def test_randomness_has_to_be_asked_for():
    with pytest.raises(TypeError, match="rng"):
        Network([2, 2, 1])


def test_it_says_in_a_line_what_it_is():
    assert repr(drawn([64, 32, 10], activation="relu", output="softmax", loss="cross_entropy")) == (
        "<Network 64-32-10, activation relu, output softmax, loss cross_entropy, float64, 2410 parameters>"
    )


@given(arrays.arrays(float, (3, 2), elements=st.floats(-1e100, 1e100)))
def test_no_sum_however_large_overflows_a_sigmoid(x):
    network = drawn([2, 4, 3])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        gradient = network.backward(network.forward(x), np.zeros((3, 3)))
    assert np.isfinite(gradient.flat).all()


ONE = np.zeros((1, 1))
SIZES = "sizes must hold how many inputs there are and how many neurons in each layer, such as [2, 2, 1], but"
KNOWN = ", ".join(ACTIVATIONS)


@pytest.mark.parametrize(
    ("sizes", "message"),
    [
        ([], f"{SIZES} it is []"),
        ([2], f"{SIZES} it is [2]"),
        (3, f"{SIZES} it is 3"),
        ([2, 0, 1], "sizes[1] must be a whole number, 1 or more, but it is 0"),
        ([2, 2.5], "sizes[1] must be a whole number, 1 or more, but it is 2.5"),
        ([True, 1], "sizes[0] must be a whole number, 1 or more, but it is True"),
        ([2, [3], 1], "sizes has rows of different lengths: [2, [3], 1]"),
    ],
)
def test_sizes_that_are_none(sizes, message):
    with refused(message):
        Network(sizes, rng=np.random.default_rng(1))


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ({"activation": "sigmod"}, f"activation must be one of {KNOWN}, but it is 'sigmod'"),
        ({"activation": "softmax"}, f"activation must be one of {KNOWN}, but it is 'softmax'"),
        ({"activation": None}, f"activation must be one of {KNOWN}, but it is None"),
        ({"output": ["tanh"]}, f"output must be one of {KNOWN}, softmax, but it is ['tanh']"),
        ({"loss": "mae"}, "loss must be one of mse, cross_entropy, but it is 'mae'"),
        ({"output": "softmax"}, "the output softmax needs the loss cross_entropy, but loss is 'mse'"),
        (
            {"output": "identity", "loss": "cross_entropy"},
            "cross_entropy needs the output softmax or sigmoid, but output is 'identity'",
        ),
        ({"dtype": np.float16}, f"dtype must be float64 or float32, but it is {np.float16!r}"),
        ({"dtype": int}, f"dtype must be float64 or float32, but it is {int!r}"),
        ({"dtype": "number"}, "dtype must be float64 or float32, but it is 'number'"),
    ],
)
def test_kinds_that_are_not_known_or_do_not_go_together(kind, message):
    rng = np.random.default_rng(1)
    with refused(message):
        Network([2, 1], rng=rng, **kind)
    assert rng.random() == np.random.default_rng(1).random()
    with refused(message):
        Network.from_parameters([np.ones((2, 1))], [[0]], **kind)


def test_an_initialiser_that_is_not_known():
    with refused(f"initialiser must be one of {', '.join(INITIALISERS)}, but it is 'ones'"):
        Network([2, 1], rng=np.random.default_rng(1), initialiser="ones")


def test_a_seed_is_no_generator():
    with refused("rng must be a generator, such as np.random.default_rng(44), but it is 44"):
        Network([2, 1], rng=44)


@pytest.mark.parametrize(
    ("weights", "biases", "message"),
    [
        ([], [], "each layer needs a table of weights and a row of biases: there are 0 tables and 0 rows"),
        (
            [ONE, ONE],
            [[0]],
            "each layer needs a table of weights and a row of biases: there are 2 tables and 1 rows",
        ),
        ([[1, 2]], [[0]], "weights[0] must be a table, (inputs, neurons), but its shape is (2,)"),
        ([ONE], [[[0]]], "biases[0] must be one row of numbers, (n,), but its shape is (1, 1)"),
        (
            [np.ones((2, 3))],
            [[0, 0]],
            "layer 1 has weights for 3 neurons, but 2 biases: weights[0] is (2, 3), biases[0] is (2,)",
        ),
        (
            [np.ones((2, 2)), np.ones((3, 1))],
            [[0, 0], [0]],
            "layer 2 has weights for 3 inputs, but layer 1 has 2 neurons: "
            "weights[1] is (3, 1), weights[0] is (2, 2)",
        ),
        (
            [[[np.nan]]],
            [[0]],
            "weights[0][0, 0] is nan, but numbers must lie between -1e+100 and 1e+100",
        ),
        ([ONE], [[np.inf]], "biases[0][0] is inf, but numbers must lie between -1e+100 and 1e+100"),
        ([[["1"]]], [[0]], "weights[0] must hold numbers, but it holds text: [['1']]"),
        ([np.zeros((0, 1))], [[0]], "weights[0] is empty: its shape is (0, 1)"),
    ],
)
def test_parameters_that_do_not_fit_each_other(weights, biases, message):
    with refused(message):
        Network.from_parameters(weights, biases)


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        (
            {"weights[1]": ONE},
            "the network has the parameters weights[0], biases[0], but no weights[1]",
        ),
        ({"weights[0]": [1, 2]}, "weights[0] has the shape (2, 1), but gets (2,)"),
        (3, "parameters must be arrays by name, but it is 3"),
        ({"biases[0]": [np.nan]}, "biases[0][0] is nan, but numbers must lie between -1e+100 and 1e+100"),
    ],
)
def test_parameters_that_do_not_fit_the_network(parameters, message):
    with refused(message):
        drawn([2, 1]).with_parameters(parameters)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([1, 2], "flat has the shape (3,), but gets (2,)"),
        ([[1, 2, 3]], "flat has the shape (3,), but gets (1, 3)"),
        (0, "flat has the shape (3,), but gets ()"),
        ([1, 2, np.nan], "flat[2] is nan, but numbers must lie between -1e+100 and 1e+100"),
    ],
)
def test_a_row_that_does_not_fit_changes_nothing(values, message):
    network = drawn([2, 1])
    before = network.flat.copy()
    with refused(message):
        network.flat = values
    np.testing.assert_array_equal(network.flat, before)


@pytest.mark.parametrize("name", ["weights", "activation", "loss_name", "wieghts"])
def test_nothing_else_can_be_set(name):
    with pytest.raises(
        AttributeError, match=rf"^{name} cannot be set; network.flat and network.weights\[0\]\[:\] can$"
    ):
        setattr(drawn(), name, "tanh")


@pytest.mark.parametrize(
    ("x", "message"),
    [
        (np.zeros((0, 3)), "x is empty: its shape is (0, 3)"),
        ([], "x is empty: its shape is (0,)"),
        ([1, 2], "each example has 2 inputs but the network takes 3: x is (2,)"),
        (np.zeros((8, 4)), "each example has 4 inputs but the network takes 3: x is (8, 4)"),
        ([1, np.nan, 3], "x[1] is nan, but numbers must lie between -1e+100 and 1e+100"),
        (
            np.zeros((1, 1, 3)),
            "x must be one example, (3,), or many, (examples, 3), but its shape is (1, 1, 3)",
        ),
    ],
)
def test_examples_that_do_not_fit(x, message):
    network = drawn()
    for ask in (network.feedforward, network.forward, lambda x: network.loss(x, [[0, 0]])):
        with refused(message):
            ask(x)


@pytest.mark.parametrize(
    ("y_true", "given", "predicted"),
    [
        ([1, 0, 0, 1], (4,), (4, 1)),
        ([[1, 0, 0, 1]], (1, 4), (4, 1)),
        ([[1]], (1, 1), (4, 1)),
        (1, (), (4, 1)),
    ],
)
def test_labels_of_another_shape_than_the_predictions(y_true, given, predicted):
    network = drawn([2, 2, 1])
    message = f"each prediction needs its own label: y_true is {given}, y_pred is {predicted}"
    with refused(message):
        network.loss(data, y_true)
    with refused(message):
        network.backward(network.forward(data), y_true)


@pytest.mark.parametrize(
    ("y_true", "message"),
    [
        ([0, 1, 2], "each prediction needs its own label: y_true is (3,), y_pred is (1, 2)"),
        (1, "each prediction needs its own label: y_true is (), y_pred is (1, 2)"),
        ([[0], [1, 2]], "y_true has rows of different lengths: [[0], [1, 2]]"),
        ([np.nan, 1], "y_true[0, 0] is nan, but numbers must lie between -1e+100 and 1e+100"),
    ],
)
def test_labels_that_do_not_fit_one_example(y_true, message):
    with refused(message):
        drawn([2, 2, 2]).loss([0, 1], y_true)


def test_a_record_of_something_else():
    network = drawn([2, 2, 1])
    with refused("forward must be a record made by network.forward(x), but it is 3"):
        network.backward(3, [[1]])
    with refused("forward must be a record made by network.forward(x), but it is [0, 1, 2, 3, 4, 5, ...]"):
        network.backward(list(range(3000)), [[1]])
    with refused("forward was made by a network of sizes [2, 3, 1], but this one has [2, 2, 1]"):
        network.backward(drawn([2, 3, 1]).forward([1, 2]), [[1]])


@pytest.mark.parametrize(
    "ask",
    [
        lambda n: n.forward([1.1e12, 0]),
        lambda n: n.with_parameters({"biases[0]": [1.1e12]}),
        lambda n: setattr(n, "flat", [0, 1.1e12, 0]),
        lambda n: Network.from_parameters([[[1.1e12]]], [[0]], dtype=np.float32),
    ],
)
def test_float32_is_kept_from_numbers_that_it_cannot_multiply(ask):
    with pytest.raises(
        ValueError, match=r"is 1100000000000.0, but numbers must lie between -1e\+12 and 1e\+12$"
    ):
        ask(drawn([2, 1], dtype=np.float32))
