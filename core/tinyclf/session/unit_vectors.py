"""Photos as vectors of length one along the directions in which they differ most, and kept."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import DTypeLike, NDArray

from tinyclf.domain import Job, PhotoId, Progress
from tinyclf.session.features import READ_AT_ONCE, FeatureReader
from tinyclf.training.feature_names import EMBEDDING
from tinyclf.training.projection import DIRECTIONS_FROM, Projection

Vectors = tuple[list[PhotoId], NDArray[np.float32]]


@dataclass(frozen=True, eq=False)
class UnitVectors:
    """Some photos' vectors; never changed, so any thread may read them.

    Attributes:
        photo_ids: The n photos asked for.
        features: What a configuration calls their vectors.
        rows: Which of the photos have one, ascending, int (m,).
        matrix: These, of length one, (m, k).
        row_of: Where each photo stands among the m.
        projection: What brings a photo's own vector to the same k numbers.
        found_from: Of how many photos the directions were found.
    """

    photo_ids: tuple[PhotoId, ...]
    features: str
    rows: NDArray[np.intp]
    matrix: NDArray[np.floating]
    row_of: Mapping[PhotoId, int]
    projection: Projection
    found_from: int


class UnitVectorCache:
    """Keeps what was asked for last; other photos change only what differs.

    For any thread: jobs may run beside each other, each has its own and leaves it when it ends.

    Args:
        reader: Of the vectors; none is computed.
        directions: How many numbers are kept of a photo, at most.
        dtype: As what.
    """

    def __init__(self, reader: FeatureReader, directions: int, dtype: DTypeLike) -> None:
        self._reader = reader
        self._directions, self._dtype = directions, dtype
        self._lock = threading.Lock()
        self._kept: UnitVectors | None = None

    def of(
        self, photo_ids: tuple[PhotoId, ...], features: str, drawn: Sequence[PhotoId]
    ) -> Job[UnitVectors | None]:
        """Return the vectors of photos, as far as they are known; ``None`` where none is.

        Args:
            photo_ids: Which.
            features: What a configuration calls the vectors.
            drawn: Photos drawn by chance, whose vectors the directions are found from.
        """
        kept = self._kept
        kept = kept if kept is not None and kept.features == features else None
        yield Progress("Comparing", 0, len(photo_ids))
        base = self._based_on(kept, photo_ids, features, drawn)
        if base is None:
            return None
        missing = list(dict.fromkeys(one for one in photo_ids if one not in base.row_of))
        fresh: list[PhotoId] = []
        parts = [base.matrix]
        try:
            for start in range(0, len(missing), READ_AT_ONCE):
                yield Progress("Comparing", start, len(missing))
                ids, x = known_vectors(
                    self._reader, missing[start : start + READ_AT_ONCE], features
                )
                if ids:
                    fresh += ids
                    parts.append(unit_rows(base.projection.apply(x)).astype(self._dtype))
        finally:  # what is stopped half way goes on from there
            made = base
            if fresh or photo_ids != base.photo_ids:
                made = _joined(base, photo_ids, fresh, parts)
            self._keep(made, instead_of=kept)
        return made

    def _based_on(
        self,
        kept: UnitVectors | None,
        photo_ids: tuple[PhotoId, ...],
        features: str,
        drawn: Sequence[PhotoId],
    ) -> UnitVectors | None:
        """Return what is kept, or nothing along directions found anew where they would turn.

        They would while they were found from few, and twice as many are there.
        """
        if kept is not None and kept.found_from >= min(DIRECTIONS_FROM, len(drawn) / 2):
            return kept
        x = known_vectors(self._reader, drawn, features)[1]
        if not len(x):
            x = known_vectors(self._reader, photo_ids[:DIRECTIONS_FROM], features)[1]
        if kept is not None and len(x) < 2 * kept.found_from:
            return kept
        if not len(x):
            return None
        projection = Projection.fit(x, seed=0, components=self._directions)
        nothing = np.empty((0, projection.width), self._dtype)
        return UnitVectors((), features, np.empty(0, np.intp), nothing, {}, projection, len(x))

    def _keep(self, made: UnitVectors, instead_of: UnitVectors | None) -> None:
        """Keep these, unless another job has left more of the same kind meanwhile."""
        with self._lock:
            newest = self._kept
            others = newest is not None and newest is not instead_of
            if others and newest is not None and newest.features == made.features:
                made = max(newest, made, key=lambda one: (one.found_from, len(one.rows)))
            self._kept = made


def _joined(
    base: UnitVectors,
    photo_ids: tuple[PhotoId, ...],
    fresh: Sequence[PhotoId],
    parts: Sequence[NDArray[np.floating]],
) -> UnitVectors:
    """Return the vectors of photos out of those that were here and those just projected."""
    here = len(base.matrix)
    row_of = {**base.row_of, **dict(zip(fresh, range(here, here + len(fresh)), strict=True))}
    places = np.array([row_of.get(one, -1) for one in photo_ids], np.intp)
    rows = np.flatnonzero(places >= 0)
    return UnitVectors(
        photo_ids=photo_ids,
        features=base.features,
        rows=rows,
        matrix=np.concatenate(parts)[places[rows]],
        row_of={photo_ids[row]: k for k, row in enumerate(rows.tolist())},
        projection=base.projection,
        found_from=base.found_from,
    )


def known_vectors(reader: FeatureReader, photo_ids: Sequence[PhotoId], features: str) -> Vectors:
    """Return the photos whose vectors are known, and these (n, d): none is computed."""
    if features == EMBEDDING:
        return reader.known(photo_ids)  # without waking the encoder
    return reader.cached(photo_ids, features)


def unit_rows(x: NDArray[np.floating]) -> NDArray[np.float32]:
    """Return vectors (m, k) brought to length one; one of length zero stays."""
    lengths = np.linalg.norm(x, axis=1, keepdims=True)
    return (x / np.where(lengths > 0, lengths, 1)).astype(np.float32)
