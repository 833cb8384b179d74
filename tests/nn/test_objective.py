import numpy as np
import pytest

from tests.nn import kinds
from tinyclf.errors import ConfigError, InputError
from tinyclf.nn.architecture import mlp
from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.layers import Linear
from tinyclf.nn.losses import CumulativeLink, SoftmaxCrossEntropy
from tinyclf.nn.network import Network
from tinyclf.nn.objective import Objective

LOSSES = [CumulativeLink(3), SoftmaxCrossEntropy(3, (0.5, 1.0, 2.0))]
Y = np.array([0, 2, 1, 1, 2])


def objective_of(loss, **settings):
    return Objective(mlp(4, (6,), loss.n_outputs, last_gain=1.0, **settings), loss)


def start(objective, backend, dtype=np.float64):
    return objective.initialize(Y, np.random.default_rng(0), dtype, backend=backend)


@pytest.fixture
def x(backend):
    return backend.asarray(np.random.default_rng(1).standard_normal((5, 4)))


@pytest.mark.parametrize("loss", LOSSES, ids=str)
def test_the_gradient_agrees_with_measured_slopes(backend, slope, loss, x):
    objective = objective_of(loss, activation="tanh", dropout=0.3, input_dropout=0.1)
    theta, y = start(objective, backend), backend.asarray(Y)
    gradient = backend.xp.full_like(theta, np.nan)

    def value(theta, gradient):
        return objective.value_and_gradient(
            backend.asarray(theta), x, y, gradient, backend=backend, rng=backend.generator(2)
        )

    value(theta, gradient)

    unused = backend.xp.empty_like(theta)
    measured = slope(lambda theta: value(theta, unused), backend.to_numpy(theta))
    np.testing.assert_allclose(backend.to_numpy(gradient), measured, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("loss", LOSSES, ids=str)
def test_without_randomness_nothing_is_dropped(backend, loss, x):
    dropping, whole = objective_of(loss, dropout=0.5), objective_of(loss)
    theta = start(whole, backend)
    gradient, y = backend.xp.empty_like(theta), backend.asarray(Y)

    values = [
        objective.value_and_gradient(theta, x, y, gradient, backend=backend)
        for objective in (dropping, whole)
    ]

    assert values[0] == values[1]


@pytest.mark.parametrize("loss", LOSSES, ids=str)
def test_unchecked_the_numbers_are_the_same(backend, loss, x):
    objective, rows = objective_of(loss), backend.asarray(np.eye(3)[Y])
    theta = start(objective, backend)
    checked, unchecked = (backend.xp.full_like(theta, np.nan) for _ in range(2))

    value = objective.value_and_gradient(theta, x, rows, checked, backend=backend)
    left = objective.value_and_gradient_unchecked(theta, x, rows, unchecked, backend=backend)

    assert float(left) == value
    np.testing.assert_array_equal(backend.to_numpy(unchecked), backend.to_numpy(checked))


@pytest.mark.parametrize("loss", LOSSES, ids=str)
def test_probabilities_come_to_main_memory_and_sum_to_one(backend, loss, x):
    objective = objective_of(loss)

    p = objective.probabilities(start(objective, backend), x, backend=backend)

    assert isinstance(p, np.ndarray)
    assert p.shape == (5, 3)
    np.testing.assert_allclose(p.sum(axis=1), 1)


def test_thresholds_follow_the_weights_and_do_not_decay(backend):
    objective = objective_of(CumulativeLink(3))

    assert objective.n_parameters == objective.network.n_parameters + 2
    assert objective.weights == (slice(0, 24), slice(30, 36))


def test_a_loss_that_wants_other_scores_is_refused():
    with pytest.raises(
        ConfigError, match=r"cumulative link.* wants scores of shape \(1,\).*\(5,\)"
    ):
        Objective(mlp(4, (), 5), CumulativeLink(5))


def test_an_empty_batch_is_refused(backend):
    objective = objective_of(LOSSES[0])
    theta = start(objective, backend)

    with pytest.raises(InputError, match="the batch is empty"):
        objective.value_and_gradient(
            theta, backend.xp.empty((0, 4)), backend.asarray(Y[:0]), theta, backend=backend
        )


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("x", "in the inputs"),
        ("theta", "in the parameters"),
        ("layer", r"in layer 1 of 3 \(Linear"),
    ],
)
def test_a_silent_infinity_is_found_and_placed(backend, x, where, words):
    objective = objective_of(LOSSES[0])
    theta, gradient = start(objective, backend), backend.xp.empty(objective.n_parameters)
    if where == "x":
        x = x * np.nan
    elif where == "theta":
        theta[0] = np.inf
    else:
        theta *= 1e305
        x = x * 1e10

    with pytest.raises(FloatingPointError, match=words), np.errstate(all="ignore"):
        objective.value_and_gradient(theta, x, backend.asarray(Y), gradient, backend=backend)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"theta": np.zeros(38)}, r"has 39 parameters, but .* its parameters has shape \(38,\)"),
        ({"theta": np.zeros(39, int)}, "in float32 or float64"),
        ({"gradient": np.zeros(40)}, r"has 39 parameters, but .* its gradient has shape \(40,\)"),
        ({"gradient": np.zeros(39, np.float32)}, "gradient is float32, but the parameters are"),
    ],
)
def test_vectors_that_do_not_fit_are_refused(changed, words):
    objective = objective_of(CumulativeLink(3), dropout=0.1)
    given = {"theta": np.zeros(39), "x": np.zeros((5, 4)), "targets": Y, "gradient": np.zeros(39)}

    with pytest.raises(InputError, match=words):
        objective.value_and_gradient(**given | changed, backend=NumpyBackend())


