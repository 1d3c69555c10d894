"""Optimisers: first steps by hand, what holds for all of them, and what is refused."""

import copy
import reprlib
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from tests.pencilnet.refused import refused

from pencilnet import (
    SGD,
    Adam,
    AdamW,
    Cosine,
    OurNeuralNetwork,
    RMSProp,
    all_y_trues,
    data,
)

ALL = [
    SGD(learning_rate=0.1),
    SGD(learning_rate=0.1, weight_decay=0.3),
    SGD(learning_rate=0.1, momentum=0.9),
    SGD(learning_rate=0.1, momentum=0.5, nesterov=True, weight_decay=0.01),
    SGD(learning_rate=Cosine(0.1, steps=5), momentum=0.9),
    RMSProp(learning_rate=0.1),
    RMSProp(learning_rate=0.1, alpha=0.0, epsilon=0.1),
    Adam(learning_rate=0.1),
    Adam(learning_rate=0.1, weight_decay=0.3),
    AdamW(learning_rate=0.1, weight_decay=0.3),
]
every_optimiser = pytest.mark.parametrize("optimiser", ALL, ids=repr)

SLOPES = st.floats(-100, 100).map(lambda g: 0.0 if abs(g) < 1e-3 else g)
GRADIENTS = st.integers(1, 5).flatmap(
    lambda n: st.lists(arrays.arrays(float, n, elements=SLOPES), min_size=1)
)


def walk(optimiser, start, gradients):
    """Where it gets to by these gradients, and its memory there."""
    w, memory = np.asarray(start), optimiser.start(start)
    for gradient in gradients:
        w, memory = optimiser.step(w, gradient, memory)
    return w, memory


def by_hand(optimiser, gradients, start=1):
    """The same for a single parameter, of which the tests know the exact fractions."""
    return walk(optimiser, np.array([float(start)]), [np.array([float(g)]) for g in gradients])


def test_plain_descent_goes_against_the_gradient():
    w, memory = by_hand(SGD(learning_rate=0.5), [2, -1])
    assert (w.item(), memory.velocity.item(), memory.steps) == (1 - 1 + 0.5, -1, 2)


def test_momentum_keeps_part_of_the_velocity():
    # v = 2, then 1/2 * 2 + 2 = 3, then 1/2 * 3 - 1 = 1/2
    w, memory = by_hand(SGD(learning_rate=0.5, momentum=0.5), [2, 2, -1])
    assert (w.item(), memory.velocity.item()) == (1 - 1 - 1.5 - 0.25, 0.5)


def test_nesterov_goes_a_step_of_momentum_further():
    # v = 2, 3, 1/2 as above; the moves are 2 + 1 = 3, 2 + 3/2 = 7/2, -1 + 1/4 = -3/4
    w, memory = by_hand(SGD(learning_rate=0.5, momentum=0.5, nesterov=True), [2, 2, -1])
    assert (w.item(), memory.velocity.item()) == (1 - 1.5 - 1.75 + 0.375, 0.5)


def test_weight_decay_of_plain_descent_takes_a_part_of_the_parameter_away():
    # each step leaves 1 - 1/2 * 1/4 = 7/8
    w, _ = by_hand(SGD(learning_rate=0.5, weight_decay=0.25), [0, 0, 0])
    assert w.item() == float(Fraction(7, 8) ** 3)


def test_weight_decay_goes_through_the_velocity():
    # g + w/4 = 1/4, so v = 1/4 and w = 7/8; then v = 1/8 + 7/32 = 11/32 and w = 7/8 - 11/64
    w, memory = by_hand(SGD(learning_rate=0.5, momentum=0.5, weight_decay=0.25), [0, 0])
    assert (w.item(), memory.velocity.item()) == (0.875 - 11 / 64, 11 / 32)


def test_rmsprop_divides_by_the_root_of_the_mean_square():
    # s = 3/4 * 0 + 1/4 * 16 = 4, then 3/4 * 4 + 1/4 * 16 = 7
    w, memory = by_hand(RMSProp(learning_rate=0.5, alpha=0.75, epsilon=1), [4, -4])
    assert w.item() == pytest.approx(1 - 0.5 * 4 / 3 + 0.5 * 4 / (7**0.5 + 1), rel=1e-15)
    assert (memory.mean_square.item(), memory.steps) == (7, 2)


