"""One of each picture, from the book's own objects, and what the tests read out of an SVG."""

import functools
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator

import numpy as np

import drawings
from drawings import Drawing
from pencilnet import (
    EMILY,
    FRANK,
    PEOPLE,
    SGD,
    Constant,
    Cosine,
    FitHistory,
    InverseDecay,
    Network,
    Neuron,
    OurNeuralNetwork,
    StepDecay,
    WarmUp,
    all_y_trues,
    data,
    load_digits,
    load_iris,
)

SVG = "{http://www.w3.org/2000/svg}"
NAMES = [person.name for person in PEOPLE]
WEIGHTS = {f"w{k}": 1.0 for k in range(1, 7)}
ALICE = [-2.0, -1.0]
SHAPES = ["disc", "square", "diamond"]
KINDS = (np.array([[-3.0, 3.0], [1, 1], [3, 1], [2, 3], [0, -3], [2, -3]]), np.array([0, 0, 1, 1, 2, 2]))
CORNERS = [(0, 0), (0, 1), (1, 0), (1, 1)]


@functools.cache
def trained():
    network = OurNeuralNetwork(rng=np.random.RandomState(44))
    history = network.train(data, all_y_trues)
    return network, history


def ones() -> OurNeuralNetwork:
    """The network of the worked example: all weights 1, all biases 0."""
    return OurNeuralNetwork.from_parameters(**WEIGHTS, b1=0.0, b2=0.0, b3=0.0)


def start() -> OurNeuralNetwork:
    return OurNeuralNetwork(rng=np.random.RandomState(44))


def spread() -> np.ndarray:
    return 0.95 + 0.01 * np.random.default_rng(1).normal(size=2000)


def passed(network: OurNeuralNetwork, example, y_true: float) -> Drawing:
    forward = network.forward(example)
    return drawings.network(network, forward, network.backward(forward, y_true))


def cubes():
    """The errors of both differences of w³ at 2 for nudges of every size: no power of e, so no luck."""
    steps = [float(f"{m}e-{k}") for k in range(1, 16) for m in (1, 3)]
    forward = [abs(((2 + d) ** 3 - 8) / d - 12) for d in steps]
    central = [abs(((2 + d) ** 3 - (2 - d) ** 3) / (2 * d) - 12) for d in steps]
    return steps, forward, central


def kinds_network() -> Network:
    """A network for which the one disc at (1, 1) is a square."""
    return Network.from_parameters([[[-1.0, 1.5, 0], [0.5, 0.5, -1.5]]], [[0.2, 0, 0]])


def layers(*sizes: int) -> Network:
    return Network(sizes, rng=np.random.default_rng(1))


def product(left, right, **how) -> Drawing:
    return drawings.matrix_product(left, right, np.asarray(left) @ np.asarray(right), **how)


def valley(w1, w2):
    return (w1**2 + 50 * w2**2) / 2


def descended(optimiser, steps):
    """The places that an optimiser comes through in the valley."""
    w = np.array([-8.0, 1.0])
    path, memory = [w], optimiser.start(w)
    for _ in range(steps):
        w, memory = optimiser.step(w, np.array([1, 50]) * w, memory)
        path.append(w)
    return path


VALLEY = ((-9, 4), (-2.4, 2.8))
SCHEDULES = {
    "constant": Constant(0.08),
    "stairs": StepDecay(0.1, every=30, factor=0.5),
    "inverse": InverseDecay(0.1, half_after=10),
    "rise and cosine": WarmUp(Cosine(0.1, steps=100), steps=10),
}

SHRINKING = {
    name: [factor**layer for layer in range(16)]
    for name, factor in {"sigmoid": 0.23, "tanh": 0.8, "ReLU": 1, "leaky ReLU": 0.99, "GELU": 1.9}.items()
}


