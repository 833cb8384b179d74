"""How many mistakes a set of proposals still hides, on average, by its own calibrated opinion."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def expected_wrong(probabilities: NDArray[Any]) -> float:
    """Return how many of the likeliest grades are expected to be wrong.

    The sum of what is left to certainty; an expectation, no bound, and only as good as the
    calibration.

    Args:
        probabilities: (n, classes), calibrated.
    """
    return float(doubt(probabilities).sum())


def doubt(probabilities: NDArray[Any]) -> NDArray[np.float64]:
    """Return (n,) how doubtful each proposal is, 0 to 1: the share of probability not behind it."""
    left: NDArray[np.float64] = 1 - probabilities.max(axis=1).astype(np.float64)
    return left
