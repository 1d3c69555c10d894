import copy
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from tests.pencilnet.oracle import PARAMETERS, bits, network_from

from pencilnet import ALICE, Forward, OurNeuralNetwork

NINE = arrays.arrays(float, 9, elements=st.floats(-5, 5))
TABLES = arrays.arrays(float, st.tuples(st.integers(1, 6), st.just(2)), elements=st.floats(-30, 30))


def ones():
    """The network of the worked derivative: every weight 1, every bias 0."""
    return network_from([1, 1, 1, 1, 1, 1, 0, 0, 0])


def test_the_worked_network_gives_its_output():
    network = network_from([0, 1, 0, 1, 0, 1, 0, 0, 0])
    forward = network.forward([2, 3])
    assert forward.h1 == forward.h2 == pytest.approx(0.9525741268224334, rel=1e-15, abs=0)
    assert forward.o1 == network.feedforward([2, 3]) == pytest.approx(0.7216325609518421, rel=1e-15, abs=0)


def test_alice_goes_forward_as_in_the_worked_example():
    forward = ones().forward(ALICE.shifted)
    assert (forward.x1, forward.x2, forward.z_h1, forward.z_h2) == (-2, -1, -3, -3)
    assert forward.h1 == forward.h2 == pytest.approx(0.04742587317756678, rel=1e-15, abs=0)
    assert forward.z_o1 == forward.h1 + forward.h2
    assert forward.y_pred == pytest.approx(0.5236951740839997, rel=1e-15, abs=0)


def test_alice_goes_backward_as_in_the_worked_example():
    network = ones()
    gradient = network.backward(network.forward(ALICE.shifted), y_true=1)
    assert gradient.dL_dy_pred == pytest.approx(-0.9526096518320006, rel=1e-15, abs=0)
    assert gradient.dy_pred_dh1 == pytest.approx(0.24943853872512894, rel=1e-15, abs=0)
    assert gradient.dh1_dw1 == pytest.approx(-0.09035331946182427, rel=1e-15, abs=0)
    assert gradient.dL_dw1 == pytest.approx(0.02146953526581111, rel=1e-15, abs=0)
    rounded = {name: round(partial, 5) for name, partial in gradient.partials.items()}
    assert rounded == {
        **{"w1": 0.02147, "w2": 0.01073, "w3": 0.02147, "w4": 0.01073, "w5": -0.01127, "w6": -0.01127},
        **{"b1": -0.01073, "b2": -0.01073, "b3": -0.23762},
    }


def test_rounding_at_every_step_gives_the_figures_of_the_article():
    assert round(-2 * (1 - 0.524), 3) == -0.952
    assert round(-0.952 * 0.249 * -0.0904, 4) == 0.0214


def test_different_parameters_reach_their_own_places():
    network = network_from([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9])
    forward = network.forward([10, 100])
    assert forward[:2] == (10, 100)
    assert forward.z_h1 == pytest.approx(1 + 20 + 0.7, rel=1e-15)
    assert forward.z_h2 == pytest.approx(3 + 40 + 0.8, rel=1e-15)
    assert forward.z_o1 == pytest.approx(0.5 * forward.h1 + 0.6 * forward.h2 + 0.9, rel=1e-15)


def test_neither_pass_changes_the_network():
    network = ones()
    network.feedforward([[-2, -1], [3, 4]])
    network.backward(network.forward([-2, -1]), 1)
    assert bits(network) == bits(ones())


def test_the_records_cannot_be_changed():
    forward = ones().forward([-2, -1])
    with pytest.raises(AttributeError):
        forward.h1 = 0
    with pytest.raises(AttributeError):
        ones().backward(forward, 1).dL_dw1 = 0


@given(parameters=NINE, table=TABLES)
def test_a_table_is_answered_as_each_of_its_examples(parameters, table):
    network = network_from(parameters)
    together, one_by_one = network.feedforward(table), [network.feedforward(x) for x in table]
    np.testing.assert_allclose(together, one_by_one, rtol=1e-14, atol=0)
    assert together.shape == (len(table),)
    assert [network.forward(x).o1 for x in table] == one_by_one


@given(parameters=NINE, table=TABLES)
def test_the_order_of_the_examples_does_not_matter_to_a_prediction(parameters, table):
    network = network_from(parameters)
    np.testing.assert_array_equal(network.feedforward(table[::-1]), network.feedforward(table)[::-1])


