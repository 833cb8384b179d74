"""Whatever goes in, no NaN comes out: a training or a prediction is finite, or ends in a sentence.

Every layer and every loss is driven into NaN, infinity and overflow, in both precisions.
"""

import math
import re
import warnings

import numpy as np
import pytest

from tests.nn import kinds
from tinyclf.errors import DivergedError, InputError
from tinyclf.nn.clipping import clip_norm
from tinyclf.nn.divergence import guarded
from tinyclf.nn.layers import BatchNorm, Conv2d, Dropout, Flatten, Linear, MaxPool2d, ReLU
from tinyclf.nn.losses import LOSSES, Committee, CumulativeLink, SoftmaxCrossEntropy
from tinyclf.nn.network import Network
from tinyclf.nn.objective import Objective
from tinyclf.nn.optimizers import SGD, Adam

PRECISIONS = [np.float32, np.float64]
STEPS = 30


def of_rows(*layers, width=8):
    """Return what makes a network of rows with these layers between two linear ones."""
    body = (Linear(6, width), *layers)
    (wide,) = Network((6,), body).output_shape
    return lambda outputs: Network((6,), (*body, Linear(wide, outputs)))


def of_images(shape, *layers):
    """Likewise of images, with these layers between a convolution and a linear one."""
    body = (Conv2d(shape[0], shape[0], 1), *layers, Flatten())
    (width,) = Network(shape, body).output_shape
    return lambda outputs: Network(shape, (*body, Linear(width, outputs)))


def with_one(kind):
    shape, layer = kinds.LAYERS[kind](8, 8)
    return of_rows(layer, width=shape[0]) if len(shape) == 1 else of_images(shape, layer)


NETWORKS = {
    **{kind: with_one(kind) for kind in kinds.LAYERS},
    "dropout twice": of_rows(Dropout(0.3), ReLU(), Dropout(0.3)),
    "normed, rectified": of_rows(BatchNorm(8), ReLU()),
    "convolution in one": of_images((2, 4, 4), Conv2d(2, 8, padding=1), ReLU(), MaxPool2d(2)),
}


def opinions(classes):
    return Committee(CumulativeLink(classes))


ALL_LOSSES = [opinions if loss is Committee else loss for loss in LOSSES]

PAIRS = [
    *((kind, SoftmaxCrossEntropy) for kind in NETWORKS),
    *((kind, loss) for kind in ("linear", "relu", "tanh") for loss in ALL_LOSSES),
]
"""Every layer, and every loss behind a flat, a kinked and a curved one."""


def setting(kind, loss, dtype, backend):
    """Return an objective, a theta, plain inputs and classes."""
    objective = Objective(NETWORKS[kind](loss.n_outputs), loss)
    rng = np.random.default_rng(0)
    y = rng.integers(0, loss.classes, 16)
    x = rng.standard_normal((16, *objective.network.input_shape)).astype(dtype)
    return objective, objective.initialize(y, rng, dtype, backend=backend), x, y


def train(objective, theta, x, y, backend, optimizer=SGD(), rate=0.1):  # noqa: B008
    x, y, noise = backend.asarray(x), backend.asarray(y), backend.generator(0)
    gradient = backend.xp.empty_like(theta)
    step = optimizer.start(theta, backend=backend)
    for i in range(STEPS):
        with guarded(backend, i):
            objective.value_and_gradient(theta, x, y, gradient, backend=backend, rng=noise)
            clip_norm(gradient, math.inf, backend=backend)
            step(theta, gradient, rate)


