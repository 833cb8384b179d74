"""The head of a page in a browser."""

import numpy as np
import pytest

from tinyclf.data.encoder.layout import GLOBAL_AVERAGE
from tinyclf.simulation.dense_head import DenseHead
from tinyclf.simulation.graded_collection import GradedCollection


@pytest.fixture
def photos() -> GradedCollection:
    """Photos whose global average tells the grade; what stands behind it is noise."""
    rng = np.random.default_rng(0)
    truth = np.arange(100) % 5
    x = rng.normal(size=(100, GLOBAL_AVERAGE + 50)).astype(np.float32)
    x[np.arange(100)[:, None], 40 * truth[:, None] + np.arange(40)] += 2
    return GradedCollection(truth, {"small-embedding": x}, np.arange(100))


@pytest.fixture
def learnt(photos, finish):
    def learn(seed: int = 0) -> np.ndarray:
        rows = np.arange(50)
        opinion: np.ndarray = finish(DenseHead(photos).begin(seed).learn(rows, photos.truth[rows]))
        return opinion

    return learn


def test_it_learns_the_grades(photos, learnt):
    opinion = learnt()

    np.testing.assert_allclose(opinion.sum(axis=1), 1, atol=1e-5)
    assert np.mean(opinion[:50].argmax(axis=1) == photos.truth[:50]) > 0.95
    assert np.mean(opinion[50:].argmax(axis=1) == photos.truth[50:]) > 0.5


def test_it_sees_the_global_average_alone(photos, learnt):
    before = learnt()
    photos.features["small-embedding"][:, GLOBAL_AVERAGE:] = 7

    np.testing.assert_array_equal(learnt(), before)


def test_its_seed_decides(learnt):
    np.testing.assert_array_equal(learnt(1), learnt(1))
    assert not np.array_equal(learnt(1), learnt(2))
