"""More than two answers: softmax makes probabilities of the last sums, cross-entropy says how wrong they are.

The losses take the sums $z$, not the probabilities: then no power of $e$ overflows, and no logarithm of 0 is
asked for. The last axis is always that of the classes.
"""

import numpy as np

from pencilnet._checks import as_array, class_labels, numbers, refuse_where, whole
from pencilnet.neuron import sigmoid

NEARLY_1 = 1e-6
"""A row of labels may miss the sum 1 by so much: fractions such as 1/3 are rounded."""


def log_sum_exp(z):
    r"""The logarithm of the sum of the powers of $e$, without overflow.

    $$\log \sum_k e^{z_k} = m + \log \sum_k e^{z_k - m} \qquad m = \max_k z_k$$

    Both sides are equal. On the right the largest power is $e^0 = 1$, so that nothing overflows, and the sum
    is at least 1, so that its logarithm is an ordinary number.

    Args:
        z: The sums, shape (classes,) for one example, (examples, classes) for many.

    Returns:
        A float for one example, an array of shape (examples,) for many. Float32 stays float32.

    Raises:
        ValueError: If `z` is empty, is one number alone, or holds anything but ordinary numbers.

    Source:
        $e^{z_k} = e^m e^{z_k - m}$, and the logarithm of a product is the sum of the logarithms.

    Examples:
        >>> round(log_sum_exp([2, 1, -1]), 3)
        2.349
        >>> round(log_sum_exp([1000, 1000]), 3)
        1000.693
    """
    sums, dtype = _sums(z)
    largest = sums.max(axis=-1)
    total = np.exp(sums - largest[..., np.newaxis]).sum(axis=-1)
    return _as_given(largest + np.log(total), dtype)


def log_softmax(z):
    r"""The logarithms of the probabilities, also of those too small to be told from 0.

    $$\log p_k = z_k - \log \sum_j e^{z_j}$$

    Args:
        z: The sums, shape (classes,) for one example, (examples, classes) for many.

    Returns:
        An array of the shape of `z`, nowhere above 0. Float32 stays float32.

    Raises:
        ValueError: As `log_sum_exp` does.

    Source:
        The logarithm of `softmax`.

    Examples:
        >>> log_softmax([1000, 0])
        array([    0., -1000.])
    """
    sums, dtype = _sums(z)
    shifted = sums - sums.max(axis=-1, keepdims=True)  # the same for each class, so it changes nothing
    return _as_given(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)), dtype)


def softmax(z):
    r"""Turn a row of any numbers into probabilities: each between 0 and 1, and 1 together.

    $$p_k = \frac{e^{z_k}}{\sum_j e^{z_j}} = \frac{e^{z_k - m}}{\sum_j e^{z_j - m}} \qquad m = \max_j z_j$$

    The two fractions are equal. The code takes the second, whose powers of $e$ are at most 1.

    Args:
        z: The sums, shape (classes,) for one example, (examples, classes) for many.

    Returns:
        An array of the shape of `z`, whose rows sum to 1. Float32 stays float32.

    Raises:
        ValueError: As `log_sum_exp` does.

    Source:
        Bridle, "Probabilistic interpretation of feedforward classification network outputs" (1990).

    Examples:
        >>> softmax([2, 1, -1]).round(3)
        array([0.705, 0.259, 0.035])
        >>> softmax([1000, 1000])
        array([0.5, 0.5])
    """
    sums, dtype = _sums(z)
    powers = np.exp(sums - sums.max(axis=-1, keepdims=True))
    shares = powers / powers.sum(axis=-1, keepdims=True)
    return _as_given(shares, dtype)


def cross_entropy(y_true, z):
    r"""The mean surprise at the right answers: minus the logarithm of the probability of the true class.

    $$L = -\frac{1}{n} \sum_{i=1}^{n} \sum_k y_{ik} \log p_{ik} \qquad p = \mathrm{softmax}(z)$$

    It takes the sums $z$ and does the softmax itself: do not do it before.

    Args:
        y_true: A row for each example that sums to 1, the shape of `z`: all 0 but for a 1 at the true class,
            or probabilities. Or the number of the true class, counted from 0, in whole numbers: one for one
            example, shape (examples,) for many.
        z: The sums, shape (classes,) for one example, (examples, classes) for many.

    Returns:
        A float, 0 or more.

    Raises:
        ValueError: If the shapes do not fit, a row of labels does not sum to 1 or has one below 0, there is
            no class of a given number, or anything is empty or holds anything but ordinary numbers.

    Source:
        The definition; the logarithm of p by `log_softmax`.

    Examples:
        >>> round(cross_entropy([1, 0, 0], [2, 1, -1]), 3)
        0.349
        >>> round(cross_entropy([0, 2], [[2, 1, -1], [2, 1, -1]]), 3)
        1.849
        >>> cross_entropy([0, 1], [1000, 0])
        1000.0
    """
    sums, _ = _sums(z)
    surprise = -log_softmax(sums)
    return float((_rows(y_true, sums) * surprise).sum(axis=-1).mean())


