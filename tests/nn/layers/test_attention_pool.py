"""Attention weighs places by what is there, and heeds only those that are there."""

import numpy as np
import pytest

from tinyclf.errors import ConfigError
from tinyclf.nn.layers import AttentionPool

POOL = AttentionPool(places=6, channels=3, hidden=4)


@pytest.fixture
def parameters(backend):
    rng = np.random.default_rng(0)
    return {
        name: backend.asarray(rng.standard_normal(shape)) for name, shape in POOL.shapes().items()
    }


@pytest.fixture
def pooled(backend, parameters):
    """Pools maps (n, 6, 3) with presences (n, 6)."""

    def pool(maps, presence):
        x = np.concatenate([maps.reshape(len(maps), -1), presence], axis=1)
        y, _ = POOL.forward(parameters, backend.asarray(x), backend=backend, rng=None)
        weights = POOL.attention(parameters, backend.asarray(x), backend=backend)
        return backend.to_numpy(y), backend.to_numpy(weights)

    return pool


@pytest.fixture
def maps():
    return np.random.default_rng(1).standard_normal((5, 6, 3))


def test_weights_sum_to_1_and_make_the_mean(pooled, maps):
    z, weights = pooled(maps, np.ones((5, 6)))
    np.testing.assert_allclose(weights.sum(axis=1), 1)
    np.testing.assert_allclose(z, (weights[:, :, None] * maps).sum(axis=1))


def test_what_is_not_there_changes_nothing(pooled, maps):
    presence = np.ones((5, 6))
    presence[:, 4:] = 0
    other = maps.copy()
    other[:, 4:] = 1e3
    for got, wanted in zip(pooled(other, presence), pooled(maps, presence), strict=True):
        np.testing.assert_array_equal(got, wanted)
    assert not pooled(maps, presence)[1][:, 4:].any()


def test_presence_counts_by_its_share_alone(pooled, maps):
    presence = np.random.default_rng(2).random((5, 6))
    np.testing.assert_allclose(pooled(maps, presence)[0], pooled(maps, 7 * presence)[0])


def test_half_there_weighs_half(pooled):
    alike, presence = np.ones((1, 6, 3)), np.ones((1, 6))
    presence[0, 0] = 0.5
    np.testing.assert_allclose(pooled(alike, presence)[1][0], np.array([0.5, 1, 1, 1, 1, 1]) / 5.5)


def test_a_map_without_places_is_zero(pooled, maps):
    z, weights = pooled(maps, np.zeros((5, 6)))
    assert not z.any()
    assert not weights.any()


def test_at_first_all_places_weigh_alike(backend, maps):
    parameters = {name: np.empty(shape) for name, shape in POOL.shapes().items()}
    POOL.initialize(parameters, np.random.default_rng(0))
    moved = {name: backend.asarray(array) for name, array in parameters.items()}
    x = backend.asarray(np.concatenate([maps.reshape(5, -1), np.ones((5, 6))], axis=1))
    weights = backend.to_numpy(POOL.attention(moved, x, backend=backend))
    np.testing.assert_allclose(weights, 1 / 6)


def test_a_row_of_another_length_is_refused():
    with pytest.raises(ConfigError, match=r"AttentionPool 6 × 3 takes shape \(24,\)"):
        POOL.output_shape((23,))
