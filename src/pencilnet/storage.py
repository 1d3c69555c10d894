"""Keep a network's nine parameters in a file, and make a network of them again."""

import os

import numpy as np

from pencilnet.network import PARAMETERS, OurNeuralNetwork


def save_parameters(network, path):
    """Write the nine parameters to a file, to the last digit. A file already there is replaced.

    The new file takes its place only once it is whole, so that there is never half a file.

    Args:
        network: The `OurNeuralNetwork` to keep.
        path: The file's name, usually ending in `.npz`.

    Raises:
        OSError: If the file cannot be written. What was there before is still there.

    Examples:
        >>> import os, tempfile
        >>> network = OurNeuralNetwork.from_parameters(w1=0, w2=1, w3=0, w4=1, w5=0, w6=1, b1=0, b2=0, b3=0)
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     save_parameters(network, os.path.join(folder, "network.npz"))
        ...     load_parameters(os.path.join(folder, "network.npz")).feedforward([2, 3])
        0.7216325609518421
    """
    unfinished = f"{os.fspath(path)}.{os.getpid()}.unfinished"
    try:
        with open(unfinished, "xb") as file:
            np.savez(file, **network.parameters)
        os.replace(unfinished, path)
    finally:
        if os.path.exists(unfinished):
            os.remove(unfinished)


def load_parameters(path):
    """The network whose parameters `save_parameters` wrote.

    Args:
        path: The file's name.

    Returns:
        A new `OurNeuralNetwork`.

    Raises:
        ValueError: If the file is not an `.npz` file, or holds anything but the nine parameters.
        OSError: If there is no such file, or it cannot be read.

    Examples:
        See `save_parameters`.
    """
    with open(path, "rb") as file:
        stored = _read(file, path)
    missing = [name for name in PARAMETERS if name not in stored]
    unknown = [name for name in stored if name not in PARAMETERS]
    if missing or unknown:
        raise ValueError(
            f"{path} does not fit this network: it lacks {', '.join(missing) or 'nothing'} "
            f"and has {', '.join(unknown) or 'nothing'} that the network has not"
        )
    try:
        return OurNeuralNetwork.from_parameters(**stored)
    except ValueError as error:
        raise ValueError(f"{path} does not fit this network: {error}") from None


def _read(file, path):
    """All arrays of an .npz file by name."""
    try:
        with np.load(file, allow_pickle=False) as archive:
            return {name: archive[name] for name in archive.files}
    except Exception as error:  # a damaged file makes NumPy and zipfile raise almost anything
        raise ValueError(f"{path} is not a file of parameters, or it is damaged") from error
