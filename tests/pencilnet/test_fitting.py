import math
import tracemalloc
from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.pencilnet.refused import refused

from pencilnet import (
    ACTIVATIONS,
    SGD,
    Adam,
    AdamW,
    Cosine,
    Network,
    OurNeuralNetwork,
    RMSProp,
    all_y_trues,
    data,
    fit,
    mini_batches,
    one_hot,
)
from pencilnet._fast import AT_ONCE, CHUNK, COPIED, FETCHED, FastTraining
from pencilnet.fitting import one_epoch

LABELS = all_y_trues[:, np.newaxis]
ENDS = [
    ("softmax", "cross_entropy"),
    ("sigmoid", "cross_entropy"),
    ("sigmoid", "mse"),
    ("identity", "mse"),
    ("tanh", "mse"),
    ("gelu", "mse"),
]
OPTIMISERS = [
    SGD(learning_rate=0.05),
    SGD(learning_rate=Cosine(0.05, steps=30)),
    SGD(learning_rate=0.05, momentum=0.9),
    SGD(learning_rate=0.05, weight_decay=0.1),
    SGD(learning_rate=0.05, momentum=0.9, weight_decay=0.1),
    SGD(learning_rate=Cosine(0.05, steps=30), momentum=0.9, nesterov=True, weight_decay=0.1),
    RMSProp(learning_rate=0.01),
    Adam(learning_rate=0.01),
    Adam(learning_rate=0.01, beta_1=0.7, beta_2=0.95, epsilon=1e-3),
    Adam(learning_rate=Cosine(0.05, steps=30), weight_decay=0.1),
    AdamW(learning_rate=0.01),
    AdamW(learning_rate=Cosine(0.05, steps=30), weight_decay=0),
]


class Plain(Network):
    """A network that `fit` does not recognise, and so trains by the equations as they are told."""

    __slots__ = ()


def rng(seed=1):
    return np.random.default_rng(seed)


def small_job(sizes, examples=23, *, kind=Network, seed=1, **names):
    """A network and examples with labels for it."""
    draw = rng(seed)
    network = kind(sizes, rng=draw, **{"initialiser": "xavier", **names})
    x = draw.normal(size=(examples, sizes[0]))
    return network, x, one_hot(draw.integers(0, sizes[-1], examples), sizes[-1])


def our_layers(kind=Network, **names):
    """The network of Part I, with its nine starting values of seed 44."""
    p = OurNeuralNetwork(rng=np.random.RandomState(44)).parameters
    weights = [[[p["w1"], p["w3"]], [p["w2"], p["w4"]]], [[p["w5"]], [p["w6"]]]]
    return kind.from_parameters(weights, [[p["b1"], p["b2"]], [p["b3"]]], **names)


def both_ways(sizes, *, fit_with, **job):
    """The quick way and the plain way from the same start: the two networks and histories."""
    quick, x, y_true = small_job(sizes, **job)
    plain, _, _ = small_job(sizes, kind=Plain, **job)
    held_out = small_job(sizes, **job | {"examples": 9, "seed": 2})[1:]
    told = {"optimiser": SGD(), "epochs": 5, "batch_size": 4, "validation": held_out, **fit_with}
    histories = [fit(network, x, y_true, rng=rng(3), **told) for network in (quick, plain)]
    return quick, plain, *histories


def assert_alike(quick, plain, quick_history, plain_history, rtol=1e-12, atol=1e-12):
    np.testing.assert_allclose(quick.flat, plain.flat, rtol=rtol, atol=atol)
    for ours, theirs in zip(quick_history, plain_history, strict=True):
        if ours is not None or theirs is not None:
            np.testing.assert_allclose(ours, theirs, rtol=rtol, atol=atol)


# What it does.


def test_one_example_at_a_time_in_their_order_is_the_training_of_part_one():
    ours, layers = OurNeuralNetwork(rng=np.random.RandomState(44)), our_layers()
    expected = ours.train(data, all_y_trues, learning_rate=0.1, epochs=1000)
    history = fit(layers, data, LABELS, optimiser=SGD(learning_rate=0.1), epochs=1000, batch_size=1, rng=None)
    assert history.loss_before == pytest.approx(expected.loss_before, abs=1e-14)
    np.testing.assert_allclose(history.losses, expected.losses, rtol=0, atol=1e-12)
    np.testing.assert_allclose(layers.feedforward(data)[:, 0], ours.feedforward(data), rtol=0, atol=1e-12)


