"""Grades into a collection file, and a whole collection out of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from tinyclf.benchmark.kinds.limits import Limit
from tinyclf.benchmark.scratch import make_scratch, remove_scratch
from tinyclf.benchmark.settings import CaseSettings, Folder, Name, OneThread, Whole
from tinyclf.benchmark.work import Work, Workload, checksum_of
from tinyclf.errors import StorageError

if TYPE_CHECKING:
    from tinyclf.domain import Photo
    from tinyclf.project import CollectionStore

AT_ONCE = 10_000
"""Photos taken in by one act."""

PHOTO_BYTES = 2000
"""What a photo takes, in memory and on disk, each at most."""

GRADE_BYTES = 1000
"""What a grade takes on disk, of all passes of a turn together, at most."""

LOG_BYTES = 50_000_000
"""What SQLite's log grows to, besides."""

DATA_FOLDER = "TINYCLF_DATA"
"""Names the folder of the backups, see :mod:`tinyclf.project.backups`."""


class Store(CaseSettings):
    """So many grades, each an act of its own that is on disk before the next; or one reading.

    Attributes:
        name: What the benchmark is called; may be empty.
        deed: ``"grade"`` writes grades one by one; ``"read"`` reads all photos and their grades, as
            when a collection is opened.
        photos: How many the collection has.
        grades: How many are written in a pass.
        folder: Where the collection lies meanwhile: its disk is measured. None for the folder of
            the app's caches.
    """

    kind: Literal["store"] = "store"
    name: Name = ""
    deed: Literal["grade", "read"] = "grade"
    photos: Whole = Field(default=10_000, ge=1, le=200_000)
    grades: Whole = Field(default=100, ge=1, le=100_000)
    folder: Folder | None = None
    performance: OneThread = OneThread()

    def words(self) -> str:
        """Return what is measured, in a line."""
        if self.deed == "read":
            return f"reading a collection of {self.photos:,} photos"
        return f"{self.grades:,} grades in a collection of {self.photos:,} photos"

    def work(self) -> Work:
        """Return the work of a pass."""
        units, unit = (self.photos, "photo") if self.deed == "read" else (self.grades, "grade")
        return Work(units, unit, needed_bytes=LOG_BYTES + PHOTO_BYTES * self.photos)

    def limits(self) -> tuple[Limit, ...]:
        """Return nothing: the disk is the limit, and this measures it."""
        return ()

    def prepare(self) -> Workload:
        """Make the collection, in the process that measures; see :meth:`clean_up_after`.

        Raises:
            ConfigError: there is no such folder, or too little room on its disk.
            StorageError: the disk is read-only or gone.
        """
        from tinyclf.project import CollectionStore

        needed = LOG_BYTES + PHOTO_BYTES * self.photos + GRADE_BYTES * self.grades
        scratch = make_scratch(self._place(), needed)
        with _backups_in(scratch):
            store = CollectionStore.create(scratch / "benchmark.tinyclf")
        photos = self._photos(scratch)
        for start in range(0, self.photos, AT_ONCE):
            store.add_photos(scratch, photos[start : start + AT_ONCE])
        return self._reading(store) if self.deed == "read" else self._grading(store)

    def clean_up_after(self, process: int) -> None:
        """Remove the collections that a process made, when it has ended.

        Args:
            process: Its number.
        """
        with suppress(StorageError):  # there is no such place, so nothing can lie there
            remove_scratch(self._place(), process)

    def _place(self) -> Path:
        from tinyclf.data.caches import cache_folder

        return Path(self.folder) if self.folder else cache_folder()

    def _photos(self, folder: Path) -> list[Photo]:
        """Return photos that are nowhere: the store looks at none."""
        from tinyclf.domain import Photo, PhotoId

        return [
            Photo(PhotoId(f"{i:032x}"), folder / f"{i:06}.jpg", 4000, 3000, 2_000_000, i)
            for i in range(self.photos)
        ]

    def _grading(self, store: CollectionStore) -> Workload:
        """Return passes that write grades as a session does: on disk, then into the table."""
        from tinyclf.domain import GRADES, ActKind
        from tinyclf.project import PhotoTable

        table, numbers = PhotoTable.load(store), count()

        def run() -> int:
            before = store.last_act
            for _ in range(self.grades):
                # Photo by photo, and from round to round another grade: each is a change.
                rounds, row = divmod(next(numbers), self.photos)
                store.record(ActKind.GRADE, [(table.ids[row], GRADES[rounds % len(GRADES)])])
                table.refresh(store)
            return store.last_act - before

        return Workload(run, str)

    def _reading(self, store: CollectionStore) -> Workload:
        """Return passes that read all there is."""
        from tinyclf.domain import GRADES, ActKind
        from tinyclf.project import PhotoTable

        ids = PhotoTable.load(store).ids
        verdicts = ((each, GRADES[row % len(GRADES)]) for row, each in enumerate(ids))
        store.record(ActKind.IMPORT, verdicts)

        def run() -> Any:
            return PhotoTable.load(store).codes

        return Workload(run, checksum_of)


@contextmanager
def _backups_in(folder: Path) -> Iterator[None]:
    """Have the daily backup of a collection opened meanwhile go where it is removed with it."""
    before = os.environ.get(DATA_FOLDER)
    os.environ[DATA_FOLDER] = str(folder)
    try:
        yield
    finally:
        del os.environ[DATA_FOLDER]
        if before is not None:
            os.environ[DATA_FOLDER] = before
