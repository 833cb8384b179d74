"""How many mistakes a set of proposals still hides, on average: by its doubts, and by an audit."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.trust.certificate import Certificate

WORTH_OF_DOUBTS = 10
"""What the classifier thinks of a wall is worth so many looks of an audit."""


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
    highest = functools.reduce(np.maximum, probabilities.T)  # many times faster than along a row
    left: NDArray[np.float64] = 1 - highest.astype(np.float64)
    return left


def doubts_after(
    doubts: NDArray[np.floating[Any]], proof: Certificate | None
) -> NDArray[np.float64]:
    """Return how probably each proposal of a wall is wrong (n,), by its doubt and by an audit.

    The mean doubt m of what hangs there is the mean of a Beta prior of the wall's rate of mistakes,
    worth w = `WORTH_OF_DOUBTS` looks; the audit found k wrong among n. So the rate is expected to
    be

        (w m + k) / (w + n)

    (Gelman et al. 2013, section 2.4), and the doubts are moved to that mean; but their sum is never
    above what the audit proves.

    Args:
        doubts: (n,) of what hangs there as merely proposed, 0 to 1.
        proof: Of the audit that stands; without one the doubts stay.
    """
    own = np.asarray(doubts, np.float64)
    if proof is None or not len(own):
        return own
    mean = float(own.mean())
    rate = (WORTH_OF_DOUBTS * mean + proof.found_wrong) / (WORTH_OF_DOUBTS + proof.looked_at)
    rate = min(rate, proof.at_most_still_wrong / len(own))
    if rate > mean:  # what is sure shrinks, so that no doubt grows above 1
        return 1 - (1 - own) * ((1 - rate) / (1 - mean))
    return own * (rate / mean) if mean else own
