"""How alike photos look: by the plain picture network's vectors, made compact and kept."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import Job, PhotoId, Progress
from tinyclf.session.features import FeatureReader
from tinyclf.training.feature_names import PLAIN_EMBEDDING
from tinyclf.training.projection import Projection

COMPONENTS = 64
"""Numbers kept of a photo: 100,000 photos take 13 MB."""
DIRECTIONS_FROM = 1_000
"""Photos that the principal components are found from."""
READ_AT_ONCE = 1_000
"""Vectors in memory at a time, while they are projected."""


class Resemblance:
    """Compares photos whose vectors are cached; for a single job at a time."""

    def __init__(self, reader: FeatureReader) -> None:
        self._reader = reader
        self._projection: Projection | None = None
        self._found_from = 0
        self._row_of: dict[PhotoId, int] = {}
        self._directions = np.empty((0, 0), np.float16)

    def to(self, photo_id: PhotoId, photo_ids: Sequence[PhotoId]) -> Job[NDArray[np.float32]]:
        """Return how alike each photo is to one of them, (n,), −1 to 1.

        It is the cosine between their vectors along the principal components. NaN where a vector
        is not known yet; all of them where the one's own is not.

        Args:
            photo_id: The one.
            photo_ids: All n photos.
        """
        yield from self._take_in(photo_ids)
        rows = np.array([self._row_of.get(one, -1) for one in photo_ids], np.intp)
        alike = np.full(len(rows), np.nan, np.float32)
        if photo_id in self._row_of:
            known = rows >= 0
            one = self._directions[self._row_of[photo_id]].astype(np.float32)
            alike[known] = self._directions[rows[known]].astype(np.float32) @ one
        return alike

    def _take_in(self, photo_ids: Sequence[PhotoId]) -> Job[None]:
        """Project the photos that were not yet, as far as their vectors are there."""
        missing = [one for one in photo_ids if one not in self._row_of]
        if missing and self._found_from < DIRECTIONS_FROM:  # more are there now to find them from
            missing = list(photo_ids)
            self._forget()
        parts = [self._directions] if self._row_of else []
        try:
            for start in range(0, len(missing), READ_AT_ONCE):
                yield Progress("Comparing photos", start, len(missing))
                ids, x = self._reader.cached(missing[start : start + READ_AT_ONCE], PLAIN_EMBEDDING)
                if ids:
                    parts.append(self._projected(x, missing))
                    self._row_of.update(zip(ids, range(len(self._row_of), 1 << 62), strict=False))
        finally:
            if parts:
                self._directions = np.concatenate(parts)

    def _forget(self) -> None:
        self._row_of.clear()
        self._projection = None

    def _projected(self, x: NDArray[np.float32], missing: Sequence[PhotoId]) -> NDArray[np.float16]:
        """Return the directions (n, k) of vectors x (n, d), of length 1."""
        if self._projection is None:
            drawn = np.random.default_rng(0).permutation(len(missing))[:DIRECTIONS_FROM]
            ids = [missing[k] for k in np.sort(drawn).tolist()]
            _, some = self._reader.cached(ids, PLAIN_EMBEDDING)
            some = some if len(some) >= len(x) else x
            self._projection, self._found_from = Projection.fit(some, 0, COMPONENTS), len(some)
        z = self._projection.apply(x)
        length = np.maximum(np.linalg.norm(z, axis=1, keepdims=True), np.finfo(np.float32).tiny)
        directions: NDArray[np.float16] = (z / length).astype(np.float16)
        return directions
