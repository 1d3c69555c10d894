"""Training in mini-batches: shuffle, cut into batches, one step for each, and so for every epoch."""

import reprlib
from typing import NamedTuple

import numpy as np

from pencilnet._checks import class_labels, numbers, whole
from pencilnet._fast import FastTraining
from pencilnet._layer_checks import largest_of
from pencilnet._stepping import step_of
from pencilnet.layers import Network
from pencilnet.probabilities import binary_cross_entropy, cross_entropy, one_hot


class FitHistory(NamedTuple):
    """How the loss fell. `fit` makes it.

    Attributes:
        losses: The loss over all examples after each epoch, an array of shape (epochs,): after each of the
            epochs in `epochs`, if `fit` was told to take it less often.
        loss_before: The loss over all examples before the first step, a float, or None if it was not taken.
        validation_losses: The loss over the validation examples after each epoch, an array of shape
            (epochs,), or None without such examples.
        epochs: The epochs at whose end `losses` were taken, counted from 0, shaped like `losses`.
    """

    losses: np.ndarray
    loss_before: float | None
    validation_losses: np.ndarray | None = None
    epochs: np.ndarray | None = None


def mini_batches(examples, batch_size, *, rng):
    """The numbers of all examples, shuffled and cut into batches: what one epoch goes through.

    Args:
        examples: How many examples there are, at least 1.
        batch_size: How many go into a batch, at least 1. The last batch gets what is left.
        rng: What shuffles them: `np.random.default_rng(seed)`. With None they stay in their order.

    Returns:
        A list of arrays, in which every number from 0 to examples - 1 stands once.

    Raises:
        ValueError: If an argument is none of the above.

    Examples:
        >>> mini_batches(5, 2, rng=np.random.default_rng(1))
        [array([4, 0]), array([1, 2]), array([3])]
        >>> mini_batches(5, 2, rng=None)
        [array([0, 1]), array([2, 3]), array([4])]
    """
    examples = whole(examples, "examples", least=1)
    batch_size = whole(batch_size, "batch_size", least=1)
    return _cut(_order(examples, _shuffler(rng)), batch_size)


def one_epoch(network, x, y_true, *, optimiser, memory, batches):
    """One step for each batch: forward, backward, and then as the optimiser says. The network is changed.

    `fit` does this once in every epoch, for a `Network` in a quicker way that comes to the same.

    Args:
        network: The network.
        x: All examples, shape (examples, inputs).
        y_true: Their labels, shape (examples, outputs).
        optimiser: What makes a step of a gradient, such as `SGD()`.
        memory: What the optimiser remembers: `optimiser.start(network.flat)` before the first epoch.
        batches: The numbers of the examples in each batch, as `mini_batches` gives them.

    Returns:
        The memory of the optimiser after the last step.

    Raises:
        ValueError: If examples and labels do not fit each other and the network, or the optimiser's step
            returns anything but new parameters in the old shape and a memory. Then the network is as it was.

    Examples:
        >>> from pencilnet import SGD, Network, all_y_trues, data
        >>> network, sgd = Network([2, 2, 1], rng=np.random.default_rng(1)), SGD(learning_rate=0.1)
        >>> batches = mini_batches(4, 2, rng=np.random.default_rng(1))
        >>> memory = sgd.start(network.flat)
        >>> memory = one_epoch(
        ...     network, data, all_y_trues[:, np.newaxis], optimiser=sgd, memory=memory, batches=batches
        ... )
    """
    trained = network.copy()
    for batch in batches:
        forward = trained.forward(x[batch])
        gradient = trained.backward(forward, y_true[batch])
        trained.flat[:], memory = step_of(optimiser, trained.flat, gradient.flat, memory)
    network.flat[:] = trained.flat
    return memory


