"""Losses, optimizers, layers and a whole training against PyTorch, in float64."""

import functools

import numpy as np
import pytest

from tinyclf.nn import layers as layers_room
from tinyclf.nn import losses as losses_room
from tinyclf.nn.layers import (
    GELU,
    AttentionPool,
    BatchNorm,
    BinaryLinear,
    Conv2d,
    Dropout,
    Flatten,
    LeakyReLU,
    Linear,
    MaxPool2d,
    Parallel,
    ReLU,
    Sigmoid,
    Sign,
    Tanh,
)
from tinyclf.nn.losses import (
    Committee,
    Corn,
    CumulativeLink,
    Hinge,
    SoftmaxCrossEntropy,
    SquaredError,
)
from tinyclf.nn.network import Network
from tinyclf.nn.objective import Objective
from tinyclf.nn.optimizers import SGD, Adam, AdamW

torch = pytest.importorskip("torch", reason="PyTorch is not installed")
F = torch.nn.functional

pytestmark = pytest.mark.peers

close = functools.partial(np.testing.assert_allclose, rtol=1e-10, atol=1e-12)


def trained(arrays):
    return {name: torch.tensor(array, requires_grad=True) for name, array in arrays.items()}


def moved(backend, arrays):
    return {name: backend.asarray(array) for name, array in arrays.items()}


# Losses: what each row costs if it is of class y.


def softmax_costs(scores, y, parameters):
    return F.cross_entropy(scores, y, reduction="none")


def hinge_costs(scores, y, parameters, margin=1.0):
    return F.multi_margin_loss(scores, y, margin=margin, reduction="none")


def squared_error_costs(scores, y, parameters):
    return F.mse_loss(scores, F.one_hot(y, scores.shape[1]).double(), reduction="none").sum(1) / 2


def cumulative_link_costs(scores, y, parameters):
    gaps = F.softplus(parameters["steps"]) + 1e-3
    thresholds = torch.cat([parameters["first"], parameters["first"] + gaps.cumsum(0)])
    at_most = F.pad(torch.sigmoid(thresholds - scores), (1, 0), value=0)
    p = F.pad(at_most, (0, 1), value=1).diff(dim=1)
    return -p.gather(1, y[:, None])[:, 0].log()


def corn_costs(scores, y, parameters):
    """The loss of Shi, Cao & Raschka (2021), equation 6, before it is divided by the examples."""
    costs = torch.zeros(len(scores), dtype=scores.dtype)
    for j in range(scores.shape[1]):
        subset = y > j - 1
        z, above = scores[subset, j], (y[subset] > j).double()
        log_likelihood = F.logsigmoid(z) * above + (F.logsigmoid(z) - z) * (1 - above)
        costs = costs.index_put((subset,), -log_likelihood, accumulate=True)
    return costs


def committee_costs(scores, y, parameters):
    return sum(
        cumulative_link_costs(
            scores[:, [seat]],
            y,
            {name: parameters[f"{seat}.{name}"] for name in ("first", "steps")},
        )
        for seat in (0, 1)
    )


LOSSES = {
    "committee": (
        lambda *settings: Committee(CumulativeLink(*settings)),
        committee_costs,
    ),
    "softmax": (SoftmaxCrossEntropy, softmax_costs),
    "cumulative link": (CumulativeLink, cumulative_link_costs),
    "corn": (Corn, corn_costs),
    "hinge": (Hinge, hinge_costs),
    "wide hinge": (
        functools.partial(Hinge, margin=2.5),
        functools.partial(hinge_costs, margin=2.5),
    ),
    "squared error": (SquaredError, squared_error_costs),
}
K, N = 5, 40
WEIGHTS = {"alike": None, "weighted": (0.5, 2.0, 0.0, 1.5, 1.0)}
RNG = np.random.default_rng(11)
SCORES, CLASSES = 3 * RNG.standard_normal((N, K)), RNG.integers(0, K, N)
SHARES = RNG.dirichlet(np.ones(K), N)


def agree(backend, loss, targets, theirs):
    """Compare a loss and its gradients with ``theirs(scores, parameters)`` and autograd."""
    scores = SCORES[:, : loss.n_outputs]
    own = {name: RNG.standard_normal(shape) for name, shape in loss.shapes().items()}
    leaves = trained({"scores": scores, **own})
    value = theirs(leaves["scores"], leaves)
    value.backward()

    parameters = moved(backend, own)
    gradient = {name: backend.xp.full_like(array, np.nan) for name, array in parameters.items()}
    ours, ds = loss.value_and_gradient(
        parameters, backend.asarray(scores), backend.asarray(targets), gradient, backend=backend
    )

    close(ours, value.item())
    for name, array in {"scores": ds, **gradient}.items():
        close(backend.to_numpy(array), leaves[name].grad.numpy(), err_msg=name)


