"""A person's own standard: the photos they graded looking at each, as vectors side by side.

They are compared along the directions in which the collection's photos differ most, by the cosine
of the angle between two: the directions keep their proportion, so what varies most counts most.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import Job, PhotoId, Progress
from tinyclf.project import PhotoTable
from tinyclf.session.features import FeatureReader
from tinyclf.training.feature_names import ATTENTION_MAP, EMBEDDING, PLAIN_EMBEDDING
from tinyclf.training.projection import Projection

MOST_GRADED = 20_000
"""Graded photos that others are compared with; of more a part drawn by chance is enough."""
DIRECTIONS, DIRECTIONS_FROM = 128, 1_000
"""Directions that photos are compared in, and from how many photos, graded or not, they are found:
looked for anew once twice as many are there."""
SAMPLED = 300
"""Graded photos that tell how alike a photo and its nearest usually are."""
USUAL, FAR = 0.5, 0.1
"""The shares of them below which a nearest one is less alike than usual, and far."""
GROWTH = 1.2
"""By how much their number changes before that is looked at anew."""
READ_AT_ONCE = 500
"""Vectors read at a time."""


@dataclass(frozen=True, eq=False)
class Standard:
    """What a person graded, as of one moment; made on the table's thread, for any thread.

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
        projected: NDArray[np.float32] = _unit_rows(self.projection.apply(vector[None]))[0]
        return projected


class StandardVectors:
    """Keeps the vectors of the standard asked for last; another one changes only what differs.

    For any thread; a second job waits for the first.
    """

    def __init__(self, reader: FeatureReader) -> None:
        self._reader = reader
        self._lock = threading.Lock()
        self._newest: GradedVectors | None = None
        self._row_of: dict[PhotoId, int] = {}
        self._fitted_on = 0

    def of(self, standard: Standard) -> Job[GradedVectors | None]:
        """Return the vectors of a standard; ``None`` while none is known.

        No vector is computed: those are known that were computed for a training, or ahead.
        """
        with self._lock:
            if self._newest is not None and self._newest.standard is standard:
                return self._newest
            yield Progress("Comparing", 0, 0)
            projection = yield from self._projection(standard)
            if projection is None:
                return None
            self._newest = yield from self._gathered(standard, projection)
            return self._newest

    def vector(self, photo_id: PhotoId, features: str) -> NDArray[np.float32] | None:
        """Return a photo's own vector (d,), ``None`` while it is not known."""
        found = self._read([photo_id], features)[1]
        return found[0] if len(found) else None

    def _projection(self, standard: Standard) -> Job[Projection | None]:
        """Return the directions kept, or those found anew where they would turn."""
        kept = self._newest
        same = kept is not None and kept.standard.features == standard.features
        settled = self._fitted_on >= min(DIRECTIONS_FROM, len(standard.drawn) / 2)
        if same and settled and kept is not None:
            return kept.projection
        yield Progress("Comparing", 0, 0)
        x = self._read(standard.drawn, standard.features)[1]
        if not len(x):
            return None
        if same and kept is not None and len(x) < 2 * self._fitted_on:
            return kept.projection
        self._newest, self._row_of, self._fitted_on = None, {}, len(x)
        return Projection.fit(x, seed=0, components=DIRECTIONS)

    def _gathered(self, standard: Standard, projection: Projection) -> Job[GradedVectors]:
        """Take over the vectors that are here, and read the others."""
        row_of = {} if self._newest is None else dict(self._row_of)
        parts = [np.empty((0, projection.width), np.float32)]
        if self._newest is not None:
            parts.append(self._newest.matrix)
        missing = [one for one in standard.photo_ids if one not in row_of]
        for start in range(0, len(missing), READ_AT_ONCE):
            yield Progress("Comparing", start, len(missing))
            ids, x = self._read(missing[start : start + READ_AT_ONCE], standard.features)
            if ids:
                row_of.update(zip(ids, range(len(row_of), len(row_of) + len(ids)), strict=True))
                parts.append(_unit_rows(projection.apply(x)))
        places = np.array([row_of.get(one, -1) for one in standard.photo_ids], np.intp)
        rows = np.flatnonzero(places >= 0)
        matrix = np.concatenate(parts)[places[rows]]
        self._row_of = {standard.photo_ids[row]: k for k, row in enumerate(rows.tolist())}
        usual = self._usual(standard, rows, matrix)
        return GradedVectors(standard, rows, matrix, projection, usual)

    def _read(
        self, photo_ids: Sequence[PhotoId], features: str
    ) -> tuple[list[PhotoId], NDArray[np.float32]]:
        if features == EMBEDDING:
            return self._reader.known(photo_ids)  # without waking the encoder
        return self._reader.cached(photo_ids, features)

    def _usual(
        self, standard: Standard, rows: NDArray[np.intp], matrix: NDArray[np.float32]
    ) -> tuple[float, float]:
        """Return how alike a graded photo and its nearest other one usually, and rarely, are."""
        kept = self._newest
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


def _unit_rows(x: NDArray[np.floating]) -> NDArray[np.float32]:
    """Return vectors (m, k) brought to length one; one of length zero stays."""
    lengths = np.linalg.norm(x, axis=1, keepdims=True)
    return (x / np.where(lengths > 0, lengths, 1)).astype(np.float32)
