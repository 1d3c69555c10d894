import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from tests.pencilnet.oracle import network_from

from pencilnet import (
    EMILY,
    FRANK,
    PEOPLE,
    ManyRuns,
    OurNeuralNetwork,
    all_y_trues,
    data,
    mse_loss,
    seeds,
    starting_parameters,
    train_many,
)

JOBS = st.tuples(st.integers(1, 5), st.integers(1, 4)).flatmap(
    lambda sizes: st.tuples(
        arrays.arrays(float, (sizes[0], 9), elements=st.floats(-5, 5)),
        arrays.arrays(float, (sizes[1], 2), elements=st.floats(-30, 30)),
        arrays.arrays(float, sizes[1], elements=st.floats(0, 1)),
        st.floats(1e-3, 10),
    )
)


@pytest.fixture(scope="module")
def ten_thousand():
    return train_many(starting_parameters(range(10_000)), data, all_y_trues)


def values(network):
    return list(network.parameters.values())


@given(JOBS)
@settings(max_examples=200)
def test_many_networks_train_as_each_does_alone(job):
    starts, x, y, learning_rate = job
    runs = train_many(starts, x, y, learning_rate=learning_rate, epochs=3)
    for start, end, loss in zip(starts, *runs, strict=True):
        network = network_from(start)
        network.train(x, y, learning_rate=learning_rate, epochs=3)
        np.testing.assert_allclose(end, values(network), rtol=1e-10, atol=1e-12)
        assert loss == pytest.approx(mse_loss(y, network.feedforward(x)), rel=1e-9, abs=1e-15)


@pytest.mark.parametrize("seed", [0, 44, 599, 7543, 9999])
def test_a_seed_among_10000_ends_where_it_ends_alone(ten_thousand, seed):
    network = OurNeuralNetwork(rng=np.random.RandomState(seed))
    history = network.train(data, all_y_trues)
    np.testing.assert_allclose(ten_thousand.parameters[seed], values(network), rtol=1e-11)
    assert ten_thousand.losses[seed] == pytest.approx(history.losses[-1], rel=1e-11)


def test_emily_frank_and_the_loss_over_10000_seeds(ten_thousand):
    emily, frank = ten_thousand.feedforward([EMILY.shifted, FRANK.shifted]).T
    assert (round(emily.min(), 3), round(emily.max(), 3)) == (0.929, 0.981)
    assert (round(frank.min(), 3), round(frank.max(), 3)) == (0.032, 0.206)
    assert (round(ten_thousand.losses.min(), 4), round(ten_thousand.losses.max(), 4)) == (0.0009, 0.0041)


def test_64_of_10000_seeds_print_both_of_the_articles_predictions_and_44_is_the_first(ten_thousand):
    predictions = ten_thousand.feedforward([EMILY.shifted, FRANK.shifted]).round(3)
    both = np.flatnonzero((predictions == [0.951, 0.039]).all(axis=1))
    assert (len(both), both[0]) == (64, 44)


def test_raw_pounds_and_inches_teach_the_network_nothing():
    raw = [(person.pounds, person.inches) for person in PEOPLE]
    assert train_many(starting_parameters(range(200)), raw, all_y_trues).losses.min() > 0.2475


def test_the_starting_parameters_are_those_of_one_network_each():
    starts = starting_parameters([0, 44, 4294967295])
    for seed, start in zip([0, 44, 4294967295], starts, strict=True):
        assert start.tolist() == values(OurNeuralNetwork(rng=np.random.RandomState(seed)))
    assert starts.shape == (3, 9)


def test_a_seed_starts_the_same_whatever_came_before_it():
    assert starting_parameters([7, 7, 3])[[0, 2]].tolist() == starting_parameters(np.array([7, 3])).tolist()


@pytest.mark.parametrize("block", [1, 2, 3, 4, 5, 6])
def test_the_size_of_a_block_changes_nothing(monkeypatch, block):
    whole = train_many(starting_parameters(range(5)), data, all_y_trues, epochs=7)
    monkeypatch.setattr(seeds, "BLOCK", block)
    parts = train_many(starting_parameters(range(5)), data, all_y_trues, epochs=7)
    np.testing.assert_allclose(parts.parameters, whole.parameters, rtol=1e-13)


def test_the_usual_job_has_1000_epochs_at_a_learning_rate_of_a_tenth():
    starts = starting_parameters([44])
    told = train_many(starts, data, all_y_trues, learning_rate=0.1, epochs=1000)
    assert train_many(starts, data, all_y_trues).parameters.tolist() == told.parameters.tolist()


def test_the_starting_points_are_not_changed():
    starts = starting_parameters(range(3))
    train_many(starts, data, all_y_trues, epochs=1)
    assert starts.tolist() == starting_parameters(range(3)).tolist()


def test_predictions_have_one_row_for_each_seed():
    runs = ManyRuns(starting_parameters([1, 2, 3]), None)
    table = [[-7, -3], [20, 2], [0, 1], [5, 5]]
    assert runs.feedforward([-7, -3]).shape == (3,)
    assert runs.feedforward(table).shape == (3, 4)
    expected = [network_from(start).feedforward(table) for start in runs.parameters]
    np.testing.assert_allclose(runs.feedforward(table), expected, rtol=1e-14)
    np.testing.assert_allclose(runs.feedforward(table[0]), np.array(expected)[:, 0], rtol=1e-14)


@pytest.mark.parametrize("sum_", [-1e5, -701.0, -700.0, -30.0, 0.0, 30.0, 700.0, 1e5])
def test_sums_far_from_0_train_as_they_do_alone_and_without_a_warning(sum_):
    start = [0.5, 0.25, -0.5, 1, 2, -3, sum_, -sum_, 0.1]
    network = network_from(start)
    network.train(data, all_y_trues, epochs=3)
    runs = train_many([start], data, all_y_trues, epochs=3)
    np.testing.assert_allclose(runs.parameters[0], values(network), rtol=1e-12)


@pytest.mark.parametrize(("x", "found"), [([[1e100, 1]], "inf"), ([[1e100, 1], [0, 0]], "nan")])
def test_a_job_in_which_one_network_runs_away_is_refused(x, found):
    starts = [[0, 0, 0, 0, 0, 0, 0, 0, -1e5], [0, 0, 0, 0, 1e100, -1e100, 0, 0, 0]]
    message = f"learning_rate 1e+100 is too large here: parameters[1, 0] is {found}, but numbers must lie"
    with pytest.raises(ValueError, match=f"^{re.escape(message)}"):
        train_many(starts, x, [1e100] * len(x), learning_rate=1e100, epochs=1)
