"""Binomial coefficients of numbers too large for them, as logarithms."""

from __future__ import annotations

import math


def log_choose(n: int, k: int) -> float:
    """Return log C(n, k) = log Γ(n + 1) − log Γ(k + 1) − log Γ(n − k + 1), for 0 ≤ k ≤ n."""
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
