"""Optimizers against steps worked out by hand, and on a bowl whose bottom they must find."""

import math

import numpy as np
import pytest

from tinyclf.errors import ConfigError, InputError
from tinyclf.nn.optimizers import SGD, Adam, AdamW

ALL = (slice(None),)


@pytest.fixture
def path(backend):
    """The parameters after each of the given gradients, from θ = 1."""

    def walk(optimizer, gradients, rate):
        theta = backend.asarray([1.0])
        step = optimizer.start(theta, backend=backend)
        places = []
        for g in gradients:
            step(theta, backend.asarray([g]), rate)
            places.append(float(theta[0]))
        return places

    return walk


def test_plain_descent_goes_down_the_gradient(path):
    assert path(SGD(), [2.0, -1.0], 0.1) == pytest.approx([0.8, 0.9])


def test_momentum_keeps_rolling(path):
    # v = 2, then 0.5 · 2 − 1 = 0, then 0 + 4 = 4
    assert path(SGD(momentum=0.5), [2.0, -1.0, 4.0], 0.1) == pytest.approx([0.8, 0.8, 0.4])


def test_nesterov_looks_ahead(path):
    # v = 2: step 2 + 0.5 · 2 = 3; v = 0: step −1 + 0 = −1
    assert path(SGD(momentum=0.5, nesterov=True), [2.0, -1.0], 0.1) == pytest.approx([0.7, 0.8])


def test_decay_shrinks_before_the_step(path):
    assert path(SGD(weight_decay=0.5, decayed=ALL), [2.0], 0.1) == pytest.approx([0.95 - 0.2])


def test_the_first_step_of_adam_is_the_rate_whatever_the_gradient(path):
    for g in (1e-3, 5.0, 1e6):
        assert path(Adam(), [g], 0.01) == pytest.approx([0.99], abs=1e-6)


def test_adam_follows_the_paper(path):
    gradients, α, β1, β2, ε = [2.0, -1.0, 0.5], 0.1, 0.8, 0.9, 1e-3
    θ, m, v, expected = 1.0, 0.0, 0.0, []
    for t, g in enumerate(gradients, start=1):
        m = β1 * m + (1 - β1) * g
        v = β2 * v + (1 - β2) * g * g
        θ -= α * (m / (1 - β1**t)) / (math.sqrt(v / (1 - β2**t)) + ε)
        expected.append(θ)

    assert path(Adam(β1, β2, ε), gradients, α) == pytest.approx(expected, rel=1e-12)


def test_adamw_decays_beside_the_gradient(path):
    adam = path(Adam(), [2.0], 0.1)[0]

    assert path(AdamW(weight_decay=0.5, decayed=ALL), [2.0], 0.1) == pytest.approx(
        [adam - 0.1 * 0.5]
    )


@pytest.mark.parametrize("kind", [SGD, AdamW])
def test_only_the_named_parts_decay(backend, kind):
    theta = backend.asarray([1.0, 1.0, 1.0])
    optimizer = kind(weight_decay=0.5, decayed=(slice(0, 1), slice(2, 3)))

    optimizer.start(theta, backend=backend)(theta, backend.xp.zeros(3), 0.1)

    assert backend.to_numpy(theta).tolist() == [0.95, 1.0, 0.95]


@pytest.mark.parametrize("kind", [SGD, AdamW])
def test_decay_must_be_told_where(kind):
    with pytest.raises(ConfigError, match=r"give decayed=objective\.weights"):
        kind(weight_decay=0.5)

    kind(weight_decay=0.0)
    kind(weight_decay=0.5, decayed=())


OPTIMIZERS = [
    SGD(),
    SGD(0.9),
    SGD(0.9, nesterov=True),
    Adam(),
    AdamW(weight_decay=1e-4, decayed=ALL),
]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=repr)
def test_the_bottom_of_a_bowl_is_found(backend, optimizer, dtype):
    bottom = backend.asarray([3.0, -2.0, 0.5], dtype)
    theta = backend.xp.zeros_like(bottom)
    step = optimizer.start(theta, backend=backend)

    for i in range(1500):
        step(theta, theta - bottom, 0.05 * 0.995**i)

    assert theta.dtype == dtype
    np.testing.assert_allclose(backend.to_numpy(theta), backend.to_numpy(bottom), atol=0.01)


@pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=repr)
def test_the_gradient_is_left_as_it_is_and_runs_do_not_mix(backend, optimizer):
    gradient = backend.asarray([1.0, -2.0])
    ends = []
    for _ in range(2):
        theta = backend.asarray([0.0, 0.0])
        step = optimizer.start(theta, backend=backend)
        for _ in range(3):
            step(theta, gradient, 0.1)
        ends.append(backend.to_numpy(theta).tobytes())

    assert ends[0] == ends[1]
    assert backend.to_numpy(gradient).tolist() == [1, -2]


@pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=repr)
@pytest.mark.parametrize(
    ("theta", "gradient", "words"),
    [
        (3_000_000, 3_000_000, "the parameters are float32 of shape \\(3000000,\\): start one"),
        (4, 3, "the gradient is float32 of shape \\(3,\\)"),
        (4, (4, 1), "the gradient is float32 of shape \\(4, 1\\)"),
    ],
)
def test_vectors_of_another_length_are_not_touched(backend, optimizer, theta, gradient, words):
    step = optimizer.start(backend.xp.zeros(4, np.float32), backend=backend)
    theta, gradient = (backend.xp.ones(shape, np.float32) for shape in (theta, gradient))

    with pytest.raises(InputError, match=f"started for float32 of shape \\(4,\\), but {words}"):
        step(theta, gradient, 0.1)
    with pytest.raises(InputError, match=words):
        step.move(theta, gradient, step.numbers(0.1))
    assert (theta == 1).all()


@pytest.mark.parametrize("kind", [SGD, Adam, AdamW])
def test_a_gradient_of_another_precision_is_refused(backend, kind):
    theta = backend.xp.zeros(4, np.float32)
    step = kind(**({"decayed": ALL} if kind is AdamW else {})).start(theta, backend=backend)

    with pytest.raises(InputError, match="but the gradient is float64"):
        step(theta, backend.xp.zeros(4, np.float64), 0.1)


@pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=repr)
@pytest.mark.parametrize(
    ("theta", "words"),
    [(np.zeros((2, 2)), r"one flat vector, not .* \(2, 2\)"), (np.zeros(2, int), "float32 or flo")],
)
def test_it_is_started_on_a_flat_vector_of_floats_only(backend, optimizer, theta, words):
    with pytest.raises(InputError, match=words):
        optimizer.start(backend.asarray(theta), backend=backend)


@pytest.mark.parametrize(
    ("kind", "setting"),
    [
        (SGD, {"momentum": 1.0}),
        (SGD, {"weight_decay": -0.1}),
        (Adam, {"beta1": 1.0}),
        (Adam, {"beta2": -0.1}),
        (Adam, {"epsilon": 0.0}),
        (AdamW, {"weight_decay": 2.0}),
        (AdamW, {"beta1": float("nan")}),
    ],
)
def test_settings_out_of_range_are_refused(kind, setting):
    with pytest.raises(ConfigError, match="must be"):
        kind(**setting)


@pytest.mark.parametrize("optimizer", [SGD(0.9), Adam(), AdamW(decayed=ALL)], ids=str)
def test_a_copy_goes_on_where_the_optimizer_stood(backend, optimizer, copied):
    thetas = [backend.asarray([1.0, 2.0]) for _ in range(2)]
    step = optimizer.start(thetas[0], backend=backend)
    for theta in thetas:
        again = copied(step)
        again(theta, backend.asarray([1.0, -1.0]), 0.1)
        again(theta, backend.asarray([3.0, 1.0]), 0.1)

    one, other = (backend.to_numpy(theta) for theta in thetas)
    np.testing.assert_array_equal(one, other)
    assert (one != [1, 2]).all()
