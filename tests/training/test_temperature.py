"""A temperature changes how sure probabilities are, and nothing else."""

import numpy as np
import pytest

from tinyclf.training.temperature import tempered


@pytest.fixture
def p() -> np.ndarray:
    """Probabilities (50, 5), the first of them certain."""
    p = np.random.default_rng(0).dirichlet(np.ones(5), 50)
    p[0] = [1, 0, 0, 0, 0]
    return p


def test_tempering_keeps_rows_and_order(p: np.ndarray) -> None:
    hot = tempered(p, 2.0)
    assert np.allclose(hot.sum(axis=1), 1)
    assert (hot.argmax(axis=1) == p.argmax(axis=1)).all()
    assert np.allclose(tempered(p, 1.0), p)


def test_above_one_they_are_less_sure_and_below_surer(p: np.ndarray) -> None:
    cold, plain, hot = (tempered(p[1:], t).max(axis=1) for t in (0.5, 1.0, 2.0))
    assert (cold > plain).all()
    assert (plain > hot).all()
