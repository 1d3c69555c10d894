"""A page never runs the code of yesterday."""

import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

import provenum
from provenum import freshness


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(freshness, "_seen", {})
    (tmp_path / "first_of_two.py").write_text("value = 1\n", "utf-8")
    (tmp_path / "second_of_two.py").write_text("from first_of_two import value\n", "utf-8")
    yield tmp_path
    for name in ("first_of_two", "second_of_two"):
        sys.modules.pop(name, None)


def change(folder):
    file = folder / "first_of_two.py"
    file.write_text("value = 2\n", "utf-8")
    later = file.stat().st_mtime_ns + 2_000_000_000
    os.utime(file, ns=(later, later))


def test_an_unchanged_module_is_kept(folder):
    freshness.forget_changed_modules([str(folder)])
    import second_of_two

    freshness.forget_changed_modules([str(folder)])
    assert sys.modules["second_of_two"] is second_of_two


def test_a_changed_module_is_imported_anew_and_so_is_what_imported_it(folder):
    freshness.forget_changed_modules([str(folder)])
    import second_of_two

    assert second_of_two.value == 1
    change(folder)
    freshness.forget_changed_modules([str(folder)])
    import second_of_two

    assert second_of_two.value == 2


def test_modules_from_elsewhere_and_the_extension_itself_stay(folder, monkeypatch):
    import json

    own = ModuleType("provenum.made_for_this_test")
    own.__file__ = str(folder / "made_for_this_test.py")
    monkeypatch.setitem(sys.modules, own.__name__, own)
    freshness.forget_changed_modules([str(folder)])
    change(folder)
    freshness.forget_changed_modules([str(folder)])
    assert sys.modules["json"] is json
    assert sys.modules[own.__name__] is own


def test_a_folder_that_is_not_there_is_no_trouble(folder):
    freshness.forget_changed_modules(["no such folder"])


def test_what_is_running_is_never_forgotten(monkeypatch):
    monkeypatch.setattr(sys, "modules", dict(sys.modules))
    monkeypatch.setattr(freshness, "_seen", {"changed": 1})
    freshness.forget_changed_modules([str(Path(provenum.__file__).parents[1])])
    assert {"provenum", "provenum.freshness"} <= set(sys.modules)