def fitted() -> FitHistory:
    """A loss that falls, and one that rises again after epoch 11."""
    epochs = np.arange(1, 31)
    return FitHistory(0.6 / epochs, 2.3, 0.2 + 0.6 / epochs + 0.005 * epochs)


def flowers() -> Drawing:
    iris = load_iris()
    names = {"x_name": "petal length (cm)", "y_name": "petal width (cm)"}
    return drawings.scatter(iris.x[:, 2], iris.x[:, 3], iris.y, iris.classes, **names)


def digits(count: int, across: int) -> Drawing:
    digits = load_digits()
    labels = [f"{y}, said {9 - y}" if across < 10 else str(y) for y in digits.y[:count]]
    return drawings.pictures(digits.x[:count].reshape(-1, 8, 8), labels, across=across)


FIGURES = {
    "neuron": lambda: drawings.neuron(Neuron([0, 1], 4), [2, 3]),
    "neuron of two decimals": lambda: drawings.neuron(Neuron([0.4, 0.7], 0.2), [0.5, 0.3]),
    "neuron with one input": lambda: drawings.neuron(Neuron([-0.45], 0.2), [0.5]),
    "neuron with six inputs": lambda: drawings.neuron(Neuron([0.4, -0.7, 1.25, 1, 2, -3], -0.2)),
    "neuron with numbers of every length": lambda: drawings.neuron(
        Neuron([-1.25, 0.333, 1], -12.5), [-9.75, 8.125, 1]
    ),
    "neuron with the longest numbers": lambda: drawings.neuron(Neuron([-9.9, -9.9], -9.8), [-5.9, -4.9]),
    "neuron that answers next to nothing": lambda: drawings.neuron(Neuron([10, 10], -10), [-6, -5]),
    "decision line": lambda: drawings.decision_line(Neuron([0, 1], 4), [2, 3], CORNERS),
    "decision line of AND": lambda: drawings.decision_line(Neuron([1, 1], -1.5), [-5.5, -4], CORNERS),
    "decision line, far inputs": lambda: drawings.decision_line(Neuron([-0.4, 0.2], 1), [13, -2]),
    "decision line, outside": lambda: drawings.decision_line(Neuron([-1, 0], 9), [6, 5]),
    "decision line, nothing marked": lambda: drawings.decision_line(Neuron([-1.4, 1], 2), None, data),
    "decision line, none": lambda: drawings.decision_line(Neuron([0, 0], -1), [2, 3], CORNERS),
    "network, names alone": lambda: drawings.network(),
    "network, forward": lambda: drawings.network(ones(), ones().forward([2, 3]), digits=4),
    "network, backward": lambda: passed(ones(), ALICE, 1),
    "network, trained": lambda: passed(trained()[0], EMILY.shifted, 1),
    "network, strength": lambda: drawings.network(trained()[0], strength=True),
    "network with its loss": lambda: drawings.network_with_loss(ones(), ones().forward(ALICE), 1),
    "network with its loss, trained": lambda: drawings.network_with_loss(
        trained()[0], trained()[0].forward(EMILY.shifted), 1
    ),
    "sigmoid": lambda: drawings.sigmoid_curve(),
    "sigmoid at 7": lambda: drawings.sigmoid_curve(marks=[7]),
    "sigmoid and derivative": lambda: drawings.sigmoid_curve(derivative=True, marks=[-3, 0.0948]),
    "sigmoid with four marks": lambda: drawings.sigmoid_curve(marks=[-4, -1, 1.5, 5]),
    "loss curve": lambda: drawings.loss_curve(trained()[1]),
    "squares, always 0": lambda: drawings.loss_squares(all_y_trues, [0, 0, 0, 0], NAMES),
    "squares, before training": lambda: drawings.loss_squares(all_y_trues, start().feedforward(data), NAMES),
    "squares, after training": lambda: drawings.loss_squares(
        all_y_trues, trained()[0].feedforward(data), NAMES
    ),
    "squares of one": lambda: drawings.loss_squares([1], [0.25], ["Alice"]),
    "map": lambda: drawings.people_map(trained()[0], PEOPLE, [EMILY, FRANK]),
    "map with anyone": lambda: drawings.people_map(trained()[0], PEOPLE, [EMILY, FRANK], anyone=(140, 70)),
    "map before training": lambda: drawings.people_map(start(), PEOPLE),
    "histogram": lambda: drawings.histogram(
        spread(), 0.951, of="the prediction for Emily", mark_name="seed 44"
    ),
    "histogram, mark at the left": lambda: drawings.histogram(spread(), 0.9, mark_name="seed 44"),
    "histogram, mark at the right": lambda: drawings.histogram(spread(), 1.0, mark_name="seed 44"),
    "histogram without a mark": lambda: drawings.histogram(spread()),
    "loss along b3": lambda: drawings.loss_along(ones(), "b3", ALICE, 1, learning_rate=5),
    "loss along b3, a long step": lambda: drawings.loss_along(ones(), "b3", ALICE, 1, learning_rate=20),
    "loss along b3, downwards": lambda: drawings.loss_along(ones(), "b3", ALICE, 0, learning_rate=5),
    "loss along w1": lambda: drawings.loss_along(ones(), "w1", ALICE, 1),
    "softmax": lambda: drawings.softmax_bars([2, 1, -1], SHAPES),
    "softmax of six": lambda: drawings.softmax_bars([-12.25, 1000, 3, 0, 999.5, 998], list("abcdef")),
    "surprise": lambda: drawings.surprise_curve(marks=[0.9, 0.5, 0.1, 0.01]),
    "surprise over the sum": lambda: drawings.surprise_curve("sum", marks=[-6, -2, 2]),
    "class map": lambda: drawings.class_map(kinds_network(), *KINDS, SHAPES),
    "path of plain descent": lambda: drawings.descent_path(
        valley, descended(SGD(learning_rate=0.03), 133), name="plain descent", window=VALLEY
    ),
    "path of momentum": lambda: drawings.descent_path(
        valley, descended(SGD(learning_rate=0.03, momentum=0.9), 47), name="momentum", window=VALLEY
    ),
    "path of one step": lambda: drawings.descent_path(
        valley, descended(SGD(learning_rate=0.03), 1), name="one step", window=VALLEY
    ),
    "learning rates": lambda: drawings.learning_rates(SCHEDULES, 101),
    "one learning rate": lambda: drawings.learning_rates({"constant": Constant(0.1)}, 2),
    "spreads": lambda: drawings.spreads({"SGD": [190, 230, 280, 1300], "Adam": [11, 15, 19]}, of="epochs"),
    "spreads below one": lambda: drawings.spreads({"both": [0.02, 0.3]}, of="errors", digits=2),
    "step errors": lambda: drawings.step_errors(*cubes()),
    "activation, tanh": lambda: drawings.activation_curve("tanh"),
    "activation, ReLU": lambda: drawings.activation_curve("relu"),
    "activation, leaky ReLU": lambda: drawings.activation_curve("leaky_relu"),
    "activation, GELU": lambda: drawings.activation_curve("gelu"),
    "activation, sigmoid": lambda: drawings.activation_curve("sigmoid"),
    "activation, identity": lambda: drawings.activation_curve("identity"),
    "through layers": lambda: drawings.through_layers(SHRINKING, of="size of the gradient"),
    "through layers, long names, one end": lambda: drawings.through_layers(
        {f"sigmoid, Xavier {k}": [1e3, 0.1] for k in range(5)}, of="size", layers="layers on the way back"
    ),
    "through layers, one line": lambda: drawings.through_layers(
        {"sigmoid": [0.5, 0.4]}, of="spread of the sums", quantity="sum"
    ),
    "step errors of a few steps": lambda: drawings.step_errors(
        [0.1, 0.01, 0.001], [1e-2, 1e-3, 1e-4], [1e-4, 1e-6, 1e-8]
    ),
    "layers": lambda: drawings.layered_network(layers(2, 3, 2, 1)),
    "layers, as many as have their shapes below": lambda: drawings.layered_network(layers(4, 5, 6, 5, 3)),
    "layers, ten": lambda: drawings.layered_network(layers(2, *[3] * 9, 1)),
    "layers, wide": lambda: drawings.layered_network(layers(64, 32, 10)),
    "layers, one": lambda: drawings.layered_network(layers(1, 1)),
    "product": lambda: product(data, [[1, -2], [-1, 3]], place=(1, 0)),
    "product of one row": lambda: product([ALICE], [[1.25, -2], [-1, 3]], place=(0, 1)),
    "product, backwards": lambda: product(
        data.T,
        np.full((4, 2), -0.0123456),
        names=("X'", "∂Z1", "∂W1"),
        quantities=("input", "gradient", "gradient"),
    ),
    "product of many": lambda: product(np.full((10, 2), -0.9876), np.full((2, 4), -12.34)),
    "validation curve": lambda: drawings.validation_curve(fitted()),
    "validation curve, still falling": lambda: drawings.validation_curve(
        FitHistory(np.array([0.5, 0.3]), 0.6, np.array([0.6, 0.4]))
    ),
    "learning curve": lambda: drawings.learning_curve(
        [25, 50, 100, 200, 400, 800], [[1 - 2 / k, 1 - 3 / k, 1 - 3.3 / k] for k in range(6, 12)]
    ),
    "irises": flowers,
    "ten digits": lambda: digits(10, 10),
    "nine mistakes": lambda: digits(9, 5),
}


