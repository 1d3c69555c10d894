"""The same steps as PyTorch, in float64: every optimiser by itself, and the training of a whole network.

PyTorch is an optional extra. Where it is not installed, these tests say so and are skipped.
"""

import numpy as np
import pytest

from pencilnet import SGD, Adam, AdamW, Network, RMSProp, fit, mini_batches, one_hot

torch = pytest.importorskip("torch", reason="PyTorch is not installed; the extra `peers` has it")

STEPS = 100
PAIRS = {
    "SGD": (SGD(learning_rate=0.1), "SGD", {"lr": 0.1}),
    "SGD with weight decay": (
        SGD(learning_rate=0.1, weight_decay=0.2),
        "SGD",
        {"lr": 0.1, "weight_decay": 0.2},
    ),
    "momentum": (SGD(learning_rate=0.05, momentum=0.9), "SGD", {"lr": 0.05, "momentum": 0.9}),
    "Nesterov with weight decay": (
        SGD(learning_rate=0.05, momentum=0.9, nesterov=True, weight_decay=0.1),
        "SGD",
        {"lr": 0.05, "momentum": 0.9, "nesterov": True, "weight_decay": 0.1},
    ),
    "Nesterov": (
        SGD(learning_rate=0.05, momentum=0.8, nesterov=True),
        "SGD",
        {"lr": 0.05, "momentum": 0.8, "nesterov": True},
    ),
    "RMSProp": (RMSProp(), "RMSprop", {}),
    "RMSProp with other numbers": (
        RMSProp(learning_rate=0.02, alpha=0.9, epsilon=1e-6),
        "RMSprop",
        {"lr": 0.02, "alpha": 0.9, "eps": 1e-6},
    ),
    "Adam": (Adam(), "Adam", {}),
    "Adam with other numbers": (
        Adam(learning_rate=0.1, beta_1=0.8, beta_2=0.99, epsilon=1e-6, weight_decay=0.1),
        "Adam",
        {"lr": 0.1, "betas": (0.8, 0.99), "eps": 1e-6, "weight_decay": 0.1},
    ),
    "AdamW": (AdamW(), "AdamW", {}),
    "AdamW with other numbers": (
        AdamW(learning_rate=0.1, beta_1=0.8, beta_2=0.99, epsilon=1e-6, weight_decay=0.2),
        "AdamW",
        {"lr": 0.1, "betas": (0.8, 0.99), "eps": 1e-6, "weight_decay": 0.2},
    ),
}
every_pair = pytest.mark.parametrize(("ours", "name", "settings"), PAIRS.values(), ids=PAIRS)


@every_pair
def test_each_of_100_steps_ends_where_pytorchs_does(ours, name, settings):
    rng = np.random.default_rng(5)
    w = rng.normal(size=(4, 3))
    theirs = torch.tensor(w, requires_grad=True)
    optimiser, memory = getattr(torch.optim, name)([theirs], **settings), ours.start(w)
    for _ in range(STEPS):
        gradient = rng.normal(size=w.shape) * 10.0 ** rng.integers(-3, 2)  # quiet steps and rough ones
        theirs.grad = torch.tensor(gradient)
        optimiser.step()
        w, memory = ours.step(w, gradient, memory)
        np.testing.assert_allclose(w, theirs.detach().numpy(), rtol=0, atol=1e-12)


def twin(network):
    """The same network in PyTorch, with tanh between its layers."""
    layers = []
    for w, b in zip(network.weights, network.biases, strict=True):
        layer = torch.nn.Linear(*w.shape, dtype=torch.float64)
        layer.weight.data, layer.bias.data = torch.tensor(w.T), torch.tensor(b)
        layers += [layer, torch.nn.Tanh()]
    return torch.nn.Sequential(*layers[:-1])


@every_pair
def test_a_network_trained_in_mini_batches_goes_the_way_of_pytorchs(ours, name, settings):
    rng = np.random.default_rng(7)
    x, classes = rng.normal(size=(30, 4)), rng.integers(3, size=30)
    y_true = one_hot(classes, 3)
    network = Network(
        [4, 8, 5, 3],
        rng=rng,
        activation="tanh",
        output="softmax",
        loss="cross_entropy",
        initialiser="xavier",
    )
    theirs = twin(network)
    optimiser, memory = (
        getattr(torch.optim, name)(theirs.parameters(), **settings),
        ours.start(network.flat),
    )
    for _ in range(20):
        for batch in mini_batches(len(x), 7, rng=rng):  # the last has two examples
            gradient = network.backward(network.forward(x[batch]), y_true[batch]).flat
            network.flat[:], memory = ours.step(network.flat, gradient, memory)

            optimiser.zero_grad()
            loss = torch.nn.functional.cross_entropy(
                theirs(torch.tensor(x[batch])), torch.tensor(classes[batch])
            )
            loss.backward()
            optimiser.step()
        end = np.concatenate([p.detach().numpy().T.ravel() for p in theirs.parameters()])
        np.testing.assert_allclose(network.flat, end, rtol=0, atol=1e-12)
    assert memory.steps == STEPS


@every_pair
def test_fit_ends_where_pytorch_does(ours, name, settings):
    """What `fit` runs is not the equations of the pages but their fast twin."""
    rng = np.random.default_rng(8)
    x, classes = rng.normal(size=(30, 4)), rng.integers(3, size=30)
    network = Network([4, 8, 3], rng=rng, activation="tanh", output="softmax", loss="cross_entropy",
                      initialiser="xavier")  # fmt: skip
    theirs = twin(network)
    optimiser = getattr(torch.optim, name)(theirs.parameters(), **settings)
    fit(network, x, classes, optimiser=ours, epochs=20, batch_size=7, rng=np.random.default_rng(9))
    order = np.random.default_rng(9)
    for _ in range(20):
        for batch in mini_batches(len(x), 7, rng=order):
            optimiser.zero_grad()
            sums = theirs(torch.tensor(x[batch]))
            torch.nn.functional.cross_entropy(sums, torch.tensor(classes[batch])).backward()
            optimiser.step()
    end = np.concatenate([p.detach().numpy().T.ravel() for p in theirs.parameters()])
    np.testing.assert_allclose(network.flat, end, rtol=0, atol=1e-12)