def test_a_single_step_is_the_one_that_was_worked_out_by_hand():
    ones = Network.from_parameters([[[1, 1], [1, 1]], [[1], [1]]], [[0, 0], [0]])
    fit(ones, data[:1], LABELS[:1], optimiser=SGD(learning_rate=0.1), epochs=1, rng=None)
    np.testing.assert_allclose(ones.weights[0][:, 0], [1 - 0.00214695, 1 - 0.00107348], atol=1e-8)
    assert ones.biases[1][0] == pytest.approx(0.0237618, abs=1e-7)


def test_an_epoch_is_forward_backward_and_a_step_for_each_batch():
    network, x, y_true = small_job([3, 4, 2], examples=7)
    stepped, sgd = network.copy(), SGD(learning_rate=0.3)
    batches = mini_batches(7, 3, rng=rng(5))
    one_epoch(network, x, y_true, optimiser=sgd, memory=sgd.start(network.flat), batches=batches)
    for batch in batches:
        gradient = stepped.backward(stepped.forward(x[batch]), y_true[batch])
        stepped.flat -= 0.3 * gradient.flat
    np.testing.assert_array_equal(network.flat, stepped.flat)


def test_an_epoch_hands_the_memory_on():
    network, x, y_true = small_job([3, 2], examples=7)
    adam = Adam()
    memory = one_epoch(
        network,
        x,
        y_true,
        optimiser=adam,
        memory=adam.start(network.flat),
        batches=mini_batches(7, 2, rng=None),
    )
    assert memory.steps == 4


def test_the_order_of_the_batches_comes_from_the_generator_epoch_by_epoch():
    fitted, x, y_true = small_job([3, 4, 2], examples=11)
    stepped, sgd, order = fitted.copy(), SGD(learning_rate=0.3), rng(5)
    fit(fitted, x, y_true, optimiser=sgd, epochs=3, batch_size=4, rng=rng(5))
    for _ in range(3):
        batches = mini_batches(11, 4, rng=order)
        one_epoch(stepped, x, y_true, optimiser=sgd, memory=sgd.start(stepped.flat), batches=batches)
    np.testing.assert_allclose(fitted.flat, stepped.flat, rtol=0, atol=1e-13)


def test_a_loss_belongs_to_the_end_of_its_epoch():
    network, x, y_true = small_job([3, 4, 2])
    before = network.loss(x, y_true)
    heard = []

    history = fit(
        network, x, y_true, optimiser=SGD(), epochs=4, rng=rng(), progress=lambda *told: heard.append(told)
    )
    assert history.loss_before == pytest.approx(before, rel=1e-13)
    assert history.losses[-1] == pytest.approx(network.loss(x, y_true), rel=1e-13)
    assert heard == list(enumerate(history.losses.tolist()))
    assert history.validation_losses is None


@pytest.mark.parametrize("kind", [Network, Plain])
def test_without_a_loss_it_trains_all_the_same(kind):
    often, x, y_true = small_job([3, 4, 2], kind=kind)
    never, told = often.copy(), {"optimiser": SGD(), "epochs": 3, "validation": (x[:5], y_true[:5])}
    with_losses = fit(often, x, y_true, rng=rng(), **told)
    without = fit(never, x, y_true, rng=rng(), every=None, **told)
    assert without.loss_before is None
    assert without.losses.shape == without.epochs.shape == (0,)
    assert without.epochs.dtype == with_losses.epochs.dtype == int
    np.testing.assert_array_equal(without.validation_losses, with_losses.validation_losses)
    np.testing.assert_array_equal(never.flat, often.flat)