def fit(network, x, y_true, *, optimiser, epochs, batch_size=32, rng, validation=None, patience=None,
        every=1, progress=None):  # fmt: skip
    """Train a network in mini-batches. The network is changed.

    In each epoch all the examples are shuffled and cut into batches, and for each batch the optimiser makes a
    step. With `rng=None` and `batch_size=1` that is how Part I trains: one example after the other, in their
    order. The optimiser starts each time without memory. Nothing is printed.

    Args:
        network: The `Network`.
        x: The examples, shape (examples, inputs).
        y_true: Their labels, shape (examples, outputs). With the output `"softmax"` also the number of each
            example's class, whole numbers of shape (examples,).
        optimiser: What makes a step of a gradient: `SGD()`, `Adam()`, or whatever has such `start` and
            `step`.
        epochs: How often to go through all the examples, at least 1.
        batch_size: How many examples there are to a step, at least 1.
        rng: What shuffles the examples: `np.random.default_rng(seed)`. It has no default. With None they
            stay in their order.
        validation: Examples that are not trained on, and their labels, in a pair `(x, y_true)`. Their loss
            is taken after each epoch.
        patience: Stop when the validation loss has not reached a new low for so many epochs, at least 1, and
            give the network the parameters that it had at the lowest, also if it never stopped. Needs
            `validation`. Without it, all epochs are run and the last parameters are kept.
        every: Take the loss over all examples before the first step, and at the end of epochs 0, `every`,
            2 `every`, and so on. It costs about a third of an epoch. With None it is never taken.
        progress: Called as `progress(epoch, loss)` each time that loss is taken. The network has its new
            parameters only once the training has ended.

    Returns:
        The `FitHistory` of the loss.

    Raises:
        ValueError: If an argument is none of the above, the optimiser's step returns anything but new
            parameters in the old shape and a memory, or the steps lead out of all bounds.
            Then, and also when `progress` raises, the network is as it was.

    Source:
        Mini-batches: Goodfellow, Bengio and Courville, "Deep Learning" (2016), section 8.1.3; early stopping:
        algorithm 7.1.

    Examples:
        >>> from pencilnet import SGD, Network, all_y_trues, data
        >>> network = Network([2, 2, 1], rng=np.random.default_rng(1))
        >>> history = fit(
        ...     network, data, all_y_trues[:, np.newaxis],
        ...     optimiser=SGD(learning_rate=0.1), epochs=1000, batch_size=1, rng=np.random.default_rng(2),
        ... )
        >>> history.losses.shape, history.losses[-1] < 0.01 < history.loss_before
        ((1000,), True)
    """
    x, y_true = _labelled(network, x, y_true, "")
    epochs = whole(epochs, "epochs", least=1)
    batch_size = min(whole(batch_size, "batch_size", least=1), len(x))
    rng, every = _shuffler(rng), None if every is None else whole(every, "every", least=1)
    if isinstance(optimiser, type) or not hasattr(optimiser, "start") or not hasattr(optimiser, "step"):
        raise ValueError(f"optimiser must make steps, such as SGD(), but it is {optimiser!r}")
    if progress is not None and not callable(progress):
        raise ValueError(f"progress must be a function of an epoch and a loss, but it is {progress!r}")
    if progress is not None and every is None:
        raise ValueError("progress is told of losses, but with every=None none is taken")
    held_out = None if validation is None else _validation(network, validation)
    if patience is not None:
        patience = whole(patience, "patience", least=1)
        if held_out is None:
            raise ValueError("patience needs validation=(x, y_true): examples that are not trained on")

    training = (FastTraining if type(network) is Network else PlainTraining)(network, optimiser, batch_size)
    examples = training.prepared(x, y_true)
    held_out = held_out and training.prepared(*held_out)
    loss_before = None if every is None else training.loss(examples)
    taken, losses, validation_losses, best = [], [], [], None
    for epoch in range(epochs):
        training.one_epoch(examples, _order(len(x), rng))
        if held_out:
            validation_losses.append(_bounded(training, epoch, optimiser, training.loss(held_out)))
            if patience is not None and (best is None or validation_losses[-1] < validation_losses[best[0]]):
                best = epoch, training.flat.copy()
        if every is not None and epoch % every == 0:
            taken.append(epoch)
            losses.append(_bounded(training, epoch, optimiser, training.loss(examples)))
            if progress is not None:
                progress(epoch, losses[-1])
        if best is not None and epoch - best[0] >= patience:
            break

    _bounded(training, epoch, optimiser)
    network.flat[:] = training.flat if best is None else best[1]
    held_out_losses = np.array(validation_losses) if held_out else None
    return FitHistory(np.array(losses), loss_before, held_out_losses, np.array(taken, int))