def test_adam_corrects_both_means_for_their_start_at_zero():
    # m = 1/2 * 4 = 2, corrected 4; s = 1/4 * 16 = 4, corrected 16: a step of 4 / (4 + 1)
    # m = 1 - 1 = 0; so the second step is none, whatever it is divided by
    adam = Adam(learning_rate=0.5, beta_1=0.5, beta_2=0.75, epsilon=1)
    w, memory = by_hand(adam, [4, -2])
    assert w.item() == pytest.approx(1 - 0.5 * 4 / 5, rel=1e-15)
    assert tuple(memory) == (0, 0.75 * 4 + 0.25 * 4, 2)
    # m = 0 + 1/2 * 7, corrected by 1 - 1/8; s = 3/4 * 4 + 1/4 * 49, corrected by 1 - 27/64
    third, memory = by_hand(adam, [4, -2, 7])
    m_hat, s_hat = 3.5 / (7 / 8), 15.25 / (37 / 64)
    assert third.item() == pytest.approx(w.item() - 0.5 * m_hat / (s_hat**0.5 + 1), rel=1e-15)


def test_weight_decay_inside_adam_is_divided_away_and_that_of_adamw_is_not():
    inside, _ = walk(Adam(learning_rate=0.1, weight_decay=0.5), [4.0, 1.0], [np.zeros(2)])
    beside, _ = walk(AdamW(learning_rate=0.1, weight_decay=0.5), [4.0, 1.0], [np.zeros(2)])
    np.testing.assert_allclose(inside, [3.9, 0.9], rtol=1e-7)
    np.testing.assert_allclose(beside, [3.8, 0.95], rtol=1e-15)


def test_adamw_decays_the_old_parameter_and_then_steps():
    # from 2: the decay takes 1/2 * 1/4 * 2 = 1/4, the step 1/2 * 4 / (4 + 1)
    w, _ = by_hand(AdamW(learning_rate=0.5, weight_decay=0.25, epsilon=1), [4], start=2)
    assert w.item() == pytest.approx(2 - 0.25 - 0.4, rel=1e-15)


@given(GRADIENTS)
def test_without_weight_decay_adam_and_adamw_are_one(gradients):
    start = np.ones(len(gradients[0]))
    adam, adamw = Adam(learning_rate=0.1), AdamW(learning_rate=0.1, weight_decay=0)
    assert walk(adam, start, gradients)[0].tolist() == walk(adamw, start, gradients)[0].tolist()


@given(GRADIENTS, st.sampled_from(ALL))
def test_every_parameter_is_treated_by_itself(gradients, optimiser):
    start = np.linspace(-1, 1, len(gradients[0]))
    together, _ = walk(optimiser, start, gradients)
    alone = [walk(optimiser, start[k], [g[k] for g in gradients])[0] for k in range(len(start))]
    np.testing.assert_allclose(together, alone, rtol=1e-14, atol=1e-15)


@given(GRADIENTS, st.floats(0.01, 100))
def test_adam_and_rmsprop_do_not_see_the_scale_of_the_loss(gradients, factor):
    start = np.zeros(len(gradients[0]))
    for optimiser in (Adam(learning_rate=0.1, epsilon=1e-30), RMSProp(learning_rate=0.1, epsilon=1e-30)):
        one, _ = walk(optimiser, start, gradients)
        other, _ = walk(optimiser, start, [factor * gradient for gradient in gradients])
        np.testing.assert_allclose(one, other, rtol=1e-6, atol=1e-9)


@given(st.floats(-1e6, 1e6).filter(lambda g: abs(g) > 1e-3))
def test_the_first_step_of_adam_is_as_long_as_the_learning_rate(slope):
    w, _ = by_hand(Adam(learning_rate=0.25), [slope], start=0)
    assert w.item() == pytest.approx(-0.25 * np.sign(slope), rel=1e-4)