def cross_entropy_gradient(y_true, z):
    r"""How the loss changes with each sum: probability minus label.

    $$\frac{\partial L}{\partial z_{ik}} = \frac{p_{ik} - y_{ik}}{n}$$

    It takes the sums $z$, as `cross_entropy` does. Each row sums to 0.

    Args:
        y_true: The labels, as `cross_entropy` takes them.
        z: The sums, shape (classes,) for one example, (examples, classes) for many.

    Returns:
        An array of the shape of `z`. Float32 stays float32.

    Raises:
        ValueError: As `cross_entropy` does.

    Source:
        The derivative of `log_sum_exp` is `softmax`; that of $y_k z_k$ is $y_k$.

    Examples:
        >>> cross_entropy_gradient([1, 0, 0], [2, 1, -1]).round(3)
        array([-0.295,  0.259,  0.035])
    """
    sums, dtype = _sums(z)
    examples = sums.size // sums.shape[-1]
    return _as_given((softmax(sums) - _rows(y_true, sums)) / examples, dtype)


def binary_cross_entropy(y_true, z):
    r"""The same for outputs that are each a yes or no of their own, by sigmoid.

    $$L = -\frac{1}{n} \sum_{i=1}^{n} \bigl( y_i \log p_i + (1 - y_i) \log (1 - p_i) \bigr) \qquad p = f(z)$$

    It takes the sums $z$ and does the sigmoid itself, in a form that never overflows:

    $$-\log p = \log(e^0 + e^{-z}) \qquad -\log(1 - p) = \log(e^0 + e^{z})$$

    Args:
        y_true: The labels, from 0 to 1, any shape.
        z: The sums, the same shape.

    Returns:
        A float, 0 or more.

    Raises:
        ValueError: If the shapes differ, even where NumPy would broadcast: (n,) against (n, 1). If a label is
            below 0 or above 1, or either is empty or holds anything but ordinary numbers.

    Source:
        The definition, with $1 - f(z) = f(-z)$.

    Examples:
        >>> round(binary_cross_entropy([1, 0], [2, -1]), 3)
        0.22
        >>> binary_cross_entropy(1, -1000)
        1000.0
    """
    y_true, sums, _ = _yes_or_no(y_true, z)
    surprise_at_yes, surprise_at_no = np.logaddexp(0, -sums), np.logaddexp(0, sums)
    return float(np.mean(y_true * surprise_at_yes + (1 - y_true) * surprise_at_no))


def binary_cross_entropy_gradient(y_true, z):
    r"""How that loss changes with each sum: probability minus label, here too.

    $$\frac{\partial L}{\partial z_i} = \frac{f(z_i) - y_i}{n}$$

    Args:
        y_true: The labels, from 0 to 1, any shape.
        z: The sums, the same shape. The $n$ is how many there are.

    Returns:
        A float for one number, else an array of the shape of `z`. Float32 stays float32.

    Raises:
        ValueError: As `binary_cross_entropy` does.

    Source:
        The chain rule, with $f' = f (1 - f)$.

    Examples:
        >>> binary_cross_entropy_gradient([1, 0], [0, 0])
        array([-0.25,  0.25])
        >>> binary_cross_entropy_gradient(1, -1000)
        -1.0
    """
    y_true, sums, dtype = _yes_or_no(y_true, z)
    return _as_given((sigmoid(sums) - y_true) / sums.size, dtype)


def one_hot(classes, count):
    """A row of zeros for each class number, with a 1 in the place of that number.

    Args:
        classes: The numbers of the classes, counted from 0, in whole numbers: one, or shape (examples,).
        count: How many classes there are.

    Returns:
        An array of floats, shape (count,) for one number, (examples, count) for many.

    Raises:
        ValueError: If `classes` is empty or holds anything but whole numbers, or one of them is not from 0 to
            count - 1, or `count` is not a whole number above 0.

    Source:
        The rows of the identity matrix.

    Examples:
        >>> one_hot([2, 0], 3)
        array([[0., 0., 1.],
               [1., 0., 0.]])
    """
    return np.eye(whole(count, "count", 1))[class_labels(classes, count, "classes")]


def _sums(z):
    """The sums in float64, and the type that goes back: float32 for float32, else float64."""
    sums = numbers(z, "z")
    if sums.ndim == 0:
        shapes = "one example, (classes,), or many, (examples, classes)"
        raise ValueError(f"z must be {shapes}, but its shape is ()")
    return sums, _dtype(z)


def _dtype(z):
    return np.dtype(np.float32 if np.asarray(z).dtype == np.float32 else float)


def _as_given(result, dtype):
    """The result in that type; one number as a float."""
    return float(result) if np.ndim(result) == 0 else result.astype(dtype)


def _rows(y_true, sums):
    """Labels as rows that sum to 1, one for each example."""
    if as_array(y_true, "y_true").shape == sums.shape[:-1]:
        return one_hot(class_labels(y_true, sums.shape[-1], "y_true"), sums.shape[-1])
    rows = numbers(y_true, "y_true")
    if rows.shape != sums.shape:
        raise ValueError(
            f"labels must be rows, {sums.shape}, or class numbers, {sums.shape[:-1]}, "
            f"but y_true is {rows.shape}: z is {sums.shape}"
        )
    refuse_where(rows < 0, rows, "labels must be 0 or more", "y_true")
    totals = rows.sum(axis=-1)
    uneven = np.abs(totals - 1) > NEARLY_1
    refuse_where(uneven, totals, "each row of labels must sum to 1", "the sum of y_true")
    return rows


def _yes_or_no(y_true, z):
    y_true, sums = numbers(y_true, "y_true"), numbers(z, "z")
    if y_true.shape != sums.shape:
        raise ValueError(f"each sum needs its own label: y_true is {y_true.shape}, z is {sums.shape}")
    refuse_where((y_true < 0) | (y_true > 1), y_true, "labels must lie between 0 and 1", "y_true")
    return y_true, sums, _dtype(z)
