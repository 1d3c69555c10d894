"""The data sets, the split, and the standardiser: what they hold, what they keep, what they refuse."""

import importlib.util
import math
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from tests.pencilnet.refused import refused

import pencilnet
from pencilnet import Standardiser, datasets, load_digits, load_iris, split

TABLES = st.tuples(st.integers(1, 8), st.integers(1, 4)).flatmap(
    lambda shape: arrays.arrays(float, shape, elements=st.floats(-1e6, 1e6, width=32))
)


def rng(seed=0):
    return np.random.default_rng(seed)


# The data sets.


def test_the_irises_are_fifty_of_each_kind():
    iris = load_iris()
    assert (iris.x.shape, iris.y.shape, iris.x.dtype, iris.y.dtype) == ((150, 4), (150,), float, int)
    assert np.bincount(iris.y).tolist() == [50, 50, 50]
    assert iris.classes == ("setosa", "versicolor", "virginica")
    assert iris.features == (
        "sepal length (cm)",
        "sepal width (cm)",
        "petal length (cm)",
        "petal width (cm)",
    )


def test_the_irises_have_the_sums_that_fishers_paper_gives():
    """Its table I: the sums of the four columns for each kind, in tenths of a centimetre."""
    x = load_iris().x.reshape(3, 50, 4)
    assert (10 * x.sum(axis=1)).round().tolist() == [
        [2503, 1714, 731, 123],
        [2968, 1385, 2130, 663],
        [3294, 1487, 2776, 1013],
    ]


def test_the_digits_are_pictures_of_whole_numbers():
    digits = load_digits()
    assert (digits.x.shape, digits.y.shape, digits.x.dtype, digits.y.dtype) == (
        (1797, 64),
        (1797,),
        float,
        int,
    )
    assert set(np.unique(digits.x)) == set(range(17))
    assert np.bincount(digits.y).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert digits.classes == tuple("0123456789")
    assert len(digits.features) == 64
    assert digits.features[0] == "pixel in row 0, column 0"
    assert digits.features[15] == "pixel in row 1, column 7"


def test_the_first_digit_is_a_zero_with_a_hole_in_it():
    picture = load_digits().x.reshape(-1, 8, 8)[0]
    assert picture[0].tolist() == [0, 0, 5, 13, 9, 1, 0, 0]
    assert picture[4].tolist() == [0, 5, 8, 0, 0, 9, 8, 0]


@pytest.mark.parametrize("load", [load_iris, load_digits])
def test_each_call_gives_arrays_of_its_own(load):
    first = load()
    first.x[:] = -1
    first.y[:] = -1
    again = load()
    assert (again.x >= 0).all()
    assert (again.y >= 0).all()


def test_a_copy_of_the_files_beside_the_module_comes_first(monkeypatch):
    asked = []
    monkeypatch.setattr(datasets.pkgutil, "get_data", lambda *place: asked.append(place) or b"the copy")
    assert datasets.file("digits") == b"the copy"
    assert asked == [("pencilnet", "data/digits.csv.gz")]


@pytest.mark.skipif(importlib.util.find_spec("sklearn") is None, reason="scikit-learn is not installed")
def test_without_a_copy_the_files_are_scikit_learns(monkeypatch):
    monkeypatch.setattr(datasets.pkgutil, "get_data", absent)
    assert load_digits().x.shape == (1797, 64)
    assert load_iris().x.shape == (150, 4)


@pytest.mark.parametrize("load", [load_iris, load_digits])
def test_without_scikit_learn_the_reader_is_told_what_to_install(monkeypatch, load):
    monkeypatch.setattr(datasets.pkgutil, "get_data", absent)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    said = "^the data sets are in scikit-learn, which is not installed: python -m pip install scikit-learn$"
    with pytest.raises(ModuleNotFoundError, match=said):
        load()


def test_scikit_learns_files_are_found_without_importing_it(monkeypatch, tmp_path):
    folder = tmp_path / "sklearn" / "datasets" / "data"
    folder.mkdir(parents=True)
    (tmp_path / "sklearn" / "__init__.py").write_text("raise SystemError('imported')")
    (folder / "iris.csv").write_text("1,4,a,b,c\n5.1,3.5,1.4,0.2,2\n1,2,3,4,0\n")
    monkeypatch.setattr(datasets.pkgutil, "get_data", absent)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "sklearn", raising=False)  # another test may have it
    iris = load_iris()
    assert (iris.x.tolist(), iris.y.tolist()) == ([[5.1, 3.5, 1.4, 0.2], [1, 2, 3, 4]], [2, 0])


def absent(package, name):
    raise FileNotFoundError(name)


# The split.


def test_a_share_is_kept_apart():
    x_train, x_test, y_train, y_test = split(np.zeros((10, 3)), np.zeros(10), test_size=0.3, rng=rng())
    assert (x_train.shape, x_test.shape, y_train.shape, y_test.shape) == ((7, 3), (3, 3), (7,), (3,))


