"""Which photos are too bad to learn from: looked at in the background, told on the owner's thread.

A bad photo is not a worn stamp: what is graded 1 because it is blurred teaches the wrong thing.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tinyclf.data.photo_faults.measure_cache import MeasureCache
from tinyclf.data.photo_faults.measures import UNSEEN, Measures, faults_of, faults_within
from tinyclf.data.photo_faults.reading import read_measures
from tinyclf.data.thumbnails import ThumbnailCache
from tinyclf.domain import GRADES, Job, Photo, PhotoFault, PhotoId, Progress
from tinyclf.errors import BadPhotosError
from tinyclf.project import PhotoTable
from tinyclf.session.graded_photos import GradedPhotos

WHAT = "Looking for bad photos"
AT_ONCE = 500
"""Photos that are in memory at a time."""


class PhotoGate:
    """What is wrong with the photos of a collection, as far as they were looked at.

    Jobs may run on any thread; `tell` is called on that of the table's owner.
    """

    def __init__(self, caches: Path, thumbnails: ThumbnailCache) -> None:
        self._cache = MeasureCache(caches)
        self._thumbnails = thumbnails
        self._lock = threading.Lock()
        self._known: dict[PhotoId, int] = {}
        self._fresh: list[PhotoId] = []
        self._told = 0
        self._pictures = np.zeros(0, np.uint8)

    def close(self) -> None:
        """Let go of the cache; safe to call twice."""
        self._cache.close()

    @property
    def has_news(self) -> bool:
        """Whether `tell` would tell of photos looked at since."""
        return bool(self._fresh)

    def recall(self, photo_ids: Sequence[PhotoId]) -> Job[None]:
        """Take what was measured of photos before; none is looked at."""
        yield Progress(WHAT, 0, 0)
        unknown = [one for one in photo_ids if one not in self._known]
        for start in range(0, len(unknown), AT_ONCE):
            self._note(self._cache.get_many(unknown[start : start + AT_ONCE]))
            yield Progress(WHAT, 0, 0)

    def look(self, photos: Sequence[Photo], ids: Sequence[PhotoId]) -> Job[None]:
        """Measure the photos that were not measured yet.

        Args:
            photos: The photos, n of them.
            ids: Their identities, n of them.
        """
        yield Progress(WHAT, 0, len(photos))
        unknown = [place for place, one in enumerate(ids) if one not in self._known]
        for start in range(0, len(unknown), AT_ONCE):
            some = [photos[place] for place in unknown[start : start + AT_ONCE]]
            with closing(read_measures(some, self._thumbnails, self._cache)) as found:
                for measures in found:
                    self._note(measures)
                    yield Progress(WHAT, len(photos) - len(unknown) + start, len(photos))

    def tell(self, table: PhotoTable) -> NDArray[np.intp]:
        """Write into a table what is wrong with its photos; return the rows that changed."""
        with self._lock:
            fresh, self._fresh = self._fresh, []
        if not fresh and len(table) == self._told:
            return np.zeros(0, np.intp)
        pictures = np.full(len(table), UNSEEN, np.uint8)
        pictures[: self._told] = self._pictures
        rows = [table.row_of[one] for one in fresh if one in table.row_of]
        pictures[rows] = [self._known[table.ids[row]] for row in rows]
        late = range(self._told, len(table))
        pictures[self._told :] = [self._known.get(table.ids[row], UNSEEN) for row in late]
        self._pictures, self._told = pictures, len(table)
        return table.take_faults(faults_within(pictures, table.width, table.height))

    def sound(self, graded: GradedPhotos, table: PhotoTable) -> Job[GradedPhotos]:
        """Return the graded photos that are not bad; those not looked at yet are looked at first.

        Args:
            graded: The photos, of a table.
            table: That table, as it stays: see `PhotoTable.as_it_is`.

        Raises:
            BadPhotosError: there is something to learn from, but of bad photos alone.
        """
        yield from self.look(graded.photos, graded.ids)
        ids = table.ids[: len(table)]  # they are the owner's, and grow
        yield from self.recall(ids)
        known = self._known
        pictures = np.fromiter((known.get(one, UNSEEN) for one in ids), np.uint8, len(ids))
        faults = faults_within(pictures, table.width, table.height)
        bad = ((faults > 0) & ~table.fine)[table.rows(graded.ids)]
        sound = graded.only(~bad)
        if len(np.unique(sound.classes)) < 2 <= len(np.unique(graded.classes)):
            raise BadPhotosError(_all_bad(int(np.count_nonzero(bad)), len(graded)))
        return sound

    def _note(self, measures: Mapping[PhotoId, Measures]) -> None:
        faults = {one: int(faults_of(each)) for one, each in measures.items()}
        with self._lock:
            news = [one for one, code in faults.items() if self._known.get(one) != code]
            self._known.update(faults)
            self._fresh.extend(news)


@dataclass(frozen=True, slots=True)
class BadPhotos:
    """How many photos are bad.

    Attributes:
        photos: How many, those aside that a person said are fine.
        graded: Of these, how many have a grade from which nothing is learnt for that reason alone.
        fine: How many look bad, and a person said that they are fine.
        by_fault: How many have each fault, those that are fine aside; one may have several.
    """

    photos: int = 0
    graded: int = 0
    fine: int = 0
    by_fault: tuple[tuple[PhotoFault, int], ...] = ()


def count_bad(table: PhotoTable, left_out: NDArray[np.bool_]) -> BadPhotos:
    """Count the bad photos of a table.

    Args:
        table: The collection.
        left_out: Which are graded, and left out of training because they are bad, (n,).
    """
    faults = table.faults[table.bad]
    counts = ((fault, int(np.count_nonzero(faults & fault))) for fault in PhotoFault)
    return BadPhotos(
        photos=len(faults),
        graded=int(np.count_nonzero(left_out)),
        fine=int(np.count_nonzero((table.faults > 0) & table.fine)),
        by_fault=tuple((fault, count) for fault, count in counts if count),
    )


def _all_bad(bad: int, graded: int) -> str:
    return (
        f"Of {graded:,} graded photos {bad:,} look blurred, dark or otherwise bad, and nothing is "
        f"learnt from them; the others do not have two of the {len(GRADES)} grades. Grade better "
        "photos, or say of these that they are fine."
    )