@pytest.mark.parametrize("weights", WEIGHTS)
@pytest.mark.parametrize("kind", LOSSES)
def test_losses_of_classes_agree(backend, kind, weights):
    make, costs = LOSSES[kind]
    y, w = torch.tensor(CLASSES), torch.tensor(WEIGHTS[weights] or (1.0,) * K).double()

    def theirs(scores, parameters):
        return (w[y] * costs(scores, y, parameters)).mean()

    agree(backend, make(K, WEIGHTS[weights]), CLASSES, theirs)


@pytest.mark.parametrize("weights", WEIGHTS)
@pytest.mark.parametrize("kind", [kind for kind in LOSSES if kind != "squared error"])
def test_rows_of_shares_cost_what_their_classes_cost(backend, kind, weights):
    make, costs = LOSSES[kind]
    w, shares = torch.tensor(WEIGHTS[weights] or (1.0,) * K).double(), torch.tensor(SHARES)

    def theirs(scores, parameters):
        each = [costs(scores, torch.full((N,), c), parameters) for c in range(K)]
        return (w * shares * torch.stack(each, dim=1)).sum(1).mean()

    agree(backend, make(K, WEIGHTS[weights]), SHARES, theirs)


def test_the_squared_error_of_shares_agrees(backend):
    def theirs(scores, parameters):
        return F.mse_loss(scores, torch.tensor(SHARES), reduction="sum") / 2 / N

    agree(backend, SquaredError(K), SHARES, theirs)


@pytest.mark.parametrize("weights", WEIGHTS)
def test_smoothed_rows_of_shares_agree(backend, weights):
    w = torch.tensor(WEIGHTS[weights] or (1.0,) * K).double()

    def theirs(scores, parameters):
        return F.cross_entropy(scores, torch.tensor(SHARES), weight=w, label_smoothing=0.2)

    agree(backend, SoftmaxCrossEntropy(K, WEIGHTS[weights], 0.2), SHARES, theirs)


@pytest.mark.parametrize("weights", WEIGHTS)
def test_smoothed_classes_agree_but_for_the_weights_in_the_mean(backend, weights):
    w = torch.tensor(WEIGHTS[weights] or (1.0,) * K).double()
    y = torch.tensor(CLASSES)

    def theirs(scores, parameters):
        mean = F.cross_entropy(scores, y, weight=w, label_smoothing=0.2)
        return mean * w[y].sum() / N

    agree(backend, SoftmaxCrossEntropy(K, WEIGHTS[weights], 0.2), CLASSES, theirs)


# Optimizers: fifty steps on a bowl that shakes.

OPTIMIZERS = {
    "sgd": (SGD(), torch.optim.SGD, {}),
    "momentum": (SGD(0.9), torch.optim.SGD, {"momentum": 0.9}),
    "nesterov": (
        SGD(0.9, nesterov=True),
        torch.optim.SGD,
        {"momentum": 0.9, "nesterov": True},
    ),
    "adam": (Adam(0.8, 0.95, 1e-6), torch.optim.Adam, {"betas": (0.8, 0.95), "eps": 1e-6}),
    "adamw": (
        AdamW(weight_decay=0.1, decayed=(slice(None),)),
        torch.optim.AdamW,
        {"weight_decay": 0.1},
    ),
}


@pytest.mark.parametrize("kind", OPTIMIZERS)
def test_fifty_steps_agree(backend, kind):
    ours, make, settings = OPTIMIZERS[kind]
    rng = np.random.default_rng(5)
    start, shakes = rng.standard_normal(101), rng.standard_normal((50, 101))
    rates = 0.02 * 0.97 ** np.arange(50)
    leaf = torch.tensor(start, requires_grad=True)
    theirs = make([leaf], lr=1.0, **settings)
    theta = backend.asarray(start.copy())
    step = ours.start(theta, backend=backend)

    for rate, shake in zip(rates, shakes, strict=True):
        step(theta, theta + backend.asarray(shake), rate)
        leaf.grad = leaf.detach() + torch.tensor(shake)
        theirs.param_groups[0]["lr"] = rate
        theirs.step()

    close(backend.to_numpy(theta), leaf.detach().numpy())


# Layers: (a layer, the shape of its inputs, the same in PyTorch).


def connected(x, p):
    return F.linear(x, p["W"].T, p["b"])


def rectified(x, p):
    return F.relu(x)


def convolved(**settings):
    return lambda x, p: F.conv2d(x, p["W"], p["b"], **settings)