def test_with_an_even_gradient_momentum_ends_in_steps_ten_times_as_long():
    before, memory = by_hand(SGD(learning_rate=0.1, momentum=0.9), 400 * [1], start=0)
    after, _ = SGD(learning_rate=0.1, momentum=0.9).step(before, [1.0], memory)
    assert (before - after).item() == pytest.approx(10 * 0.1, rel=1e-12)


@every_optimiser
def test_nothing_that_comes_in_is_changed(optimiser):
    w, g = np.array([1.0, -2.0]), np.array([3.0, 0.5])
    memory = optimiser.start(w)
    _, memory = optimiser.step(w, g, memory)
    kept = copy.deepcopy(memory)
    w.flags.writeable = g.flags.writeable = False
    for part in memory[:-1]:
        part.flags.writeable = False
    after, _ = optimiser.step(w, g, memory)
    assert (w.tolist(), g.tolist()) == ([1, -2], [3, 0.5])
    assert [np.array(part).tolist() for part in memory] == [np.array(part).tolist() for part in kept]
    assert not any(np.shares_memory(after, other) for other in (w, g, *memory[:-1]))


@every_optimiser
def test_two_memories_have_nothing_in_common(optimiser):
    w = np.ones(3)
    parts = [part for memory in (optimiser.start(w), optimiser.start(w)) for part in (w, *memory[:-1])]
    parts = [w, *[part for part in parts if part is not w]]
    for k, part in enumerate(parts):
        assert not any(np.shares_memory(part, other) for other in parts[k + 1 :])


@every_optimiser
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_kind_of_float_is_kept(optimiser, dtype):
    w = np.ones((2, 3), dtype)
    w, memory = walk(optimiser, w, 3 * [np.full((2, 3), 0.5, dtype)])
    assert {w.dtype, *[part.dtype for part in memory[:-1]]} == {np.dtype(dtype)}
    assert {w.shape, *[part.shape for part in memory[:-1]]} == {(2, 3)}
    assert memory.steps == 3


@every_optimiser
def test_parameters_in_float32_stay_so_with_a_gradient_in_float64(optimiser):
    w, memory = walk(optimiser, np.ones(2, np.float32), [np.full(2, 0.5)])
    assert {w.dtype, memory[0].dtype} == {np.dtype(np.float32)}


@every_optimiser
def test_a_schedule_is_asked_for_each_step_by_its_number(optimiser):
    asked = []
    scheduled = replace(optimiser, learning_rate=lambda step: asked.append(step) or 0.1)
    walk(scheduled, np.ones(2), 3 * [np.ones(2)])
    assert asked == [0, 1, 2]


@every_optimiser
def test_whole_numbers_are_no_reason_to_cut_off_what_slopes_have_behind_the_point(optimiser):
    expected, _ = walk(optimiser, np.array([1.0, 2.0]), [np.array([0.75, -0.5])])
    assert walk(optimiser, [1, 2], [[0.75, -0.5]])[0].tolist() == expected.tolist()


@every_optimiser
def test_whole_numbers_lists_and_single_numbers_are_welcome(optimiser):
    expected, _ = walk(optimiser, np.array([1.0, 2.0]), [np.array([1.0, -3.0])])
    assert walk(optimiser, [1, 2], [[1, -3]])[0].tolist() == expected.tolist()
    assert walk(optimiser, 1, [1])[0] == expected[0]


@every_optimiser
def test_it_goes_down_a_bowl(optimiser):
    w, memory = np.array([2.0, -3.0]), optimiser.start([2.0, -3.0])
    for _ in range(20):
        w, memory = optimiser.step(w, 2 * w, memory)
    assert (w**2).sum() < 13


@every_optimiser
def test_an_optimiser_is_a_value_that_can_be_kept_and_compared(optimiser):
    assert copy.deepcopy(optimiser) == optimiser
    with pytest.raises(AttributeError):
        optimiser.learning_rate = 1


