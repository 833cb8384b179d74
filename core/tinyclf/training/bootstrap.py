"""The bootstrap (Efron 1979): how far a measure could be off, from resamples of the photos.

Every measure judged here is a function of sums over photos; so a resample is a row of weights, and
all measures of it come from one product.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import Interval
from tinyclf.training.folds import group_codes

RESAMPLES = 1000
CHUNK = 400_000
"""Draws held in memory at a time: 13 MB with what is counted of them."""


def resampled_sums(
    addends: NDArray[np.float64],
    groups: Sequence[object] | NDArray[Any] | None,
    seed: int,
    resamples: int = RESAMPLES,
) -> NDArray[np.float64]:
    """Return sums (resamples, m) of the rows of bootstrap samples of groups.

    Equal seeds draw equal samples: comparisons are paired.

    Args:
        addends: (n, m), what each photo adds to each sum.
        groups: n group names, or none.
        seed: Of the draw.
        resamples: How many samples are drawn.
    """
    codes = group_codes(groups, len(addends))
    by_group = np.zeros((int(codes.max()) + 1, addends.shape[1]))
    np.add.at(by_group, codes, addends)
    rng = np.random.default_rng(seed)
    n_groups = len(by_group)
    rows = max(1, CHUNK // n_groups)
    parts = []
    for start in range(0, resamples, rows):
        count = min(rows, resamples - start)
        drawn = rng.integers(0, n_groups, (count, n_groups)) + n_groups * np.arange(count)[:, None]
        weights = np.bincount(drawn.ravel(), minlength=count * n_groups).reshape(count, n_groups)
        parts.append(weights @ by_group)
    return np.concatenate(parts)


def interval_of(value: float, resampled: NDArray[np.float64]) -> Interval:
    """Return the 95 % confidence interval of a measure, −1 to 1, by its percentiles.

    They are shifted so that the bootstrap's own bias does not move them: a resample repeats photos,
    which makes absolute gaps look larger than they are.

    Args:
        value: The measure of all photos.
        resampled: The measure of each bootstrap sample (resamples,).
    """
    low, high = np.quantile(resampled - (resampled.mean() - value), (0.025, 0.975))
    return Interval(value, max(min(float(low), value), -1.0), min(max(float(high), value), 1.0))