def pooled(*settings):
    return lambda x, p: F.max_pool2d(x, *settings)


def attended(x, p):
    """Five places of three channels, then how far each is there."""
    h, presence = x[:, :15].reshape(-1, 5, 3), x[:, 15:].clamp(min=0)
    gated = torch.tanh(h @ p["V"] + p["c"]) * torch.sigmoid(h @ p["U"] + p["e"])
    weights = torch.softmax((gated @ p["w"])[:, :, 0], dim=1) * presence
    shares = weights / weights.sum(dim=1, keepdim=True)
    return (shares[:, :, None] * h).sum(dim=1)


def side_by_side(x, p):
    left = torch.tanh(F.linear(1.5 * x[:, :3], p["left.0.W"].T, p["left.0.b"]))
    return torch.cat([left, F.linear(0.5 * x[:, 3:], p["right.0.W"].T, p["right.0.b"])], dim=1)


LAYERS = {
    "attention": (AttentionPool(5, 3, 4), (20,), attended),
    "parallel": (
        Parallel(3, (Linear(3, 2), Tanh()), (Linear(4, 5),), 1.5, 0.5),
        (7,),
        side_by_side,
    ),
    "linear": (Linear(7, 4), (7,), connected),
    "relu": (ReLU(), (7,), rectified),
    "leaky relu": (LeakyReLU(0.2), (7,), lambda x, p: F.leaky_relu(x, 0.2)),
    "gelu": (GELU(), (7,), lambda x, p: F.gelu(x, approximate="tanh")),
    "sigmoid": (Sigmoid(), (7,), lambda x, p: torch.sigmoid(x)),
    "tanh": (Tanh(), (7,), lambda x, p: torch.tanh(x)),
    "flatten": (Flatten(), (2, 3, 4), lambda x, p: torch.flatten(x, 1)),
    "convolution": (Conv2d(2, 3), (2, 6, 7), convolved()),
    "padded": (Conv2d(1, 4, kernel=5, padding=2), (1, 6, 7), convolved(padding=2)),
    "striding": (
        Conv2d(3, 2, kernel=2, stride=3, padding=1),
        (3, 9, 8),
        convolved(stride=3, padding=1),
    ),
    "pixel by pixel": (Conv2d(4, 3, kernel=1), (4, 5, 3), convolved()),
    "pooling": (MaxPool2d(), (3, 7, 8), pooled(2)),
    "overlapping": (MaxPool2d(3, stride=2), (2, 8, 9), pooled(3, 2)),
    "skipping": (MaxPool2d(2, stride=3), (2, 8, 9), pooled(2, 3)),
}


ELSEWHERE = {BatchNorm}
"""What is compared in a test of its own, below."""

NONE_THERE = {BinaryLinear, Dropout, Sign}
"""What PyTorch does not have, or draws other random numbers for."""


def test_every_layer_and_loss_that_is_there_is_compared():
    layers = {type(layer) for layer, _, _ in LAYERS.values()}
    assert layers | ELSEWHERE | NONE_THERE == set(layers_room.LAYERS)
    assert {type(make(K)) for make, _ in LOSSES.values()} == set(losses_room.LOSSES)


def run(backend, layer, parameters, x, dy, rng=None):
    """Return, in main memory, the outputs, ∂/∂x and the gradients by name."""
    gradient = {name: backend.xp.full_like(array, np.nan) for name, array in parameters.items()}
    y, backward = layer.forward(parameters, backend.asarray(x), backend=backend, rng=rng)
    dx = backward(backend.asarray(dy), gradient)
    fetched = {name: backend.to_numpy(array) for name, array in gradient.items()}
    return backend.to_numpy(y), backend.to_numpy(dx), fetched


@pytest.mark.parametrize("kind", LAYERS)
def test_layers_agree(backend, kind):
    layer, shape, function = LAYERS[kind]
    rng = np.random.default_rng(3)
    x = 2 * rng.standard_normal((6, *shape))
    dy = rng.standard_normal((6, *layer.output_shape(shape)))
    own = {name: rng.standard_normal(size) for name, size in layer.shapes().items()}
    leaves = trained({"x": x, **own})
    theirs = function(leaves["x"], leaves)
    theirs.backward(torch.tensor(dy))

    y, dx, gradient = run(backend, layer, moved(backend, own), x, dy)

    close(y, theirs.detach().numpy())
    close(dx, leaves["x"].grad.numpy())
    for name, array in gradient.items():
        close(array, leaves[name].grad.numpy(), err_msg=name)


