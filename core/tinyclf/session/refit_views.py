"""The photos of a collection as quick heads see them: projected once, kept between refits.

They are kept in files: those of 100,000 photos would take 205 MB of memory, for one look a refit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tinyclf.data.row_file import ChosenRows, RowFile
from tinyclf.domain import Job, PhotoId, Progress
from tinyclf.session.features import READ_AT_ONCE, FeatureReader
from tinyclf.spare_memory import give_back
from tinyclf.training.projection import DIRECTIONS_FROM
from tinyclf.training.quick_fit import Views
from tinyclf.training.views import View, views_of


@dataclass(frozen=True, eq=False)
class RefitViews:
    """Photos whose vectors are known, along the principal components of each view.

    Attributes:
        features: What a configuration calls the vectors.
        views: How they are projected.
        row_of: Where each photo stands.
        projected: Of each view, what it sees of them: n rows of k numbers, float32.
        asked: Of how many photos the vectors were looked for.
    """

    features: str
    views: tuple[View, ...]
    row_of: dict[PhotoId, int]
    projected: tuple[RowFile, ...]
    asked: int

    def known(self, photo_ids: Sequence[PhotoId]) -> NDArray[np.bool_]:
        """Tell which photos are among them, (n,)."""
        return np.array([one in self.row_of for one in photo_ids], np.bool_)

    def of(self, photo_ids: Sequence[PhotoId]) -> Views:
        """Return what is seen of some photos, all of them known here, each float32 (n, k)."""
        places = np.array([self.row_of[one] for one in photo_ids], np.intp)
        return [ChosenRows(kept, places) for kept in self.projected]


class RefitViewCache:
    """Keeps the photos as they were projected last; for a single job at a time.

    Attributes:
        newest: These; ``None`` before any were.
    """

    def __init__(self) -> None:
        self.newest: RefitViews | None = None

    def photos(
        self, reader: FeatureReader, photo_ids: Sequence[PhotoId], features: str
    ) -> Job[RefitViews | None]:
        """Return all photos whose vectors are cached, projected; ``None`` where none is.

        They are projected anew when photos have come in, or vectors of those that had none.

        Args:
            reader: Of the vectors; none is computed.
            photo_ids: All photos of the collection.
            features: What a configuration calls the vectors.

        Raises:
            StorageError: the disk that keeps the projected photos is full or gone.
        """
        kept = self.newest
        if kept is not None and kept.features == features and kept.asked == len(photo_ids):
            missing = [one for one in photo_ids if one not in kept.row_of]
            if not reader.cached(missing, features)[0]:
                return kept
        self.newest = kept = None  # their files go before others come: a disk need not hold both
        self.newest = yield from _projected(reader, photo_ids, features)
        return self.newest


def _projected(
    reader: FeatureReader, photo_ids: Sequence[PhotoId], features: str
) -> Job[RefitViews | None]:
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
    projected = tuple(RowFile(reader.folder, view.width) for view in views)
    for start in range(0, len(photo_ids), READ_AT_ONCE):
        yield Progress("Learning", 0, 0)
        ids, x = reader.cached(photo_ids[start : start + READ_AT_ONCE], features)
        row_of.update(zip(ids, range(len(row_of), len(row_of) + len(ids)), strict=True))
        for view, kept in zip(views, projected, strict=True):
            if ids:
                kept.append(view.apply(x))
    give_back()  # here already: what learns from them takes memory of other sizes
    return RefitViews(features, views, row_of, projected, len(photo_ids))
