"""The network as an estimator of scikit-learn's, for its pipelines, grid searches and scores.

The rest of pencilnet needs no scikit-learn, and does not import this module. You do:
`from pencilnet.estimators import NetworkClassifier`.
"""

import numpy as np

try:
    from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin
    from sklearn.utils import check_random_state
    from sklearn.utils.multiclass import check_classification_targets
    from sklearn.utils.validation import check_is_fitted, validate_data
except ModuleNotFoundError as error:
    needs = "pencilnet.estimators needs scikit-learn: python -m pip install scikit-learn"
    raise ModuleNotFoundError(needs, name=error.name) from None

from pencilnet._checks import fraction, whole
from pencilnet.fitting import fit
from pencilnet.layers import Network
from pencilnet.optimisers import Adam

__all__ = ["NetworkClassifier", "NetworkRegressor"]


class _NetworkEstimator(BaseEstimator):
    """What both have in common: the settings, and the training."""

    def __init__(
        self, hidden_layer_sizes=(32,), *, activation="relu", initialiser="he", optimiser=None, epochs=100,
        batch_size=32, patience=None, validation_fraction=0.1, random_state=None,
    ):  # fmt: skip
        """Keep the settings as they are, as scikit-learn wants it. `fit` looks at them."""
        self.hidden_layer_sizes = hidden_layer_sizes
        self.activation = activation
        self.initialiser = initialiser
        self.optimiser = optimiser
        self.epochs = epochs
        self.batch_size = batch_size
        self.patience = patience
        self.validation_fraction = validation_fraction
        self.random_state = random_state

    def _train(self, x, y_true, output, loss):
        """Make a network and train it. Only then are `network_` and `history_` set."""
        rng = check_random_state(self.random_state)
        given, name = self.hidden_layer_sizes, "hidden_layer_sizes"
        several = np.iterable(given)
        hidden = enumerate(given) if several else [("", given)]
        hidden = [whole(size, f"{name}[{i}]" if several else name, least=1) for i, size in hidden]
        sizes = [x.shape[1], *hidden, y_true.shape[1]]
        network = Network(sizes, rng=rng, activation=self.activation, output=output, loss=loss,
                          initialiser=self.initialiser, dtype=x.dtype)  # fmt: skip
        validation = None
        if self.patience is not None:
            apart = max(1, round(len(x) * fraction(self.validation_fraction, "validation_fraction")))
            if apart >= len(x):
                raise ValueError(f"with {apart} of {len(x)} examples kept apart, none are left to train on")
            order = rng.permutation(len(x))
            validation = x[order[:apart]], y_true[order[:apart]]
            x, y_true = x[order[apart:]], y_true[order[apart:]]
        history = fit(
            network, x, y_true, optimiser=Adam() if self.optimiser is None else self.optimiser,
            epochs=self.epochs, batch_size=self.batch_size, rng=rng,
            validation=validation, patience=self.patience,
        )  # fmt: skip
        self.network_, self.history_ = network, history

    def _answers(self, x):
        """The predictions of the network, shape (examples, outputs)."""
        check_is_fitted(self, "network_")
        x = validate_data(self, x, dtype=[np.float64, np.float32], reset=False)
        return self.network_.feedforward(x)


