"""95 % confidence intervals that stay honest where photos are few.

The bootstrap knows no photo but those it draws from: of two right ones it makes "100 % (100 to
100)". So where there are few, or where all resamples agree, an interval is at least as wide as
Wilson's.
"""

from __future__ import annotations

import math
from typing import Any

from numpy.typing import NDArray

from tinyclf.domain import Interval
from tinyclf.training.bootstrap import interval_of

FEW = 30
"""Below so many independent photos the bootstrap of a share is too narrow."""

FEWEST_FOR_KAPPA = 10
"""Below so many independent photos the bootstrap of kappa is too narrow."""

Z = 1.959964
"""The normal quantile of 95 %, both sides."""


def wilson(share: float, n: int) -> tuple[float, float]:
    """Return the score interval of a share of n (Wilson 1927), 0 to 1."""
    centre = (share + Z**2 / (2 * n)) / (1 + Z**2 / n)
    reach = Z / (1 + Z**2 / n) * math.sqrt(share * (1 - share) / n + Z**2 / (4 * n**2))
    return max(centre - reach, 0.0), min(centre + reach, 1.0)


def share_interval(share: float, resampled: NDArray[Any], n: int) -> Interval:
    """Return the interval of a share or another mean of numbers from 0 to 1.

    Args:
        share: Of all photos.
        resampled: Of each bootstrap sample (resamples,).
        n: How many photos, or groups of them, are independent.
    """
    drawn = interval_of(share, resampled)
    low, high = max(drawn.low, 0.0), drawn.high
    if n < FEW or low == high:
        least, most = wilson(min(max(share, 0.0), 1.0), n)
        low, high = min(low, least), max(high, most)
    return Interval(share, min(low, share), max(high, share))


def kappa_interval(kappa: float, resampled: NDArray[Any], n: int) -> Interval:
    """Return the interval of kappa; all of −1 to 1 where the photos say nothing of it.

    Args:
        kappa: Of all photos.
        resampled: Of each bootstrap sample (resamples,).
        n: How many photos, or groups of them, are independent.
    """
    drawn = interval_of(kappa, resampled)
    if n >= FEWEST_FOR_KAPPA and drawn.low < drawn.high:
        return drawn
    if n >= FEW and kappa == 1:
        # Had a share of q unseen photos been graded by chance, kappa would be 1 − q.
        return Interval(kappa, wilson(1.0, n)[0], 1.0)
    return Interval(kappa, -1.0, 1.0)
