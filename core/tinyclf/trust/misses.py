"""What people overlook: how many accepted photos are still wrong, and which come back first.

Who glances over a wall corrects what leaps to the eye and accepts the rest. One wrong photo in ten
stays unseen, so that what was accepted in bulk deserves less trust than what was looked at singly.
This is an expectation, no bound; it is as good as the probabilities it starts from.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

OVERLOOKED = 0.1
"""The share of a wall's mistakes that a glance misses, while nothing else is known."""


def still_wrong(
    doubt: NDArray[Any], overlooked: float | NDArray[np.float64] = OVERLOOKED
) -> NDArray[np.float64]:
    """Return (n,) the chance that each accepted photo is wrong all the same.

    By Bayes: it was wrong and overlooked, or right; that right ones are taken for wrong is left
    out. Their sum is how many are expected to be wrong still.

    Args:
        doubt: (n,) one less the calibrated probability of the accepted grade, when it was accepted.
        overlooked: The share of mistakes that were not seen; 1 where nobody looked. One for all, or
            one each.
    """
    missed = overlooked * np.asarray(doubt, np.float64)
    right = 1 - np.asarray(doubt, np.float64)
    chance: NDArray[np.float64] = np.divide(
        missed, missed + right, out=np.zeros_like(missed), where=missed > 0
    )
    return chance


def first_to_come_back(doubt: NDArray[Any], in_bulk: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Return the accepted photos' rows (n,), first those worth another look.

    Accepted in bulk comes before looked at singly, and of each the doubtful first. For a proof a
    random sample is needed instead (`audit.drawn`).

    Args:
        doubt: (n,) as in `still_wrong`.
        in_bulk: (n,) whether it was accepted with others in one stroke.
    """
    order: NDArray[np.intp] = np.lexsort((-np.asarray(doubt), ~np.asarray(in_bulk, bool)))
    return order
