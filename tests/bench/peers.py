"""One and the same training, by pencilnet and by other libraries: a process for each, run by part2.py.

    python tests/bench/peers.py LIBRARY JOB FILE once   trains once: what a whole process takes
    python tests/bench/peers.py LIBRARY JOB FILE        trains whenever it is given a line

It answers with a line of JSON: the seconds of the training, and the accuracy on examples that were not
trained on. FILE holds the examples, as NumPy keeps arrays. Each library does it as its own manual does.
"""

import json
import sys
import time
from typing import NamedTuple

import numpy as np


class Job(NamedTuple):
    """What to train: by plain descent, on the cross-entropy of a softmax, hidden ReLU, float32, shuffled."""

    sizes: tuple
    batch_size: int
    epochs: int
    learning_rate: float


JOBS = {
    "digits": Job((64, 32, 10), batch_size=32, epochs=50, learning_rate=0.1),
    "wide": Job((784, 128, 10), batch_size=64, epochs=3, learning_rate=0.1),
}


class Examples(NamedTuple):
    x: np.ndarray
    y: np.ndarray
    x_test: np.ndarray
    y_test: np.ndarray


def with_pencilnet(job, examples):
    from pencilnet import SGD, Network, fit

    def train(seed):
        rng = np.random.default_rng(seed)
        network = Network(job.sizes, rng=rng, activation="relu", output="softmax", loss="cross_entropy",
                          initialiser="he", dtype=np.float32)  # fmt: skip
        start = time.perf_counter()
        fit(network, examples.x, examples.y, optimiser=SGD(learning_rate=job.learning_rate),
            epochs=job.epochs, batch_size=job.batch_size, rng=rng, every=None)  # fmt: skip
        seconds = time.perf_counter() - start
        return seconds, network.feedforward(examples.x_test).argmax(axis=1)

    return train


def with_sklearn(job, examples):
    import warnings

    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier

    warnings.simplefilter("ignore", ConvergenceWarning)  # all the epochs are run, as it was told

    def train(seed):
        classifier = MLPClassifier(
            job.sizes[1:-1], activation="relu", solver="sgd", alpha=0, momentum=0, nesterovs_momentum=False,
            learning_rate_init=job.learning_rate, batch_size=job.batch_size, shuffle=True,
            max_iter=job.epochs, n_iter_no_change=job.epochs + 1, random_state=seed,
        )  # fmt: skip
        start = time.perf_counter()
        classifier.fit(examples.x, examples.y)
        seconds = time.perf_counter() - start
        assert classifier.n_iter_ == job.epochs
        return seconds, classifier.predict(examples.x_test)

    return train


def with_torch(job, examples):
    import torch
    from torch import nn

    x, y, x_test = (torch.from_numpy(part) for part in examples[:3])

    def train(seed):
        torch.manual_seed(seed)
        inputs, hidden, outputs = job.sizes
        model = nn.Sequential(nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(hidden, outputs))
        optimiser = torch.optim.SGD(model.parameters(), lr=job.learning_rate)
        loss = nn.CrossEntropyLoss()
        start = time.perf_counter()
        for _ in range(job.epochs):
            for batch in torch.randperm(len(x)).split(job.batch_size):
                optimiser.zero_grad()
                loss(model(x[batch]), y[batch]).backward()
                optimiser.step()
        seconds = time.perf_counter() - start
        with torch.no_grad():
            return seconds, model(x_test).argmax(dim=1).numpy()

    return train


def with_jax(job, examples):
    import jax
    from jax import numpy as jnp

    x, y, x_test = (jnp.asarray(part) for part in examples[:3])
    whole = len(x) - len(x) % job.batch_size

    def logits(parameters, x):
        (w1, b1), (w2, b2) = parameters
        return jax.nn.relu(x @ w1 + b1) @ w2 + b2

    def loss(parameters, x, y):
        surprise = -jax.nn.log_softmax(logits(parameters, x))
        return jnp.take_along_axis(surprise, y[:, None], axis=1).mean()

    @jax.jit
    def training(parameters, keys, x, y):
        def step(parameters, batch):
            gradient = jax.grad(loss)(parameters, x[batch], y[batch])
            return jax.tree.map(lambda p, g: p - job.learning_rate * g, parameters, gradient), None

        def epoch(parameters, key):
            order = jax.random.permutation(key, len(x))
            parameters, _ = jax.lax.scan(step, parameters, order[:whole].reshape(-1, job.batch_size))
            if whole < len(x):
                parameters, _ = step(parameters, order[whole:])
            return parameters, None

        return jax.lax.scan(epoch, parameters, keys)[0]

    def train(seed):
        key, *layers = jax.random.split(jax.random.key(seed), 3)
        he = jax.nn.initializers.he_normal()
        shapes = zip(job.sizes, job.sizes[1:], strict=False)
        start = [(he(key, shape), jnp.zeros(shape[1])) for key, shape in zip(layers, shapes, strict=True)]
        keys = jax.block_until_ready(jax.random.split(key, job.epochs))
        began = time.perf_counter()
        trained = jax.block_until_ready(training(start, keys, x, y))
        seconds = time.perf_counter() - began
        return seconds, np.asarray(logits(trained, x_test)).argmax(axis=1)

    return train


def with_products(job, examples):
    """No training: only the matrix products of pencilnet's steps, and nothing between them."""
    inputs, hidden, outputs = job.sizes
    rng, count = np.random.default_rng(0), len(examples.x)
    w1, w2 = (
        rng.normal(size=shape).astype(np.float32) for shape in [(inputs, hidden), (hidden + 1, outputs)]
    )
    slopes_1, slopes_2 = np.empty_like(w1), np.empty_like(w2)
    sized = {
        n: [np.ones((rows, n), np.float32) for rows in (hidden + 1, outputs, hidden)]
        for n in {job.batch_size, count % job.batch_size}
    }

    def steps():
        for first in range(0, count, job.batch_size):
            batch = examples.x[first : first + job.batch_size]
            a, d2, d1 = sized[len(batch)]
            np.dot(w1.T, batch.T, a[:-1])
            np.dot(w2.T, a, d2)
            np.dot(a, d2.T, slopes_2)
            np.dot(w2[:-1], d2, d1)
            np.dot(batch.T, d1.T, slopes_1)

    def train(_):
        start = time.perf_counter()
        for _ in range(job.epochs):
            for a, d2, _ in sized.values():
                a.fill(1), d2.fill(1)  # products of products would run out of all bounds
            steps()
        return time.perf_counter() - start, examples.y_test

    return train


def main():
    library, name, path = sys.argv[1:4]
    with np.load(path) as arrays:
        examples = Examples(**arrays)
    train = globals()[f"with_{library}"](JOBS[name], examples)
    for seed, _ in enumerate([""] if sys.argv[4:] else sys.stdin):
        seconds, answers = train(seed)
        accuracy = float(np.mean(answers == examples.y_test))
        print(json.dumps({"seconds": seconds, "accuracy": accuracy}), flush=True)


if __name__ == "__main__":
    main()