@pytest.mark.parametrize(("epochs", "every", "taken"), [(1, 10, [0]), (7, 3, [0, 3, 6]), (6, 3, [0, 3])])
def test_every_so_many_epochs_the_loss_is_taken(epochs, every, taken):
    often, x, y_true = small_job([3, 4, 2])
    seldom, heard = often.copy(), []
    told = {"optimiser": SGD(), "epochs": epochs, "validation": (x[:5], y_true[:5])}
    all_of_them = fit(often, x, y_true, rng=rng(), **told)
    some = fit(
        seldom, x, y_true, rng=rng(), every=every, progress=lambda epoch, _: heard.append(epoch), **told
    )
    assert all_of_them.epochs.tolist() == list(range(epochs))
    assert some.epochs.tolist() == heard == taken
    np.testing.assert_array_equal(some.losses, all_of_them.losses[taken])
    np.testing.assert_array_equal(some.validation_losses, all_of_them.validation_losses)
    np.testing.assert_array_equal(seldom.flat, often.flat)


def test_training_on_is_training_for_longer_where_nothing_is_remembered():
    twice, x, y_true = small_job([3, 4, 2])
    once, order = twice.copy(), rng(5)
    fit(twice, x, y_true, optimiser=SGD(), epochs=2, rng=order)
    fit(twice, x, y_true, optimiser=SGD(), epochs=3, rng=order)
    fit(once, x, y_true, optimiser=SGD(), epochs=5, rng=rng(5))
    np.testing.assert_allclose(twice.flat, once.flat, rtol=0, atol=1e-14)


def test_arrays_that_were_taken_from_the_network_see_it_learn():
    network, x, y_true = small_job([3, 4, 2])
    weights, before = network.weights[0], network.weights[0].copy()
    fit(network, x, y_true, optimiser=SGD(), epochs=1, rng=rng())
    assert weights is network.weights[0]
    assert (weights != before).any()


def test_examples_and_labels_are_not_changed():
    network, x, y_true = small_job([3, 4, 2], output="softmax", loss="cross_entropy")
    kept = x.copy(), y_true.copy()
    fit(network, x, y_true, optimiser=Adam(), epochs=2, rng=rng(), validation=(x, y_true))
    np.testing.assert_array_equal(x, kept[0])
    np.testing.assert_array_equal(y_true, kept[1])


@pytest.mark.parametrize("kind", [Network, Plain])
def test_class_numbers_are_labels_too(kind):
    by_rows, x, y_true = small_job([3, 4, 3], kind=kind, output="softmax", loss="cross_entropy")
    by_number, numbers = by_rows.copy(), y_true.argmax(axis=1)
    told = {"optimiser": SGD(), "epochs": 2}
    rows = fit(by_rows, x, y_true, rng=rng(), validation=(x, y_true), **told)
    number = fit(by_number, x, numbers, rng=rng(), validation=(x, numbers), **told)
    np.testing.assert_array_equal(by_rows.flat, by_number.flat)
    np.testing.assert_array_equal(rows.validation_losses, number.validation_losses)


def test_lists_train_as_arrays_do():
    lists, arrays = our_layers(), our_layers()
    fit(lists, data.tolist(), LABELS.astype(int).tolist(), optimiser=SGD(), epochs=3, rng=rng())
    fit(arrays, data, LABELS, optimiser=SGD(), epochs=3, rng=rng())
    np.testing.assert_array_equal(lists.flat, arrays.flat)


def test_training_prints_nothing(capsys):
    network, x, y_true = small_job([3, 4, 2])
    fit(network, x, y_true, optimiser=SGD(), epochs=2, rng=rng())
    assert capsys.readouterr() == ("", "")


def test_a_network_of_ones_own_is_trained_by_its_own_equations():
    class Stubborn(Network):
        __slots__ = ()

        def backward(self, forward, y_true):
            gradient = super().backward(forward, y_true)
            return gradient._replace(dL_dw=tuple(0 * slopes for slopes in gradient.dL_dw))

    network, x, y_true = small_job([3, 4, 2], kind=Stubborn)
    before = network.parameters
    fit(network, x, y_true, optimiser=SGD(), epochs=2, rng=rng())
    for name, part in network.parameters.items():
        assert (part == before[name]).all() == name.startswith("weights")


# Batches.


