"""Batch normalisation, against its plain formula, in training and in use."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinyclf.errors import ConfigError, InputError
from tinyclf.nn.layers import BatchNorm

SHAPES = [(6, 3), (4, 3, 2, 5)]


def parameters_of(features, backend, dtype=np.float64, seed=0):
    drawn = 0.5 + np.random.default_rng(seed).random((4, features))
    names = ("scale", "shift", "mean", "variance")
    return {name: backend.asarray(row, dtype) for name, row in zip(names, drawn, strict=True)}


def run(layer, x, parameters, backend, training):
    rng = backend.generator(0) if training else None
    y, backward = layer.forward(parameters, backend.asarray(x), backend=backend, rng=rng)
    return backend.to_numpy(y), backward


def by_hand(layer, x, parameters, training):
    """The formula, one feature after the other; returns y and each feature's mean and variance."""
    host = {name: np.array(array.tolist()) for name, array in parameters.items()}
    y, figures = np.empty_like(x), []
    for c in range(x.shape[1]):
        μ = x[:, c].mean() if training else host["mean"][c]
        σ2 = x[:, c].var() if training else host["variance"][c]
        normal = (x[:, c] - μ) / np.sqrt(σ2 + layer.epsilon)
        y[:, c] = host["scale"][c] * normal + host["shift"][c]
        figures.append((x[:, c].mean(), x[:, c].var(ddof=1)))
    return y, np.array(figures).T


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("shape", SHAPES)
def test_outputs_are_the_formula_s(backend, shape, training):
    layer, parameters = BatchNorm(3, epsilon=1e-3), parameters_of(3, backend)
    x = 5 + 2 * np.random.default_rng(1).standard_normal(shape)
    expected, _ = by_hand(layer, x, parameters, training)

    y, _ = run(layer, x, parameters, backend, training)

    np.testing.assert_allclose(y, expected, rtol=1e-12)


@pytest.mark.parametrize("shape", SHAPES)
def test_training_moves_the_running_figures_in_place(backend, shape):
    layer, parameters = BatchNorm(3, momentum=0.25), parameters_of(3, backend)
    before = {name: np.array(array.tolist()) for name, array in parameters.items()}
    x = 5 + 2 * np.random.default_rng(1).standard_normal(shape)
    _, (mean, variance) = by_hand(layer, x, parameters, training=True)

    run(layer, x, parameters, backend, training=True)

    after = {name: backend.to_numpy(array) for name, array in parameters.items()}
    np.testing.assert_allclose(after["mean"], 0.75 * before["mean"] + 0.25 * mean)
    np.testing.assert_allclose(after["variance"], 0.75 * before["variance"] + 0.25 * variance)
    np.testing.assert_array_equal(after["scale"], before["scale"])
    np.testing.assert_array_equal(after["shift"], before["shift"])


def test_use_writes_to_nothing(backend):
    layer, parameters = BatchNorm(3), parameters_of(3, backend)
    before = {name: array.tolist() for name, array in parameters.items()}

    run(layer, np.ones((1, 3)), parameters, backend, training=False)

    assert {name: array.tolist() for name, array in parameters.items()} == before


@pytest.mark.parametrize("training", [True, False])
@settings(deadline=None, derandomize=True, max_examples=20)
@given(
    n=st.integers(0, 4),
    features=st.integers(1, 3),
    size=st.sampled_from([(), (1, 2), (3, 2)]),
    seed=st.integers(0),
)
def test_the_way_back_agrees_with_measured_slopes(
    backend, slope, training, n, features, size, seed
):
    n += 2 * training
    rng = np.random.default_rng(seed)
    layer, shape = BatchNorm(features), (n, features, *size)
    x, dy = 1 + rng.standard_normal(shape), rng.standard_normal(shape)
    parameters = parameters_of(features, backend, seed=seed % 1000)

    def loss(x, **changed):
        own = {name: array.copy() for name, array in parameters.items()}
        own |= {name: backend.asarray(array) for name, array in changed.items()}
        return float((run(layer, x, own, backend, training)[0] * dy).sum())

    gradient = {name: backend.xp.full(features, np.nan) for name in parameters}
    own = {name: array.copy() for name, array in parameters.items()}
    _, backward = run(layer, x, own, backend, training)
    dx = backend.to_numpy(backward(backend.asarray(dy), gradient))

    np.testing.assert_allclose(dx, slope(loss, x), rtol=1e-5, atol=1e-6)
    for name in ("scale", "shift"):
        point = backend.to_numpy(parameters[name])
        measured = slope(lambda p, name=name: loss(x, **{name: p}), point)
        np.testing.assert_allclose(backend.to_numpy(gradient[name]), measured, 1e-6, 1e-7)
    for name in ("mean", "variance"):
        assert (backend.to_numpy(gradient[name]) == 0).all()


