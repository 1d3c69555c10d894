"""Source code for the cases that show source code."""


def double(number):
    """Twice a number.

    Args:
        number: Any.
    """
    return 2 * number


class Doubler:
    """Doubles."""

    def twice(self, number):
        """Twice a number."""
        return double(number)


LIMIT = 10


class Everything:
    """A class.

    Told in more than one line.
    """

    size = 1

    def first(self):
        "Begin at once."
        value = lambda: None  # noqa: E731, a node that has no docstring comes before one that has

        def inner():
            """Inside."""

            return value

        return inner

    def only(self):
        """Nothing but words."""

    def none(self):
        str(self.size)
        return "not a docstring"
