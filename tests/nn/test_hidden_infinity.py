"""NaN and infinity are not hidden by a layer that makes plain numbers of them, as a sign does."""

import numpy as np
import pytest

from tinyclf.errors import InputError
from tinyclf.nn.inference import predictor
from tinyclf.nn.layers import BatchNorm, BinaryLinear, Linear, ReLU, Sign
from tinyclf.nn.losses import SoftmaxCrossEntropy
from tinyclf.nn.network import Network
from tinyclf.nn.objective import Objective

SIGNS = Objective(
    Network((2,), (Sign(), BinaryLinear(2, 2), Sign(), BinaryLinear(2, 2))), SoftmaxCrossEntropy(2)
)
SATURATED = Network((2,), (Linear(2, 1), Sign(), BinaryLinear(1, 2)))
RECTIFIED = Network((2,), (Linear(2, 1), ReLU(), Linear(1, 2)))
OVERFLOWING = np.array([3e38, -3e38, 0, 1, -1, 0.5, 0.25], np.float32)
Y = np.array([0, 1, 1])


def learned_from(objective, theta, x, backend):
    theta, x = backend.asarray(theta), backend.asarray(x, theta.dtype)
    gradient = backend.xp.empty_like(theta)
    objective.value_and_gradient(theta, x, backend.asarray(Y), gradient, backend=backend)


@pytest.mark.parametrize("number", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("place", range(12))
def test_parameters_before_a_sign_are_looked_at(backend, place, number):
    theta = np.ones(12, np.float32)
    theta[place] = number

    with pytest.raises(InputError, match="parameters are not all finite"):
        SIGNS.network.predict(theta, np.ones((1, 2)), backend=backend)
    with pytest.raises(FloatingPointError, match="infinity or NaN in the parameters"):
        learned_from(SIGNS, theta, np.ones((3, 2)), backend)


@pytest.mark.parametrize("number", [np.nan, np.inf, -np.inf])
def test_inputs_before_a_sign_are_looked_at(backend, number):
    x = np.ones((3, 2))
    x[1, 0] = number

    with pytest.raises(FloatingPointError, match="infinity or NaN in the inputs"):
        learned_from(SIGNS, np.ones(12, np.float32), x, backend)


@pytest.mark.parametrize("number", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("where", ["W", "x"])
def test_a_step_finds_what_a_sign_is_given(backend, where, number):
    theta, x = backend.xp.ones(12, np.float32), backend.xp.ones((3, 2), np.float32)
    (theta if where == "W" else x)[:1] = number

    with backend.raising(), pytest.raises(FloatingPointError):
        SIGNS.value_and_gradient_of_finite(
            theta, x, backend.asarray(Y), backend.xp.empty_like(theta), backend=backend
        )


def test_an_overflow_before_a_sign_is_no_sign(backend):
    x = np.array([[0, 0], [10, 10]], np.float32)

    with pytest.raises(InputError, match=r"Row 1 of the inputs has .*Linear 2 → 1"):
        SATURATED.predict(OVERFLOWING, x, backend=backend)
    for rows in (x, x[1:]):
        words = r"Row . of the inputs has no finite output"
        with pytest.raises(InputError, match=words), np.errstate(all="ignore"):
            predictor(SATURATED, OVERFLOWING, backend=backend)(rows)
    objective = Objective(SATURATED, SoftmaxCrossEntropy(2))
    with pytest.raises(FloatingPointError, match="layer 1 of 3"):
        learned_from(objective, OVERFLOWING, np.full((3, 2), 10.0), backend)


def test_an_overflow_before_a_rectifier_is_no_zero(backend):
    x = np.array([[0, 0], [10, 0], [0, 10]], np.float32)  # the last is −∞, rectified 0

    with pytest.raises(InputError, match="Row 1 of the inputs has no finite output"):
        RECTIFIED.predict(OVERFLOWING, x, backend=backend)


def test_a_variance_that_cannot_be_does_not_predict(backend):
    network = Network((2,), (BatchNorm(2), Sign(), BinaryLinear(2, 1)))
    theta = np.array([1, 1, 0, 0, 0, 0, 1, -1, 1, 1, 0], np.float32)

    with pytest.raises(InputError, match=r"Row 0 .* in layer 1 of 3 \(BatchNorm"):
        network.predict(theta, np.ones((1, 2)), backend=backend)


def test_a_batch_beyond_the_precision_leaves_the_running_figures_alone(backend):
    network = Network((2,), (BatchNorm(2), Sign(), BinaryLinear(2, 2)))
    objective = Objective(network, SoftmaxCrossEntropy(2))
    theta = objective.initialize(Y, np.random.default_rng(0), np.float32, backend=backend)
    x = backend.asarray(np.array([[1e25, 1], [-1e25, 0], [0, 0]]), np.float32)

    with pytest.raises(FloatingPointError, match=r"BatchNorm|parameters"):
        objective.value_and_gradient(
            theta,
            x,
            backend.asarray(Y),
            backend.xp.empty_like(theta),
            backend=backend,
            rng=backend.generator(0),
        )
    if backend.device == "cpu":
        assert np.isfinite(theta).all()


def test_outputs_for_which_there_is_no_memory_are_refused_with_their_size(backend):
    network = Network((1,), (Linear(1, 1_000_000),))
    theta, x = backend.xp.ones(2_000_000, np.float32), np.broadcast_to(np.ones(1), (10**8, 1))

    with pytest.raises(InputError, match=r"\(100000000, 1000000\) would take 400,000.0 GB, more"):
        network.predict(theta, x, backend=backend)
