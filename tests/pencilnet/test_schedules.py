"""Learning rates by the number of the step: worked by hand, how they run, and what is refused."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.pencilnet.refused import refused

from pencilnet import (
    SGD,
    Constant,
    Cosine,
    ExponentialDecay,
    InverseDecay,
    StepDecay,
    WarmUp,
)

RATES = st.floats(1e-6, 10)
LENGTHS = st.integers(1, 50)
FALLING = st.one_of(
    st.builds(Constant, RATES),
    st.builds(StepDecay, RATES, every=LENGTHS, factor=st.floats(0.01, 1)),
    st.builds(ExponentialDecay, RATES, factor=st.floats(0.01, 1)),
    st.builds(InverseDecay, RATES, half_after=LENGTHS),
    st.builds(Cosine, RATES, steps=LENGTHS),
)


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        (Constant(0.5), [0.5, 0.5, 0.5, 0.5, 0.5, 0.5]),
        (StepDecay(0.8, every=2, factor=0.5), [0.8, 0.8, 0.4, 0.4, 0.2, 0.2]),
        (ExponentialDecay(0.8, factor=0.5), [0.8, 0.4, 0.2, 0.1, 0.05, 0.025]),
        (InverseDecay(0.6, half_after=1), [0.6, 0.3, 0.2, 0.15, 0.12, 0.1]),
        (InverseDecay(0.6, half_after=2), [0.6, 0.4, 0.3, 0.24, 0.2, 0.6 / 3.5]),
        (Cosine(0.8, steps=4), [0.8, 0.4 + 0.4 * 0.5**0.5, 0.4, 0.4 - 0.4 * 0.5**0.5, 0, 0]),
        (Cosine(0.8, steps=2, lowest=0.2), [0.8, 0.5, 0.2, 0.2, 0.2, 0.2]),
        (Cosine(0.5, steps=3, lowest=0.5), [0.5, 0.5, 0.5, 0.5, 0.5, 0.5]),
        (WarmUp(0.8, steps=4), [0.2, 0.4, 0.6, 0.8, 0.8, 0.8]),
        (WarmUp(0.8, steps=1), [0.8, 0.8, 0.8, 0.8, 0.8, 0.8]),
        (WarmUp(ExponentialDecay(0.8, factor=0.5), steps=2), [0.4, 0.4, 0.2, 0.1, 0.05, 0.025]),
        (WarmUp(lambda step: 10 * step, steps=3), [0, 20 / 3, 20, 30, 40, 50]),
    ],
)
def test_the_first_six_learning_rates_are_those_worked_by_hand(schedule, expected):
    assert [schedule(step) for step in range(6)] == pytest.approx(expected, rel=1e-14, abs=1e-16)


@given(FALLING, st.integers(0, 200))
def test_a_schedule_starts_at_its_rate_and_never_rises(schedule, step):
    assert schedule(0) == schedule.rate
    assert 0 <= schedule(step + 1) <= schedule(step) <= schedule.rate


@given(FALLING, LENGTHS, st.integers(0, 200))
def test_a_warm_up_takes_equal_parts_of_the_other_schedule_and_then_all_of_it(schedule, steps, step):
    part = min(step + 1, steps) / steps
    assert WarmUp(schedule, steps=steps)(step) == pytest.approx(part * schedule(step), rel=1e-15)


@given(st.one_of(FALLING, st.builds(WarmUp, FALLING, steps=LENGTHS)), st.integers(0, 100))
def test_a_schedule_is_a_value_that_can_be_kept_and_compared(schedule, step):
    kept = copy.deepcopy(schedule)
    assert kept == schedule
    assert kept(step) == schedule(step)
    assert type(schedule(step)) is float


def test_a_cosine_may_end_where_it_starts():
    assert [Cosine(0.5, steps=2, lowest=0.5)(step) for step in range(4)] == 4 * [0.5]


def test_a_schedule_may_be_given_whole_numbers():
    assert StepDecay(1, every=3, factor=1)(5) == 1.0
    assert type(Constant(1)(0)) is float


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Constant(0), "rate must be greater than 0, but it is 0.0"),
        (lambda: StepDecay(-1, every=1, factor=1), "rate must be greater than 0, but it is -1.0"),
        (
            lambda: StepDecay(1, every=0, factor=1),
            "every must be a whole number, 1 or more, but it is 0",
        ),
        (
            lambda: StepDecay(1, every=1, factor=0),
            "factor must be greater than 0 and at most 1, but it is 0.0",
        ),
        (
            lambda: StepDecay(1, every=1, factor=1.5),
            "factor must be greater than 0 and at most 1, but it is 1.5",
        ),
        (
            lambda: ExponentialDecay(1, factor="half"),
            "factor must hold numbers, but it holds text: 'half'",
        ),
        (lambda: ExponentialDecay(0, factor=1), "rate must be greater than 0, but it is 0.0"),
        (
            lambda: ExponentialDecay(1, factor=-0.5),
            "factor must be greater than 0 and at most 1, but it is -0.5",
        ),
        (lambda: InverseDecay(0, half_after=1), "rate must be greater than 0, but it is 0.0"),
        (
            lambda: InverseDecay(1, half_after=2.5),
            "half_after must be a whole number, 1 or more, but it is 2.5",
        ),
        (lambda: Cosine(0, steps=1), "rate must be greater than 0, but it is 0.0"),
        (lambda: Cosine(1, steps=0), "steps must be a whole number, 1 or more, but it is 0"),
        (lambda: Cosine(1, steps=1, lowest=-1), "lowest must be 0 or more, but it is -1.0"),
        (
            lambda: Cosine(1, steps=1, lowest=2),
            "lowest must be at most the rate, but it is 2.0 and rate 1.0",
        ),
        (lambda: WarmUp(0, steps=1), "then must be greater than 0, but it is 0.0"),
        (lambda: WarmUp("fast", steps=1), "then must hold numbers, but it holds text: 'fast'"),
        (lambda: WarmUp(1, steps=0), "steps must be a whole number, 1 or more, but it is 0"),
        (lambda: WarmUp(lambda step: -1, steps=1)(3), "then(3) must be 0 or more, but it is -1.0"),
    ],
)
def test_what_is_no_schedule_is_refused(make, message):
    with refused(message):
        make()


@pytest.mark.parametrize(
    "schedule",
    [
        Constant(1),
        StepDecay(1, every=1, factor=1),
        ExponentialDecay(1, factor=1),
        InverseDecay(1, half_after=1),
        Cosine(1, steps=1),
        WarmUp(1, steps=1),
    ],
    ids=repr,
)
@pytest.mark.parametrize("step", [-1, 0.5, True])
def test_steps_are_counted_in_whole_numbers_from_zero(schedule, step):
    with refused(f"step must be a whole number, 0 or more, but it is {step}"):
        schedule(step)


def test_an_optimiser_asks_for_step_zero_first_and_says_which_step_got_no_learning_rate():
    asked = []
    sgd = SGD(learning_rate=lambda step: asked.append(step) or 2.0 - step)
    w, memory = sgd.step([0.0], [1.0], sgd.start([0.0]))
    w, memory = sgd.step(w, [1.0], memory)
    w, memory = sgd.step(w, [1.0], memory)
    assert (asked, w.tolist()) == ([0, 1, 2], [-3.0])
    with refused("learning_rate(3) must be 0 or more, but it is -1.0"):
        sgd.step(w, [1.0], memory)
