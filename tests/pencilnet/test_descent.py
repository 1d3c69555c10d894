import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from tests.pencilnet.oracle import PARAMETERS, bits, network_from

from pencilnet import ALICE, EMILY, FRANK, OurNeuralNetwork, all_y_trues, data, mse_loss

JOBS = st.integers(1, 5).flatmap(
    lambda n: st.tuples(
        arrays.arrays(float, 9, elements=st.floats(-5, 5)),
        arrays.arrays(float, (n, 2), elements=st.floats(-30, 30)),
        arrays.arrays(float, n, elements=st.floats(0, 1)),
        st.floats(1e-3, 10),
    )
)


def seed_44():
    return OurNeuralNetwork(rng=np.random.RandomState(44))


def loss_of(network):
    return mse_loss(all_y_trues, network.feedforward(data))


def test_one_step_lowers_the_loss_of_alice_as_in_the_worked_example():
    network = network_from([1, 1, 1, 1, 1, 1, 0, 0, 0])
    assert (1 - network.feedforward(ALICE.shifted)) ** 2 == pytest.approx(0.22686628719087137, rel=1e-14)
    network.step(ALICE.shifted, 1, learning_rate=0.1)
    assert (1 - network.feedforward(ALICE.shifted)) ** 2 == pytest.approx(0.22109664645284527, rel=1e-14)


def test_a_step_moves_each_parameter_against_its_own_partial_derivative():
    network = network_from([0.1, -0.2, 0.3, 0.4, -0.5, 0.6, 0.7, -0.8, 0.9])
    before = network.copy()
    gradient = network.step([1.5, -2], 0, learning_rate=0.25)
    assert gradient == before.backward(before.forward([1.5, -2]), 0)
    for name in PARAMETERS:
        moved = getattr(before, name) - 0.25 * gradient.partials[name]
        assert getattr(network, name) == moved, name


def test_the_usual_learning_rate_of_a_step_is_a_tenth():
    usual, told = seed_44(), seed_44()
    usual.step([-2, -1], 1)
    told.step([-2, -1], 1, learning_rate=0.1)
    assert bits(usual) == bits(told)


def loss_one_by_one(network, x, y):
    """Of `forward`, whose powers of e are Python's own: NumPy's may differ in the last digit."""
    return mse_loss(y, np.array([network.forward(example).y_pred for example in x]))


@given(JOBS)
@settings(max_examples=200)
def test_training_is_one_step_after_another_to_the_last_digit(job):
    parameters, x, y, learning_rate = job
    stepped, trained = network_from(parameters), network_from(parameters)
    losses = [loss_one_by_one(stepped, x, y)]
    for _ in range(3):
        for example, label in zip(x, y, strict=True):
            stepped.step(example, label, learning_rate=learning_rate)
        losses.append(loss_one_by_one(stepped, x, y))
    history = trained.train(x, y, learning_rate=learning_rate, epochs=3)
    assert bits(trained) == bits(stepped)
    # A loss is a square: what rounding does to an error, in proportion to 1, shows in its root.
    found, expected = np.sqrt([history.loss_before, *history.losses]), np.sqrt(losses)
    np.testing.assert_allclose(found, expected, rtol=1e-13, atol=1e-14)


def test_seed_44_prints_what_the_article_prints():
    network = seed_44()
    history = network.train(data, all_y_trues)
    assert f"{network.feedforward(EMILY.shifted):.3f}" == "0.951"
    assert f"{network.feedforward(FRANK.shifted):.3f}" == "0.039"
    assert f"{history.losses[0]:.3f}" == "0.358"
    assert f"{history.loss_before:.3f}" == "0.367"


def test_seed_44_learns_the_same_on_every_machine():
    network = seed_44()
    history = network.train(data, all_y_trues)
    predictions = network.feedforward([EMILY.shifted, FRANK.shifted])
    np.testing.assert_allclose(predictions, [0.9510893031247124, 0.0390945626639773], rtol=1e-12)
    np.testing.assert_allclose(
        history.losses[[0, 990, 999]],
        [0.35776890756242313, 0.002290832161484119, 0.0022682509227825356],
        rtol=1e-12,
    )
    assert history.loss_before == pytest.approx(0.36685412579460774, rel=1e-14)


