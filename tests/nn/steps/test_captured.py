"""Steps that are recorded and replayed do what steps do that are computed launch by launch.

On a card where there is one, and on a stand-in for CuPy (:mod:`tests.nn.card.stand_in`).
"""

import math

import numpy as np
import pytest

from tests.nn.card.stand_in import CARDS, card_backend
from tinyclf.nn.architecture import ACTIVATIONS, mlp
from tinyclf.nn.losses import Corn, CumulativeLink, Hinge, SoftmaxCrossEntropy, SquaredError
from tinyclf.nn.objective import Objective
from tinyclf.nn.optimizers import SGD, Adam, AdamW
from tinyclf.nn.steps import CapturedStep, LaunchedStep, captured
from tinyclf.nn.steps.captured import CHECK_EVERY

LIMIT = 0.5
RATES = (0.1, 0.2, 0.05, 0.1, 0.1)
WEIGHTS = (0.5, 1.0, 2.0)
LOSSES = [
    CumulativeLink(3),
    SoftmaxCrossEntropy(3, WEIGHTS, label_smoothing=0.1),
    Corn(3, WEIGHTS),
    SquaredError(3),
]
ALL = (slice(None),)
OPTIMIZERS = [SGD(0.9, True, 0.01, ALL), Adam(), AdamW(decayed=ALL)]


@pytest.fixture(params=CARDS)
def backend(request):
    return card_backend(request.param)


class Recorder:
    """What is asked to be recorded.

    Attributes:
        launches: How often recorded work was launched.
        refusals: Why other work was not recorded.
    """

    def __init__(self):
        self.launches, self.refusals = 0, []
        self._record = captured.record

    def __call__(self, stream, work):
        try:
            launch = self._record(stream, work)
        except (NotImplementedError, RuntimeError) as error:
            self.refusals.append(str(error))
            raise

        def counted():
            self.launches += 1
            launch()

        return counted


@pytest.fixture(autouse=True)
def recorder(monkeypatch):
    recorder = Recorder()
    monkeypatch.setattr(captured, "record", recorder)
    return recorder


def objective_of(loss, **settings):
    return Objective(mlp(4, (6,), loss.n_outputs, **settings), loss)


def batches(sizes):
    rng = np.random.default_rng(1)
    for n in sizes:
        yield rng.standard_normal((n, 4)), np.eye(3)[rng.integers(0, 3, n)]


def started(objective, backend, optimizer, kind=CapturedStep):
    """Return first parameters, and what moves them."""
    theta = objective.initialize(
        np.arange(3), np.random.default_rng(0), np.float64, backend=backend
    )
    begun, noise = optimizer.start(theta, backend=backend), backend.generator(5)
    return theta, kind(objective, begun, theta, limit=LIMIT, noise=noise, backend=backend)


def assert_as_if_launched(theta, objective, optimizer, sizes, backend):
    """Theta is what the same steps make of it, launch by launch."""
    expected, launched = started(objective, backend, optimizer, LaunchedStep)
    walk(launched, backend, sizes)
    got, wanted = backend.to_numpy(theta), backend.to_numpy(expected)
    np.testing.assert_allclose(got, wanted, rtol=1e-10, atol=1e-11)


def walk(step, backend, sizes):
    for (x, targets), rate in zip(batches(sizes), RATES, strict=True):
        step(backend.asarray(x), backend.asarray(targets), rate)


@pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=lambda o: type(o).__name__)
@pytest.mark.parametrize("loss", LOSSES, ids=str)
def test_replayed_steps_are_the_steps(backend, recorder, loss, optimizer):
    objective = objective_of(loss, dropout=0.5, input_dropout=0.3)
    theta, step = started(objective, backend, optimizer)

    walk(step, backend, [5] * 5)

    assert (recorder.launches, recorder.refusals) == (4, [])
    assert_as_if_launched(theta, objective, optimizer, [5] * 5, backend)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_each_batch_size_has_its_recording(backend, recorder, activation):
    objective, sizes = objective_of(LOSSES[0], activation=activation), [5, 4, 5, 4, 5]
    theta, step = started(objective, backend, Adam())

    walk(step, backend, sizes)

    assert (recorder.launches, recorder.refusals) == (3, [])
    assert_as_if_launched(theta, objective, Adam(), sizes, backend)


def test_more_batch_sizes_than_are_recorded_are_computed_all_the_same(
    backend, recorder, monkeypatch
):
    monkeypatch.setattr(captured, "MOST_SHAPES", 1)
    objective, sizes = objective_of(LOSSES[0], dropout=0.5), [5, 4, 5, 3, 5]
    theta, step = started(objective, backend, Adam())

    walk(step, backend, sizes)

    assert (recorder.launches, recorder.refusals) == (2, [])
    assert_as_if_launched(theta, objective, Adam(), sizes, backend)


def test_a_loss_that_looks_at_its_numbers_is_computed_launch_by_launch(backend, recorder):
    objective = objective_of(Hinge(3), dropout=0.5)
    theta, step = started(objective, backend, Adam())

    walk(step, backend, [5] * 5)

    assert recorder.refusals
    assert recorder.launches == 0
    assert_as_if_launched(theta, objective, Adam(), [5] * 5, backend)


def test_within_a_step_nothing_is_read_back():
    backend = card_backend("stand-in")
    _, step = started(objective_of(LOSSES[0], dropout=0.5), backend, OPTIMIZERS[2])

    walk(step, backend, [5] * 5)

    assert backend.xp.reads == 0


@pytest.mark.parametrize("spoiled", [math.nan, math.inf])
def test_infinity_is_found_when_it_is_looked_for(backend, spoiled):
    _, step = started(objective_of(LOSSES[0]), backend, Adam())
    walk(step, backend, [5] * 5)
    step.check()

    step(backend.asarray(np.full((5, 4), spoiled)), backend.asarray(np.eye(3)[[0] * 5]), 0.1)
    walk(step, backend, [5] * 5)

    with pytest.raises(FloatingPointError, match="infinity or NaN in the loss or the gradient"):
        step.check()


def test_infinity_is_looked_for_now_and_then(backend):
    _, step = started(objective_of(LOSSES[0]), backend, Adam())
    x, targets = backend.asarray(np.full((2, 4), np.nan)), backend.asarray(np.eye(3)[:2])

    for _ in range(CHECK_EVERY - 1):
        step(x, targets, 0.1)
    with pytest.raises(FloatingPointError):
        step(x, targets, 0.1)
