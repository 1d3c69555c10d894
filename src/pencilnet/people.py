"""The data: four people to train on, two to predict, and the shift that makes their numbers small."""

from collections import namedtuple

import numpy as np

from pencilnet._checks import positive

SHIFT = (135, 66)
"""What is taken from everybody's pounds and inches."""


class Person(namedtuple("Person", "name pounds inches gender")):
    """One person.

    Examples:
        >>> Person("Alice", 133, 65, "F").shifted
        (-2, -1)
    """

    __slots__ = ()

    def __new__(cls, name, pounds, inches, gender):
        positive(pounds, "pounds")
        positive(inches, "inches")
        if gender not in ("F", "M"):
            raise ValueError(f"gender must be 'F' or 'M', the two labels of these data, but it is {gender!r}")
        return super().__new__(cls, name, pounds, inches, gender)

    @property
    def kilograms(self):
        """The weight in kilograms; a pound is 0.45359237 kg by definition."""
        return self.pounds * 0.45359237

    @property
    def centimetres(self):
        """The height in centimetres; an inch is 2.54 cm by definition."""
        return self.inches * 2.54

    @property
    def shifted(self):
        """What the network is given: pounds - 135 and inches - 66."""
        return self.pounds - SHIFT[0], self.inches - SHIFT[1]

    @property
    def label(self):
        """What the network is to answer: 1 for F, 0 for M."""
        return 1 if self.gender == "F" else 0


ALICE = Person("Alice", 133, 65, "F")
BOB = Person("Bob", 160, 72, "M")
CHARLIE = Person("Charlie", 152, 70, "M")
DIANA = Person("Diana", 120, 60, "F")
EMILY = Person("Emily", 128, 63, "F")
FRANK = Person("Frank", 155, 68, "M")

PEOPLE = (ALICE, BOB, CHARLIE, DIANA)
MEANS = (
    sum(person.pounds for person in PEOPLE) / len(PEOPLE),
    sum(person.inches for person in PEOPLE) / len(PEOPLE),
)

data = np.array([person.shifted for person in PEOPLE], dtype=float)
all_y_trues = np.array([person.label for person in PEOPLE], dtype=float)
data.flags.writeable = all_y_trues.flags.writeable = False
