"""A launched step is the gradient, shortened, given to the optimizer."""

import numpy as np
import pytest

from tinyclf.nn.architecture import mlp
from tinyclf.nn.losses import SoftmaxCrossEntropy
from tinyclf.nn.objective import Objective
from tinyclf.nn.optimizers import SGD
from tinyclf.nn.steps import LaunchedStep

OBJECTIVE = Objective(mlp(4, (), 3, first_gain=1.0), SoftmaxCrossEntropy(3))
TARGETS = np.eye(3)


@pytest.fixture
def begun(backend):
    """First parameters, and plain descent on them with gradients of length 0.01 at most."""
    theta = OBJECTIVE.initialize(TARGETS, np.random.default_rng(0), np.float64, backend=backend)
    optimizer, noise = SGD().start(theta, backend=backend), backend.generator(0)
    return theta, LaunchedStep(
        OBJECTIVE, optimizer, theta, limit=0.01, noise=noise, backend=backend
    )


def test_it_goes_down_the_shortened_gradient(backend, begun):
    theta, step = begun
    x, targets = backend.asarray(np.arange(12.0).reshape(3, 4)), backend.asarray(TARGETS)
    before, slope = backend.to_numpy(theta).copy(), backend.xp.empty_like(theta)
    OBJECTIVE.value_and_gradient(theta, x, targets, slope, backend=backend)

    step(x, targets, 0.5)

    slope = backend.to_numpy(slope)
    moved = backend.to_numpy(theta) - before
    np.testing.assert_allclose(moved, -0.5 * 0.01 * slope / np.linalg.norm(slope))


def test_infinity_is_found_at_once(backend, begun):
    _, step = begun
    spoiled = backend.asarray(np.full((3, 4), np.nan))

    with pytest.raises(FloatingPointError, match="infinity or NaN in the inputs"):
        step(spoiled, backend.asarray(TARGETS), 0.1)

    step.check()  # there is nothing that waits to be found


def test_a_huge_gradient_moves_parameters_no_further_than_its_limit(backend, begun):
    theta, step = begun
    before = backend.to_numpy(theta).copy()

    step(backend.asarray(np.full((3, 4), 1e200)), backend.asarray(TARGETS), 0.5)

    moved = backend.to_numpy(theta) - before
    assert 0 < np.linalg.norm(moved) <= 0.005 * (1 + 1e-9)


def test_a_parameter_that_became_infinite_is_found_at_the_next_check(begun):
    theta, step = begun
    step.check()
    theta[3] = -np.inf

    with pytest.raises(FloatingPointError, match="infinity or NaN in the parameters"):
        step.check()
