"""What the figures compute in the page is what the library computes, for thousands of inputs."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from tests.figures.node import called

import drawings.lettering
from pencilnet import Neuron, OurNeuralNetwork, all_y_trues, data, mse_loss, sigmoid, sigmoid_derivative

PARAMETERS = ("w1", "w2", "w3", "w4", "w5", "w6", "b1", "b2", "b3")
EXACT = {"rtol": 1e-12, "atol": 1e-300}
MANY = 4000
SAMPLES = [[*map(float, x), float(y)] for x, y in zip(data, all_y_trues, strict=True)]


@pytest.fixture(scope="module")
def drawn() -> list[list[float]]:
    """Nine parameters, two inputs and a label, many times; some large enough to saturate."""
    rng = np.random.default_rng(4)
    rows = np.hstack([rng.normal(scale=3, size=(MANY, 9)), rng.normal(scale=6, size=(MANY, 2))])
    return np.hstack([rows, rng.integers(0, 2, size=(MANY, 1))]).tolist()


def network(row: list[float]) -> OurNeuralNetwork:
    return OurNeuralNetwork.from_parameters(**dict(zip(PARAMETERS, row, strict=False)))


NETWORK = "const p = Object.fromEntries(it.PARAMETERS.map((name, k) => [name, row[k]]));"


def test_the_parameters_have_the_same_order():
    assert called("formulas.js", "return it.PARAMETERS", None) == list(PARAMETERS)


def test_the_sigmoid_and_its_derivative():
    z = [*np.random.default_rng(1).normal(scale=40, size=MANY).tolist(), 0.0, -1000.0, 1000.0]
    ours = called("formulas.js", "return given.map((z) => [it.sigmoid(z), it.sigmoidDerivative(z)])", z)
    assert_allclose(ours, np.column_stack([sigmoid(z), sigmoid_derivative(z)]), **EXACT)


def test_a_neurons_sum():
    rows = np.random.default_rng(2).normal(scale=3, size=(MANY, 5)).tolist()
    script = "return given.map(([w1, w2, b, x1, x2]) => it.weightedSum([w1, w2], b, [x1, x2]))"
    theirs = [Neuron([w1, w2], b).weighted_sum([x1, x2]) for w1, w2, b, x1, x2 in rows]
    assert_allclose(called("formulas.js", script, rows), theirs, rtol=1e-12, atol=1e-13)


def test_forward(drawn: list[list[float]]):
    script = f"return given.map((row) => {{ {NETWORK} return it.forward(p, row[9], row[10]); }})"
    for row, ours in zip(drawn, called("formulas.js", script, drawn), strict=True):
        theirs = network(row).forward(row[9:11])._asdict()
        assert list(ours) == list(theirs)
        assert_allclose(list(ours.values()), list(theirs.values()), **EXACT)


def test_all_factors_and_all_nine_partials(drawn: list[list[float]]):
    script = f"""return given.map((row) => {{ {NETWORK}
        return it.backward(p, it.forward(p, row[9], row[10]), row[11]); }})"""
    for row, ours in zip(drawn, called("formulas.js", script, drawn), strict=True):
        ready = network(row)
        theirs = ready.backward(ready.forward(row[9:11]), row[11])._asdict()
        assert set(ours) == set(theirs)
        assert_allclose([ours[name] for name in theirs], list(theirs.values()), **EXACT)


@pytest.mark.parametrize("rate", [0.1, 1, 20])
def test_a_thousand_epochs(rate: float):
    runs = [OurNeuralNetwork(rng=np.random.RandomState(seed)) for seed in (44, 0, 1)]
    script = """return given.runs.map((row) => {
        let p = Object.fromEntries(it.PARAMETERS.map((name, k) => [name, row[k]]));
        const losses = [];
        for (let k = 0; k < 1000; k += 1) {
          p = it.epoch(p, given.samples, given.rate);
          losses.push(it.loss(p, given.samples));
        }
        return [losses, it.PARAMETERS.map((name) => p[name])];
    })"""
    given = {"runs": [list(run.parameters.values()) for run in runs], "samples": SAMPLES, "rate": rate}
    for run, (losses, parameters) in zip(runs, called("formulas.js", script, given), strict=True):
        history = run.train(data, all_y_trues, learning_rate=rate)
        assert_allclose(losses, history.losses, rtol=1e-12)
        assert_allclose(parameters, list(run.parameters.values()), rtol=1e-12)


def test_the_mean_squared_error():
    rng = np.random.default_rng(3)
    pairs = [(rng.integers(0, 2, 4).tolist(), rng.random(4).tolist()) for _ in range(MANY)]
    ours = called("formulas.js", "return given.map(([yes, said]) => it.mse(yes, said))", pairs)
    assert_allclose(ours, [mse_loss(yes, said) for yes, said in pairs], **EXACT)


def test_numbers_are_printed_as_the_drawings_print_them():
    rng = np.random.default_rng(5)
    numbers = (rng.normal(size=MANY) * 10.0 ** rng.integers(-9, 9, size=MANY)).tolist()
    numbers += [0, 1, -1, 0.5, -0.5, 10000, 1234567, 0.9499, 0.95, 1e-5, 12345678, 1e-300, 100, -40]
    numbers += [k / 64 for k in range(-900, 900)]  # many lie exactly in between: to the even digit
    numbers += [k / 32 for k in range(-70, 70)]  # many lie right between two that could be printed
    for digits in (3, 4):
        ours = called("printed.js", f"return given.map((n) => it.printed(n, {digits}))", numbers)
        assert ours == [drawings.lettering.printed(number, digits) for number in numbers]
    fixed = [number for number in numbers if abs(number) < 1e9]
    ours = called("printed.js", "return given.map((n) => it.fixed(n, 2))", fixed)
    assert ours == [drawings.lettering.fixed(number, 2) for number in fixed]
    small = drawings.lettering.SMALL
    for room in (49, 56):
        ours = called("printed.js", f"return given.map((n) => it.fitted(n, 4, {room}))", numbers)
        theirs = [drawings.lettering.fitted(number, 4, room, small) for number in numbers]
        assert ours == ["".join(run.text for run in line) for line in theirs]


@pytest.mark.parametrize("rate", [0.01, 10])
def test_a_run_is_its_epochs(rate: float):
    script = """return given.runs.map((row) => {
        const { parameters, losses } = it.training(row, given.samples, given.rate, 300);
        let p = Object.fromEntries(it.PARAMETERS.map((name, k) => [name, row[k]]));
        let same = true;
        losses.forEach((loss, done) => {
          same &&= loss === it.loss(p, given.samples);
          same &&= it.PARAMETERS.every((name, k) => parameters[9 * done + k] === p[name]);
          p = it.epoch(p, given.samples, given.rate);
        });
        return same && losses.length === 301;
    })"""
    runs = [list(OurNeuralNetwork(rng=np.random.RandomState(seed)).parameters.values()) for seed in range(9)]
    assert all(called("formulas.js", script, {"runs": runs, "samples": SAMPLES, "rate": rate}))


def test_the_sums_over_a_plane(drawn: list[list[float]]):
    x1s, x2s = np.linspace(-25, 35, 7).tolist(), np.linspace(-8, 8, 5).tolist()
    script = f"return given.rows.map((row) => {{ {NETWORK} return [...it.sums(p, given.x1s, given.x2s)]; }})"
    rows = drawn[:40]
    for row, ours in zip(
        rows, called("formulas.js", script, {"rows": rows, "x1s": x1s, "x2s": x2s}), strict=True
    ):
        theirs = [network(row).forward([x1, x2]).z_o1 for x2 in x2s for x1 in x1s]
        assert_allclose(ours, theirs, rtol=1e-12, atol=1e-12)
