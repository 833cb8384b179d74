"""Medians and their ratios, and how far they can be trusted, whatever the shape of the spread."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

CONFIDENCE = 0.95

NORMAL_QUANTILE = statistics.NormalDist().inv_cdf((1 + CONFIDENCE) / 2)

MOST_COUNTED = 20
"""Values of the kind that has fewer, up to which orders are counted; then U is nearly normal."""


@dataclass(frozen=True)
class Interval:
    """An estimate of a median, or of a ratio, and where the true one lies.

    Attributes:
        median: The estimate.
        low: The true one is at least this …
        high: … and at most this, with the confidence below.
        confidence: The probability of that, 0 to 1; less than 0.95 where values are few.
    """

    median: float
    low: float
    high: float
    confidence: float

    def scaled(self, factor: float) -> Interval:
        """Return it in another unit; the factor is positive."""
        return Interval(
            self.median * factor, self.low * factor, self.high * factor, self.confidence
        )

    def inverse(self) -> Interval:
        """Return that of 1 / x, for x above 0: of seconds, how many in a second."""
        return Interval(1 / self.median, 1 / self.high, 1 / self.low, self.confidence)


def median_interval(values: Sequence[float]) -> Interval:
    """Return the median of independent values with its distribution-free confidence interval.

    Between the k-th smallest and the k-th largest of n values lies the true median with the
    probability 1 − 2 P(B < k), B binomial of n and ½ (Conover, Practical Nonparametric Statistics,
    1999, section 3.2). The k is the largest that keeps :data:`CONFIDENCE`, or 1: from six values on
    it is kept.

    Args:
        values: At least one.
    """
    ordered, n = sorted(values), len(values)
    k = 1
    while 2 * (k + 1) <= n and _covered(n, k + 1) >= CONFIDENCE:
        k += 1
    return Interval(statistics.median(ordered), ordered[k - 1], ordered[n - k], _covered(n, k))


def ratio_interval(ones: Sequence[float], others: Sequence[float]) -> Interval:
    """Return how many times as large values of one kind are as those of another, drawn apart.

    That they are so many times as large is the assumption: both spread alike, by whatever law.
    The estimate is the median of all ratios of one of the first by one of the second, and its
    confidence interval comes from the Mann-Whitney test of their logarithms (Hodges and Lehmann
    1963; Conover, Practical Nonparametric Statistics, 1999, section 5.4): between the k-th
    smallest and the k-th largest ratio lies the true one with the probability 1 − 2 P(U < k).
    The k is the largest that keeps :data:`CONFIDENCE`, or 1.

    Args:
        ones: At least one, above 0, independent.
        others: At least one, above 0, independent.
    """
    ratios = np.sort(np.divide.outer(ones, others), axis=None)
    k, confidence = _rank_and_confidence(*sorted((len(ones), len(others))))
    low, high = float(ratios[k - 1]), float(ratios[-k])
    return Interval(float(np.median(ratios)), low, high, confidence)


@cache
def _rank_and_confidence(few: int, more: int) -> tuple[int, float]:
    """Return the k of an interval between the k-th smallest and k-th largest, and how sure it is.

    Args:
        few: How many values there are of the kind that has fewer.
        more: Of the other.
    """
    if few > MOST_COUNTED:
        reach = NORMAL_QUANTILE * math.sqrt(few * more * (few + more + 1) / 12)
        return math.floor(few * more / 2 - reach), CONFIDENCE
    orders = _orders_by_u(few, more)
    total = math.comb(few + more, few)
    k, outside = 1, 1
    while 20 * (2 * (outside + orders[k])) <= total:  # of 20, CONFIDENCE leaves one outside
        outside += orders[k]
        k += 1
    return k, max(0.0, 1 - 2 * outside / total)


def _orders_by_u(few: int, more: int) -> list[int]:
    """Return in how many orders of two kinds of values each U occurs, from 0 to few · more.

    They are the coefficients of the product of (1 − q^(more + i)) / (1 − q^i) over i = 1 … few.
    """
    orders = [1] + [0] * (few * more)
    for i in range(1, few + 1):
        for u in range(few * more, more + i - 1, -1):
            orders[u] -= orders[u - more - i]
        for u in range(i, few * more + 1):
            orders[u] += orders[u - i]
    return orders


def _covered(n: int, k: int) -> float:
    """Return how probably the true median lies between the k-th smallest and k-th largest of n."""
    outside: float = 2 * sum(math.comb(n, i) for i in range(k)) / 2**n
    return 1 - outside