def test_the_first_of_several_largest_gets_the_gradient_there_as_well(backend):
    rng = np.random.default_rng(6)
    x, dy = rng.integers(0, 2, (4, 2, 9, 9)).astype(float), rng.standard_normal((4, 2, 4, 4))
    leaf = torch.tensor(x, requires_grad=True)
    F.max_pool2d(leaf, 3, 2).backward(torch.tensor(dy))

    _, dx, _ = run(backend, MaxPool2d(3, stride=2), {}, x, dy)

    close(dx, leaf.grad.numpy())


@pytest.mark.parametrize("training", [True, False], ids=["training", "inference"])
@pytest.mark.parametrize("shape", [(3,), (3, 4, 5)], ids=["rows", "images"])
def test_batch_norm_and_its_running_figures_agree(backend, shape, training):
    rng, layer = np.random.default_rng(4), BatchNorm(3, epsilon=1e-4, momentum=0.3)
    x, dy = 2 * rng.standard_normal((6, *shape)) + 1, rng.standard_normal((6, *shape))
    own = {name: rng.uniform(0.5, 2, size) for name, size in layer.shapes().items()}
    leaves = trained({"x": x, "scale": own["scale"], "shift": own["shift"]})
    mean, variance = torch.tensor(own["mean"]), torch.tensor(own["variance"])
    theirs = F.batch_norm(
        leaves["x"], mean, variance, leaves["scale"], leaves["shift"], training, 0.3, 1e-4
    )
    theirs.backward(torch.tensor(dy))

    parameters = moved(backend, {name: array.copy() for name, array in own.items()})
    noise = backend.generator(0) if training else None
    y, dx, gradient = run(backend, layer, parameters, x, dy, noise)

    close(y, theirs.detach().numpy())
    close(dx, leaves["x"].grad.numpy())
    for name in ("scale", "shift"):
        close(gradient[name], leaves[name].grad.numpy(), err_msg=name)
    close(backend.to_numpy(parameters["mean"]), mean.numpy())
    close(backend.to_numpy(parameters["variance"]), variance.numpy())


# All together: networks, with what the core makes one step of, and how they are trained.


NETWORKS = {
    "dense": (
        (Linear(8, 6), connected),
        (ReLU(), rectified),
        (Linear(6, 4), connected),
        (Tanh(), lambda x, p: torch.tanh(x)),
        (Linear(4, K), connected),
    ),
    "convolutional": (
        (Conv2d(2, 4, padding=1), convolved(padding=1)),
        (ReLU(), rectified),
        (MaxPool2d(), pooled(2)),
        (Flatten(), lambda x, p: torch.flatten(x, 1)),
        (Linear(4 * 3 * 3, K), connected),
    ),
}
INPUTS = {"dense": (8,), "convolutional": (2, 6, 6)}


@pytest.mark.parametrize("kind", NETWORKS)
def test_a_whole_training_agrees(backend, kind):
    layers, functions = zip(*NETWORKS[kind], strict=True)
    loss = SoftmaxCrossEntropy(K, WEIGHTS["weighted"], label_smoothing=0.1)
    objective = Objective(Network(INPUTS[kind], layers), loss)
    rng = np.random.default_rng(9)
    x = rng.standard_normal((N, *INPUTS[kind]))
    theta = objective.initialize(CLASSES, rng, np.float64, backend=backend)
    leaves = [trained(own) for own in objective.layout.views(backend.to_numpy(theta).copy())]
    every = [leaf for own in leaves for leaf in own.values()]
    theirs = torch.optim.AdamW(
        [
            {"params": [leaf for leaf in every if leaf.ndim > 1], "weight_decay": 0.1},
            {"params": [leaf for leaf in every if leaf.ndim == 1], "weight_decay": 0.0},
        ],
        lr=1e-3,
    )
    step = AdamW(weight_decay=0.1, decayed=objective.weights).start(theta, backend=backend)
    gradient, inputs, y = backend.xp.empty_like(theta), backend.asarray(x), torch.tensor(CLASSES)
    w, rows = torch.tensor(WEIGHTS["weighted"]).double(), F.one_hot(y, K).double()

    for _ in range(50):
        objective.value_and_gradient(
            theta, inputs, backend.asarray(CLASSES), gradient, backend=backend
        )
        step(theta, gradient, 1e-3)
        scores = torch.tensor(x)
        for function, own in zip(functions, leaves, strict=False):
            scores = function(scores, own)
        theirs.zero_grad()
        F.cross_entropy(scores, rows, weight=w, label_smoothing=0.1).backward()
        theirs.step()

    for ours, own in zip(objective.layout.views(theta), leaves, strict=True):
        for name, array in ours.items():
            close(backend.to_numpy(array), own[name].detach().numpy(), rtol=1e-8, atol=1e-10)
