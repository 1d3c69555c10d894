import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from tests.pencilnet.oracle import PARAMETERS, bits, network_from
from tests.pencilnet.refused import refused

from pencilnet import Network, OurNeuralNetwork, load_parameters, save_parameters

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


def layered(**kind):
    network = Network([3, 4, 2], rng=np.random.default_rng(1), **kind)
    network.biases[0][:] = [0.1, 1e100 if network.dtype == float else 1e12, -1e-300, 1 / 3]
    return network


def layered_file(**changed):
    """What a file of a network with one layer holds, with some of it changed; None leaves one out."""
    stored = {"weights[0]": np.ones((2, 1)), "biases[0]": np.zeros(1)}
    stored |= {"activation": "sigmoid", "output": "sigmoid", "loss": "mse"} | changed
    return {name: value for name, value in stored.items() if value is not None}


@pytest.mark.parametrize(
    "kind",
    [
        {},
        {"activation": "tanh", "output": "softmax", "loss": "cross_entropy", "dtype": np.float32},
        {"activation": "relu", "output": "identity"},
    ],
)
def test_a_network_of_layers_is_loaded_as_it_was_to_the_last_digit(tmp_path, kind):
    network = layered(**kind)
    save_parameters(network, tmp_path / "network.npz")
    loaded = load_parameters(tmp_path / "network.npz")
    assert type(loaded) is Network
    assert repr(loaded) == repr(network)
    np.testing.assert_array_equal(loaded.flat, network.flat)
    loaded.flat[:] = 3
    assert {part.max() for part in (*loaded.weights, *loaded.biases)} == {3}


def test_a_network_with_more_than_nine_layers_keeps_their_order(tmp_path):
    network = Network([1] * 13, rng=np.random.default_rng(1))
    save_parameters(network, tmp_path / "network.npz")
    np.testing.assert_array_equal(load_parameters(tmp_path / "network.npz").flat, network.flat)


@pytest.mark.parametrize("precise", ["weights[0]", "biases[0]"])
def test_where_a_file_mixes_floats_no_digit_is_lost(tmp_path, precise):
    stored = layered_file(**{"weights[0]": np.full((2, 1), 1 / 3), "biases[0]": np.full(1, 1 / 3)})
    for name in {"weights[0]", "biases[0]"} - {precise}:
        stored[name] = stored[name].astype(np.float32)
    np.savez(tmp_path / "network.npz", **stored)
    network = load_parameters(tmp_path / "network.npz")
    assert network.dtype == float
    assert network.parameters[precise].min() == 1 / 3


def test_numpy_itself_can_read_the_file_of_a_network_of_layers(tmp_path):
    save_parameters(layered(), tmp_path / "network.npz")
    with np.load(tmp_path / "network.npz") as stored:
        names = ["weights[0]", "biases[0]", "weights[1]", "biases[1]", "activation", "output", "loss"]
        assert stored.files == names
        assert [str(stored[name]) for name in names[4:]] == ["sigmoid", "sigmoid", "mse"]
        assert stored["weights[0]"].shape == (3, 4)


@pytest.mark.parametrize(
    ("stored", "problem"),
    [
        (layered_file(output=None), "it lacks output and has nothing that the network has not"),
        (
            layered_file(**{"weights[2]": np.ones((1, 1))}),
            "it lacks weights[1], biases[1] and has weights[2] that the network has not",
        ),
        (layered_file(w1=1.0), "it lacks nothing and has w1 that the network has not"),
        (
            layered_file(**{"biases[0]": np.zeros(2)}),
            "layer 1 has weights for 1 neurons, but 2 biases: weights[0] is (2, 1), biases[0] is (2,)",
        ),
        (layered_file(loss="mae"), "loss must be one of mse, cross_entropy, but it is 'mae'"),
        (layered_file(loss=3.0), "loss must be one of mse, cross_entropy, but it is '3.0'"),
        (
            layered_file(**{"weights[0]": np.ones((2, 1), int), "biases[0]": np.zeros(1, int)}),
            "dtype must be float64 or float32, but it is dtype('int64')",
        ),
    ],
)
def test_a_file_of_no_network_of_layers_is_refused(tmp_path, stored, problem):
    np.savez(tmp_path / "other.npz", **stored)
    with refused(f"{tmp_path / 'other.npz'} does not fit this network: {problem}"):
        load_parameters(tmp_path / "other.npz")


def test_what_could_not_be_loaded_is_not_saved(tmp_path):
    network = layered()
    save_parameters(network, tmp_path / "network.npz")
    before = network.flat.copy()
    network.flat *= 1e200
    with pytest.raises(ValueError, match=r"^weights\[0\]\[0, 0\] is .* but numbers must lie between"):
        save_parameters(network, tmp_path / "network.npz")
    np.testing.assert_array_equal(load_parameters(tmp_path / "network.npz").flat, before)
    with refused("network must be an OurNeuralNetwork or a Network, but it is 3"):
        save_parameters(3, tmp_path / "network.npz")
    assert os.listdir(tmp_path) == ["network.npz"]


def test_two_may_save_under_one_name_at_once(tmp_path, monkeypatch):
    path, write = os.fsencode(tmp_path / "network.npz"), np.savez

    def interrupted(file, **stored):
        monkeypatch.setattr(np, "savez", write)
        save_parameters(network_from(range(1, 10)), path)
        write(file, **stored)

    monkeypatch.setattr(np, "savez", interrupted)
    save_parameters(network_from(range(9)), path)
    assert load_parameters(path).w1 == 0
    assert os.listdir(tmp_path) == ["network.npz"]