@given(parameters=NINE, x=arrays.arrays(float, 2, elements=st.floats(-9, 9)), y_true=st.floats(0, 1))
def test_swapping_the_hidden_neurons_changes_no_prediction_and_swaps_the_partials(parameters, x, y_true):
    here = network_from(parameters)
    there = network_from(parameters[[2, 3, 0, 1, 5, 4, 7, 6, 8]])
    assert there.feedforward(x) == pytest.approx(here.feedforward(x), rel=1e-14)
    left = list(here.backward(here.forward(x), y_true).partials.values())
    right = np.array(list(there.backward(there.forward(x), y_true).partials.values()))
    np.testing.assert_allclose(left, right[[2, 3, 0, 1, 5, 4, 7, 6, 8]], rtol=1e-9, atol=1e-15)


def test_one_example_is_answered_with_a_plain_float():
    network = ones()
    assert type(network.feedforward(np.array([-2, -1]))) is float
    forward = network.forward(np.array([-2, -1]))
    assert {type(value) for value in (*forward, *network.backward(forward, np.int64(1)))} == {float}
    assert isinstance(forward, Forward)


@pytest.mark.parametrize("kind", [np.random.RandomState, np.random.default_rng])
def test_starting_values_are_drawn_in_the_order_w1_to_w6_then_b1_to_b3(kind):
    expected = kind(44).normal(size=9).tolist()
    network = OurNeuralNetwork(rng=kind(44))
    assert list(network.parameters.items()) == list(zip(PARAMETERS, expected, strict=True))
    assert {type(value) for value in network.parameters.values()} == {float}


def test_randomness_has_to_be_asked_for():
    with pytest.raises(TypeError, match="rng"):
        OurNeuralNetwork()


def test_all_nine_parameters_have_to_be_given():
    with pytest.raises(TypeError, match="b3"):
        OurNeuralNetwork.from_parameters(w1=1, w2=1, w3=1, w4=1, w5=1, w6=1, b1=0, b2=0)


def test_a_parameter_can_be_read_and_set_by_its_name():
    network = network_from(range(1, 10))
    assert [getattr(network, name) for name in PARAMETERS] == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    network.b2 = np.float64(-1.5)
    assert network.b2 == -1.5
    assert type(network.b2) is float
    assert network.parameters == dict(zip(PARAMETERS, [1, 2, 3, 4, 5, 6, 7, -1.5, 9], strict=True))


def test_changing_the_dictionary_of_parameters_changes_no_network():
    network = ones()
    network.parameters["w1"] = 5
    assert network.w1 == 1


def test_several_parameters_are_set_together_or_not_at_all():
    network = ones()
    with pytest.raises(ValueError, match=r"^w2 is nan"):
        network.set_parameters(w1=5, w2=float("nan"))
    with pytest.raises(AttributeError):
        network.set_parameters(w1=5, w7=1)
    assert bits(network) == bits(ones())
    network.set_parameters(w1=5, b3=2)
    assert (network.w1, network.w2, network.b3) == (5, 1, 2)


def test_a_name_that_is_no_parameter_is_refused():
    message = "the network has the parameters w1, w2, w3, w4, w5, w6, b1, b2, b3, but no w7"
    with pytest.raises(AttributeError, match=rf"^{message}$"):
        ones().w7 = 1


def test_a_copy_goes_its_own_way():
    network = ones()
    other = network.copy()
    other.step([-2, -1], 1)
    assert bits(network) == bits(ones()) != bits(other)
    assert type(other) is OurNeuralNetwork


@pytest.mark.parametrize(
    "duplicate", [copy.copy, copy.deepcopy, lambda network: pickle.loads(pickle.dumps(network))]
)
def test_pythons_own_ways_of_copying_work_too(duplicate):
    network = OurNeuralNetwork(rng=np.random.default_rng(1))
    assert bits(duplicate(network)) == bits(network)


@given(NINE)
def test_a_network_shows_itself_as_the_code_that_makes_it(parameters):
    network = network_from(parameters)
    assert bits(eval(repr(network))) == bits(network)


def test_the_code_that_a_network_shows_is_readable():
    values = "w1=1.0, w2=1.0, w3=1.0, w4=1.0, w5=1.0, w6=1.0, b1=0.0, b2=0.0, b3=0.0"
    assert repr(ones()) == f"OurNeuralNetwork.from_parameters({values})"
