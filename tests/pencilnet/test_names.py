"""The library has all its names, though it loads Part II only when one of them is asked for."""

import subprocess
import sys

import pytest

import pencilnet


def told(code):
    """What a process of its own prints, which has loaded nothing yet."""
    return subprocess.check_output([sys.executable, "-c", code], text=True).split()


@pytest.mark.parametrize("name", pencilnet.__all__)
def test_every_public_name_is_there_and_told(name):
    assert getattr(pencilnet, name) is not None
    assert name in dir(pencilnet)


def test_no_other_name_is():
    with pytest.raises(AttributeError, match="module 'pencilnet' has no attribute 'Netwerk'"):
        _ = pencilnet.Netwerk


def test_part_one_loads_nothing_of_part_two():
    loaded = told("import sys, pencilnet; print(*(name for name in sys.modules if 'pencilnet.' in name))")
    assert "pencilnet.network" in loaded
    assert not {f"pencilnet.{module}" for module in pencilnet._PART_TWO} & set(loaded)


@pytest.mark.parametrize("name", ["check_gradient", "Network", "fit", "SGD", "save_parameters"])
def test_a_name_of_part_two_is_the_one_of_its_module(name):
    home, same = told(f"import pencilnet; from {getattr(pencilnet, name).__module__} import {name}; "
                      f"print(pencilnet.{name}.__module__, pencilnet.{name} is {name})")  # fmt: skip
    assert (home, same) == (getattr(pencilnet, name).__module__, "True")


@pytest.mark.parametrize("name", ["check_gradient", "fit"])
def test_a_name_that_was_found_is_kept(monkeypatch, name):
    found = getattr(pencilnet, name)
    monkeypatch.delitem(vars(pencilnet), name)
    assert pencilnet.__getattr__(name) is found
    assert vars(pencilnet)[name] is found
    assert pencilnet.__getattr__("schedules") is sys.modules["pencilnet.schedules"]


def test_no_module_after_the_one_that_has_a_name_is_loaded():
    loaded = told("import sys, pencilnet; pencilnet.Network; print(*sys.modules)")
    assert "pencilnet.layers" in loaded
    assert "pencilnet.optimisers" not in loaded


def test_the_modules_of_part_two_are_there_whatever_ran_before():
    (home,) = told("import pencilnet; print(pencilnet.schedules.__name__)")
    assert home == "pencilnet.schedules"
