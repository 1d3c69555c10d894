"""What can't be drawn is refused in the reader's nouns, with both sides of the mismatch."""

import re

import numpy as np
import pytest
from tests.drawings.gallery import ALICE, NAMES, layers, ones, product, trained

import drawings
from pencilnet import PEOPLE, Neuron

REFUSED = {
    "fewer inputs than weights": (
        lambda: drawings.neuron(Neuron([0, 1], 4), [2]),
        "there should be as many inputs as weights: 1 inputs, 2 weights",
    ),
    "inputs that are no numbers": (
        lambda: drawings.neuron(Neuron([0, 1], 4), ["two", "three"]),
        "the inputs should be numbers, and got ['two', 'three']",
    ),
    "an input that is not finite": (
        lambda: drawings.neuron(Neuron([0, 1], 4), [2, np.nan]),
        "the inputs should be finite numbers, and number 2 is nan",
    ),
    "a neuron with too many inputs": (
        lambda: drawings.neuron(Neuron([1] * 7, 0)),
        "a drawing has room for 6 inputs, and got 7",
    ),
    "no neuron": (lambda: drawings.neuron([0, 1]), "the neuron should be a pencilnet.Neuron, and got [0, 1]"),
    "a decision line of three inputs": (
        lambda: drawings.decision_line(Neuron([0, 1, 2], 4), [2, 3, 1]),
        "there should be as many weights as axes: 3 weights, 2 axes",
    ),
    "a decision line for a single input": (
        lambda: drawings.decision_line(Neuron([0, 1], 4), [2]),
        "there should be as many inputs as weights: 1 inputs, 2 weights",
    ),
    "a decision line among no inputs": (
        lambda: drawings.decision_line(Neuron([0, 1], 4), None),
        "the plane needs at least one pair of inputs, and got none",
    ),
    "too many other inputs": (
        lambda: drawings.decision_line(Neuron([0, 1], 4), [2, 3], [(0, 0)] * 21),
        "a drawing has room for 20 other pairs of inputs, and got 21",
    ),
    "no network": (lambda: drawings.network("net"), "should be a pencilnet.OurNeuralNetwork, and got 'net'"),
    "a prediction for a forward record": (
        lambda: drawings.network(ones(), 0.524),
        "forward should be the record that network.forward(x) returns, and got 0.524",
    ),
    "a gradient for a backward record": (
        lambda: drawings.network(ones(), backward=0.0215),
        "backward should be the record that network.backward(forward, y_true) returns, and got 0.0215",
    ),
    "too many marks": (
        lambda: drawings.sigmoid_curve(marks=range(5)),
        "a drawing has room for 4 marks, and got 5",
    ),
    "a mark that is infinite": (lambda: drawings.sigmoid_curve(marks=[np.inf]), "should be finite numbers"),
    "no digits": (
        lambda: drawings.sigmoid_curve(marks=[7], digits=0),
        "at least 1 significant digit, and got 0",
    ),
    "losses for a history": (
        lambda: drawings.loss_curve([0.3, 0.2]),
        "the history should be what network.train(...) returns, and got [0.3, 0.2], which has no epochs",
    ),
    "fewer predictions than labels": (
        lambda: drawings.loss_squares([1, 0], [1], ["Alice", "Bob"]),
        "there should be as many true labels as predictions: 2 true labels, 1 predictions",
    ),
    "fewer names than predictions": (
        lambda: drawings.loss_squares([1, 0], [1, 0], ["Alice"]),
        "there should be as many names as predictions: 1 names, 2 predictions",
    ),
    "a column of predictions": (
        lambda: drawings.loss_squares([1, 0], [[1], [0]], NAMES[:2]),
        "the predictions should be one row of numbers, and got an array of shape (2, 1)",
    ),
    "too many people": (
        lambda: drawings.loss_squares([1] * 7, [0] * 7, ["Alice"] * 7),
        "a drawing has room for 6 people, and got 7",
    ),
    "nobody on the map": (lambda: drawings.people_map(trained()[0], []), "at least one person, and got none"),
    "a name for a person": (
        lambda: drawings.people_map(trained()[0], ["Alice"]),
        "a person should be a pencilnet.Person, and got 'Alice', which has no name",
    ),
    "no network for the map": (
        lambda: drawings.people_map(None, PEOPLE),
        "the network should be a pencilnet.OurNeuralNetwork, and got None",
    ),
    "values all alike": (
        lambda: drawings.histogram([0.5, 0.5, 0.5]),
        "a histogram needs values that differ, and all 3 are 0.5",
    ),
    "no quantity": (
        lambda: drawings.histogram([0, 1], quantity="weight"),
        "the colour of an activation or of a loss, and got 'weight'",
    ),
    "no values": (
        lambda: drawings.histogram([]),
        "should be one row of numbers, and got an array of shape (0,)",
    ),
    "no bars": (
        lambda: drawings.histogram([0, 1], bins=0),
        "the number of bars should be a whole number from 1 to 120, and got 0",
    ),
    "a mark that is no number": (
        lambda: drawings.histogram([0, 1], mark=np.nan),
        "the mark should be finite numbers, and number 1 is nan",
    ),
    "a parameter that is none": (
        lambda: drawings.loss_along(ones(), "w7", ALICE, 1),
        "the network has no parameter 'w7': it has w1, w2, w3, w4, w5, w6, b1, b2, b3",
    ),
    "a learning rate of 0": (
        lambda: drawings.loss_along(ones(), "w1", ALICE, 1, learning_rate=0),
        "the learning rate should be above 0, and got 0",
    ),
    "a reach below 0": (
        lambda: drawings.loss_along(ones(), "w1", ALICE, 1, reach=-1),
        "the reach should be above 0, and got -1",
    ),
    "a label that is no number": (
        lambda: drawings.loss_along(ones(), "w1", ALICE, "F"),
        "the true label should be numbers, and got ['F']",
    ),
    "our network for one of layers": (
        lambda: drawings.layered_network(ones()),
        "the network should be a pencilnet.Network, and got OurNeuralNetwork",
    ),
    "too many layers": (
        lambda: drawings.layered_network(layers(*[1] * 13)),
        "a drawing has room for 11 layers, and got 12",
    ),
    "a row for a table": (
        lambda: drawings.matrix_product([1, 2], [[1], [2]], [[5]]),
        "X should be a table, and got an array of shape (2,)",
    ),
    "tables that cannot be multiplied": (
        lambda: drawings.matrix_product([[1, 2]], [[1, 2]], [[5]]),
        "X should have a column for each row of W1: (1, 2), (1, 2)",
    ),
    "no product": (
        lambda: drawings.matrix_product([[1, 2]], [[1], [2]], [[6]]),
        "X W1 should be the product of X and W1, and is not",
    ),
    "a product of another shape": (
        lambda: drawings.matrix_product([[1, 2]], [[1], [2]], [[5, 5]]),
        "X W1 should be the product of X and W1, and is not",
    ),
    "no such place": (
        lambda: drawings.matrix_product([[1, 2]], [[1], [2]], [[5]], place=(1, 0)),
        "X W1 has no row and column (1, 0): its shape is (1, 1)",
    ),
    "no such quantity": (
        lambda: drawings.matrix_product([[1]], [[1]], [[1]], quantities=("input", "weigth", "sum")),
        "should be one of input, weight, bias, sum, activation, loss, gradient, and got 'weigth'",
    ),
    "too many rows": (
        lambda: product(np.ones((11, 1)), [[1]]),
        "a drawing has room for 10 rows, and got 11",
    ),
    "too many columns": (
        lambda: product([[1]], np.ones((1, 5))),
        "a drawing has room for 10 columns, and got 11",
    ),
    "a table with infinity": (lambda: product([[np.inf]], [[1]]), "X should be finite numbers"),
    "three inputs for two": (lambda: drawings.loss_along(ones(), "w1", [1, 2, 3], 1), "2"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_is_refused(case: str):
    draw, message = REFUSED[case]
    with pytest.raises(ValueError, match=re.escape(message)):
        draw()
