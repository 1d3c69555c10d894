"""The data: four people to learn from, two to predict, and the shift that makes their numbers small."""

from collections import namedtuple

import numpy as np

from pencilnet._checks import positive

SHIFT = (135, 66)
"""What the network's inputs leave out: 135 pounds and 66 inches, numbers chosen because they look nice."""


class Person(namedtuple("Person", "name pounds inches gender")):
    """One person. Read-only.

    Attributes:
        name: What we call them.
        pounds: Their weight in pounds, greater than 0.
        inches: Their height in inches, greater than 0.
        gender: "F" or "M", the only two that these data know.

    Raises:
        ValueError: If the weight or height is not an ordinary number above 0, or the gender not "F" or "M".

    Source:
        The kilogram of a pound and the centimetres of an inch: the international agreement of 1959, exact.

    Examples:
        >>> alice = Person("Alice", 133, 65, "F")
        >>> alice.shifted, alice.label
        ((-2, -1), 1)
        >>> round(alice.kilograms, 1), round(alice.centimetres, 1)
        (60.3, 165.1)
    """

    __slots__ = ()

    def __new__(cls, name, pounds, inches, gender):
        """Refuse what these data cannot hold."""
        positive(pounds, "pounds")
        positive(inches, "inches")
        if gender not in ("F", "M"):
            raise ValueError(f"gender must be 'F' or 'M' in these data, but it is {gender!r}")
        return super().__new__(cls, name, pounds, inches, gender)

    @property
    def kilograms(self):
        """The weight in kilograms: a pound is 0.45359237 kg."""
        return self.pounds * 0.45359237

    @property
    def centimetres(self):
        """The height in centimetres: an inch is 2.54 cm."""
        return self.inches * 2.54

    @property
    def shifted(self):
        """What the network is given: the pounds above 135 and the inches above 66."""
        return self.pounds - SHIFT[0], self.inches - SHIFT[1]

    @property
    def label(self):
        """What the network should answer: 1 for "F", 0 for "M"."""
        return 1 if self.gender == "F" else 0


ALICE = Person("Alice", 133, 65, "F")
BOB = Person("Bob", 160, 72, "M")
CHARLIE = Person("Charlie", 152, 70, "M")
DIANA = Person("Diana", 120, 60, "F")
EMILY = Person("Emily", 128, 63, "F")
FRANK = Person("Frank", 155, 68, "M")

PEOPLE = (ALICE, BOB, CHARLIE, DIANA)
"""The four the network learns from. Emily and Frank are kept apart, to be predicted."""

MEANS = (
    sum(person.pounds for person in PEOPLE) / len(PEOPLE),
    sum(person.inches for person in PEOPLE) / len(PEOPLE),
)
"""The mean weight in pounds and the mean height in inches of the four."""

data = np.array([person.shifted for person in PEOPLE], dtype=float)
"""Their shifted weights and heights, shape (4, 2). Cannot be changed; `data.copy()` can."""

all_y_trues = np.array([person.label for person in PEOPLE], dtype=float)
"""Their labels, shape (4,), in the same order. Cannot be changed; `all_y_trues.copy()` can."""

data.flags.writeable = all_y_trues.flags.writeable = False
