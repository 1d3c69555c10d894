"""A module that a case shows."""

NAME = "tiny"
