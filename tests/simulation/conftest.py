"""A collection of vectors that tell the grade, some better than others."""

from __future__ import annotations

import numpy as np
import pytest

from tinyclf.simulation.graded_collection import GradedCollection

PHOTOS = 120


@pytest.fixture(scope="session")
def collection() -> GradedCollection:
    """Photos whose first number is the grade, with noise; the others are noise alone."""
    rng = np.random.default_rng(0)
    truth = np.arange(PHOTOS) % 5
    x = rng.normal(size=(PHOTOS, 12)).astype(np.float32)
    x[:, 0] += 1.5 * truth
    features = {"embedding": x, "small-embedding": x}
    return GradedCollection(truth, features, np.arange(PHOTOS))
