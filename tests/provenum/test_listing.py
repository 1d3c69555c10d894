"""Source code by its name."""

import pytest

from provenum.listing import source_of


def test_docstrings_are_shown_unless_they_are_not_wanted():
    assert '"""Twice a number.' in source_of("tests.provenum.shown.double")
    expected = "def double(number):\n    return 2 * number\n"
    assert source_of("tests.provenum.shown.double", docstring=False) == expected


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("tests.provenum.shown.nothing", AttributeError),
        ("tests.provenum.shown.LIMIT", TypeError),
        ("no_such_module", ModuleNotFoundError),
        ("no_such_module.thing", ModuleNotFoundError),
    ],
)
def test_what_has_no_source_is_refused(name, error):
    with pytest.raises(error):
        source_of(name)
