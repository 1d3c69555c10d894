"""What must be refused, and in which words."""

import re

import pytest


def refused(message):
    """A block that must raise a ValueError with exactly this message."""
    return pytest.raises(ValueError, match=f"^{re.escape(message)}$")