def test_a_loss_belongs_to_the_end_of_its_epoch():
    stepped, trained = seed_44(), seed_44()
    expected = []
    for _ in range(4):
        for x, y in zip(data, all_y_trues, strict=True):
            stepped.step(x, y)
        expected.append(loss_of(stepped))
    history = trained.train(data, all_y_trues, epochs=4)
    assert history.loss_before == pytest.approx(loss_of(seed_44()), rel=1e-14)
    np.testing.assert_allclose(history.losses, expected, rtol=1e-14)
    assert history.epochs.tolist() == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("epochs", "every", "taken"),
    [
        (1, 1, [0]),
        (1, 10, [0]),
        (10, 10, [0]),
        (11, 10, [0, 10]),
        (31, 10, [0, 10, 20, 30]),
        (7, 3, [0, 3, 6]),
    ],
)
def test_every_so_many_epochs_the_loss_is_taken(epochs, every, taken):
    full = seed_44().train(data, all_y_trues, epochs=epochs)
    history = seed_44().train(data, all_y_trues, epochs=epochs, every=every)
    assert history.epochs.tolist() == taken
    np.testing.assert_array_equal(history.losses, full.losses[taken])


def test_how_often_the_loss_is_taken_does_not_change_the_training():
    often, seldom = seed_44(), seed_44()
    often.train(data, all_y_trues, epochs=20)
    seldom.train(data, all_y_trues, epochs=20, every=7)
    assert bits(often) == bits(seldom)


def test_the_usual_training_has_1000_epochs_at_a_learning_rate_of_a_tenth():
    usual, told = seed_44(), seed_44()
    history = usual.train(data, all_y_trues)
    told.train(data, all_y_trues, learning_rate=0.1, epochs=1000, every=1)
    assert bits(usual) == bits(told)
    assert history.epochs.tolist() == list(range(1000))


def test_training_twice_is_training_for_longer():
    twice, once = seed_44(), seed_44()
    twice.train(data, all_y_trues, epochs=5)
    twice.train(data, all_y_trues, epochs=7)
    once.train(data, all_y_trues, epochs=12)
    assert bits(twice) == bits(once)


def test_progress_hears_of_each_loss_as_it_is_taken():
    heard = []
    history = seed_44().train(
        data, all_y_trues, epochs=25, every=10, progress=lambda *told: heard.append(told)
    )
    assert heard == list(zip([0, 10, 20], history.losses.tolist(), strict=True))


def test_the_network_is_as_it_was_when_progress_stops_the_training():
    network = seed_44()

    def stop(epoch, loss):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        network.train(data, all_y_trues, epochs=5, progress=stop)
    assert bits(network) == bits(seed_44())


def test_training_prints_nothing(capsys):
    seed_44().train(data, all_y_trues, epochs=20)
    assert capsys.readouterr() == ("", "")


def test_the_order_of_the_examples_matters_to_training():
    forwards, backwards = seed_44(), seed_44()
    forwards.train(data, all_y_trues, epochs=5)
    backwards.train(data[::-1], all_y_trues[::-1], epochs=5)
    assert bits(forwards) != bits(backwards)


def test_lists_train_as_arrays_do():
    lists, arrays_ = seed_44(), seed_44()
    lists.train([[-2, -1], [25, 6], [17, 4], [-15, -6]], [1, 0, 0, 1], epochs=3)
    arrays_.train(data, all_y_trues, epochs=3)
    assert bits(lists) == bits(arrays_)


def test_a_network_that_starts_with_ones_keeps_its_hidden_neurons_alike():
    network = network_from([1] * 9)
    network.train(data, all_y_trues)
    assert (network.w1, network.w2, network.b1, network.w5) == (
        network.w3,
        network.w4,
        network.b2,
        network.w6,
    )
    assert loss_of(network) == pytest.approx(0.0024007656024844183, rel=1e-10)


def test_a_step_that_leads_out_of_all_bounds_is_refused_and_not_made():
    network = network_from([0, 0, 0, 0, 1, -1, 0, 0, 0])
    before = bits(network)
    with pytest.raises(
        ValueError, match=r"^learning_rate 1e\+99 is too large here: w1 is -6\.2\d*e\+197, but"
    ):
        network.step([1e100, 1], 0, learning_rate=1e99)
    assert bits(network) == before


@pytest.mark.parametrize(("x", "found"), [([[1e100, 1]], "inf"), ([[1e100, 1], [0, 0]], "nan")])
def test_training_that_runs_away_is_refused_and_leaves_the_network_as_it_was(x, found):
    network = network_from([0, 0, 0, 0, 1e100, -1e100, 0, 0, 0])
    before = bits(network)
    message = f"learning_rate 1e+100 is too large here: w1 is {found}, but numbers must lie"
    with pytest.raises(ValueError, match=f"^{re.escape(message)}"):
        network.train(x, [1e100] * len(x), learning_rate=1e100, epochs=1)
    assert bits(network) == before
