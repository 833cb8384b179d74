"""Medians and how far they can be trusted, with no assumption on how times are spread."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

CONFIDENCE = 0.95

Z = 1.959964
"""The normal quantile of that, both sides."""

MANY = 40
"""Values of two kinds, together, of which the distribution of U is as good as normal."""


@dataclass(frozen=True)
class Interval:
    """A median and where the true one lies.

    Attributes:
        median: Of the values.
        low: The true median is at least this …
        high: … and at most this, with the confidence below.
        confidence: The probability of that, 0 to 1; from six values on at least 0.95.
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
    1999, section 3.2). The k is the largest that keeps :data:`CONFIDENCE`, or 1.

    Args:
        values: At least one.
    """
    ordered, n = sorted(values), len(values)
    k = 1
    while 2 * (k + 1) <= n and _covered(n, k + 1) >= CONFIDENCE:
        k += 1
    return Interval(statistics.median(ordered), ordered[k - 1], ordered[n - k], _covered(n, k))


def ratio_interval(ones: Sequence[float], others: Sequence[float]) -> Interval:
    """Return how many times as large values of one kind are as those of another, which lie apart.

    The estimate is the median of all ratios of one of the first by one of the second, and its
    confidence interval comes from the Mann-Whitney test of their logarithms (Hodges and Lehmann
    1963; Conover, Practical Nonparametric Statistics, 1999, section 5.4): between the k-th smallest
    and the k-th largest ratio lies the true one with the probability 1 − 2 P(U < k). The k is the
    largest that keeps :data:`CONFIDENCE`, or 1.

    Args:
        ones: At least one, above 0.
        others: At least one, above 0.
    """
    ratios = np.sort(np.divide.outer(ones, others), axis=None)
    k, confidence = _rank(len(ones), len(others))
    low, high = float(ratios[k - 1]), float(ratios[-k])
    return Interval(float(np.median(ratios)), low, high, confidence)


@cache
def _rank(n: int, m: int) -> tuple[int, float]:
    """Return the k of an interval between the k-th smallest and k-th largest, and how sure it is.

    From :data:`MANY` values on by the normal approximation.
    """
    if n + m > MANY:
        reach = Z * math.sqrt(n * m * (n + m + 1) / 12)
        return max(1, math.floor(n * m / 2 - reach)), CONFIDENCE
    ways, outside = _mann_whitney(n, m), 0
    k, all_ways = 0, math.comb(n + m, n)
    while k == 0 or 1 - 2 * (outside + ways[k]) / all_ways >= CONFIDENCE:
        outside += ways[k]
        k += 1
    return k, max(0.0, 1 - 2 * outside / all_ways)


def _mann_whitney(n: int, m: int) -> list[int]:
    """Return in how many orders of n and m values each U occurs, from 0 to n m.

    They are the coefficients of the product of (1 − qⁿ⁺ⁱ) / (1 − qⁱ) over i = 1 … m.
    """
    ways = [1] + [0] * (n * m)
    for i in range(1, m + 1):
        for u in range(n * m, n + i - 1, -1):
            ways[u] -= ways[u - n - i]
        for u in range(i, n * m + 1):
            ways[u] += ways[u - i]
    return ways


def _covered(n: int, k: int) -> float:
    """Return how probably the true median lies between the k-th smallest and k-th largest of n."""
    outside: float = 2 * sum(math.comb(n, i) for i in range(k)) / 2**n
    return 1 - outside
