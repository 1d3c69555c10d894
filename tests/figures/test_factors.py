"""The chains of factors are pencilnet's, exactly and with a pencil, and the usual slips are known."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from tests.figures.node import called

from pencilnet import OurNeuralNetwork, sigmoid, sigmoid_derivative

PARAMETERS = ("w1", "w2", "w3", "w4", "w5", "w6", "b1", "b2", "b3")
MANY = 2000
# Of no two slips does the same number come here.
PLAIN = dict(zip(PARAMETERS, (0.7, -1.3, 1.1, 0.4, -0.8, 1.7, 0.3, -0.6, 0.9), strict=True))
X1, X2, Y_TRUE = 1.9, -2.3, 1.0
ONES = dict.fromkeys(PARAMETERS[:6], 1) | dict.fromkeys(PARAMETERS[6:], 0)


def three(number: float) -> float:
    return float(f"{number:.3g}")


@pytest.fixture(scope="module")
def rows() -> list[list[float]]:
    rng = np.random.default_rng(44)
    numbers = np.hstack([rng.normal(scale=2, size=(MANY, 9)), rng.normal(scale=4, size=(MANY, 2))])
    return np.hstack([numbers, rng.integers(0, 2, size=(MANY, 1))]).tolist()


def worked_out(rows: list[list[float]], pencil: bool) -> list[dict]:
    script = """return given.rows.map((row) => {
        const p = Object.fromEntries(given.names.map((name, k) => [name, row[k]]));
        const { scope, factors } = it.workedOut(p, row[9], row[10], row[11], given.pencil);
        const chains = Object.fromEntries(given.names.map((name) => [name, it.chain(name)]));
        const products = given.names.map((name) => it.product(chains[name], factors));
        return { scope, factors, chains, products };
    })"""
    return called("factors.js", script, {"rows": rows, "names": PARAMETERS, "pencil": pencil})


def test_exact_chains_are_the_librarys(rows: list[list[float]]):
    for row, ours in zip(rows, worked_out(rows, False), strict=True):
        network = OurNeuralNetwork.from_parameters(**dict(zip(PARAMETERS, row, strict=False)))
        theirs = network.backward(network.forward(row[9:11]), row[11])
        for parameter, product in zip(PARAMETERS, ours["products"], strict=True):
            factors = [getattr(theirs, name) for name in ours["chains"][parameter]]
            assert_allclose(
                [ours["factors"][name] for name in ours["chains"][parameter]], factors, rtol=1e-12
            )
            assert_allclose(product, theirs.partials[parameter], rtol=1e-12)


def test_a_pencil_takes_the_printed_numbers_and_rounds_every_factor(rows: list[list[float]]):
    for row, ours in zip(rows, worked_out(rows, True), strict=True):
        network = OurNeuralNetwork.from_parameters(**dict(zip(PARAMETERS, row, strict=False)))
        exact = network.forward(row[9:11])._asdict() | network.parameters
        s = {name: three(number) for name, number in exact.items()}
        assert {name: ours["scope"][name] for name in s} == s
        slope = {name: float(sigmoid_derivative(s["z_" + name])) for name in ("h1", "h2", "o1")}
        factors = {
            "dL_dy_pred": -2 * (row[11] - s["o1"]),
            "dy_pred_dh1": s["w5"] * slope["o1"],
            "dy_pred_dh2": s["w6"] * slope["o1"],
            "dy_pred_dw5": s["h1"] * slope["o1"],
            "dy_pred_dw6": s["h2"] * slope["o1"],
            "dy_pred_db3": slope["o1"],
            "dh1_dw1": s["x1"] * slope["h1"],
            "dh1_dw2": s["x2"] * slope["h1"],
            "dh1_db1": slope["h1"],
            "dh2_dw3": s["x1"] * slope["h2"],
            "dh2_dw4": s["x2"] * slope["h2"],
            "dh2_db2": slope["h2"],
        }
        for name, factor in factors.items():
            assert ours["factors"][name] == pytest.approx(three(factor), rel=1e-12)


def test_both_numbers_of_the_article_are_reached():
    row = [*ONES.values(), -2, -1, 1]
    exact, pencil = (worked_out([row], how)[0] for how in (False, True))
    assert [round(exact["products"][0], 4), round(pencil["products"][0], 4)] == [0.0215, 0.0214]
    assert [pencil["factors"][name] for name in pencil["chains"]["w1"]] == [-0.952, 0.249, -0.0904]


def judged(factor: str, texts: list[str], p: dict = PLAIN, x=(X1, X2), y_true=Y_TRUE) -> list[dict]:
    script = """return given.texts.map((text) =>
        it.judged(given.factor, text, given.p, given.x[0], given.x[1], given.y_true))"""
    return called("factors.js", script, {"factor": factor, "texts": texts, "p": p, "x": x, "y_true": y_true})


def test_whoever_is_right_is_right_for_thousands_of_networks(rows: list[list[float]]):
    script = """return given.rows.map((row) => {
        const p = Object.fromEntries(given.names.map((name, k) => [name, row[k]]));
        return Object.keys(it.FACTORS).map((name) => [false, true].map((pencil) => {
          const number = it.workedOut(p, row[9], row[10], row[11], pencil).factors[name];
          return it.judged(name, String(it.rounded(number)), p, row[9], row[10], row[11]).right;
        }));
    })"""
    for row in called("factors.js", script, {"rows": rows[:1000], "names": PARAMETERS}):
        for exact, pencil in row:
            assert exact == "exact"
            assert pencil in ("exact", "pencil")


FORWARD = OurNeuralNetwork.from_parameters(**PLAIN).forward([X1, X2])
EVERYTHING = PLAIN | FORWARD._asdict()
# of what, by what, what multiplies its nudge
INNER = {
    "dy_pred_dh1": ("o1", "h1", "w5"),
    "dy_pred_dh2": ("o1", "h2", "w6"),
    "dy_pred_dw5": ("o1", "w5", "h1"),
    "dy_pred_dw6": ("o1", "w6", "h2"),
    "dy_pred_db3": ("o1", "b3", None),
    "dh1_dw1": ("h1", "w1", "x1"),
    "dh1_dw2": ("h1", "w2", "x2"),
    "dh1_db1": ("h1", "b1", None),
    "dh2_dw3": ("h2", "w3", "x1"),
    "dh2_dw4": ("h2", "w4", "x2"),
    "dh2_db2": ("h2", "b2", None),
}


@pytest.mark.parametrize("factor", INNER)
def test_every_slip_of_a_neurons_factor(factor: str):
    of, by, times = INNER[factor]
    z, out = EVERYTHING["z_" + of], EVERYTHING[of]
    through = EVERYTHING[times] if times else 1
    right = through * sigmoid_derivative(z)
    made = {
        "sign": -right,
        "output": through * sigmoid_derivative(out),
        "slope": through,
        "squash": through * sigmoid(z),
        "instead": EVERYTHING[by] * sigmoid_derivative(z),
    } | ({"times": sigmoid_derivative(z)} if times else {})
    verdicts = judged(factor, [f"{number:.4g}" for number in made.values()])
    assert [verdict["slips"] for verdict in verdicts] == [[slip] for slip in made]
    turned = {slip: -number for slip, number in made.items() if slip != "sign"}
    verdicts = judged(factor, [f"{number:.4g}" for number in turned.values()])
    assert [verdict["slips"] for verdict in verdicts] == [[slip, "also-sign"] for slip in turned]


def test_every_slip_of_the_losss_factor():
    error = Y_TRUE - FORWARD.o1
    made = {"sign": 2 * error, "two": -error, "square": error**2, "sum": -2 * (Y_TRUE - FORWARD.z_o1)}
    verdicts = judged("dL_dy_pred", [f"{number:.4g}" for number in made.values()])
    assert [verdict["slips"] for verdict in verdicts] == [[slip] for slip in made]
    assert judged("dL_dy_pred", [f"{error:.4g}"])[0]["slips"] == ["two", "also-sign"]


@pytest.mark.parametrize(
    ("factor", "text", "right", "slips"),
    [
        ("dL_dy_pred", "-0.953", "exact", []),
        ("dL_dy_pred", "−0,9526", "exact", []),
        ("dL_dy_pred", "-0.952", "pencil", []),
        ("dL_dy_pred", "-0.95", "", ["coarse"]),
        ("dL_dy_pred", "0.952", "", ["sign"]),
        ("dL_dy_pred", "-0.476", "", ["two"]),
        ("dL_dy_pred", "0.476", "", ["two", "also-sign"]),
        ("dy_pred_dh1", "0.249", "exact", []),
        ("dy_pred_dh1", "0.2494", "exact", []),
        ("dy_pred_dh1", "0.234", "", ["output"]),
        ("dh1_dw1", "-0.0904", "exact", []),
        ("dh1_dw1", "-9.04 × 10^-2", "exact", []),
        ("dh1_dw1", "-0.0903", "pencil", []),
        ("dh1_dw1", "0.0452", "", ["times", "instead"]),  # all its weights are 1
        ("dh1_dw1", "-0.5", "", ["output"]),
        ("dh1_dw2", "0.0452", "", ["sign", "times", "instead"]),  # x2 is -1
        ("dh1_db1", "0", "", ["instead"]),
        ("dh1_dw1", "7", "", ["off"]),
        ("dh1_dw1", "", "", ["none"]),
        ("dh1_dw1", "about 3", "", ["none"]),
        ("dh1_dw1", "1e999", "", ["off"]),
    ],
)
def test_alices_numbers(factor: str, text: str, right: str, slips: list[str]):
    (verdict,) = judged(factor, [text], ONES, (-2, -1), 1)
    assert verdict == {"right": right, "slips": slips}


def test_what_is_tiny_is_compared_by_its_digits():
    x = (25, 6)
    slope = sigmoid_derivative(31)
    texts = [f"{25 * slope:.3g}", f"{-25 * slope:.3g}", "0"]
    verdicts = judged("dh1_dw1", texts, ONES, x, 0)
    # 1 is what h1 is to three digits, and 1 * (1 - 1) is what that comes to.
    assert [verdict["right"] for verdict in verdicts] == ["exact", "", "pencil"]
    assert verdicts[1]["slips"] == ["sign"]