def test_there_are_32_examples_to_a_step_unless_told_otherwise():
    untold, x, y_true = small_job([3, 4, 2], examples=70)
    told = untold.copy()
    fit(untold, x, y_true, optimiser=SGD(), epochs=1, rng=rng())
    fit(told, x, y_true, optimiser=SGD(), epochs=1, batch_size=32, rng=rng())
    np.testing.assert_array_equal(untold.flat, told.flat)


@given(examples=st.integers(1, 40), batch_size=st.integers(1, 50), seed=st.integers(0, 9))
def test_batches_hold_every_example_once(examples, batch_size, seed):
    batches = mini_batches(examples, batch_size, rng=rng(seed))
    assert sorted(np.concatenate(batches).tolist()) == list(range(examples))
    assert {len(batch) for batch in batches[:-1]} <= {batch_size}
    assert 1 <= len(batches[-1]) <= batch_size
    assert len(batches) == math.ceil(examples / batch_size)


def test_without_a_generator_batches_keep_the_order():
    assert np.concatenate(mini_batches(7, 3, rng=None)).tolist() == list(range(7))


def test_randomness_has_to_be_asked_for():
    network, x, y_true = small_job([3, 2])
    with pytest.raises(TypeError, match="rng"):
        mini_batches(4, 2)
    with pytest.raises(TypeError, match="rng"):
        fit(network, x, y_true, optimiser=SGD(), epochs=1)


# Early stopping.


def overfitted(**told):
    """A network that learns nine examples by heart, from labels that were drawn by lot."""
    network, x, y_true = small_job([3, 30, 2], examples=9, output="softmax", loss="cross_entropy")
    held_out = small_job([3, 30, 2], examples=30, seed=2)[1:]
    told = {"epochs": 60, "validation": held_out, **told}
    return network, held_out, fit(network, x, y_true, optimiser=Adam(learning_rate=0.03), rng=rng(), **told)


def test_the_validation_loss_is_taken_after_each_epoch():
    network, held_out, history = overfitted()
    assert history.validation_losses.shape == history.losses.shape == (60,)
    assert history.validation_losses[-1] == pytest.approx(network.loss(*held_out), rel=1e-12)


def test_patience_stops_and_gives_back_the_best_parameters():
    _, _, whole = overfitted()
    network, held_out, history = overfitted(patience=5)
    best = int(whole.validation_losses[: len(history.losses)].argmin())
    assert len(history.losses) == best + 6 < 60
    np.testing.assert_array_equal(history.validation_losses, whole.validation_losses[: best + 6])
    assert network.loss(*held_out) == pytest.approx(history.validation_losses[best], rel=1e-12)


@pytest.mark.parametrize(("epochs", "best"), [(1, 0), (2, 1), (60, 2)])
def test_patience_gives_back_the_best_parameters_even_if_it_never_stops(epochs, best):
    network, held_out, history = overfitted(patience=1000, epochs=epochs)
    assert len(history.losses) == epochs
    assert network.loss(*held_out) == pytest.approx(history.validation_losses.min(), rel=1e-12)
    assert history.validation_losses.argmin() == best


def test_a_validation_loss_that_only_stays_is_no_new_low():
    network, x, y_true = small_job([3, 2], activation="relu", output="relu", examples=4)
    network.flat[:] = -1  # every output is 0, and no slope gets through
    history = fit(
        network, abs(x), y_true, optimiser=SGD(), epochs=9, rng=rng(), validation=(abs(x), y_true), patience=3
    )
    assert len(history.losses) == 4


def test_validation_examples_do_not_change_what_is_learned():
    with_them, x, y_true = small_job([3, 4, 2])
    without = with_them.copy()
    fit(with_them, x, y_true, optimiser=Adam(), epochs=3, rng=rng(), validation=(x[:2], y_true[:2]))
    fit(without, x, y_true, optimiser=Adam(), epochs=3, rng=rng())
    np.testing.assert_array_equal(with_them.flat, without.flat)


# The quick way and the plain way.


@pytest.mark.parametrize(("output", "loss"), ENDS)
@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("sizes", [[3, 2], [3, 5, 2], [3, 5, 4, 1]])
@pytest.mark.parametrize("copied", [COPIED, 0])
def test_the_quick_way_comes_to_the_same_as_the_plain_way(
    sizes, activation, output, loss, copied, monkeypatch
):
    monkeypatch.setattr("pencilnet._fast.COPIED", copied)
    if output == "softmax" and sizes[-1] == 1:
        sizes = [3, 5, 4, 3]
    assert_alike(
        *both_ways(sizes, activation=activation, output=output, loss=loss, fit_with={"batch_size": 5})
    )


