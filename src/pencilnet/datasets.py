"""Real data: measured flowers and handwritten digits, cut into parts and put on one scale.

The data are two files of scikit-learn's, which are read and nothing else of it. A copy of them beside this
module comes first: the browser has no scikit-learn, so `docs/runtime.py` gives it a copy with the library.
"""

import importlib.util
import io
import os
import pkgutil
import reprlib
import zlib
from typing import NamedTuple

import numpy as np

from pencilnet._checks import as_array, examples, generator, numbers, whole

FILES = {"iris": "iris.csv", "digits": "digits.csv.gz"}
"""The file of each data set, by the same name as in scikit-learn."""


class DataSet(NamedTuple):
    """Examples with their labels, made by `load_iris` and `load_digits`.

    Attributes:
        x: The features, shape (examples, features), floats.
        y: The class of each example, a whole number from 0, shape (examples,).
        features: What each column of `x` measures, in words.
        classes: What each number in `y` stands for, in words.
    """

    x: np.ndarray
    y: np.ndarray
    features: tuple
    classes: tuple


class Split(NamedTuple):
    """Data in two parts, made by `split`. The fields come in scikit-learn's order.

    Attributes:
        x_train: The examples to learn from.
        x_test: The examples kept apart.
        y_train: The labels of `x_train`.
        y_test: The labels of `x_test`.
    """

    x_train: np.ndarray
    x_test: np.ndarray
    y_train: np.ndarray
    y_test: np.ndarray


class Standardiser(NamedTuple):
    r"""Puts every feature on the same scale: subtract its mean, divide by its standard deviation.

    $$\frac{x - m}{s}$$

    Make it with `Standardiser.fit` from the training part, and use it for all parts.

    Attributes:
        mean: The mean of each feature, $m$, shape (features,).
        scale: The standard deviation of each feature, $s$, shape (features,). It is 1 for a feature that
            never changes but by rounding, which so becomes 0 rather than a division by 0.

    Examples:
        >>> standardiser = Standardiser.fit([[1, 7], [3, 7]])
        >>> standardiser.transform([[1, 7], [4, 7]])
        array([[-1.,  0.],
               [ 2.,  0.]])
    """

    mean: np.ndarray
    scale: np.ndarray

    @classmethod
    def fit(cls, x_train):
        """Measure the mean and the standard deviation of each feature.

        Args:
            x_train: The training part alone, shape (examples, features).

        Returns:
            A new `Standardiser`.

        Raises:
            ValueError: If `x_train` has another shape, or holds anything but ordinary numbers.
        """
        x = numbers(x_train, "x_train")
        if x.ndim != 2:
            raise ValueError(
                f"x_train must be many examples, (examples, features), but its shape is {x.shape}"
            )
        mean, deviation = x.mean(axis=0), x.std(axis=0)
        mean = np.where((x == x[0]).all(axis=0), x[0], mean)  # the mean of equal numbers may be rounded
        rounding = len(x) * np.finfo(float).eps * np.abs(mean)
        return cls(mean, np.where(deviation <= rounding, 1, deviation))

    def transform(self, x):
        """Examples on the new scale.

        Args:
            x: One example, shape (features,), or many, shape (examples, features).

        Returns:
            An array of the shape of `x`, in float32 if `x` is, else in float64.

        Raises:
            ValueError: If an example has another number of features, or holds anything but ordinary numbers.
        """
        given = examples(x, len(self.mean), "x", "the standardiser takes")
        return _as_given((given - self.mean) / self.scale, x)

    def inverse_transform(self, scaled):
        """The way back: what the features were before.

        Args:
            scaled: One example on the new scale, shape (features,), or many, shape (examples, features).

        Returns:
            An array of the shape of `scaled`, in float32 if `scaled` is, else in float64.

        Raises:
            ValueError: As `transform` does.
        """
        given = examples(scaled, len(self.mean), "scaled", "the standardiser takes")
        return _as_given(given * self.scale + self.mean, scaled)


def load_iris():
    """Four lengths of 150 irises, and which of three kinds each is, 50 of a kind.

    Returns:
        A `DataSet` with `x` of shape (150, 4), in centimetres. The arrays are yours to change.

    Raises:
        ModuleNotFoundError: If scikit-learn, which has the file, is not installed.

    Source:
        Collected by E. Anderson; R. A. Fisher, "The use of multiple measurements in taxonomic problems",
        Annals of Eugenics 7 (1936). UCI Machine Learning Repository, doi 10.24432/C56C76, CC BY 4.0.
        This is scikit-learn's copy, which follows Fisher's paper.

    Examples:
        >>> iris = load_iris()
        >>> iris.x[0], iris.classes[iris.y[0]]
        (array([5.1, 3.5, 1.4, 0.2]), 'setosa')
    """
    table = np.loadtxt(io.BytesIO(file("iris")), delimiter=",", skiprows=1)
    features = tuple(f"{part} {size} (cm)" for part in ("sepal", "petal") for size in ("length", "width"))
    return DataSet(table[:, :4], table[:, 4].astype(int), features, ("setosa", "versicolor", "virginica"))