def test_what_nobody_wants_is_not_computed(backend):
    parameters = parameters_of(3, backend)
    _, backward = run(BatchNorm(3), np.eye(3), parameters, backend, training=True)

    assert backward(backend.xp.ones((3, 3)), parameters_of(3, backend), wants_dx=False) is None


def test_a_small_spread_around_a_large_mean_is_not_lost_in_float32(backend):
    layer, parameters = BatchNorm(2, epsilon=1e-12), parameters_of(2, backend, np.float32)
    spread = np.random.default_rng(0).standard_normal((500, 2))
    x = (10_000 + spread).astype(np.float32)
    expected, _ = by_hand(layer, x.astype(np.float64), parameters, training=True)

    y, _ = run(layer, x, parameters, backend, training=True)

    np.testing.assert_allclose(y, expected, atol=1e-5)


@pytest.mark.parametrize("value", [0.0, 0.1, 1e30])
def test_a_constant_feature_becomes_its_shift(backend, value):
    parameters = parameters_of(2, backend, np.float32)

    with backend.raising():
        y, _ = run(BatchNorm(2), np.full((64, 2), value, np.float32), parameters, backend, True)

    np.testing.assert_allclose(
        y, np.tile(backend.to_numpy(parameters["shift"]), (64, 1)), rtol=1e-3
    )
    assert (backend.to_numpy(parameters["variance"]) >= 0).all()


def test_an_infinite_variance_is_seen(backend):
    parameters = parameters_of(2, backend)
    parameters["variance"][0] = np.inf

    with np.errstate(invalid="ignore"):
        y, _ = run(BatchNorm(2), np.ones((1, 2)), parameters, backend, training=False)

    assert np.isnan(y).tolist() == [[True, False]]


@pytest.mark.parametrize("shape", [(1, 3), (0, 3), (1, 3, 1, 1)])
def test_a_batch_that_has_no_spread_is_refused_with_the_layer_and_a_cure(backend, shape):
    words = r"BatchNorm 3 needs at least two .* has [01] examples?: train on larger batches"
    with pytest.raises(InputError, match=words):
        run(BatchNorm(3), np.ones(shape), parameters_of(3, backend), backend, training=True)


def test_one_image_has_a_spread(backend):
    x = np.random.default_rng(0).random((1, 3, 4, 4))

    y, _ = run(BatchNorm(3), x, parameters_of(3, backend), backend, training=True)

    assert np.isfinite(y).all()


def test_it_begins_by_changing_nothing(backend):
    layer = BatchNorm(3, epsilon=1e-12)
    parameters = {name: np.empty(shape) for name, shape in layer.shapes().items()}
    layer.initialize(parameters, np.random.default_rng(0))
    moved = {name: backend.asarray(array) for name, array in parameters.items()}
    x = np.random.default_rng(1).standard_normal((5, 3))

    y, _ = run(layer, x, moved, backend, training=False)

    np.testing.assert_allclose(y, x, rtol=1e-9)


@pytest.mark.parametrize("shape", [(3,), (3, 5, 7)])
def test_it_takes_rows_and_images(shape):
    assert BatchNorm(3).output_shape(shape) == shape


@pytest.mark.parametrize("shape", [(), (4,), (3, 5), (5, 3, 3), (3, 1, 1, 1)])
def test_other_shapes_are_refused_with_both(shape):
    with pytest.raises(ConfigError, match=r"BatchNorm 3 takes shape \(3,\) or \(3, height, width"):
        BatchNorm(3).output_shape(shape)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"features": 0}, "features of a batch norm must be a whole number from 1"),
        ({"features": 1, "epsilon": 0.0}, "ε of a batch norm must be from"),
        ({"features": 1, "momentum": 1.5}, "momentum of a batch norm must be from"),
        ({"features": 1, "momentum": float("nan")}, "momentum of a batch norm must be from"),
    ],
)
def test_settings_out_of_range_are_refused(settings, words):
    with pytest.raises(ConfigError, match=words):
        BatchNorm(**settings)
