"""Where weights begin: how spread they are, what it does to a layer, and what is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.pencilnet.refused import refused

import pencilnet
from pencilnet import INITIALISERS, he, relu, standard_normal, tanh, xavier

every_initialiser = pytest.mark.parametrize("initialiser", INITIALISERS.values(), ids=INITIALISERS)
SIZES = st.integers(1, 40)


def test_each_initialiser_stands_under_its_own_name():
    assert list(INITIALISERS) == ["standard_normal", "xavier", "he"]
    for name, initialiser in INITIALISERS.items():
        assert initialiser is getattr(pencilnet, name)


@every_initialiser
@given(inputs=SIZES, neurons=SIZES)
def test_there_is_a_weight_for_each_input_of_each_neuron(initialiser, inputs, neurons):
    weights = initialiser(inputs, neurons, rng=np.random.default_rng(1))
    assert weights.shape == (inputs, neurons)
    assert weights.dtype == float


@given(inputs=SIZES, neurons=SIZES)
def test_the_three_differ_by_their_factor_alone(inputs, neurons):
    normal = np.random.RandomState(44).normal(size=(inputs, neurons))
    factors = {standard_normal: 1, xavier: (2 / (inputs + neurons)) ** 0.5, he: (2 / inputs) ** 0.5}
    for initialiser, factor in factors.items():
        weights = initialiser(inputs, neurons, rng=np.random.RandomState(44))
        np.testing.assert_allclose(weights, factor * normal, rtol=1e-14)


def test_the_worked_spreads_are_these():
    """With 8 inputs and 24 neurons: 2/32 is a quarter squared, and 2/8 is a half squared."""
    ones = type("Ones", (), {"normal": lambda self, size: np.ones(size)})()
    assert standard_normal(8, 24, rng=ones)[0, 0] == 1
    assert xavier(8, 24, rng=ones)[0, 0] == 0.25
    assert he(8, 24, rng=ones)[0, 0] == 0.5


@every_initialiser
def test_the_generator_decides_what_is_drawn(initialiser):
    first, again, other = (initialiser(3, 4, rng=np.random.default_rng(seed)) for seed in (7, 7, 8))
    assert (first == again).all()
    assert (first != other).all()


@pytest.mark.parametrize(("initialiser", "activation"), [(xavier, tanh), (he, relu)])
def test_through_many_layers_the_sums_neither_vanish_nor_explode(initialiser, activation):
    rng = np.random.default_rng(0)
    a = rng.normal(size=(200, 200))
    for _ in range(20):
        z = a @ initialiser(200, 200, rng=rng)
        a = activation(z)
    assert 0.15 < z.std() < 3


@every_initialiser
def test_no_weight_is_random_by_accident(initialiser):
    with pytest.raises(TypeError, match="rng"):
        initialiser(2, 3)
    with pytest.raises(TypeError, match="positional"):
        initialiser(2, 3, np.random.default_rng(0))


@every_initialiser
@pytest.mark.parametrize(
    ("inputs", "neurons", "message"),
    [
        (0, 3, "inputs must be a whole number, 1 or more, but it is 0"),
        (2, -1, "neurons must be a whole number, 1 or more, but it is -1"),
        (2.5, 3, "inputs must be a whole number, 1 or more, but it is 2.5"),
        (2, True, "neurons must be a whole number, 1 or more, but it is True"),
    ],
)
def test_a_size_that_is_none_is_refused(initialiser, inputs, neurons, message):
    with refused(message):
        initialiser(inputs, neurons, rng=np.random.default_rng(0))


@every_initialiser
def test_a_seed_is_no_generator(initialiser):
    with refused("rng must be a generator, such as np.random.default_rng(44), but it is 44"):
        initialiser(2, 3, rng=44)
