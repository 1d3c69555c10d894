"""Accuracy and the confusion matrix."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.pencilnet.refused import refused

from pencilnet import accuracy, confusion_matrix

ANSWERS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=20)


def test_three_of_four_right_is_three_quarters():
    assert accuracy([0, 1, 2, 2], [0, 1, 2, 1]) == 0.75
    assert type(accuracy([0], [0])) is float


def test_rows_are_what_it_is_and_columns_what_is_answered():
    matrix = confusion_matrix([0, 0, 0, 1, 2], [0, 2, 2, 1, 1])
    assert matrix.tolist() == [[1, 0, 2], [0, 1, 0], [0, 1, 0]]
    assert matrix.dtype == int


def test_a_class_that_is_only_answered_has_a_row_too():
    assert confusion_matrix([0], [2]).tolist() == [[0, 0, 1], [0, 0, 0], [0, 0, 0]]


def test_a_class_that_never_occurs_has_a_row_if_it_is_counted():
    assert confusion_matrix([0, 1], [0, 0], classes=3).tolist() == [[1, 0, 0], [1, 0, 0], [0, 0, 0]]


@given(ANSWERS)
def test_the_diagonal_is_the_accuracy_and_no_example_is_lost(answers):
    y_true, y_pred = np.transpose(answers)
    matrix = confusion_matrix(y_true, y_pred, classes=5)
    assert matrix.sum() == len(answers)
    assert matrix.trace() / matrix.sum() == pytest.approx(accuracy(y_true, y_pred))
    assert matrix.sum(axis=1).tolist() == np.bincount(y_true, minlength=5).tolist()
    assert matrix.sum(axis=0).tolist() == np.bincount(y_pred, minlength=5).tolist()


@given(answers=ANSWERS, data=st.data())
def test_the_order_of_the_examples_does_not_matter(answers, data):
    y_true, y_pred = np.transpose(answers)
    other_true, other_pred = np.transpose(data.draw(st.permutations(answers)))
    assert accuracy(y_true, y_pred) == accuracy(other_true, other_pred)
    assert confusion_matrix(y_true, y_pred).tolist() == confusion_matrix(other_true, other_pred).tolist()


def test_whole_numbers_may_be_floats():
    assert accuracy([0.0, 1.0], np.array([0, 1], dtype=np.int8)) == 1
    assert confusion_matrix([0.0, 1.0], [1.0, 1.0]).tolist() == [[0, 1], [0, 1]]


ROW = "must be one row of class numbers, (examples,), but its shape is"


@pytest.mark.parametrize("metric", [accuracy, confusion_matrix])
@pytest.mark.parametrize(
    ("y_true", "y_pred", "message"),
    [
        ([0, 1], [0], "each answer needs its own class: y_true is (2,), y_pred is (1,)"),
        ([0, 1], np.ones((2, 1)), f"y_pred {ROW} (2, 1)"),
        (np.eye(2), [0, 1], f"y_true {ROW} (2, 2)"),
        (1, 1, f"y_true {ROW} ()"),
        ([0, 0.5], [0, 1], "y_true[1] is 0.5, but a class is a whole number, 0 or more"),
        (
            [2**53],
            [1],
            "y_true[0] is 9007199254740992.0, but numbers must lie between -9.0072e+15 and 9.0072e+15",
        ),
        ([0, 1], [-1, 1], "y_pred[0] is -1.0, but a class is a whole number, 0 or more"),
        ([], [], "y_true is empty: its shape is (0,)"),
        (["a"], [0], "y_true must hold numbers, but it holds text: ['a']"),
        ([0], [True], "y_pred must hold numbers, but it holds True and False: [True]"),
    ],
)
def test_what_is_refused(metric, y_true, y_pred, message):
    with refused(message):
        metric(y_true, y_pred)


@pytest.mark.parametrize(
    ("classes", "message"),
    [
        (2, "with 2 classes the numbers end at 1, but there is a 2"),
        (0, "classes must be a whole number, 1 or more, but it is 0"),
        (2.5, "classes must be a whole number, 1 or more, but it is 2.5"),
    ],
)
def test_more_classes_than_were_announced_are_refused(classes, message):
    with refused(message):
        confusion_matrix([0, 2], [0, 1], classes=classes)
