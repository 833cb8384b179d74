"""Which photos to grade next: spread ones to begin with, then those the classifier doubts most."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.training.scaling import Standardizer
from tinyclf.trust.expectations import doubt

CANDIDATES = 2_000
"""Photos looked at for a spread; of more a random part is enough."""

STARTERS_FOR_AN_EXAM = 30
"""From so many photos on that can be learnt from, an exam is offered."""

EXAM_PHOTOS = 40
"""An exam of so many answers is believed more than cross-validation."""

SEEDS = 25
"""So many of the first photos suggested are random ones, which the exam begins with."""

SEED_SHARE = 0.4
"""Of the first suggestions, this share is random."""

FEWEST_FOR_SEEDS = 5 * EXAM_PHOTOS
"""In a smaller collection an exam costs more than it tells: none is begun unasked."""

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


def seeds(count: int, photos: int, answered: int) -> int:
    """Return how many of the next first suggestions are to be random ones, for the exam.

    Args:
        count: How many photos are suggested.
        photos: How many the collection holds.
        answered: How many photos of the exam a person has judged.
    """
    if photos < FEWEST_FOR_SEEDS:
        return 0
    return min(round(SEED_SHARE * count), max(SEEDS - answered, 0))


def doubtful(probabilities: NDArray[Any], n: int) -> NDArray[np.intp]:
    """Return the n rows (n, classes) whose proposals are most doubtful, most doubtful first.

    Of equals that whose two likeliest grades are nearer to each other comes first.
    """
    two = np.sort(probabilities, axis=1)[:, -2:]
    order: NDArray[np.intp] = np.lexsort((two[:, 1] - two[:, 0], -doubt(probabilities)))
    return order[: max(n, 0)]


def _draw(
    points: NDArray[Any], distances: NDArray[Any], chosen: Sequence[int], rng: np.random.Generator
) -> tuple[int, NDArray[Any]]:
    """Draw some rows, and take that after which the others lie nearest to the chosen ones."""
    weights = np.where(np.isfinite(distances), distances, 1.0).astype(np.float64)
    weights[list(chosen)] = 0
    if not weights.any():
        # Nothing but copies of the chosen ones is left: any of them will do.
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
