"""Which photos to grade first: spread over the collection, some at random for the exam.

Once there are proposals, `tinyclf.trust.review_order` tells which come next.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.training.scaling import Standardizer

CANDIDATES = 2_000
"""Photos looked at for a spread; of more a random part is enough."""

TRIES = 4
"""Draws for each photo of the spread, of which the best is taken."""


def spread(
    x: NDArray[Any], n: int, already: Sequence[int] | NDArray[np.intp] = (), seed: int = 0
) -> NDArray[np.intp]:
    """Return n rows that lie apart from each other and from those already graded.

    Drawn as the seeds of k-means++ (Arthur and Vassilvitskii 2007): a photo's chance grows with its
    squared distance to the nearest chosen one, so that kinds are covered and a single odd photo
    does not always win.

    Args:
        x: Features (N, d) of all photos; rows with NaN or infinity are never suggested.
        n: How many are wanted; fewer come back where fewer are left.
        already: Rows graded before; never suggested.
        seed: Of the draw.
    """
    rng = np.random.default_rng(seed)
    readable = np.flatnonzero(np.isfinite(x).all(axis=1))
    known = np.intersect1d(readable, np.asarray(already, np.intp))
    free = np.setdiff1d(readable, known)
    if len(free) > CANDIDATES:
        free = np.sort(rng.choice(free, CANDIDATES, replace=False))
    if not len(free) or n <= 0:
        return np.empty(0, np.intp)
    if len(known) > CANDIDATES:
        known = rng.choice(known, CANDIDATES, replace=False)
    scaling = Standardizer.fit(x[free])
    points = scaling.apply(x[free])
    distances = _nearest(points, scaling.apply(x[known]))
    chosen: list[int] = []
    while len(chosen) < min(n, len(free)):
        row, distances = _draw(points, distances, chosen, rng)
        chosen.append(row)
    return free[chosen]


def _draw(
    points: NDArray[Any], distances: NDArray[Any], chosen: Sequence[int], rng: np.random.Generator
) -> tuple[int, NDArray[Any]]:
    """Draw some rows, and take that after which the others lie nearest to the chosen ones."""
    weights = np.where(np.isfinite(distances), distances, 1.0).astype(np.float64)
    weights[list(chosen)] = 0
    if not weights.any():
        # Nothing but photos like the chosen ones is left: any of them will do.
        weights = np.ones(len(points))
        weights[list(chosen)] = 0
    drawn = rng.choice(len(points), TRIES, p=weights / weights.sum())
    left = np.minimum(distances[:, None], _distances(points, points[drawn]))
    best = int(np.argmin(left.sum(axis=0)))
    return int(drawn[best]), left[:, best]


def _nearest(points: NDArray[Any], others: NDArray[Any]) -> NDArray[Any]:
    """Return each point's squared distance to the nearest other; infinite without others."""
    if not len(others):
        return np.full(len(points), np.inf, points.dtype)
    nearest: NDArray[Any] = _distances(points, others).min(axis=1)
    return nearest


def _distances(points: NDArray[Any], others: NDArray[Any]) -> NDArray[Any]:
    """Return squared distances (points, others); 0 where only rounding is between them."""
    lengths = (points**2).sum(axis=1)[:, None] + (others**2).sum(axis=1)
    squares = lengths - 2 * points @ others.T
    return np.where(squares > 1e-5 * lengths, squares, 0)
