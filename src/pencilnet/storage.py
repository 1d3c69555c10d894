"""Keep a network's parameters in a file, and get them back."""

import os

import numpy as np

from pencilnet.network import PARAMETERS, OurNeuralNetwork


def save_parameters(network, path):
    path = os.fspath(path)
    unfinished = f"{path}.{os.getpid()}.unfinished"
    try:
        with open(unfinished, "wb") as file:
            np.savez(file, **network.parameters)
        os.replace(unfinished, path)
    except BaseException:
        if os.path.exists(unfinished):
            os.remove(unfinished)
        raise


def load_parameters(path):
    with open(path, "rb") as file, np.load(file, allow_pickle=False) as stored:
        return OurNeuralNetwork.from_parameters(**{name: stored[name] for name in PARAMETERS})