def predicted(objective, theta, x, backend):
    """Return probabilities, as a program that ignores NumPy's warnings would get them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return objective.probabilities(theta, x, backend=backend)


def assert_finite_or_a_sentence(objective, theta, x, y, backend, **settings):
    plain = np.ones((1, *x.shape[1:]), x.dtype)
    try:
        train(objective, theta, x, y, backend, **settings)
        p = predicted(objective, theta, plain, backend)
    except (DivergedError, InputError) as error:
        sentence = str(error)
    else:
        assert np.isfinite(p).all()
        return
    assert re.search(
        r"at step \d+: .*Try a smaller|Row 0 .* no finite output: .* in .*\.|not all finite. Train",
        sentence,
    )


def spoiled(x, number):
    x = x.copy()
    x[(3, *(1,) * (x.ndim - 1))] = number
    return x


@pytest.mark.parametrize("number", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("dtype", PRECISIONS)
@pytest.mark.parametrize(("kind", "loss"), PAIRS)
def test_one_input_that_is_no_number_stops_training(backend, kind, loss, dtype, number):
    objective, theta, x, y = setting(kind, loss(3), dtype, backend)

    words = r"at step \d+: .* in (the (inputs|parameters|gradient)|layer \d).*check the inputs"
    with pytest.raises(DivergedError, match=words):
        train(objective, theta, spoiled(x, number), y, backend)


@pytest.mark.parametrize("number", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("dtype", PRECISIONS)
@pytest.mark.parametrize("kind", NETWORKS)
def test_one_input_that_is_no_number_is_named_by_its_row(backend, kind, dtype, number):
    objective, theta, x, _ = setting(kind, SoftmaxCrossEntropy(3), dtype, backend)

    with pytest.raises(InputError, match="Row 3 of the inputs"):
        predicted(objective, theta, spoiled(x, number), backend)


@pytest.mark.parametrize("dtype", PRECISIONS)
@pytest.mark.parametrize(("kind", "loss"), PAIRS)
def test_huge_inputs(backend, kind, loss, dtype):
    objective, theta, x, y = setting(kind, loss(3), dtype, backend)
    huge = np.copysign(np.finfo(dtype).max / 4, x)

    assert_finite_or_a_sentence(objective, theta, huge, y, backend)
    assert_finite_or_a_sentence(objective, theta, spoiled(x, np.finfo(dtype).max), y, backend)


@pytest.mark.parametrize("kind", ["batch norm", "batch norm of images"])
def test_a_variance_beyond_the_precision_stops_training_at_its_layer(backend, kind):
    objective, theta, x, y = setting(kind, SoftmaxCrossEntropy(3), np.float32, backend)

    with pytest.raises(DivergedError, match=r"in (layer \d of \d \(BatchNorm|the parameters)"):
        train(objective, theta, 1e25 * x, y, backend)


@pytest.mark.parametrize("share", [0.25, 0.5, 0.75])
@pytest.mark.parametrize("dtype", PRECISIONS)
@pytest.mark.parametrize(("kind", "loss"), PAIRS)
def test_huge_weights(backend, kind, loss, dtype, share):
    objective, theta, x, y = setting(kind, loss(3), dtype, backend)
    theta *= float(np.finfo(dtype).max) ** share

    assert_finite_or_a_sentence(objective, theta, x, y, backend)


@pytest.mark.parametrize("rate", [1e3, 1e15, 1e37])
@pytest.mark.parametrize("optimizer", [SGD(0.9, nesterov=True), Adam()], ids=["SGD", "Adam"])
@pytest.mark.parametrize(("kind", "loss"), PAIRS)
def test_a_huge_learning_rate(backend, kind, loss, optimizer, rate):
    objective, theta, x, y = setting(kind, loss(3), np.float32, backend)

    assert_finite_or_a_sentence(objective, theta, x, y, backend, optimizer=optimizer, rate=rate)


@pytest.mark.parametrize("number", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("kind", NETWORKS)
def test_parameters_that_are_no_numbers_do_not_predict(backend, kind, number):
    objective, theta, x, _ = setting(kind, SoftmaxCrossEntropy(3), np.float32, backend)

    for place in range(len(theta)):
        damaged = theta.copy()
        damaged[place] = number
        with pytest.raises(InputError, match=r"parameters are not all finite. Train again"):
            objective.probabilities(damaged, x, backend=backend)


@pytest.mark.parametrize("size", [1e-45, 1e-30, 1e-4])
@pytest.mark.parametrize("kind", NETWORKS)
def test_constant_and_tiny_inputs_are_no_harm(backend, kind, size):
    objective, theta, x, y = setting(kind, SoftmaxCrossEntropy(3), np.float32, backend)

    train(objective, theta, np.full_like(x, size), y, backend)

    assert np.isfinite(predicted(objective, theta, x, backend)).all()