def test_plain_descent_takes_our_networks_steps():
    network = OurNeuralNetwork(rng=np.random.RandomState(44))
    sgd, w = SGD(learning_rate=0.1), np.array(list(network.parameters.values()))
    memory = sgd.start(w)
    for x, y_true in zip(data, all_y_trues, strict=True):
        partials = network.step(x, y_true, learning_rate=0.1).partials
        w, memory = sgd.step(w, np.array(list(partials.values())), memory)
    assert w.tolist() == list(network.parameters.values())


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: SGD(learning_rate=0), "learning_rate must be greater than 0, but it is 0.0"),
        (lambda: SGD(learning_rate="fast"), "learning_rate must hold numbers, but it holds text: 'fast'"),
        (
            lambda: SGD(learning_rate=Cosine),
            f"learning_rate must hold numbers, but it holds something else: {reprlib.repr(Cosine)}",
        ),
        (lambda: SGD(momentum=-0.1), "momentum must be 0 or more and less than 1, but it is -0.1"),
        (lambda: SGD(momentum=1), "momentum must be 0 or more and less than 1, but it is 1.0"),
        (lambda: SGD(momentum="much"), "momentum must hold numbers, but it holds text: 'much'"),
        (lambda: SGD(weight_decay=[1]), "weight_decay must be one number, but its shape is (1,)"),
        (lambda: SGD(weight_decay=-1), "weight_decay must be 0 or more, but it is -1.0"),
        (lambda: SGD(nesterov=1, momentum=0.5), "nesterov must be True or False, but it is 1"),
        (lambda: SGD(nesterov=True), "nesterov needs a momentum greater than 0, but it is 0.0"),
        (lambda: RMSProp(learning_rate=-1), "learning_rate must be greater than 0, but it is -1.0"),
        (lambda: RMSProp(alpha=1), "alpha must be 0 or more and less than 1, but it is 1.0"),
        (lambda: RMSProp(epsilon=0), "epsilon must be greater than 0, but it is 0.0"),
        (lambda: Adam(learning_rate=-1), "learning_rate must be greater than 0, but it is -1.0"),
        (lambda: Adam(beta_1=1), "beta_1 must be 0 or more and less than 1, but it is 1.0"),
        (lambda: Adam(beta_2=1), "beta_2 must be 0 or more and less than 1, but it is 1.0"),
        (lambda: Adam(epsilon=0), "epsilon must be greater than 0, but it is 0.0"),
        (lambda: Adam(weight_decay=-1), "weight_decay must be 0 or more, but it is -1.0"),
        (lambda: AdamW(beta_2=-1), "beta_2 must be 0 or more and less than 1, but it is -1.0"),
    ],
)
def test_numbers_that_no_step_can_be_taken_with_are_refused(make, message):
    with refused(message):
        make()


@pytest.mark.parametrize("optimiser", [SGD(), RMSProp(), Adam(), AdamW()], ids=repr)
def test_what_does_not_fit_together_is_refused(optimiser):
    w, memory = np.ones(2), optimiser.start(np.ones(2))
    first = memory._fields[0]
    with refused("each parameter needs one slope: parameters is (2,), gradient is (1,)"):
        optimiser.step(w, [1.0], memory)
    with refused(f"memory is of other parameters: its {first} is (2,), parameters is (3,)"):
        optimiser.step(np.ones(3), np.ones(3), memory)
    name = type(optimiser).__name__
    with refused(f"memory must be what start or step of {name} gave, but it is None"):
        optimiser.step(w, w, None)
    with refused("parameters must hold numbers, but it holds <U1: 'a'"):
        optimiser.start("a")
    with refused("parameters must hold numbers, but it holds <U1: 'a'"):
        optimiser.step("a", w, memory)
    with refused("gradient must hold numbers, but it holds bool: [True, False]"):
        optimiser.step(w, [True, False], memory)


def test_a_memory_of_another_optimiser_is_refused():
    memory = RMSProp().start([1.0])
    with pytest.raises(ValueError, match=r"^memory must be what start or step of Adam gave, but it is RMSPr"):
        Adam().step([1.0], [1.0], memory)
