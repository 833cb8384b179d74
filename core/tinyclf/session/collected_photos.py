"""The photos themselves: how they come in, where they are, what is wrong with them, how alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from tinyclf.data.features import Features
from tinyclf.data.pose_cache import PoseCache
from tinyclf.data.scan import find_photos
from tinyclf.data.thumbnails import ThumbnailCache, keep_thumbnails
from tinyclf.domain import Act, Copy, ImportReport, Job, Mark, PhotoId, Problem, Progress
from tinyclf.errors import CollectionError, InputError, StorageError
from tinyclf.project import CollectionStore, PhotoTable
from tinyclf.project.dating import date_photos
from tinyclf.project.importing import import_photos
from tinyclf.project.known_copies import CopyNews, tend_copies
from tinyclf.project.relinking import Missing, RelinkReport, find_missing, relink_photos
from tinyclf.project.touched import TouchedFiles
from tinyclf.session.exemplars import Exemplars
from tinyclf.session.features import FeatureReader
from tinyclf.session.grouping import DuplicateGroups
from tinyclf.session.photo_gate import PhotoGate
from tinyclf.session.resemblance import Resemblance
from tinyclf.training.config import TrainingConfig

T = TypeVar("T")


class CollectedPhotos(Exemplars):
    """The photos of an open collection, whatever a person or a training thinks of them.

    Attributes:
        thumbnails: The cache of small pictures.
    """

    def __init__(
        self,
        store: CollectionStore,
        reader: FeatureReader,
        thumbnails: ThumbnailCache,
        poses: PoseCache,
        gate: PhotoGate,
    ) -> None:
        super().__init__(store, reader)
        self._gate = gate
        gate.tell(self.table)
        self.thumbnails, self._poses = thumbnails, poses
        self._duplicates = DuplicateGroups(store, thumbnails, poses)
        self._resemblance = Resemblance(reader)
        self._touched = TouchedFiles()

    @property
    def folders(self) -> list[Path]:
        """The photo folders that were imported."""
        return self._store.folders()

    @property
    def problems(self) -> list[Problem]:
        """Files that were found in those folders but could not be imported."""
        return self._store.problems()

    @property
    def copies(self) -> list[Copy]:
        """Files found there that hold the bytes of a photo of the collection, in another place."""
        return self._store.copies()

    def refresh(self) -> NDArray[np.intp]:
        """Take what jobs have written or seen into ``table``; return the rows that changed."""
        changed, told = super().refresh(), self._gate.tell(self.table)
        return np.union1d(changed, told) if len(told) else changed

    def import_photos(self, folder: Path) -> Job[ImportReport]:
        """Add a folder's photos, and find near-duplicates; what cannot be read is a problem.

        A file that holds the bytes of a photo that lies elsewhere is a copy of it.

        Raises:
            InputError: there is no such folder, or no photo in it.
        """
        yield Progress("Looking for photos", 0, 0)
        require_photos(folder)
        yield from date_photos(self._store)
        report = yield from import_photos(self._store, folder, self.thumbnails)
        self._duplicates.retry()
        yield from self._duplicates.compare()
        return report

    @property
    def is_compared(self) -> bool:
        """Whether all photos have been compared, so that none is on both sides of a split."""
        return not self._duplicates.is_due

    def compare_photos(self) -> Job[None]:
        """Find near-duplicates among photos that came in, where an import was stopped before."""
        return self._duplicates.compare()

    def _once_compared(self, begin: Callable[[PhotoTable], Job[T]]) -> Job[T]:
        """Return a job that compares photos that came in, then goes on with what splits them.

        Args:
            begin: Gets the table as it is at the call, but for the groups, which are found then.
        """
        asked = self.table.as_it_is()

        def job() -> Job[T]:
            yield from self._duplicates.compare()
            return (yield from begin(asked.grouped_as(self._store.all_groups())))

        return job()

    def find_missing(self) -> Job[Missing]:
        """Return the photos that are not where they were; the times of others are kept.

        A file of another time than at import is read: whether it is the photo is in its bytes.
        A photo of which a copy is known has moved there, if it is not where it was; `refresh`
        then tells. One whose place another photo has, as when its file was edited, is missed until
        a person marks it as not gradable: so it is put aside.
        """
        photos, aside = self.table.all_photos(), self._put_aside

        def looked() -> Job[Missing]:
            try:
                copies = yield from tend_copies(self._store)
            except (StorageError, CollectionError):  # they are looked at again next time
                copies = CopyNews()
            moved, left = copies.moved, photos
            if moved:
                left = photos.only(np.array([one not in moved for one in photos.ids], np.bool_))
            try:
                missing = yield from find_missing(left, self._touched, aside)
                return replace(missing, moved=moved, forgotten=copies.forgotten)
            finally:
                if times := self._touched.news():
                    with suppress(StorageError, CollectionError):  # else they are read again
                        self._store.set_modified(times)

        return looked()

    @property
    def _put_aside(self) -> frozenset[PhotoId]:
        rows = np.flatnonzero(self.table.codes == Mark.NOT_GRADABLE).tolist()
        return frozenset(self.table.ids[row] for row in rows)

    def relink(self, folder: Path) -> Job[RelinkReport]:
        """Look in a folder for photos that are not where they were, and link those found there.

        Of those that are not found there, known copies stand in.

        Raises:
            InputError: there is no such folder.
        """
        photos, aside = self.table.all_photos(), self._put_aside

        def searched() -> Job[RelinkReport]:
            report = yield from relink_photos(
                self._store, photos, folder, touched=self._touched, aside=aside
            )
            self._duplicates.retry()
            copies = yield from tend_copies(self._store)
            return report.with_copies(copies.moved)

        return searched()

    def read_features(self, config: TrainingConfig) -> Job[Features]:
        """Compute the vectors of all photos that have none yet, so that later jobs find them."""
        return self._reader.read(self.table.all_photos(), config.features)

    def look_for_bad_photos(self) -> Job[None]:
        """Look for what is wrong with the photos: blurred, too dark, …; `refresh` then tells."""
        photos = self.table.all_photos()
        return self._gate.look(photos, photos.ids)

    def keep_thumbnails(self) -> Job[None]:
        """Make the thumbnails that are missing, as long as the cache has room for them."""
        photos = self.table.all_photos()
        return keep_thumbnails(photos, photos.ids, self.thumbnails)

    def wear(self) -> Job[Mapping[PhotoId, float]]:
        """Return how worn each photo looks, greater for worse: a guess that needs no grade.

        It is the condition encoder's own, which learnt on drawings what damage is: right for things
        photographed like stamps, and maybe no use, or the wrong way round, for others. So it is an
        order to begin looking in, never a grade. The built-in encoder's vectors that are missing
        are computed.
        """
        photos = self.table.all_photos()

        def scored() -> Job[Mapping[PhotoId, float]]:
            yield from self._reader.keep_embeddings(photos)
            return (yield from self._reader.wear(photos))

        return scored()

    def set_fine(self, photo_ids: Iterable[PhotoId], is_fine: bool = True) -> Act | None:
        """Say that photos are fine though they look bad, or no longer; ``None`` changes nothing.

        What is fine is learnt from.
        """
        act = self._store.set_fine(photo_ids, is_fine)
        self.refresh()
        return act

    def recall_bad_photos(self) -> Job[None]:
        """Take what was seen of the photos in earlier sessions; `refresh` then tells.

        No photo is looked at, as by `look_for_bad_photos`: it takes a second at 100,000 photos.
        """
        return self._gate.recall(tuple(self.table.ids))

    @property
    def has_seen_more(self) -> bool:
        """Whether a job has looked at photos of which `refresh` has not told."""
        return self._gate.has_news

    def alike(self, photo_id: PhotoId) -> Job[NDArray[np.float32]]:
        """Return how alike each photo of the table looks to one of them; see `Resemblance.to`."""
        return self._resemblance.to(photo_id, tuple(self.table.ids))


def require_photos(folder: Path) -> None:
    """Make sure that there is something to import; whether it can be read is not asked.

    Raises:
        InputError: there is no such folder, or no photo in it.
    """
    if next(find_photos(folder), None) is None:
        raise InputError(
            f"There is no photo in {folder}. Name the folder that the photos are in, "
            "or one above it."
        )