class PlainTraining:
    """A copy of a network in training, by the equations as they are told."""

    def __init__(self, network, optimiser, batch_size):
        """Start from the parameters of the network, which is not changed."""
        self.network, self.optimiser, self.batch_size = network.copy(), optimiser, batch_size
        self.memory = optimiser.start(self.flat)

    @property
    def flat(self):
        """The parameters that it has come to."""
        return self.network.flat

    def prepared(self, x, y_true):
        """Examples as `one_epoch` and `loss` take them."""
        return x, y_true

    def one_epoch(self, examples, order):
        """One step for each batch of the examples, taken in this order."""
        batches = _cut(order, self.batch_size)
        self.memory = one_epoch(
            self.network, *examples, optimiser=self.optimiser, memory=self.memory, batches=batches
        )

    def loss(self, examples):
        """The loss over all the examples."""
        return self.network.loss(*examples)


def _order(examples, rng):
    return np.arange(examples) if rng is None else rng.permutation(examples)


def _cut(order, batch_size):
    return [order[start : start + batch_size] for start in range(0, len(order), batch_size)]


def _shuffler(rng):
    """What shuffles examples, or None."""
    if rng is not None and not hasattr(rng, "permutation"):
        raise ValueError(
            f"rng must be a generator, such as np.random.default_rng(44), or None, but it is {rng!r}"
        )
    return rng


def _bounded(training, epoch, optimiser, loss=None):
    """The loss, if one was taken, where it and the parameters are ordinary numbers."""
    largest = np.abs(training.flat).max()
    if not (largest <= largest_of(training.flat.dtype) and (loss is None or np.isfinite(loss))):
        of_loss = "" if loss is None else f"the loss is {loss}, and "
        raise ValueError(
            f"the steps of {optimiser} are too large here: "
            f"after epoch {epoch} {of_loss}the largest parameter is {largest}"
        )
    return loss


def _validation(network, validation):
    """The pair of validation examples and labels."""
    if not isinstance(validation, tuple | list) or len(validation) != 2:
        raise ValueError(f"validation must be a pair (x, y_true), but it is {reprlib.repr(validation)}")
    return _labelled(network, *validation, " in validation")


def _labelled(network, x, y_true, where):
    """Examples and labels that fit each other and the network. What is right already is not copied."""
    if not isinstance(network, Network):
        raise ValueError(f"network must be a Network, but it is {network!r}")
    x = _ordinary(x, f"x{where}", network)
    inputs, outputs = network.sizes[0], network.sizes[-1]
    if x.ndim != 2 or x.shape[1] != inputs:
        raise ValueError(f"x{where} must be many examples, (examples, {inputs}), but its shape is {x.shape}")
    y_true = _ordinary(y_true, f"y_true{where}", network)
    if y_true.ndim > 0 and len(x) != len(y_true):
        raise ValueError(
            f"{len(x)} examples but {len(y_true)} labels: "
            f"x{where} is {x.shape}, y_true{where} is {y_true.shape}"
        )
    if network.output == "softmax" and y_true.ndim == 1:
        return x, one_hot(class_labels(y_true, outputs, f"y_true{where}"), outputs)
    if y_true.shape != (len(x), outputs):
        raise ValueError(
            f"each example needs a label for each output: y_true{where} is {y_true.shape}, "
            f"the predictions are {(len(x), outputs)}"
        )
    if network.loss_name == "cross_entropy":  # refuses what no label can be
        of = cross_entropy if network.output == "softmax" else binary_cross_entropy
        of(y_true, np.zeros(y_true.shape))
    return x, y_true


def _ordinary(values, name, network):
    """An array of ordinary numbers: at least one, and none of them too large for the network."""
    array, largest = np.asarray(values), largest_of(network.dtype)
    if array.dtype.kind not in "iuf" or array.size == 0 or not _within(array, largest):
        numbers(values, name, largest)  # says what is wrong
    return array


def _within(array, largest):
    """Whether no number is beyond the largest, without a copy. NaN is within nothing."""
    return -largest <= float(array.min()) and float(array.max()) <= largest
