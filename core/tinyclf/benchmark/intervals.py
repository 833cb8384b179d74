"""Medians and how far they can be trusted, with no assumption on how times are spread."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

CONFIDENCE = 0.95


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

    def overlaps(self, other: Interval) -> bool:
        """Return whether one number can be the median of both."""
        return self.low <= other.high and other.low <= self.high

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


def _covered(n: int, k: int) -> float:
    """Return how probably the true median lies between the k-th smallest and k-th largest of n."""
    outside: float = 2 * sum(math.comb(n, i) for i in range(k)) / 2**n
    return 1 - outside