@pytest.mark.parametrize(("test_size", "kept"), [(0.25, 38), (0.1, 15), (0.5, 75), (1, 1), (149, 149)])
def test_shares_are_rounded_and_whole_numbers_taken_as_they_are(test_size, kept):
    iris = load_iris()
    assert len(split(iris.x, iris.y, test_size=test_size, rng=rng()).y_test) == kept


@given(st.integers(2, 50), st.integers(0, 1000), st.data())
def test_every_example_is_in_one_part_with_its_own_label(count, seed, data):
    kept = data.draw(st.integers(1, count - 1))
    x = np.stack([np.arange(count), np.arange(count)], axis=1)
    x_train, x_test, y_train, y_test = split(x, 3 * np.arange(count), test_size=kept, rng=rng(seed))
    assert len(x_test) == len(y_test) == kept
    assert sorted([*x_train[:, 0], *x_test[:, 0]]) == list(range(count))
    np.testing.assert_array_equal(3 * x_train[:, 0], y_train)
    np.testing.assert_array_equal(3 * x_test[:, 1], y_test)


def test_the_parts_are_shuffled_and_the_seed_says_how():
    parts = [split(np.arange(100), np.arange(100), test_size=0.5, rng=rng(seed)) for seed in (0, 0, 1)]
    assert parts[0].x_train.tolist() == parts[1].x_train.tolist()
    assert parts[0].x_train.tolist() != parts[2].x_train.tolist()
    assert parts[0].x_train.tolist() != sorted(parts[0].x_train.tolist())


def test_the_parts_are_copies_in_the_types_that_came_in():
    x, y = np.zeros((4, 2), dtype=np.float32), np.zeros((4, 3), dtype=np.int8)
    x_train, _, y_train, _ = split(x, y, test_size=1, rng=rng())
    assert (x_train.dtype, y_train.dtype, y_train.shape) == (np.float32, np.int8, (3, 3))
    x_train[:] = 1
    assert x.sum() == 0


@pytest.mark.parametrize(
    ("x", "y", "test_size", "message"),
    [
        (np.zeros((3, 2)), [1, 2], 1, "each example needs its own label: x is (3, 2), y is (2,)"),
        (5, [1], 1, "each example needs its own label: x is (), y is (1,)"),
        ([5], 1, 1, "each example needs its own label: x is (1,), y is ()"),
        (
            [1, 2],
            [1, 2],
            0.1,
            "both parts need examples: test_size 0.1 of 2 examples keeps 0 apart",
        ),
        ([1, 2], [1, 2], 2, "both parts need examples: test_size 2 of 2 examples keeps 2 apart"),
        ([1], [1], 3, "both parts need examples: test_size 3 of 1 examples keeps 3 apart"),
        ([1, 2], [1, 2], 0, "test_size must be a whole number, 1 or more, but it is 0"),
        ([1, 2], [1, 2], True, "test_size must be a whole number, 1 or more, but it is True"),
        (
            [1, 2],
            [1, 2],
            "half",
            "test_size must be a share between 0 and 1 or a whole number, but it is 'half'",
        ),
        ([[1], [1, 2]], [1, 2], 1, "x has rows of different lengths: [[1], [1, 2]]"),
        ([1, 2], [[1], [1, 2]], 1, "y has rows of different lengths: [[1], [1, 2]]"),
        ([1], [1], 1.0, "test_size must be a share between 0 and 1 or a whole number, but it is 1.0"),
        ([1], [1], 0.0, "test_size must be a share between 0 and 1 or a whole number, but it is 0.0"),
        ([1], [1], -0.5, "test_size must be a share between 0 and 1 or a whole number, but it is -0.5"),
        ([1], [1], math.nan, "test_size must be a share between 0 and 1 or a whole number, but it is nan"),
    ],
)
def test_what_split_refuses(x, y, test_size, message):
    with refused(message):
        split(x, y, test_size=test_size, rng=rng())


def test_a_seed_is_no_generator():
    with refused("rng must be a generator, such as np.random.default_rng(44), but it is 44"):
        split([1, 2], [1, 2], test_size=1, rng=44)


def test_nobody_splits_without_saying_by_what_chance():
    with pytest.raises(TypeError, match="rng"):
        split([1, 2], [1, 2], test_size=1)


# The standardiser.


def test_bobs_weight_is_as_far_above_the_mean_as_the_book_says():
    pounds = [[person.pounds] for person in pencilnet.PEOPLE]
    standardiser = Standardiser.fit(pounds)
    assert standardiser.mean.tolist() == [141.25]
    assert standardiser.scale[0] == pytest.approx(math.sqrt(246.6875))
    assert standardiser.transform([160])[0] == pytest.approx(18.75 / math.sqrt(246.6875))


