"""A neural network small enough to work out with a pencil. The modules follow the book's chapters."""

from pencilnet.activations import (
    ACTIVATIONS,
    Activation,
    gelu,
    gelu_derivative,
    identity,
    identity_derivative,
    leaky_relu,
    leaky_relu_derivative,
    relu,
    relu_derivative,
    tanh,
    tanh_derivative,
)
from pencilnet.descent import History
from pencilnet.fitting import FitHistory, fit, mini_batches
from pencilnet.gradient_check import GradientCheck, check_gradient, numerical_gradient
from pencilnet.initialisers import INITIALISERS, he, standard_normal, xavier
from pencilnet.layers import BackwardPass, ForwardPass, Network
from pencilnet.loss import mse_gradient, mse_loss
from pencilnet.network import OurNeuralNetwork
from pencilnet.neuron import Neuron, sigmoid, sigmoid_derivative
from pencilnet.optimisers import SGD
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
from pencilnet.probabilities import (
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    cross_entropy,
    cross_entropy_gradient,
    log_softmax,
    log_sum_exp,
    one_hot,
    softmax,
)
from pencilnet.records import Backward, Forward
from pencilnet.seeds import ManyRuns, starting_parameters, train_many
from pencilnet.storage import load_parameters, save_parameters

__all__ = [
    "ACTIVATIONS",
    "ALICE",
    "BOB",
    "CHARLIE",
    "DIANA",
    "EMILY",
    "FRANK",
    "INITIALISERS",
    "MEANS",
    "PEOPLE",
    "SGD",
    "SHIFT",
    "Activation",
    "Backward",
    "BackwardPass",
    "FitHistory",
    "Forward",
    "ForwardPass",
    "GradientCheck",
    "History",
    "ManyRuns",
    "Network",
    "Neuron",
    "OurNeuralNetwork",
    "Person",
    "all_y_trues",
    "binary_cross_entropy",
    "binary_cross_entropy_gradient",
    "check_gradient",
    "cross_entropy",
    "cross_entropy_gradient",
    "data",
    "fit",
    "gelu",
    "gelu_derivative",
    "he",
    "identity",
    "identity_derivative",
    "leaky_relu",
    "leaky_relu_derivative",
    "load_parameters",
    "log_softmax",
    "log_sum_exp",
    "mini_batches",
    "mse_gradient",
    "mse_loss",
    "numerical_gradient",
    "one_hot",
    "relu",
    "relu_derivative",
    "save_parameters",
    "sigmoid",
    "sigmoid_derivative",
    "softmax",
    "standard_normal",
    "starting_parameters",
    "tanh",
    "tanh_derivative",
    "train_many",
    "xavier",
]
