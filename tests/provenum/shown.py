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