@given(TABLES)
def test_what_it_was_fitted_on_has_the_mean_0_and_the_spread_1_or_is_constant(x):
    standardiser = Standardiser.fit(x)
    z = standardiser.transform(x)
    constant = (x == x[0]).all(axis=0)
    assert (z[:, constant] == 0).all()
    assert (standardiser.scale[constant] == 1).all()
    spread = standardiser.scale > 1e-6 * np.abs(x).max()  # elsewhere the rounding of the mean can be seen
    clear = ~constant & spread
    np.testing.assert_allclose(z[:, clear].mean(axis=0), 0, atol=1e-6)
    np.testing.assert_allclose(z[:, clear].std(axis=0), 1, rtol=1e-6)


@pytest.mark.parametrize("value", [0.1, 1 / 3, 7, -1e-9, 1e99])
def test_a_feature_that_never_changes_becomes_exactly_0(value):
    """Its mean may be rounded, and then its deviation is tiny and not 0."""
    x = np.full((7, 3), value, float)
    x[:, 0], x[:, 2] = np.linspace(-2e99, -1e99, 7), np.linspace(1.1e99, 2e99, 7)  # one below it, one above
    standardiser = Standardiser.fit(x)
    assert (standardiser.transform(x)[:, 1] == 0).all()
    assert standardiser.scale[1] == 1


def test_a_spread_too_small_for_a_float_is_none():
    """The squares of such distances are rounded to 0."""
    assert Standardiser.fit([[1e-200], [0]]).scale.tolist() == [1]


@given(TABLES)
def test_the_way_back_leads_back(x):
    standardiser = Standardiser.fit(x)
    back = standardiser.inverse_transform(standardiser.transform(x))
    np.testing.assert_allclose(back, x, rtol=1e-9, atol=1e-9 * max(1, np.abs(x).max()))


def test_the_training_part_alone_sets_the_scale():
    standardiser = Standardiser.fit([[0.0], [2.0]])
    assert standardiser.transform([[10.0]]).tolist() == [[9.0]]
    assert (standardiser.mean.tolist(), standardiser.scale.tolist()) == ([1.0], [1.0])


def test_one_example_keeps_its_shape():
    standardiser = Standardiser.fit([[0.0, 5.0], [2.0, 9.0]])
    assert standardiser.transform([1, 9]).tolist() == [0, 1]
    assert standardiser.inverse_transform([0, 1]).tolist() == [1, 9]


@pytest.mark.parametrize(
    ("given_type", "type_of_result"), [(np.float32, np.float32), (float, float), (int, float)]
)
def test_float32_stays_float32(given_type, type_of_result):
    x = np.array([[0, 1], [2, 5]], dtype=given_type)
    standardiser = Standardiser.fit(x)
    assert standardiser.transform(x).dtype == type_of_result
    assert standardiser.inverse_transform(x).dtype == type_of_result


def test_what_comes_in_is_not_changed():
    x = np.array([[0.0, 1.0], [2.0, 5.0]])
    standardiser = Standardiser.fit(x)
    standardiser.transform(x)
    standardiser.inverse_transform(x)
    assert x.tolist() == [[0, 1], [2, 5]]


def test_constant_pixels_are_no_trouble():
    x = load_digits().x
    assert (x.std(axis=0) == 0).sum() == 3
    z = Standardiser.fit(x).transform(x)
    assert np.isfinite(z).all()
    assert (z[:, x.std(axis=0) == 0] == 0).all()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: Standardiser.fit([1, 2]),
            "x_train must be many examples, (examples, features), but its shape is (2,)",
        ),
        (lambda: Standardiser.fit(np.zeros((0, 2))), "x_train is empty: its shape is (0, 2)"),
        (
            lambda: Standardiser.fit([[1.0], [math.inf]]),
            "x_train[1, 0] is inf, but numbers must lie between -1e+100 and 1e+100",
        ),
        (
            lambda: Standardiser.fit([[1, 2]]).transform([[1], [2]]),
            "each example has 1 input but the standardiser takes 2: x is (2, 1)",
        ),
        (
            lambda: Standardiser.fit([[1, 2]]).inverse_transform([1, 2, 3]),
            "each example has 3 inputs but the standardiser takes 2: scaled is (3,)",
        ),
    ],
)
def test_what_the_standardiser_refuses(call, message):
    with refused(message):
        call()


def test_a_feature_that_only_rounding_changes_is_constant():
    """As in scikit-learn. Divided by its own deviation, the rounding would become as large as the rest."""
    x = np.array([[0.3], [0.3], [0.1 + 0.2]])
    assert x.std() > 0
    standardiser = Standardiser.fit(x)
    assert standardiser.scale.tolist() == [1]
    assert abs(standardiser.transform(x)).max() < 1e-15
    assert Standardiser.fit([[1e6], [1e6 + 1e-3]]).scale.round(7).tolist() == [0.0005]
