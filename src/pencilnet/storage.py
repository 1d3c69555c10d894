"""Keep a network's parameters in a file, and make a network of them again."""

import os
from uuid import uuid4

import numpy as np

from pencilnet.layers import Network
from pencilnet.network import PARAMETERS, OurNeuralNetwork
from pencilnet.records import by_name

NAMES = ("activation", "output", "loss")
"""What a file says in words of a network of layers, beside its parameters."""


def save_parameters(network, path):
    """Write a network's parameters to a file, to the last digit. A file already there is replaced.

    The new file takes its place only once it is whole, so that there is never half a file. Of a `Network`
    it also holds the names of the activations and of the loss.

    Args:
        network: The `OurNeuralNetwork` or the `Network` to keep.
        path: The file's name, usually ending in `.npz`.

    Raises:
        ValueError: If it is neither of the two, or a parameter is not an ordinary number, so that the file
            could not be loaded.
        OSError: If the file cannot be written.
            In either case what was there before is still there.

    Examples:
        >>> import os, tempfile
        >>> network = OurNeuralNetwork.from_parameters(w1=0, w2=1, w3=0, w4=1, w5=0, w6=1, b1=0, b2=0, b3=0)
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     save_parameters(network, os.path.join(folder, "network.npz"))
        ...     load_parameters(os.path.join(folder, "network.npz")).feedforward([2, 3])
        0.7216325609518421
    """
    stored = _stored(network)
    unfinished = f"{os.fsdecode(path)}.{uuid4().hex}.unfinished"
    try:
        with open(unfinished, "xb") as file:
            np.savez(file, **stored)
        os.replace(unfinished, path)
    finally:
        if os.path.exists(unfinished):
            os.remove(unfinished)


def load_parameters(path):
    """The network whose parameters `save_parameters` wrote.

    Args:
        path: The file's name.

    Returns:
        A new `OurNeuralNetwork` or a new `Network`, whichever was kept.

    Raises:
        ValueError: If the file is not an `.npz` file, or holds anything but the parameters of a network.
        OSError: If there is no such file, or it cannot be read.

    Examples:
        See `save_parameters`.
    """
    with open(path, "rb") as file:
        stored = _read(file, path)
    make, names = (_layered, _layered_names(stored)) if "weights[0]" in stored else (_ours, PARAMETERS)
    missing = [name for name in names if name not in stored]
    unknown = [name for name in stored if name not in names]
    if missing or unknown:
        raise ValueError(
            f"{path} does not fit this network: it lacks {', '.join(missing) or 'nothing'} "
            f"and has {', '.join(unknown) or 'nothing'} that the network has not"
        )
    try:
        return make(stored)
    except ValueError as error:
        raise ValueError(f"{path} does not fit this network: {error}") from None


def _stored(network):
    """What is written, by name."""
    if isinstance(network, OurNeuralNetwork):
        return network.parameters
    if not isinstance(network, Network):
        raise ValueError(f"network must be an OurNeuralNetwork or a Network, but it is {network!r}")
    network.copy()  # refuses parameters that have run out of all bounds
    words = {"activation": network.activation, "output": network.output, "loss": network.loss_name}
    return network.parameters | words


def _ours(stored):
    return OurNeuralNetwork.from_parameters(**stored)


def _layered(stored):
    """A network of layers from its arrays and words."""
    layers = range((len(stored) - len(NAMES)) // 2)
    weights = [stored[f"weights[{layer}]"] for layer in layers]
    biases = [stored[f"biases[{layer}]"] for layer in layers]
    words = {name: str(stored[name]) for name in NAMES}
    return Network.from_parameters(weights, biases, **words, dtype=np.result_type(*weights, *biases))


def _layered_names(stored):
    """The names that a file of so many layers must hold."""
    layers = sum(name.startswith("weights[") for name in stored)
    return [*by_name(range(layers), range(layers)), *NAMES]


def _read(file, path):
    """All arrays of an .npz file by name."""
    try:
        with np.load(file, allow_pickle=False) as archive:
            return {name: archive[name] for name in archive.files}
    except Exception as error:  # a damaged file makes NumPy and zipfile raise almost anything
        raise ValueError(f"{path} is not a file of parameters, or it is damaged") from error
