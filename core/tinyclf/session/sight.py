"""The photos of a collection as quick heads see them, kept in memory between refits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import Job, PhotoId, Progress
from tinyclf.session.features import FeatureReader
from tinyclf.training.quick_fit import Views
from tinyclf.training.views import DIRECTIONS_FROM, View, views_of

READ_AT_ONCE = 1_000
"""Vectors in memory at a time, while they are projected."""


@dataclass(frozen=True, eq=False)
class Sight:
    """Photos whose vectors are known, projected.

    Attributes:
        features: What a configuration calls the vectors.
        views: How they are projected.
        row_of: Where each photo stands.
        seen: Of each view, what it sees of them, float32 (n, k).
        asked: Of how many photos the vectors were looked for.
    """

    features: str
    views: tuple[View, ...]
    row_of: dict[PhotoId, int]
    seen: tuple[NDArray[np.float32], ...]
    asked: int

    def of(self, photo_ids: Sequence[PhotoId]) -> Views:
        """Return what is seen of some photos, all of them known here."""
        rows = np.array([self.row_of[one] for one in photo_ids], np.intp)
        return [z[rows] for z in self.seen]


class Memory:
    """The newest sight; for a single job at a time."""

    def __init__(self) -> None:
        self._sight: Sight | None = None

    def sight(
        self, reader: FeatureReader, photo_ids: Sequence[PhotoId], features: str
    ) -> Job[Sight | None]:
        """Return the sight of all photos whose vectors are cached; ``None`` of nothing.

        It is worked out anew when photos have come in, or vectors of those that had none.

        Args:
            reader: Of the vectors; none is computed.
            photo_ids: All photos of the collection.
            features: What a configuration calls the vectors.
        """
        kept = self._sight
        if kept is not None and kept.features == features and kept.asked == len(photo_ids):
            missing = [one for one in photo_ids if one not in kept.row_of]
            if not reader.cached(missing, features)[0]:
                return kept
        self._sight = yield from _looked(reader, photo_ids, features)
        return self._sight


def _looked(
    reader: FeatureReader, photo_ids: Sequence[PhotoId], features: str
) -> Job[Sight | None]:
    """Find the views from some photos drawn by chance, then look at all, a part at a time."""
    yield Progress("Learning", 0, 0)
    drawn = np.random.default_rng(0).permutation(len(photo_ids))
    some = np.empty((0, 0), np.float32)
    for start in range(0, len(drawn), DIRECTIONS_FROM):
        part = np.sort(drawn[start : start + DIRECTIONS_FROM])
        found = reader.cached([photo_ids[row] for row in part.tolist()], features)[1]
        some = found if not len(some) else np.concatenate([some, found])
        if len(some) >= DIRECTIONS_FROM:
            break
    if not len(some):
        return None
    views = views_of(some)
    row_of: dict[PhotoId, int] = {}
    parts: list[list[NDArray[np.float32]]] = [[] for _ in views]
    for start in range(0, len(photo_ids), READ_AT_ONCE):
        yield Progress("Learning", 0, 0)
        ids, x = reader.cached(photo_ids[start : start + READ_AT_ONCE], features)
        for photo_id in ids:
            row_of[photo_id] = len(row_of)
        for view, seen in zip(views, parts, strict=True):
            seen.append(view.apply(x) if len(x) else np.empty((0, view.width), np.float32))
    return Sight(features, views, row_of, tuple(map(np.concatenate, parts)), len(photo_ids))
