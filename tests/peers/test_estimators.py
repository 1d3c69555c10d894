"""scikit-learn's own tests of an estimator, and what an estimator is for."""

import pytest

pytest.importorskip("sklearn", reason="scikit-learn is not installed: make peers")

import numpy as np
from sklearn.base import clone
from sklearn.compose import TransformedTargetRegressor
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import parametrize_with_checks

from pencilnet import SGD, Adam, load_iris
from pencilnet.estimators import NetworkClassifier, NetworkRegressor

IRIS = load_iris()


@parametrize_with_checks([NetworkClassifier(), NetworkRegressor(), NetworkClassifier(patience=20)])
def test_scikit_learn_finds_nothing_wrong(estimator, check):
    check(estimator)


def test_a_grid_search_over_a_pipeline_finds_the_better_settings():
    model = make_pipeline(StandardScaler(), NetworkClassifier(epochs=20, random_state=1))
    search = GridSearchCV(
        model,
        {
            "networkclassifier__hidden_layer_sizes": [(), (16,)],
            "networkclassifier__optimiser": [SGD(learning_rate=1e-6), Adam(learning_rate=0.01)],
        },
        cv=3,
    )
    search.fit(IRIS.x, np.array(IRIS.classes)[IRIS.y])
    assert search.best_params_["networkclassifier__optimiser"] == Adam(learning_rate=0.01)
    assert search.best_score_ > 0.9
    assert set(search.predict(IRIS.x)) <= set(IRIS.classes)


def test_a_regressor_with_scaled_targets_learns_large_numbers():
    x = np.linspace(-2, 2, 80)[:, np.newaxis]
    y = 1000 + 300 * np.sin(2 * x[:, 0])
    model = TransformedTargetRegressor(
        NetworkRegressor(optimiser=Adam(learning_rate=0.02), random_state=1), transformer=StandardScaler()
    )
    assert model.fit(x, y).score(x, y) > 0.95


def test_a_clone_trains_to_the_same():
    model = NetworkClassifier(epochs=3, random_state=7).fit(IRIS.x, IRIS.y)
    other = clone(model).fit(IRIS.x, IRIS.y)
    np.testing.assert_array_equal(model.network_.flat, other.network_.flat)


def test_several_targets_are_answered_together():
    x = np.random.default_rng(1).normal(size=(60, 3))
    y = x @ [[1, 0], [2, 1], [0, -1]]
    model = NetworkRegressor((), optimiser=Adam(learning_rate=0.05), random_state=1).fit(x, y)
    np.testing.assert_allclose(model.predict(x), y, atol=0.05)
    assert model.fit(x, y[:, 0]).predict(x).shape == (60,)


def test_patience_keeps_examples_apart_and_stops():
    model = NetworkClassifier(patience=3, epochs=500, optimiser=Adam(learning_rate=0.05), random_state=1)
    model.fit(IRIS.x, IRIS.y)
    assert len(model.history_.losses) == len(model.history_.validation_losses) < 500


def test_float32_stays_float32():
    model = NetworkClassifier(epochs=2, random_state=1).fit(IRIS.x.astype(np.float32), IRIS.y)
    assert model.predict_proba(IRIS.x.astype(np.float32)).dtype == np.float32


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (
            {"patience": 3, "validation_fraction": 2},
            "^validation_fraction must be greater than 0",
        ),
        ({"patience": 3, "validation_fraction": 1}, "^with 150 of 150 examples kept apart, none are left"),
        ({"epochs": 0}, "^epochs must be a whole number"),
        ({"activation": "step"}, "^activation must be one of"),
    ],
)
def test_settings_that_are_none_are_refused_when_it_is_trained(settings, message):
    with pytest.raises(ValueError, match=message):
        NetworkClassifier(**settings).fit(IRIS.x, IRIS.y)


def test_one_class_alone_is_refused():
    with pytest.raises(ValueError, match="a classifier needs 2 classes"):
        NetworkClassifier().fit(IRIS.x, np.ones(150, int))


def test_one_hidden_layer_may_be_given_as_a_number():
    model = NetworkClassifier(5, epochs=1, random_state=1).fit(IRIS.x, IRIS.y)
    assert model.network_.sizes == [4, 5, 3]


@pytest.mark.parametrize(
    ("sizes", "message"),
    [
        ((8, 0), r"^hidden_layer_sizes\[1\] must be a whole number, 1 or more, but it is 0$"),
        (0, "^hidden_layer_sizes must be a whole number, 1 or more, but it is 0$"),
    ],
)
def test_layers_that_are_none_are_refused_by_their_own_name(sizes, message):
    with pytest.raises(ValueError, match=message):
        NetworkClassifier(sizes).fit(IRIS.x, IRIS.y)


def test_a_training_that_fails_leaves_the_model_as_it_was():
    kinds = np.array(IRIS.classes)[IRIS.y]
    model = NetworkClassifier(epochs=2, random_state=1).fit(IRIS.x, kinds)
    before, history = model.predict(IRIS.x), model.history_
    with pytest.raises(ValueError, match="too large here"):
        model.set_params(optimiser=SGD(learning_rate=1e90)).fit(IRIS.x, IRIS.y > 0)
    assert model.predict(IRIS.x).tolist() == before.tolist()
    assert model.history_ is history

    regressor = NetworkRegressor(epochs=2, random_state=1).fit(IRIS.x, IRIS.x[:, :2])
    with pytest.raises(ValueError, match="epochs"):
        regressor.set_params(epochs=0).fit(IRIS.x, IRIS.y)
    assert regressor.predict(IRIS.x).shape == (150, 2)


def test_what_has_never_been_trained_says_so():
    model = NetworkClassifier(epochs=0)
    with pytest.raises(ValueError, match="epochs"):
        model.fit(IRIS.x, IRIS.y)
    with pytest.raises(NotFittedError):
        model.predict(IRIS.x)


def test_yes_and_no_are_targets_too():
    model = NetworkRegressor(epochs=2, random_state=1)
    assert model.fit(IRIS.x, IRIS.y > 0).predict(IRIS.x).tolist() == (
        model.fit(IRIS.x, (IRIS.y > 0).astype(float)).predict(IRIS.x).tolist()
    )