@pytest.mark.parametrize("optimiser", OPTIMISERS, ids=str)
def test_every_optimiser_comes_to_the_same(optimiser):
    assert_alike(
        *both_ways([3, 5, 2], activation="tanh", fit_with={"optimiser": optimiser, "epochs": 20}), rtol=1e-11
    )


@given(examples=st.integers(1, 30), batch_size=st.integers(1, 40), seed=st.integers(0, 99))
def test_every_batch_size_comes_to_the_same(examples, batch_size, seed):
    assert_alike(
        *both_ways(
            [2, 3, 2],
            examples=examples,
            seed=seed,
            activation="relu",
            output="softmax",
            loss="cross_entropy",
            fit_with={"batch_size": batch_size, "epochs": 2},
        )
    )


@pytest.mark.parametrize("examples", [CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK + 3])
def test_examples_for_several_chunks_come_to_the_same(examples):
    assert_alike(*both_ways([2, 3, 2], examples=examples, fit_with={"batch_size": 100, "epochs": 2}))


@pytest.mark.parametrize("more", [0, 1])
def test_a_few_examples_get_ones_beside_them_and_many_are_not_copied(more):
    network, x, y_true = small_job([2, 3, 2], examples=COPIED // 8 // 2 + more)
    given = FastTraining(network, SGD(), 10).prepared(x, y_true)[0]
    assert np.shares_memory(given, x) == bool(more)
    np.testing.assert_array_equal(given, x if more else [[*row, 1] for row in x])


@pytest.mark.parametrize(("inputs", "size"), [(FETCHED // 8 // 10, 3), (FETCHED // 8 // 10, 20)])
def test_no_more_is_fetched_at_once_than_said_unless_one_batch_is_more(inputs, size):
    network, x, y_true = small_job([inputs, 2], examples=40)
    training = FastTraining(network, SGD(), size)
    training.one_epoch(training.prepared(x, y_true), np.arange(40))
    examples, labels, *_ = training.batches[size].block
    fetched, one = examples.nbytes + labels.nbytes, size * (inputs + 2) * 8
    assert fetched == max(one, FETCHED // one * one)


@pytest.mark.parametrize("examples", [AT_ONCE - 1, AT_ONCE, 9 * AT_ONCE + 1])
def test_no_more_batches_are_fetched_at_once_than_said(examples):
    network, x, y_true = small_job([3, 2], examples=examples)
    training = FastTraining(network, SGD(), 1)
    training.one_epoch(training.prepared(x, y_true), np.arange(examples))
    fetched, *_, steps = training.batches[1].block
    assert len(fetched) == len(steps) == min(examples, AT_ONCE)


@pytest.mark.parametrize(("inputs", "examples"), [(FETCHED // 8 // 10, 35), (3, 7 * AT_ONCE + 2)])
def test_examples_that_are_fetched_in_several_blocks_come_to_the_same(inputs, examples):
    assert_alike(*both_ways([inputs, 2], examples=examples, fit_with={"batch_size": 3, "epochs": 2}))


@pytest.mark.parametrize("patience", [None, 2])
def test_stopping_early_comes_to_the_same(patience):
    told = {"optimiser": Adam(learning_rate=0.1), "epochs": 30, "patience": patience}
    assert_alike(*both_ways([3, 9, 2], fit_with=told))


@pytest.mark.parametrize("copied", [COPIED, 0])
def test_in_float32_both_ways_come_to_about_the_same(copied, monkeypatch):
    monkeypatch.setattr("pencilnet._fast.COPIED", copied)
    networks = both_ways([3, 5, 2], dtype=np.float32, activation="relu", fit_with={"optimiser": Adam()})
    assert_alike(*networks, rtol=1e-4, atol=1e-5)
    assert {network.flat.dtype for network in networks[:2]} == {np.dtype("float32")}
    assert networks[2].losses.dtype == float


def test_in_float32_a_large_loss_does_not_swallow_the_small_ones():
    """Beside 2^24 a float32 has no 1."""
    network = Network.from_parameters([[[0]]], [[0]], output="identity", dtype=np.float32)
    history = fit(network, np.zeros((3, 1)), [[2**12], [1], [1]], optimiser=SGD(), epochs=1, rng=None)
    assert history.loss_before == (2**24 + 2) / 3


@pytest.mark.parametrize("sums", [-2000, 2000])
@pytest.mark.parametrize(("output", "loss"), ENDS[:5])
def test_sums_far_from_zero_come_to_the_same_without_a_warning(sums, output, loss):
    jobs = both_ways([1, 3, 2], activation="sigmoid", output=output, loss=loss, fit_with={"epochs": 1})
    histories = []
    for network in jobs[:2]:
        network.flat[:] = np.linspace(-1, 1, network.flat.size) * sums
        histories.append(
            fit(network, [[1], [-1]], [[1, 0], [0, 1]], optimiser=SGD(learning_rate=1e-6), epochs=2, rng=None)
        )
    assert_alike(*jobs[:2], *histories)


def test_an_optimiser_of_ones_own_may_keep_what_it_is_given():
    @dataclass(frozen=True)
    class Keeper:
        def start(self, parameters):
            return [parameters]

        def step(self, parameters, gradient, memory):
            return parameters - 0.1 * sum([gradient, *memory[1:]]), [*memory, gradient]

    assert_alike(*both_ways([3, 5, 2], fit_with={"optimiser": Keeper()}))


@pytest.mark.parametrize("kind", [Network, type("Plain", (Network,), {})])
@pytest.mark.parametrize(
    ("returned", "said"),
    [
        (lambda w: w, "step of Own must return the new parameters and the memory, but it returned array"),
        (lambda w: (w, None, 1), "step of Own must return the new parameters and the memory"),
        (lambda w: (w[:1], None), r"it was given \(17,\), it returned \(1,\)"),
        (lambda w: [0.0, None], r"it was given \(17,\), it returned \(\)"),
        (lambda w: ("w", None), "the parameters from step of Own must hold numbers"),
    ],
    ids=["alone", "three", "too few", "a number", "a word"],
)
def test_an_optimiser_of_ones_own_is_told_what_its_step_must_return(kind, returned, said):
    class Own:
        def start(self, parameters):
            return None

        def step(self, parameters, gradient, memory):
            return returned(parameters)

    network = kind([2, 3, 2], rng=rng())
    before = network.flat.copy()
    with pytest.raises(ValueError, match=said):
        fit(network, np.ones((4, 2)), np.ones((4, 2)), optimiser=Own(), epochs=1, rng=rng())
    np.testing.assert_array_equal(network.flat, before)


def test_an_epoch_that_is_refused_halfway_changes_nothing():
    network, x, y_true = small_job([2, 3, 2], examples=4)
    before = network.flat.copy()
    y_true = np.array([*y_true[:3], [np.nan, 0]])
    with pytest.raises(ValueError, match="nan"):
        one_epoch(
            network, x, y_true, optimiser=SGD(), memory=SGD().start(network.flat), batches=[[0, 1], [2, 3]]
        )
    np.testing.assert_array_equal(network.flat, before)


# Memory.


def test_no_memory_grows_with_the_number_of_steps():
    network, x, y_true = small_job([20, 30, 5], examples=300, activation="relu")

    def peak(epochs):
        tracemalloc.start()
        fit(network.copy(), x, y_true, optimiser=SGD(), epochs=epochs, batch_size=10, rng=rng())
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(1)
    steps = 300 // 10 * 49
    assert peak(50) - peak(1) < 2 * steps  # a loss for each epoch, and no byte or two for each step


# What is refused.


def refuse(message, x=data, y_true=LABELS, network=None, **told):
    """The message, for the network of Part I unless told otherwise, which must stay as it was."""
    network = our_layers() if network is None else network
    before, order = network.flat.copy(), rng()
    with refused(message):
        fit(network, x, y_true, **{"optimiser": SGD(), "epochs": 1, "rng": order, **told})
    np.testing.assert_array_equal(network.flat, before)
    assert order.random() == rng().random()


def test_what_does_not_fit_is_refused_with_both_sides():
    refuse("x must be many examples, (examples, 2), but its shape is (2,)", x=data[0])
    refuse("x must be many examples, (examples, 2), but its shape is (4, 1)", x=data[:, :1])
    refuse("4 examples but 3 labels: x is (4, 2), y_true is (3, 1)", y_true=LABELS[:3])
    refuse(
        "each example needs a label for each output: y_true is (4,), the predictions are (4, 1)",
        y_true=all_y_trues,
    )
    refuse("4 examples but 3 labels: x is (4, 2), y_true is (3,)", y_true=all_y_trues[:3])
    refuse("each example needs a label for each output: y_true is (), the predictions are (4, 1)", y_true=1)
    refuse("x is empty: its shape is (0, 2)", x=data[:0], y_true=LABELS[:0])
    refuse("x[3, 1] is nan, but numbers must lie between -1e+100 and 1e+100", x=[*data[:3], [1, math.nan]])
    refuse(
        "y_true[1, 0] is 1e+200, but numbers must lie between -1e+100 and 1e+100",
        y_true=[[1], [1e200], [0], [1]],
    )
    refuse("x[0, 0] is -1e+200, but numbers must lie between -1e+100 and 1e+100", x=[[-1e200, 0], *data[1:]])
    refuse("x must hold numbers, but it holds text: [['a', 'b']]", x=[["a", "b"]])


def test_in_a_network_of_float32_smaller_numbers_are_too_large():
    refuse(
        "x[0, 0] is 10000000000000.0, but numbers must lie between -1e+12 and 1e+12",
        x=[[1e13, 0]], y_true=[[1]], network=our_layers(dtype=np.float32),
    )  # fmt: skip


def test_labels_that_are_none_are_refused():
    refuse(
        "labels must lie between 0 and 1, but y_true[1, 0] is 2.0",
        y_true=[[1], [2], [0], [1]], network=our_layers(loss="cross_entropy"),
    )  # fmt: skip
    classes, x, y_true = small_job([3, 2], output="softmax", loss="cross_entropy")
    refuse(
        "each row of labels must sum to 1, but the sum of y_true[0] is 2.0",
        x=x, y_true=2 * y_true, network=classes,
    )  # fmt: skip
    refuse(
        "class numbers must lie between 0 and 1, but y_true[0] is 7",
        x=x, y_true=[7] * 23, network=classes,
    )  # fmt: skip
    refuse(
        "class numbers must lie between 0 and 1, but y_true in validation[22] is 2",
        x=x, y_true=y_true, network=classes, validation=(x, [1] * 22 + [2]),
    )  # fmt: skip


def test_settings_that_are_none_are_refused():
    refuse("epochs must be a whole number, 1 or more, but it is 0", epochs=0)
    refuse("batch_size must be a whole number, 1 or more, but it is 0", batch_size=0)
    refuse("every must be a whole number, 1 or more, but it is 0", every=0)
    refuse("patience needs validation=(x, y_true): examples that are not trained on", patience=3)
    held_out = data, LABELS
    refuse("patience must be a whole number, 1 or more, but it is 0", patience=0, validation=held_out)
    refuse("optimiser must make steps, such as SGD(), but it is 0.1", optimiser=0.1)
    forgotten = "<class 'pencilnet.optimisers.Adam'>"
    refuse(f"optimiser must make steps, such as SGD(), but it is {forgotten}", optimiser=Adam)
    half = SimpleNamespace(start=1)
    refuse("optimiser must make steps, such as SGD(), but it is namespace(start=1)", optimiser=half)
    refuse("progress must be a function of an epoch and a loss, but it is True", progress=True)
    refuse("progress is told of losses, but with every=None none is taken", progress=print, every=None)


def test_validation_is_checked_as_the_examples_are():
    refuse("validation must be a pair (x, y_true), but it is 3", validation=3)
    refuse("validation must be a pair (x, y_true), but it is (1, 2, 3)", validation=(1, 2, 3))
    refuse(
        "x in validation must be many examples, (examples, 2), but its shape is (4, 1)",
        validation=(data[:, :1], LABELS),
    )
    refuse(
        "4 examples but 3 labels: x in validation is (4, 2), y_true in validation is (3, 1)",
        validation=(data, LABELS[:3]),
    )
    refuse(
        "each example needs a label for each output: "
        "y_true in validation is (4,), the predictions are (4, 1)",
        validation=(data, all_y_trues),
    )


def test_what_cannot_shuffle_or_be_trained_is_refused():
    message = "rng must be a generator, such as np.random.default_rng(44), or None, but it is 44"
    network = our_layers()
    with refused(message):
        fit(network, data, LABELS, optimiser=SGD(), epochs=1, rng=44)
    with refused(message):
        mini_batches(4, 2, rng=44)
    with refused("examples must be a whole number, 1 or more, but it is 0"):
        mini_batches(0, 2, rng=rng())
    with refused("batch_size must be a whole number, 1 or more, but it is 0.5"):
        mini_batches(4, 0.5, rng=rng())
    with refused("network must be a Network, but it is 3"):
        fit(3, data, LABELS, optimiser=SGD(), epochs=1, rng=rng())


@pytest.mark.parametrize("kind", [Network, Plain])
def test_the_network_is_as_it_was_when_progress_stops_the_training(kind):
    network, x, y_true = small_job([3, 4, 2], kind=kind)
    before = network.flat.copy()

    def stop(epoch, loss):
        if epoch == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fit(network, x, y_true, optimiser=SGD(), epochs=5, rng=rng(), progress=stop)
    np.testing.assert_array_equal(network.flat, before)


def test_training_that_runs_away_is_refused_and_leaves_the_network_as_it_was():
    network, x, y_true = small_job([3, 4, 2], activation="identity", output="identity")
    before = network.flat.copy()
    message = r"^the steps of SGD\(learning_rate=90\.0.*\) are too large here: after epoch \d+ the loss is "
    for validation in (None, (x, y_true)):
        with pytest.raises(ValueError, match=message):
            fit(
                network, x, y_true,
                optimiser=SGD(learning_rate=90), epochs=100, rng=rng(), validation=validation,
            )  # fmt: skip
    np.testing.assert_array_equal(network.flat, before)


@pytest.mark.parametrize("every", [1000, None])
def test_training_that_runs_away_after_the_last_loss_is_refused_too(every):
    network, x, y_true = small_job([3, 4, 2], activation="identity", output="identity")
    before = network.flat.copy()
    message = (
        r"^the steps of SGD\(learning_rate=9\.0.*\) are too large here: "
        r"after epoch 99 the largest parameter is (nan|inf|\d)"
    )
    with pytest.raises(ValueError, match=message):
        fit(network, x, y_true, optimiser=SGD(learning_rate=9), epochs=100, rng=rng(), every=every)
    np.testing.assert_array_equal(network.flat, before)


@dataclass(frozen=True)
class Leap:
    """An optimiser that goes to one and the same value."""

    value: float

    def start(self, parameters):
        return None

    def step(self, parameters, gradient, memory):
        return np.full_like(parameters, self.value), memory


def test_training_may_come_to_the_largest_number_that_a_network_may_hold_and_no_further():
    network, x, y_true = small_job([3, 2])
    fit(network, x, y_true, optimiser=Leap(1e100), epochs=1, rng=rng())
    assert (network.flat == 1e100).all()
    with pytest.raises(ValueError, match=r"^the steps of Leap\(.*\) are too large here"):
        fit(network, x, y_true, optimiser=Leap(math.nextafter(1e100, math.inf)), epochs=1, rng=rng())
    assert (network.flat == 1e100).all()


@pytest.mark.parametrize("kind", [Network, Plain])
def test_a_schedule_that_gives_no_learning_rate_is_refused(kind):
    network, x, y_true = small_job([3, 4, 2], kind=kind)
    before = network.flat.copy()
    with pytest.raises(ValueError, match=r"^learning_rate\(3\) must be 0 or more, but it is -1\.0$"):
        fit(
            network, x, y_true, optimiser=SGD(learning_rate=lambda step: -1.0 if step == 3 else 0.1),
            epochs=9, rng=rng(),
        )  # fmt: skip
    np.testing.assert_array_equal(network.flat, before)
