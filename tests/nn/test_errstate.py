"""What the caller has NumPy raise on changes nothing: losing tiny numbers is no failure."""

import numpy as np
import pytest

from tests.nn import kinds
from tinyclf.errors import InputError
from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.bits import pack_network
from tinyclf.nn.clipping import clip_norm
from tinyclf.nn.divergence import guarded
from tinyclf.nn.forward_error import forward_error
from tinyclf.nn.inference import STORAGES, predictor
from tinyclf.nn.layers import BatchNorm, BinaryLinear, Linear, Sign, Tanh
from tinyclf.nn.losses import SoftmaxCrossEntropy
from tinyclf.nn.network import Network
from tinyclf.nn.objective import Objective
from tinyclf.nn.optimizers import SGD, Adam, AdamW
from tinyclf.nn.steps import LaunchedStep

CURVED = Network((3,), (Linear(3, 4), BatchNorm(4), Tanh(), Linear(4, 3)))
X = np.array([[1, 2, 3], [1e-30, -1e-38, 4e-45], [9, -9, 1e-20], [0, 0, 1]], np.float32)
Y = np.array([0, 1, 2, 1])


@pytest.fixture(autouse=True)
def _everything_raises():
    with np.errstate(all="raise"):
        yield


def begun(objective, dtype, backend):
    return objective.initialize(Y, np.random.default_rng(0), dtype, backend=backend)


@pytest.mark.parametrize("optimizer", [SGD(0.9), Adam(), AdamW(decayed=(slice(None),))], ids=repr)
@pytest.mark.parametrize("kind", kinds.LOSSES)
def test_training_goes_on(backend, kind, optimizer):
    loss = kinds.LOSSES[kind](3)
    layers = (*CURVED.layers[:-1], Linear(4, loss.n_outputs))
    objective = Objective(Network((3,), layers), loss)
    theta, x, y = begun(objective, np.float32, backend), backend.asarray(X), backend.asarray(Y)
    gradient, step = backend.xp.empty_like(theta), optimizer.start(theta, backend=backend)

    for _ in range(20):
        rng = backend.generator(0)
        objective.value_and_gradient(theta, x, y, gradient, backend=backend, rng=rng)
        gradient[:2] = 1e-40
        clip_norm(gradient, 1e-3, backend=backend)
        step(theta, gradient, 0.1)

    assert backend.xp.isfinite(theta).all()


def test_a_step_goes_on(backend):
    objective = Objective(CURVED, SoftmaxCrossEntropy(3))
    theta = begun(objective, np.float32, backend)
    optimizer, noise = Adam().start(theta, backend=backend), backend.generator(0)
    step = LaunchedStep(objective, optimizer, theta, limit=5.0, noise=noise, backend=backend)

    for i in range(20):
        with guarded(backend, i):
            step(backend.asarray(X), backend.asarray(np.eye(3, dtype=np.float32)[Y]), 0.1)
    step.check()


@pytest.mark.parametrize("kind", kinds.LOSSES)
@pytest.mark.parametrize("size", [1e-60, 1e4])
def test_probabilities_of_tiny_and_huge_scores_are_told(backend, kind, size):
    loss = kinds.LOSSES[kind](3)
    objective = Objective(Network((3,), (Linear(3, loss.n_outputs),)), loss)
    theta = begun(objective, np.float64, backend)
    x = np.full((2, 3), size)
    x[1] *= -1

    p = backend.to_numpy(objective.probabilities(theta, x, backend=backend))

    np.testing.assert_allclose(p.sum(axis=1), 1)
    forward_error(objective.network, theta[: objective.network.n_parameters], x, backend=backend)


@pytest.mark.parametrize("precision", STORAGES)
@pytest.mark.parametrize("n", [1, 4])
def test_a_predictor_answers_or_refuses(backend, precision, n):
    theta = CURVED.initialize(np.random.default_rng(0), np.float64, backend=NumpyBackend())
    theta[:3] = 1e-60
    predict = predictor(CURVED, theta, backend=backend, precision=precision)

    assert backend.xp.isfinite(predict(X[-n:])).all()
    if precision != "f8":
        with pytest.raises(InputError, match="in the inputs"):
            predict(np.full((n, 3), 1e39))


def test_bits_are_packed_and_predict():
    backend = NumpyBackend()
    network = Network((3,), (Sign(), BinaryLinear(3, 2), BatchNorm(2), Sign(), BinaryLinear(2, 2)))
    theta = network.initialize(np.random.default_rng(0), np.float32, backend=backend)
    theta[-2:] = 1e-40

    packed = pack_network(network, theta, backend=backend)

    assert np.isfinite(packed.predict(np.full((2, 3), 1e-300), backend=backend)).all()
    with pytest.raises(InputError, match="in the inputs"):
        packed.predict(np.full((1, 3), 1e39), backend=backend)
