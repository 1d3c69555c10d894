"""The package has its names, though it imports nothing before one of them is asked for."""

import pytest

import provenum


@pytest.mark.parametrize("name", provenum.__all__)
def test_every_public_name_is_there(name):
    assert getattr(provenum, name).__name__ == name


def test_no_other_name_is():
    with pytest.raises(AttributeError, match="module 'provenum' has no attribute 'proofs'"):
        _ = provenum.proofs