@functools.cache
def drawn(figure: str) -> Drawing:
    """One of them, drawn once for all tests."""
    return FIGURES[figure]()


def tree(drawing: Drawing) -> ElementTree.Element:
    return ElementTree.fromstring(drawing._repr_svg_())


def having(root: ElementTree.Element, class_: str, **data_: str) -> Iterator[ElementTree.Element]:
    """The elements of a class, with these data attributes."""
    for element in root.iter():
        if class_ in element.get("class", "").split() and all(
            element.get(f"data-{name}") == value for name, value in data_.items()
        ):
            yield element


def said(element: ElementTree.Element) -> str:
    return "".join(element.itertext())


def number(text: str) -> float:
    return float(text.replace("\N{MINUS SIGN}", "-").replace(",", ""))


def points(path: ElementTree.Element) -> np.ndarray:
    """The corners of a path made of straight lines, as an array (corners, 2)."""
    return np.array([[float(x), float(y)] for x, y in re.findall(r"[ML](\S+?) ([-\d.]+)", path.get("d"))])


def read_off(root: ElementTree.Element, places: np.ndarray) -> np.ndarray:
    """The numbers that places in a drawing stand for, read off its ticks as a reader does."""
    ticks = list(having(root, "tick"))
    # The ticks of x stand on one line of text; those of y end at one distance from the axis.
    across = [
        tick for tick in ticks if tick.get("text-anchor") == "middle" and tick.get("y") == _lowest(ticks)
    ]
    up = [tick for tick in ticks if tick.get("text-anchor") == "end"]
    to_x = np.polyfit([float(tick.get("x")) for tick in across], [number(said(tick)) for tick in across], 1)
    to_y = np.polyfit([float(tick.get("y")) - 5 for tick in up], [number(said(tick)) for tick in up], 1)
    xs, ys = np.asarray(places, dtype=float).T
    return np.column_stack([np.polyval(to_x, xs), np.polyval(to_y, ys)])


def _lowest(ticks: list[ElementTree.Element]) -> str:
    return max((tick.get("y") for tick in ticks if tick.get("text-anchor") == "middle"), key=float)


def centre(element: ElementTree.Element) -> np.ndarray:
    return np.array([[float(element.get("cx")), float(element.get("cy"))]])
