"""The photos of a collection as quick heads see them: projected once, kept between refits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import Job, PhotoId, Progress
from tinyclf.session.features import FeatureReader
from tinyclf.spare_memory import give_back
from tinyclf.training.quick_fit import Views
from tinyclf.training.views import DIRECTIONS_FROM, View, views_of

READ_AT_ONCE = 500
"""Vectors in memory at a time, while they are projected."""

KEPT = np.float16
"""What a photo's numbers are kept as: those of 100,000 photos take 102 MB."""

ROUNDED = 2e-3
"""No probability moves by as much because they are rounded so."""

_MOST = np.float32(np.finfo(KEPT).max)


@dataclass(frozen=True, eq=False)
class ProjectedPhotos:
    """Photos whose vectors are known, along the principal components of each view.

    Attributes:
        features: What a configuration calls the vectors.
        views: How they are projected.
        row_of: Where each photo stands.
        projected: Of each view, what it sees of them, float16 (n, k).
        asked: Of how many photos the vectors were looked for.
    """

    features: str
    views: tuple[View, ...]
    row_of: dict[PhotoId, int]
    projected: tuple[NDArray[np.float16], ...]
    asked: int

    def known(self, photo_ids: Sequence[PhotoId]) -> NDArray[np.bool_]:
        """Tell which photos are among them, (n,)."""
        return np.array([one in self.row_of for one in photo_ids], np.bool_)

    def of(self, photo_ids: Sequence[PhotoId]) -> Views:
        """Return what is seen of some photos, all of them known here."""
        rows = np.array([self.row_of[one] for one in photo_ids], np.intp)
        return [z[rows] for z in self.projected]


class ProjectionCache:
    """Keeps the photos as they were projected last; for a single job at a time.

    Attributes:
        newest: These; ``None`` before any were.
    """

    def __init__(self) -> None:
        self.newest: ProjectedPhotos | None = None

    def photos(
        self, reader: FeatureReader, photo_ids: Sequence[PhotoId], features: str
    ) -> Job[ProjectedPhotos | None]:
        """Return all photos whose vectors are cached, projected; ``None`` where none is.

        They are projected anew when photos have come in, or vectors of those that had none.

        Args:
            reader: Of the vectors; none is computed.
            photo_ids: All photos of the collection.
            features: What a configuration calls the vectors.
        """
        kept = self.newest
        if kept is not None and kept.features == features and kept.asked == len(photo_ids):
            missing = [one for one in photo_ids if one not in kept.row_of]
            if not reader.cached(missing, features)[0]:
                return kept
        self.newest = yield from _projected(reader, photo_ids, features)
        return self.newest


def _projected(
    reader: FeatureReader, photo_ids: Sequence[PhotoId], features: str
) -> Job[ProjectedPhotos | None]:
    """Find the views from some photos drawn by chance, then project all, a part at a time."""
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
    del some
    row_of: dict[PhotoId, int] = {}
    # What no photo fills is never touched, and takes no memory.
    projected = tuple(np.empty((len(photo_ids), view.width), KEPT) for view in views)
    for start in range(0, len(photo_ids), READ_AT_ONCE):
        yield Progress("Learning", 0, 0)
        ids, x = reader.cached(photo_ids[start : start + READ_AT_ONCE], features)
        here = slice(len(row_of), len(row_of) + len(ids))
        for view, z in zip(views, projected, strict=True):
            if ids:
                np.clip(view.apply(x), -_MOST, _MOST, out=z[here], casting="same_kind")
        row_of.update(zip(ids, range(here.start, here.stop), strict=True))
    give_back()  # here already: what learns from them takes memory of other sizes
    known = tuple(z[: len(row_of)] for z in projected)
    return ProjectedPhotos(features, views, row_of, known, len(photo_ids))
