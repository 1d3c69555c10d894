"""A neural network small enough to work out with a pencil. The modules follow the book's chapters.

What Part II adds is loaded when it is first asked for: whoever needs Part I alone waits for little more than
NumPy.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from pencilnet.descent import History
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
from pencilnet.records import Backward, BackwardPass, Forward, ForwardPass
from pencilnet.seeds import ManyRuns, starting_parameters, train_many

if TYPE_CHECKING:  # for editors and for the reference, which read this file and do not run it
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
    from pencilnet.datasets import DataSet, Split, Standardiser, load_digits, load_iris, split
    from pencilnet.fitting import FitHistory, fit, mini_batches
    from pencilnet.gradient_check import GradientCheck, check_gradient, numerical_gradient
    from pencilnet.initialisers import INITIALISERS, he, standard_normal, xavier
    from pencilnet.layers import Network
    from pencilnet.metrics import accuracy, confusion_matrix
    from pencilnet.optimisers import SGD, Adam, AdamMemory, AdamW, RMSProp, RMSPropMemory, SGDMemory
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
    from pencilnet.schedules import Constant, Cosine, ExponentialDecay, InverseDecay, StepDecay, WarmUp
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
    "Adam",
    "AdamMemory",
    "AdamW",
    "Backward",
    "BackwardPass",
    "Constant",
    "Cosine",
    "DataSet",
    "ExponentialDecay",
    "FitHistory",
    "Forward",
    "ForwardPass",
    "GradientCheck",
    "History",
    "InverseDecay",
    "ManyRuns",
    "Network",
    "Neuron",
    "OurNeuralNetwork",
    "Person",
    "RMSProp",
    "RMSPropMemory",
    "SGDMemory",
    "Split",
    "Standardiser",
    "StepDecay",
    "WarmUp",
    "accuracy",
    "all_y_trues",
    "binary_cross_entropy",
    "binary_cross_entropy_gradient",
    "check_gradient",
    "confusion_matrix",
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
    "load_digits",
    "load_iris",
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
    "split",
    "standard_normal",
    "starting_parameters",
    "tanh",
    "tanh_derivative",
    "train_many",
    "xavier",
]

_PART_TWO = (
    "gradient_check",
    "layers",
    "activations",
    "initialisers",
    "probabilities",
    "fitting",
    "optimisers",
    "schedules",
    "datasets",
    "metrics",
    "storage",
)
"""The modules of Part II, in the order of its chapters."""


def __getattr__(name):
    """A name or a module of Part II. Of later modules only those are loaded that its own one imports."""
    if name in _PART_TWO:
        return import_module(f"{__name__}.{name}")
    if name in __all__:
        for module in _PART_TWO:
            names = vars(import_module(f"{__name__}.{module}"))
            if name in names:
                return globals().setdefault(name, names[name])
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__():
    """All names, those too that are not loaded yet."""
    return sorted({*globals(), *__all__})