def load_digits():
    """Pictures of 1797 handwritten digits, 8 by 8 pixels, and which digit each is.

    Returns:
        A `DataSet` with `x` of shape (1797, 64), row by row of the picture; a pixel is a whole number from
        0, the paper, to 16, the ink. `x.reshape(-1, 8, 8)` gives pictures. The arrays are yours to change.

    Raises:
        ModuleNotFoundError: If scikit-learn, which has the file, is not installed.

    Source:
        E. Alpaydin and C. Kaynak, "Optical Recognition of Handwritten Digits" (1998). UCI Machine Learning
        Repository, doi 10.24432/C50P49, CC BY 4.0. These are its test digits, from 13 writers.

    Examples:
        >>> digits = load_digits()
        >>> digits.x.shape, digits.y[:3]
        ((1797, 64), array([0, 1, 2]))
    """
    rows = zlib.decompress(file("digits"), zlib.MAX_WBITS | 16)  # 16 more: with the header of gzip
    table = np.loadtxt(io.BytesIO(rows), delimiter=",")
    features = tuple(f"pixel in row {row}, column {column}" for row in range(8) for column in range(8))
    return DataSet(table[:, :64], table[:, 64].astype(int), features, tuple("0123456789"))


def split(x, y, *, test_size, rng):
    """Shuffle the examples and keep some apart, each with its own label.

    Args:
        x: The examples, shape (examples, ...). Not changed.
        y: Their labels, one for each example, shape (examples, ...). Not changed.
        test_size: How much to keep apart: a share of the examples between 0 and 1, rounded to whole examples,
            or a whole number of them.
        rng: The generator that shuffles, such as `np.random.default_rng(0)`.

    Returns:
        A `Split`: `x_train, x_test, y_train, y_test`, in the data types of `x` and `y`.

    Raises:
        ValueError: If `x` and `y` are not equally many, one of the two parts would be empty, or `rng` is no
            generator.

    Examples:
        >>> parts = split(np.arange(10), np.arange(10), test_size=0.3, rng=np.random.default_rng(0))
        >>> parts.x_test, parts.y_test
        (array([4, 6, 2]), array([4, 6, 2]))
    """
    x, y = as_array(x, "x"), as_array(y, "y")
    if x.ndim == 0 or y.ndim == 0 or len(x) != len(y):
        raise ValueError(f"each example needs its own label: x is {x.shape}, y is {y.shape}")
    kept_apart = _how_many(test_size, len(x))
    if not 0 < kept_apart < len(x):
        raise ValueError(
            f"both parts need examples: test_size {test_size} of {len(x)} examples keeps {kept_apart} apart"
        )
    order = generator(rng).permutation(len(x))
    test, train = order[:kept_apart], order[kept_apart:]
    return Split(x[train], x[test], y[train], y[test])


def _how_many(test_size, count):
    """A share of the examples, or a number of them, as a number."""
    if hasattr(test_size, "__index__"):
        return whole(test_size, "test_size", least=1)
    if not isinstance(test_size, (float, np.floating)) or not 0 < test_size < 1:
        raise ValueError(
            "test_size must be a share between 0 and 1 or a whole number, "
            f"but it is {reprlib.repr(test_size)}"
        )
    return round(float(test_size) * count)


def _as_given(result, x):
    """In the precision of what came in."""
    return result.astype(np.float32) if getattr(x, "dtype", None) == np.float32 else result


def file(name):
    """The bytes of a data set's file, from the folder `data` beside this module or else from scikit-learn.

    Args:
        name: A name in `FILES`.

    Raises:
        ModuleNotFoundError: If there is no copy, and scikit-learn is not installed.
    """
    try:
        return pkgutil.get_data("pencilnet", f"data/{FILES[name]}")
    except OSError:
        with open(_in_scikit_learn(FILES[name]), "rb") as opened:
            return opened.read()


def _in_scikit_learn(name):
    """Where scikit-learn has a file. It is not imported for that, since that alone takes a second."""
    package = importlib.util.find_spec("sklearn")
    if package is None:
        raise ModuleNotFoundError(
            "the data sets are in scikit-learn, which is not installed: python -m pip install scikit-learn"
        )
    return os.path.join(package.submodule_search_locations[0], "datasets", "data", name)
