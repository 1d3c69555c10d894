import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from tests.pencilnet.oracle import PARAMETERS, bits, network_from
from tests.pencilnet.refused import refused

from pencilnet import OurNeuralNetwork, load_parameters, save_parameters

ANY_NINE = arrays.arrays(float, 9, elements=st.floats(-1e100, 1e100))


def nine(**changed):
    """Nine stored values, some of them changed; None leaves one out."""
    stored = {name: float(i) for i, name in enumerate(PARAMETERS)} | changed
    return {name: value for name, value in stored.items() if value is not None}


@given(ANY_NINE)
def test_what_is_saved_is_loaded_to_the_last_digit(tmp_path_factory, parameters):
    path = tmp_path_factory.mktemp("kept") / "network.npz"
    network = network_from(parameters)
    save_parameters(network, path)
    loaded = load_parameters(path)
    assert bits(loaded) == bits(network)
    assert type(loaded) is OurNeuralNetwork


@pytest.mark.parametrize("name", ["network.npz", "no suffix", "netz ä.bin"])
def test_the_file_has_exactly_the_name_that_was_given(tmp_path, name):
    network = network_from(range(9))
    save_parameters(network, str(tmp_path / name))
    assert os.listdir(tmp_path) == [name]
    assert bits(load_parameters(str(tmp_path / name))) == bits(network)


def test_saving_again_replaces_the_file(tmp_path):
    save_parameters(network_from(range(9)), tmp_path / "network.npz")
    save_parameters(network_from(range(1, 10)), tmp_path / "network.npz")
    assert load_parameters(tmp_path / "network.npz").w1 == 1
    assert os.listdir(tmp_path) == ["network.npz"]


def test_numpy_itself_can_read_the_file(tmp_path):
    save_parameters(network_from(range(9)), tmp_path / "network.npz")
    with np.load(tmp_path / "network.npz") as stored:
        assert {name: float(stored[name]) for name in stored.files} == nine()


def test_a_failure_while_writing_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    save_parameters(network_from(range(9)), tmp_path / "network.npz")

    def disk_full(file, **_):
        file.write(b"half a file")
        raise OSError("no space left")

    monkeypatch.setattr(np, "savez", disk_full)
    with pytest.raises(OSError, match="no space left"):
        save_parameters(network_from(range(1, 10)), tmp_path / "network.npz")
    assert load_parameters(tmp_path / "network.npz").w1 == 0
    assert os.listdir(tmp_path) == ["network.npz"]


def test_a_folder_that_is_not_there_is_reported_by_its_name(tmp_path):
    with pytest.raises(FileNotFoundError, match="nowhere"):
        save_parameters(network_from(range(9)), tmp_path / "nowhere" / "network.npz")
    with pytest.raises(FileNotFoundError, match="nowhere"):
        load_parameters(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("stored", "problem"),
    [
        (nine(w3=None, b3=None), "it lacks w3, b3 and has nothing that the network has not"),
        (nine(w7=1.0, extra=2.0), "it lacks nothing and has w7, extra that the network has not"),
        (nine(w6=None, W6=1.0), "it lacks w6 and has W6 that the network has not"),
        (nine(w2=np.zeros(3)), "w2 must be one number, but its shape is (3,)"),
        (nine(b1=np.inf), "b1 is inf, but numbers must lie between -1e+100 and 1e+100"),
        (nine(b1=np.nan), "b1 is nan, but numbers must lie between -1e+100 and 1e+100"),
        (nine(w1="1"), "w1 must hold numbers, but it holds text: array('1', dtype='<U1')"),
    ],
)
def test_a_file_of_something_else_is_refused(tmp_path, stored, problem):
    path = tmp_path / "other.npz"
    np.savez(path, **stored)
    with refused(f"{path} does not fit this network: {problem}"):
        load_parameters(path)


def whole_file(folder):
    save_parameters(network_from(range(9)), folder / "whole.npz")
    return (folder / "whole.npz").read_bytes()


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: b"",
        lambda whole: b"w1 = 3\n",
        lambda whole: whole[: len(whole) // 2],
        lambda whole: whole[:200] + b"?" * 20 + whole[220:],
    ],
    ids=["empty", "text", "half", "overwritten"],
)
def test_a_damaged_file_is_refused(tmp_path, damage):
    path = tmp_path / "damaged.npz"
    path.write_bytes(damage(whole_file(tmp_path)))
    with refused(f"{path} is not a file of parameters, or it is damaged"):
        load_parameters(path)


def test_a_single_array_is_not_a_file_of_parameters(tmp_path):
    np.save(tmp_path / "array.npy", np.arange(9.0))
    with refused(f"{tmp_path / 'array.npy'} is not a file of parameters, or it is damaged"):
        load_parameters(tmp_path / "array.npy")


class Trap:
    """Opens a file when it is unpickled."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return Path.touch, (self.path,)


def test_a_file_cannot_run_code(tmp_path):
    stored = np.empty((), dtype=object)
    stored[()] = Trap(tmp_path / "sprung")
    np.savez(tmp_path / "trap.npz", **nine(w1=stored))
    with pytest.raises(ValueError, match="is not a file of parameters"):
        load_parameters(tmp_path / "trap.npz")
    assert not (tmp_path / "sprung").exists()