class NetworkClassifier(ClassifierMixin, _NetworkEstimator):
    """A `Network` that answers with a class: softmax, cross-entropy, and an estimator of scikit-learn's.

    Put a `StandardScaler` before it in a pipeline: networks learn badly from numbers of different sizes.

    Args:
        hidden_layer_sizes: How many neurons there are in each hidden layer; one number for a single layer,
            `()` for none.
        activation: What the hidden neurons do with their sums, a name in `ACTIVATIONS`.
        initialiser: How the weights are drawn, a name in `INITIALISERS`.
        optimiser: What makes the steps, such as `SGD(learning_rate=0.1)`. None is `Adam()`.
        epochs: How often to go through all the examples.
        batch_size: How many examples there are to a step.
        patience: Stop when the loss of examples that are kept apart has not reached a new low for so many
            epochs, and keep the best parameters. None: run all epochs on all examples.
        validation_fraction: Which part of the examples is kept apart for that, above 0 and below 1.
        random_state: What draws the weights and shuffles: a seed or a `RandomState`, as everywhere in
            scikit-learn.

    Attributes:
        classes_: The classes, sorted: what `predict` may answer.
        network_: The trained `Network`.
        history_: The `FitHistory` of its training.
        n_features_in_: How many features an example has.
        feature_names_in_: Their names, if the examples came with such.

    Examples:
        >>> from sklearn.model_selection import cross_val_score
        >>> from sklearn.pipeline import make_pipeline
        >>> from sklearn.preprocessing import StandardScaler
        >>> from pencilnet import load_iris
        >>> iris = load_iris()
        >>> model = make_pipeline(StandardScaler(), NetworkClassifier(random_state=1))
        >>> bool(cross_val_score(model, iris.x, iris.y).mean() > 0.9)
        True
    """

    def fit(self, X, y):
        """Train on examples and their classes.

        Args:
            X: The examples, shape (examples, features). Float32 is trained in float32.
            y: The class of each, numbers or text, shape (examples,).

        Returns:
            The estimator itself.

        Raises:
            ValueError: If an argument or a setting is none of what is described, or there is one class only.
        """
        X, y = validate_data(self, X, y, dtype=[np.float64, np.float32])
        check_classification_targets(y)
        classes, numbers = np.unique(y, return_inverse=True)
        if len(classes) < 2:
            raise ValueError(f"a classifier needs 2 classes or more, but all are of one class: {y[0]}")
        self._train(X, np.eye(len(classes))[numbers], "softmax", "cross_entropy")
        self.classes_ = classes
        return self

    def predict_proba(self, X):
        """The probability of each class, in the order of `classes_`.

        Args:
            X: The examples, shape (examples, features).

        Returns:
            An array of shape (examples, classes). Its rows sum to 1.
        """
        return self._answers(X)

    def predict(self, X):
        """The most probable class.

        Args:
            X: The examples, shape (examples, features).

        Returns:
            An array of shape (examples,), with classes as they were given to `fit`.
        """
        probabilities = self._answers(X)
        return self.classes_[probabilities.argmax(axis=1)]


class NetworkRegressor(RegressorMixin, _NetworkEstimator):
    """A `Network` that answers with numbers: squared error, and an estimator of scikit-learn's.

    Put a `StandardScaler` before it in a pipeline, and where the targets are far from 0 or large, put it all
    into a `TransformedTargetRegressor`.

    Args:
        hidden_layer_sizes: How many neurons there are in each hidden layer; one number for a single layer,
            `()` for none.
        activation: What the hidden neurons do with their sums, a name in `ACTIVATIONS`.
        initialiser: How the weights are drawn, a name in `INITIALISERS`.
        optimiser: What makes the steps, such as `SGD(learning_rate=0.1)`. None is `Adam()`.
        epochs: How often to go through all the examples.
        batch_size: How many examples there are to a step.
        patience: Stop when the loss of examples that are kept apart has not reached a new low for so many
            epochs, and keep the best parameters. None: run all epochs on all examples.
        validation_fraction: Which part of the examples is kept apart for that, above 0 and below 1.
        random_state: What draws the weights and shuffles: a seed or a `RandomState`, as everywhere in
            scikit-learn.

    Attributes:
        network_: The trained `Network`.
        history_: The `FitHistory` of its training.
        n_features_in_: How many features an example has.
        feature_names_in_: Their names, if the examples came with such.

    Examples:
        >>> x = np.linspace(-2, 2, 100)[:, np.newaxis]
        >>> model = NetworkRegressor(activation="tanh", initialiser="xavier", random_state=1)
        >>> bool(model.fit(x, np.sin(x[:, 0])).score(x, np.sin(x[:, 0])) > 0.9)
        True
    """

    def fit(self, X, y):
        """Train on examples and their targets.

        Args:
            X: The examples, shape (examples, features). Float32 is trained in float32.
            y: The target of each, shape (examples,), or several, shape (examples, targets).

        Returns:
            The estimator itself.

        Raises:
            ValueError: If an argument or a setting is none of what is described.
        """
        X, y = validate_data(self, X, y, dtype=[np.float64, np.float32], multi_output=True, y_numeric=True)
        several = y.ndim == 2
        self._train(X, (y if several else y[:, np.newaxis]).astype(float), "identity", "mse")
        self._several = several
        return self

    def __sklearn_tags__(self):
        """What scikit-learn may expect: several targets too."""
        tags = super().__sklearn_tags__()
        tags.target_tags.multi_output = True
        return tags

    def predict(self, X):
        """What the network answers.

        Args:
            X: The examples, shape (examples, features).

        Returns:
            An array of shape (examples,), or (examples, targets) if `fit` was given several.
        """
        answers = self._answers(X)
        return answers if self._several else answers[:, 0]
