"""A neural network small enough to work out with a pencil, in the order in which the book tells it."""

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
from pencilnet.descent import History
from pencilnet.seeds import ManyRuns, starting_parameters, train_many
from pencilnet.storage import load_parameters, save_parameters
