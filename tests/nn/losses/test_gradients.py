"""Every loss agrees with measured slopes, and with plain formulas in float64."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.nn.kinds import LOSSES
from tinyclf.nn.losses import Committee, Corn, CumulativeLink, Hinge, SquaredError


@st.composite
def judged(draw, kind):
    """A loss, its parameters, scores and targets: classes or mixed rows, weighted or not."""
    k, n = draw(st.integers(2, 7)), draw(st.integers(1, 6))
    rng = np.random.default_rng(draw(st.integers(0)))
    weights = tuple(rng.uniform(0.2, 3, k).tolist()) if draw(st.booleans()) else None
    loss = LOSSES[kind](k, weights)
    parameters = {name: rng.standard_normal(shape) for name, shape in loss.shapes().items()}
    scores = 3 * rng.standard_normal((n, loss.n_outputs))
    mixed = draw(st.booleans())
    targets = rng.dirichlet(np.ones(k), n) if mixed else rng.integers(0, k, n)
    return loss, parameters, scores, targets


def evaluate(backend, loss, parameters, scores, targets):
    moved = {name: backend.asarray(array) for name, array in parameters.items()}
    gradient = {name: backend.xp.full_like(array, np.nan) for name, array in moved.items()}
    value, ds = loss.value_and_gradient(
        moved, backend.asarray(scores), backend.asarray(targets), gradient, backend=backend
    )
    fetched = {name: backend.to_numpy(array) for name, array in gradient.items()}
    return value, backend.to_numpy(ds), fetched


def logistic(x):
    return 1 / (1 + math.exp(-x))


def seats(loss, parameters, score_row):
    """Each of a committee with its own parameters and scores."""
    for seat, scores in enumerate(np.split(np.asarray(score_row), loss.seats)):
        yield loss.of, {name: parameters[f"{seat}.{name}"] for name in loss.of.shapes()}, scores


def plain_probabilities(loss, parameters, score_row):
    """The textbook formulas, one number at a time."""
    if isinstance(loss, Committee):
        opinions = [plain_probabilities(*seat) for seat in seats(loss, parameters, score_row)]
        return (np.array(loss.shares) @ np.array(opinions)).tolist()
    if isinstance(loss, CumulativeLink):
        thresholds = [parameters["first"][0]]
        for step in parameters["steps"]:
            thresholds.append(thresholds[-1] + math.log(1 + math.exp(step)) + 0.001)
        at_most = [logistic(θ - score_row[0]) for θ in thresholds]
        return [hi - lo for lo, hi in zip([0, *at_most], [*at_most, 1], strict=True)]
    if isinstance(loss, Corn):
        above = np.cumprod([1, *map(logistic, score_row), 0])
        return (above[:-1] - above[1:]).tolist()
    if isinstance(loss, SquaredError):
        positive = [max(s, 0) for s in score_row]
        return [s / sum(positive) if sum(positive) else 1 / loss.classes for s in positive]
    powers = [math.exp(s) for s in score_row]
    return [power / sum(powers) for power in powers]


def plain_costs(loss, parameters, score_row):
    """What each class would cost if it were the right one."""
    if isinstance(loss, Committee):
        return np.sum([plain_costs(*seat) for seat in seats(loss, parameters, score_row)], axis=0)
    k = loss.classes
    if isinstance(loss, Hinge):
        return [
            sum(max(0, loss.margin - score_row[c] + score_row[i]) for i in range(k) if i != c) / k
            for c in range(k)
        ]
    if isinstance(loss, SquaredError):
        return [((score_row - np.eye(k)[c]) ** 2).sum() / 2 for c in range(k)]
    return [-math.log(p) for p in plain_probabilities(loss, parameters, score_row)]


def plain_value(loss, parameters, scores, targets):
    total, k = 0.0, loss.classes
    smoothing = getattr(loss, "label_smoothing", 0)
    for row, target in zip(scores, targets, strict=True):
        shares = np.eye(k)[target] if np.ndim(target) == 0 else target
        weighted = (shares * (1 - smoothing) + smoothing / k) * (loss.class_weights or 1)
        total += weighted @ plain_costs(loss, parameters, row)
        if isinstance(loss, SquaredError):
            # Costs are measured to the corners, the loss to the point that shares mark.
            weight = weighted.sum()
            total -= (weight - weighted @ weighted / weight) / 2
    return total / len(scores)


@pytest.mark.parametrize("kind", LOSSES)
@settings(deadline=None, derandomize=True, max_examples=50)
@given(data=st.data())
def test_gradients_agree_with_measured_slopes(backend, slope, kind, data):
    loss, parameters, scores, targets = data.draw(judged(kind))

    _, ds, gradient = evaluate(backend, loss, parameters, scores, targets)

    def value(parameters, scores):
        return evaluate(backend, loss, parameters, scores, targets)[0]

    measured = slope(lambda s: value(parameters, s), scores)
    np.testing.assert_allclose(ds, measured, rtol=1e-6, atol=1e-7)
    for name in parameters:
        measured = slope(
            lambda p, name=name: value({**parameters, name: p}, scores), parameters[name]
        )
        np.testing.assert_allclose(gradient[name], measured, rtol=1e-6, atol=1e-7)


@pytest.mark.parametrize("kind", LOSSES)
@settings(deadline=None, derandomize=True, max_examples=50)
@given(data=st.data())
def test_values_agree_with_the_plain_formulas(backend, kind, data):
    loss, parameters, scores, targets = data.draw(judged(kind))

    value, _, _ = evaluate(backend, loss, parameters, scores, targets)

    assert value == pytest.approx(plain_value(loss, parameters, scores, targets), rel=1e-9)


@pytest.mark.parametrize("kind", LOSSES)
@settings(deadline=None, derandomize=True, max_examples=50)
@given(data=st.data())
def test_probabilities_agree_with_the_plain_formulas(backend, kind, data):
    loss, parameters, scores, _ = data.draw(judged(kind))
    moved = {name: backend.asarray(array) for name, array in parameters.items()}

    p = backend.to_numpy(loss.probabilities(moved, backend.asarray(scores), backend=backend))

    plain = [plain_probabilities(loss, parameters, row) for row in scores]
    np.testing.assert_allclose(p, plain, rtol=1e-8, atol=1e-12)
    np.testing.assert_allclose(p.sum(axis=1), 1, rtol=1e-12)


@pytest.mark.parametrize("kind", LOSSES)
def test_a_class_and_the_row_with_a_single_one_are_the_same_target(backend, kind):
    loss = LOSSES[kind](3)
    parameters = {name: np.zeros(shape) for name, shape in loss.shapes().items()}
    scores = np.linspace(-1, 1, 2 * loss.n_outputs).reshape(2, -1)

    by_class = evaluate(backend, loss, parameters, scores, np.array([2, 0]))
    by_row = evaluate(backend, loss, parameters, scores, np.array([[0.0, 0, 1], [1, 0, 0]]))

    assert by_class[0] == by_row[0]
    np.testing.assert_array_equal(by_class[1], by_row[1])


SIZES = {kind: [10, 1e4, 1e30] for kind in LOSSES} | {"squared error": [10, 1e4, 1e15]}


@pytest.mark.parametrize(("kind", "size"), [(kind, size) for kind in SIZES for size in SIZES[kind]])
@pytest.mark.parametrize(
    "targets",
    [np.array([0, 4, 2, 1, 3]), np.full((5, 5), 0.2, np.float32)],
    ids=["classes", "rows"],
)
def test_confident_scores_stay_finite_in_float32(backend, kind, size, targets):
    loss = LOSSES[kind](5, (0.0, 1.0, 0.5, 2.0, 1.5))
    host = {name: np.zeros(shape, np.float32) for name, shape in loss.shapes().items()}
    loss.initialize(host, np.arange(5))
    signs = np.resize([1.0, -1.0, 0.5, -0.5, 0.0], (5, loss.n_outputs)).astype(np.float32)
    scores = signs * np.float32(size)

    with backend.raising():
        value, ds, gradient = evaluate(backend, loss, host, scores, targets)
        p = loss.probabilities(
            {name: backend.asarray(array) for name, array in host.items()},
            backend.asarray(scores),
            backend=backend,
        )

    assert math.isfinite(value)
    assert all(np.isfinite(array).all() for array in (ds, *gradient.values()))
    assert ds.dtype == p.dtype == np.float32
    np.testing.assert_allclose(backend.to_numpy(p).sum(axis=1), 1, rtol=1e-6)


@pytest.mark.parametrize("kind", LOSSES)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_scores_are_never_written_to(backend, kind, dtype):
    loss = LOSSES[kind](3, (0.5, 1.0, 2.0))
    parameters = {name: np.zeros(shape, dtype) for name, shape in loss.shapes().items()}
    scores = np.linspace(-2, 2, 4 * loss.n_outputs).reshape(4, -1).astype(dtype)
    rows, moved = np.full((4, 3), 1 / 3, dtype), backend.asarray(scores.copy())

    _, ds, _ = evaluate(backend, loss, parameters, moved, rows)
    p = loss.probabilities(
        {name: backend.asarray(array) for name, array in parameters.items()}, moved, backend=backend
    )

    assert ds.dtype == p.dtype == dtype
    np.testing.assert_array_equal(backend.to_numpy(moved), scores)
    np.testing.assert_array_equal(rows, np.full((4, 3), 1 / 3, dtype))
