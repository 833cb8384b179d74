"""All parts together learn what they should, and the same from the same seed."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from tests.nn.kinds import LOSSES
from tinyclf.nn.architecture import mlp
from tinyclf.nn.clipping import clip_norm
from tinyclf.nn.divergence import guarded
from tinyclf.nn.losses import CumulativeLink, SoftmaxCrossEntropy
from tinyclf.nn.objective import Objective
from tinyclf.nn.optimizers import AdamW
from tinyclf.nn.schedules import OneCycle


def fit(objective, x, y, backend, dtype=np.float32, steps=300):
    rng, noise = np.random.default_rng(0), backend.generator(1)
    x, y = backend.asarray(x, dtype), backend.asarray(y)
    theta = objective.initialize(y, rng, dtype, backend=backend)
    gradient = backend.xp.empty_like(theta)
    step = AdamW(decayed=objective.weights).start(theta, backend=backend)
    schedule = OneCycle(0.03, steps)
    for i in range(steps):
        with guarded(backend, i):
            objective.value_and_gradient(theta, x, y, gradient, backend=backend, rng=noise)
            clip_norm(gradient, 1.0, backend=backend)
            step(theta, gradient, schedule(i))
    return theta


def accuracy(objective, theta, x, y, backend):
    inputs = x.astype(theta.dtype)
    return (objective.probabilities(theta, inputs, backend=backend).argmax(axis=1) == y).mean()


def graded(n=400):
    """Points whose grade is a noiseless scale cut in five."""
    x = np.random.default_rng(3).standard_normal((n, 8))
    scale = x @ np.linspace(-1, 1, 8)
    return x, np.digitize(scale, np.quantile(scale, [0.1, 0.4, 0.7, 0.9]))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("activation", ["relu", "leaky-relu", "gelu", "sigmoid", "tanh"])
def test_xor_is_learned(backend, activation, dtype):
    x, y = np.array([[0, 0], [0, 1], [1, 0], [1, 1.0]]), np.array([0, 1, 1, 0])
    network = mlp(2, (16,), 2, activation=activation, first_gain=3, last_gain=1)
    objective = Objective(network, SoftmaxCrossEntropy(2))

    theta = fit(objective, x, y, backend, dtype)

    assert theta.dtype == dtype
    assert accuracy(objective, theta, x, y, backend) == 1


@pytest.mark.parametrize("hidden", [(), (16,)])
def test_an_ordered_scale_is_learned_with_one_score(backend, hidden):
    x, y = graded()
    objective = Objective(mlp(8, hidden, 1, first_gain=0.1), CumulativeLink(5))

    theta = fit(objective, x, y, backend)

    assert accuracy(objective, theta, x, y, backend) > 0.9


@pytest.mark.parametrize("kind", LOSSES)
def test_an_ordered_scale_is_learned_with_every_loss(backend, kind):
    loss, (x, y) = LOSSES[kind](5), graded()
    objective = Objective(mlp(8, (16,), loss.n_outputs, first_gain=0.1), loss)

    theta = fit(objective, x, y, backend)

    assert accuracy(objective, theta, x, y, backend) > 0.9


@pytest.mark.parametrize("kind", LOSSES)
def test_a_seed_gives_the_same_weights_bit_for_bit(backend, kind):
    loss, (x, y) = LOSSES[kind](5), graded(100)
    objective = Objective(mlp(8, (6,), loss.n_outputs, dropout=0.3, input_dropout=0.1), loss)

    one, other = (backend.to_numpy(fit(objective, x, y, backend, steps=50)) for _ in range(2))

    assert one.tobytes() == other.tobytes()


def test_mixed_examples_teach_what_lies_between(backend):
    objective = Objective(mlp(1, (), 2), SoftmaxCrossEntropy(2))
    x, rows = np.zeros((10, 1)), np.tile([0.3, 0.7], (10, 1))

    theta = fit(objective, x, rows, backend)

    p = objective.probabilities(theta, x, backend=backend)
    np.testing.assert_allclose(p[0], [0.3, 0.7], atol=0.01)


def test_a_snapshot_predicts_the_same_while_training_goes_on(backend):
    x, y = graded(200)
    objective = Objective(mlp(8, (16,), 1, dropout=0.3), CumulativeLink(5))
    snapshot = fit(objective, x, y, backend, steps=20)

    def predict():
        return objective.probabilities(snapshot, x, backend=backend).tobytes()

    before = predict()
    with ThreadPoolExecutor(1) as pool:
        training = pool.submit(fit, objective, x, y, backend)
        meanwhile = {predict() for _ in range(20)}
        training.result()

    assert meanwhile == {before}
