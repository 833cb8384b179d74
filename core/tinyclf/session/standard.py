"""A person's own standard: the photos they graded looking at each, as vectors side by side.

They are compared along the directions in which the collection's photos differ most, by the cosine
of the angle between two: the directions keep their proportion, so what varies most counts most.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import Job, PhotoId
from tinyclf.project import PhotoTable
from tinyclf.session.features import FeatureReader
from tinyclf.session.unit_vectors import (
    UnitVectorCache,
    known_vectors,
    unit_rows,
)
from tinyclf.training.feature_names import ATTENTION_MAP, EMBEDDING, PLAIN_EMBEDDING
from tinyclf.training.projection import DIRECTIONS_FROM, Projection

MOST_GRADED = 20_000
"""Graded photos that others are compared with; of more a part drawn by chance is enough."""
DIRECTIONS = 128
"""Directions that photos are compared in, found from photos graded or not."""
SAMPLED = 300
"""Graded photos that tell how alike a photo and its nearest usually are."""
USUAL, FAR = 0.5, 0.1
"""The shares of them below which a nearest one is less alike than usual, and far."""
GROWTH = 1.2
"""By how much their number changes before that is looked at anew."""


@dataclass(frozen=True, eq=False)
class Standard:
    """What a person graded, as of one moment; for any thread.

    Attributes:
        photo_ids: The n photos; those accepted with the rest of a wall are not among them.
        codes: Their grades, int8 (n,).
        by_hand: Which were graded, not signed as proposed, (n,).
        units: Codes that are equal where photos belong together, int32 (n,).
        drawn: Photos drawn by chance among all, graded or not: the directions are found from them.
        features: What a configuration calls their vectors.
    """

    photo_ids: tuple[PhotoId, ...]
    codes: NDArray[np.int8]
    by_hand: NDArray[np.bool_]
    units: NDArray[np.int32]
    drawn: tuple[PhotoId, ...]
    features: str


def standard_of(table: PhotoTable, in_bulk: NDArray[np.bool_], features: str) -> Standard:
    """Return a person's standard of now.

    Args:
        table: The collection.
        in_bulk: Which photos were accepted with the rest of a wall, not looked at singly, (n,).
        features: What the latest training's configuration calls its vectors.
    """
    chance = np.random.default_rng(0).random(len(table))  # that of a photo stays as others come in
    rows = _least(chance, np.flatnonzero(table.human & ~in_bulk), MOST_GRADED)
    drawn = _least(chance, np.arange(len(table)), DIRECTIONS_FROM)
    ids = table.ids
    return Standard(
        photo_ids=tuple(ids[row] for row in rows.tolist()),
        codes=table.codes[rows],
        by_hand=~table.verified[rows],
        units=table.units[rows],
        drawn=tuple(ids[row] for row in drawn.tolist()),
        features=EMBEDDING if features in (PLAIN_EMBEDDING, ATTENTION_MAP) else features,
    )


def _least(chance: NDArray[np.float64], rows: NDArray[np.intp], count: int) -> NDArray[np.intp]:
    """Return so many of the rows, those of the least chance, in their order."""
    if len(rows) <= count:
        return rows
    return np.sort(rows[np.argpartition(chance[rows], count)[:count]])


@dataclass(frozen=True, eq=False)
class GradedVectors:
    """Those of a standard whose vectors are known.

    Attributes:
        standard: The standard.
        rows: Where they stand in it, ascending, int (m,).
        matrix: Their vectors, of length one, float32 (m, k).
        projection: What brings a photo's own vector to the same k numbers.
        usual: The cosine of a photo and its nearest as it usually is, and as it rarely is.
    """

    standard: Standard
    rows: NDArray[np.intp]
    matrix: NDArray[np.float32]
    projection: Projection
    usual: tuple[float, float]

    def direction(self, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return a photo's own vector (d,) projected, of length one, (k,)."""
        projected: NDArray[np.float32] = unit_rows(self.projection.apply(vector[None]))[0]
        return projected


class StandardVectors:
    """Keeps the vectors of the standard asked for last; another one changes only what differs.

    For any thread.
    """

    def __init__(self, reader: FeatureReader) -> None:
        self._reader = reader
        self._projected = UnitVectorCache(reader, DIRECTIONS, np.float32)
        self._newest: GradedVectors | None = None

    def of(self, standard: Standard) -> Job[GradedVectors | None]:
        """Return the vectors of a standard; ``None`` while none is known.

        No vector is computed: those are known that were computed for a training, or ahead.
        """
        kept = self._newest
        if kept is not None and kept.standard is standard:
            return kept
        found = yield from self._projected.of(standard.photo_ids, standard.features, standard.drawn)
        if found is None:
            return None
        like = None if kept is None or kept.projection is not found.projection else kept
        matrix = found.matrix.astype(np.float32, copy=False)
        usual = _usual(like, standard, found.rows, matrix)
        self._newest = newest = GradedVectors(standard, found.rows, matrix, found.projection, usual)
        return newest

    def vector(self, photo_id: PhotoId, features: str) -> NDArray[np.float32] | None:
        """Return a photo's own vector (d,), ``None`` while it is not known."""
        found = known_vectors(self._reader, [photo_id], features)[1]
        return found[0] if len(found) else None


def _usual(
    kept: GradedVectors | None,
    standard: Standard,
    rows: NDArray[np.intp],
    matrix: NDArray[np.float32],
) -> tuple[float, float]:
    """Return how alike a graded photo and its nearest other one usually, and rarely, are."""
    if kept is not None and len(kept.rows) / GROWTH <= len(rows) <= len(kept.rows) * GROWTH:
        return kept.usual
    if len(rows) < 2:
        return 0.0, 0.0
    some = np.random.default_rng(0).permutation(len(rows))[:SAMPLED]
    cosines = matrix[some] @ matrix.T
    units = standard.units[rows]
    cosines[units[some][:, None] == units] = -1.0  # itself, and what belongs to it
    usual, far = np.quantile(cosines.max(axis=1), [USUAL, FAR])
    return float(usual), float(far)
