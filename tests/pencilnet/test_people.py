import numpy as np
import pytest
from tests.pencilnet.refused import refused

from pencilnet import (
    ALICE,
    BOB,
    CHARLIE,
    DIANA,
    EMILY,
    FRANK,
    MEANS,
    PEOPLE,
    SHIFT,
    Person,
    all_y_trues,
    data,
)


@pytest.mark.parametrize(
    ("person", "told", "shifted", "label"),
    [
        (ALICE, ("Alice", 133, 65, "F"), (-2, -1), 1),
        (BOB, ("Bob", 160, 72, "M"), (25, 6), 0),
        (CHARLIE, ("Charlie", 152, 70, "M"), (17, 4), 0),
        (DIANA, ("Diana", 120, 60, "F"), (-15, -6), 1),
        (EMILY, ("Emily", 128, 63, "F"), (-7, -3), 1),
        (FRANK, ("Frank", 155, 68, "M"), (20, 2), 0),
    ],
)
def test_each_person_is_as_in_the_table(person, told, shifted, label):
    assert tuple(person) == told
    assert person.shifted == shifted
    assert person.label == label
    assert type(person.shifted[0]) is type(person.label) is int


def test_the_four_are_the_data():
    assert PEOPLE == (ALICE, BOB, CHARLIE, DIANA)
    assert data.tolist() == [[-2, -1], [25, 6], [17, 4], [-15, -6]]
    assert all_y_trues.tolist() == [1, 0, 0, 1]
    assert data.dtype == all_y_trues.dtype == float


def test_the_shift_looks_nice_and_is_not_the_mean():
    assert SHIFT == (135, 66)
    assert MEANS == (141.25, 66.75)


def test_kilograms_and_centimetres_follow_the_definitions():
    one = Person("One", 1, 1, "F")
    assert (one.kilograms, one.centimetres) == (0.45359237, 2.54)
    assert EMILY.kilograms == pytest.approx(58.05982336, rel=1e-15)
    assert EMILY.centimetres == pytest.approx(160.02, rel=1e-15)


@pytest.mark.parametrize("array", [data, all_y_trues])
def test_the_data_cannot_be_changed_by_accident(array):
    with pytest.raises(ValueError, match="read-only"):
        array[0] = 7
    array.copy()[0] = 7


def test_a_person_of_your_own_can_be_predicted():
    zoe = Person("Zoe", 142.5, 70, "F")
    assert zoe.shifted == (7.5, 4)
    assert np.shape(zoe.shifted) == (2,)


@pytest.mark.parametrize(
    ("pounds", "inches", "gender", "message"),
    [
        (0, 65, "F", "pounds must be greater than 0, but it is 0.0"),
        (133, -1, "F", "inches must be greater than 0, but it is -1.0"),
        ("133", 65, "F", "pounds must hold numbers, but it holds text: '133'"),
        (133, float("nan"), "F", "inches is nan, but numbers must lie between -1e+100 and 1e+100"),
        (133, 65, "f", "gender must be 'F' or 'M' in these data, but it is 'f'"),
    ],
)
def test_a_person_these_data_cannot_hold_is_refused(pounds, inches, gender, message):
    with refused(message):
        Person("Alice", pounds, inches, gender)
