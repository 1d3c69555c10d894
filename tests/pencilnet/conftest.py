"""A busy machine may be slow, and that is no failure: examples of a property have no time limit."""

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