@pytest.mark.parametrize("loss", LOSSES, ids=str)
@pytest.mark.parametrize("row", [[np.nan, 1, 0], [-1, 1, 1], [0.5, 0.2, 0.2], [np.inf, 0, 0]])
def test_a_training_does_not_begin_with_rows_that_are_no_shares(backend, loss, row):
    targets = backend.asarray(np.array([[0, 1, 0], row]))
    rng = np.random.default_rng(0)

    with pytest.raises(InputError, match=r"Row 1 of the targets must be shares, .* but is"):
        objective_of(loss).initialize(targets, rng, np.float32, backend=backend)


@pytest.mark.parametrize("kind", kinds.LOSSES)
def test_a_share_that_is_no_number_is_never_silent(backend, kind, x):
    objective = objective_of(kinds.LOSSES[kind](3))
    theta, rows = start(objective, backend), np.eye(3)[Y]
    rows[2, 1] = np.nan

    with pytest.raises(FloatingPointError), np.errstate(invalid="ignore"):
        objective.value_and_gradient(theta, x, backend.asarray(rows), theta.copy(), backend=backend)


@pytest.mark.parametrize("kind", kinds.LOSSES)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_probabilities_of_the_largest_scores_are_probabilities(backend, kind, dtype):
    loss = kinds.LOSSES[kind](3)
    objective = Objective(Network((loss.n_outputs,), (Linear(*[loss.n_outputs] * 2),)), loss)
    theta = start(objective, backend, dtype)
    theta[: objective.network.n_parameters] = 0
    theta[: loss.n_outputs**2 : loss.n_outputs + 1] = 1
    signs = np.array(np.meshgrid(*[[-1, 0, 1]] * loss.n_outputs)).reshape(loss.n_outputs, -1).T
    largest = (float(np.finfo(dtype).max) * signs).astype(dtype)

    with np.errstate(all="ignore"):
        p = objective.probabilities(theta, largest, backend=backend)

    np.testing.assert_allclose(p.sum(axis=1), 1, rtol=1e-5)


@pytest.mark.parametrize("wrong", [[1.0], None, "x"])
def test_what_is_no_array_is_refused(wrong):
    objective, backend = objective_of(SoftmaxCrossEntropy(3)), NumpyBackend()
    theta, x = start(objective, backend), np.zeros((5, 4))
    for given in ((wrong, x, Y, theta), (theta, wrong, Y, theta), (theta, x, Y, wrong)):
        with pytest.raises(InputError, match="must be an array, not a"):
            objective.value_and_gradient(*given, backend=backend)
    for given in ((wrong, x), (theta, wrong)):
        with pytest.raises(InputError, match="must be an array, not a"):
            objective.probabilities(*given, backend=backend)


@pytest.mark.parametrize("targets", [1, np.array(1), None])
def test_a_single_target_is_refused(targets):
    objective, backend = objective_of(SoftmaxCrossEntropy(3)), NumpyBackend()
    theta, x = start(objective, backend), np.zeros((1, 4))

    with pytest.raises(InputError, match="a target for each row, but is given a single value"):
        objective.value_and_gradient(theta, x, targets, theta.copy(), backend=backend)
    with pytest.raises(InputError, match=r"Targets must be integers of shape \(n,\)"):
        objective.initialize(targets, np.random.default_rng(0), "f4", backend=backend)
