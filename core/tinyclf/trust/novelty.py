"""Whether newly imported photos look like those trained on: of others a classifier knows little.

A photo's strangeness is its Mahalanobis distance to the photos trained on, with a covariance drawn
to a round one (Ledoit and Wolf 2004, at a fixed share). A photo trained on is measured without
itself, so that old and new ones are measured alike: were they of one source, any of them could as
well be any other. So the count of new photos beyond the strangest tenth of the old ones has a known
distribution, whatever photos look like (negative hypergeometric; Wilks 1942).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.training.scaling import ROWS, Standardizer
from tinyclf.trust.log_choose import log_choose

FEWEST = 20
"""Of fewer photos trained on it is not known what they look like."""

TAIL = 0.1
"""The share of the photos trained on beyond which a new one is unlike them."""

RISK = 0.01
"""How often a batch of the same source may be warned of, at most."""

WORTH_A_WORD = 0.2
"""Below this share of unlike photos a batch is not warned of, however sure the difference is."""

DIMENSIONS, PHOTOS_A_DIMENSION = 16, 4
"""Directions that photos are compared in: these at most, and one for so many photos trained on."""

ROUND = 0.1
"""The share of the round covariance."""

SAMPLE = 1000
"""Photos that the directions are found from; of more a random part is enough."""


@dataclass(frozen=True, eq=False)
class Novelty:
    """What a batch of new photos looks like beside those trained on.

    Attributes:
        share: Of the new photos, how many are unlike those trained on.
        usual: Which share is to be expected of photos of the same source.
        chance: How probable so large a share is for these, 0 to 1.
        rows: The new photos that are unlike, the strangest first.
    """

    share: float
    usual: float
    chance: float
    rows: NDArray[np.intp]

    @property
    def is_unlike(self) -> bool:
        """Whether the batch deserves a warning."""
        return self.chance <= RISK and self.share >= WORTH_A_WORD


def novelty(known: NDArray[Any], new: NDArray[Any], seed: int = 0) -> Novelty | None:
    """Return how new photos look beside those trained on; nothing where there are too few.

    Args:
        known: Features (n, d) of the photos trained on.
        new: Features (m, d) of the new ones. Rows with NaN or infinity, in either, do not count.
        seed: Of the draw where photos are very many.
    """
    known = known[np.isfinite(known).all(axis=1)]
    readable = np.flatnonzero(np.isfinite(new).all(axis=1))
    n, m = len(known), len(readable)
    if n < FEWEST or not m:
        return None
    dimensions = min(DIMENSIONS, n // PHOTOS_A_DIMENSION)
    points = _directions(np.concatenate([known, new[readable]]), dimensions, seed)
    old, fresh = _strangeness(points[:n], points[n:])
    rank = round(TAIL * n)
    unlike = np.flatnonzero(fresh > np.sort(old)[-rank])
    strangest_first = unlike[np.argsort(-fresh[unlike], kind="stable")]
    return Novelty(
        share=len(unlike) / m,
        usual=rank / (n + 1),
        chance=chance_beyond(len(unlike), m, rank, n),
        rows=readable[strangest_first],
    )


def chance_beyond(count: int, m: int, rank: int, n: int) -> float:
    """Return how probably at least `count` of m photos are beyond the rank-th largest of n others.

    All n + m are of one source, so every order of them is equally probable: Σ_k≥count
    C(rank − 1 + k, k) C(n − rank + m − k, m − k) / C(n + m, m).
    """
    orders = log_choose(n + m, m)
    terms = (
        log_choose(rank - 1 + k, k) + log_choose(n - rank + m - k, m - k) - orders
        for k in range(count, m + 1)
    )
    return min(math.fsum(map(math.exp, terms)), 1.0)


def _directions(x: NDArray[Any], dimensions: int, seed: int) -> NDArray[np.float64]:
    """Return the photos' principal components; known and new ones have an equal say in them."""
    rng = np.random.default_rng(seed)
    some = x if len(x) <= SAMPLE else x[rng.choice(len(x), SAMPLE, replace=False)]
    scaling = Standardizer.fit(some)
    scaled = scaling.apply(some)
    squares, vectors = np.linalg.eigh((scaled @ scaled.T).astype(np.float64))
    squares, vectors = squares[::-1][:dimensions], vectors[:, ::-1][:, :dimensions]
    lengths = np.sqrt(np.maximum(squares, np.finfo(np.float32).tiny))
    axes = scaled.T @ (vectors / lengths).astype(np.float32)
    chunks = (x[start : start + ROWS] for start in range(0, len(x), ROWS))
    return np.concatenate([scaling.apply(chunk) @ axes for chunk in chunks]).astype(np.float64)


def _strangeness(
    known: NDArray[np.float64], new: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return squared Mahalanobis distances (n,), (m,) to the known; of these, each without itself.

    Without itself means Σ₋ᵢ = r Σ − r / (n − 1) dᵢ dᵢᵀ with r = n / (n − 1) and dᵢ from the mean
    of all, which is inverted by Sherman and Morrison's formula.
    """
    n, dimensions = known.shape
    mean = known.mean(axis=0)
    variances, axes = np.linalg.eigh(np.cov(known.T, bias=True).reshape(dimensions, dimensions))
    least = 1e-9 * float(np.square(np.concatenate([known, new]) - mean).mean()) + 1e-30
    d, e = (known - mean) @ axes, (new - mean) @ axes
    fresh = (e**2 / _rounded(variances, variances.mean(), least)).sum(axis=1)
    r = n / (n - 1)
    without = r * variances.mean() - r / (n - 1) * (d**2).mean(axis=1)
    q = (d**2 / _rounded(r * variances, without[:, None], least)).sum(axis=1)
    old = r**2 * q / np.maximum(1 - (1 - ROUND) * r / (n - 1) * q, 1e-9)
    return old, fresh


def _rounded(variances: NDArray[np.float64], mean: Any, least: float) -> NDArray[np.float64]:
    """Return variances drawn to their mean, and never 0."""
    drawn: NDArray[np.float64] = np.maximum((1 - ROUND) * variances + ROUND * mean, least)
    return drawn
