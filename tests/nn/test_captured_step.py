"""Steps that are recorded and replayed do what steps do that are computed launch by launch.

On a card where there is one, and on a stand-in for CuPy (:mod:`tests.nn.card.stand_in`).
"""

import math

import numpy as np
import pytest

from tests.nn.card.stand_in import CARDS, Card, card_backend
from tinyclf.nn.architecture import mlp
from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.captured_step import LOOK, captured_step
from tinyclf.nn.clipping import clip_norm
from tinyclf.nn.layers import Flatten, Linear
from tinyclf.nn.losses import Corn, CumulativeLink, Hinge, SoftmaxCrossEntropy, SquaredError
from tinyclf.nn.network import Network
from tinyclf.nn.objective import Objective
from tinyclf.nn.optimizers import SGD, Adam, AdamW

CPU = NumpyBackend(compiled=False)
LIMIT = 0.5
RATES = (0.1, 0.2, 0.05, 0.1, 0.1)
WEIGHTS = (0.5, 1.0, 2.0)
LOSSES = [
    CumulativeLink(3),
    SoftmaxCrossEntropy(3, WEIGHTS, label_smoothing=0.1),
    Corn(3, WEIGHTS),
    SquaredError(3),
]
OPTIMIZERS = [SGD(0.9, True, 0.01), Adam(), AdamW()]


@pytest.fixture(params=CARDS)
def backend(request):
    return card_backend(request.param)


def objective_of(loss, **settings):
    return Objective(mlp(4, (6,), loss.n_outputs, **settings), loss)


def batches(sizes):
    rng = np.random.default_rng(1)
    for n in sizes:
        yield rng.standard_normal((n, 4)), np.eye(3)[rng.integers(0, 3, n)]


def started(objective, backend, optimizer, examples=8):
    theta = objective.initialize(
        np.arange(3), np.random.default_rng(0), np.float64, backend=backend
    )
    step = optimizer.start(theta, backend=backend)
    noise = backend.generator(5)
    captured = captured_step(
        objective, step, theta, examples=examples, limit=LIMIT, noise=noise, backend=backend
    )
    return theta, captured


def assert_as_if_launched(theta, objective, optimizer, sizes, backend):
    """Theta is what the same steps make of it, launch by launch."""
    expected, _ = started(objective, backend, optimizer)
    step, noise = optimizer.start(expected, backend=backend), backend.generator(5)
    gradient = backend.xp.empty_like(expected)
    for (x, targets), rate in zip(batches(sizes), RATES, strict=True):
        moved = backend.asarray(x), backend.asarray(targets)
        objective.value_and_gradient(expected, *moved, gradient, backend=backend, rng=noise)
        clip_norm(gradient, LIMIT, backend=backend)
        step(expected, gradient, rate)
    got, wanted = backend.to_numpy(theta), backend.to_numpy(expected)
    np.testing.assert_allclose(got, wanted, rtol=1e-10, atol=1e-11)


def assert_replayed(captured, backend, times):
    """So many steps were replays of a recording."""
    assert captured.refusals == []
    if isinstance(backend.xp, Card):
        assert backend.xp.launches == times


def walk(captured, backend, sizes):
    for (x, targets), rate in zip(batches(sizes), RATES, strict=True):
        captured(backend.asarray(x), backend.asarray(targets), rate)


@pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=lambda o: type(o).__name__)
@pytest.mark.parametrize("loss", LOSSES, ids=str)
def test_replayed_steps_are_the_steps(backend, loss, optimizer):
    objective = objective_of(loss, dropout=0.5, input_dropout=0.3)
    theta, captured = started(objective, backend, optimizer)

    walk(captured, backend, [5] * 5)

    assert_replayed(captured, backend, 4)
    assert_as_if_launched(theta, objective, optimizer, [5] * 5, backend)


@pytest.mark.parametrize("activation", ["relu", "sigmoid", "tanh"])
def test_each_batch_size_has_its_recording(backend, activation):
    objective, sizes = objective_of(LOSSES[0], activation=activation), [5, 4, 5, 4, 5]
    theta, captured = started(objective, backend, Adam())

    walk(captured, backend, sizes)

    assert_replayed(captured, backend, 3)
    assert_as_if_launched(theta, objective, Adam(), sizes, backend)


def test_more_batch_sizes_than_are_recorded_are_computed_all_the_same(backend, monkeypatch):
    monkeypatch.setattr("tinyclf.nn.captured_step.MOST_SHAPES", 1)
    objective, sizes = objective_of(LOSSES[0], dropout=0.5), [5, 4, 5, 3, 5]
    theta, captured = started(objective, backend, Adam())

    walk(captured, backend, sizes)

    assert_replayed(captured, backend, 2)
    assert_as_if_launched(theta, objective, Adam(), sizes, backend)


def test_a_loss_that_looks_at_its_numbers_is_computed_launch_by_launch(backend):
    objective = objective_of(Hinge(3), dropout=0.5)
    theta, captured = started(objective, backend, Adam())

    walk(captured, backend, [5] * 5)

    assert captured.refusals
    assert_as_if_launched(theta, objective, Adam(), [5] * 5, backend)


def test_within_a_step_nothing_is_read_back():
    backend = card_backend("stand-in")
    _, captured = started(objective_of(LOSSES[0], dropout=0.5), backend, AdamW())

    walk(captured, backend, [5] * 5)

    assert backend.xp.reads == 0


@pytest.mark.parametrize("spoiled", [math.nan, math.inf])
def test_infinity_is_found_when_it_is_looked_for(backend, spoiled):
    _, captured = started(objective_of(LOSSES[0]), backend, Adam())
    walk(captured, backend, [5] * 5)
    captured.look()

    captured(backend.asarray(np.full((5, 4), spoiled)), backend.asarray(np.eye(3)[[0] * 5]), 0.1)
    walk(captured, backend, [5] * 5)

    with pytest.raises(FloatingPointError, match="infinity or NaN in the loss or the gradient"):
        captured.look()


def test_infinity_is_looked_for_now_and_then(backend):
    _, captured = started(objective_of(LOSSES[0]), backend, Adam())
    x, targets = backend.asarray(np.full((2, 4), np.nan)), backend.asarray(np.eye(3)[:2])

    for _ in range(LOOK - 1):
        captured(x, targets, 0.1)
    with pytest.raises(FloatingPointError):
        captured(x, targets, 0.1)


def test_the_processor_and_large_and_other_nets_do_without(backend):
    small, pictures = objective_of(LOSSES[0]), Network((2, 2), (Flatten(), Linear(4, 3)))

    assert started(small, CPU, Adam())[1] is None
    assert started(small, backend, Adam(), examples=2**22)[1] is None
    assert started(Objective(pictures, SoftmaxCrossEntropy(3)), backend, Adam())[1] is None
