"""A neural network small enough to work out with a pencil. The modules follow the book's chapters."""

from pencilnet.descent import History
from pencilnet.gradient_check import GradientCheck, check_gradient, numerical_gradient
from pencilnet.loss import mse_gradient, mse_loss
from pencilnet.network import OurNeuralNetwork
from pencilnet.neuron import Neuron, sigmoid, sigmoid_derivative
from pencilnet.people import (
    ALICE,
    BOB,
    CHARLIE,
    DIANA,
    EMILY,
    FRANK,
    MEANS,
    PEOPLE,
    SHIFT,
    Person,
    all_y_trues,
    data,
)
from pencilnet.records import Backward, Forward
from pencilnet.seeds import ManyRuns, starting_parameters, train_many
from pencilnet.storage import load_parameters, save_parameters

__all__ = [
    "ALICE",
    "BOB",
    "CHARLIE",
    "DIANA",
    "EMILY",
    "FRANK",
    "MEANS",
    "PEOPLE",
    "SHIFT",
    "Backward",
    "Forward",
    "GradientCheck",
    "History",
    "ManyRuns",
    "Neuron",
    "OurNeuralNetwork",
    "Person",
    "all_y_trues",
    "check_gradient",
    "data",
    "load_parameters",
    "mse_gradient",
    "mse_loss",
    "numerical_gradient",
    "save_parameters",
    "sigmoid",
    "sigmoid_derivative",
    "starting_parameters",
    "train_many",
]
