"""The rules by which the files of a folder become photos of a collection.

Every file found is either imported or a problem with its reason. A photo is its bytes: found again
elsewhere after its old place lost it, it has moved and keeps all that was said of it; found in two
places at once, the second is a problem.
"""

from __future__ import annotations

import os
import time
from contextlib import closing
from pathlib import Path

from tinyclf.data.identity import open_imported
from tinyclf.data.scan import find_photos, read_photos
from tinyclf.data.thumbnails import ThumbnailCache
from tinyclf.domain import ImportReport, Job, Photo, PhotoId, Problem, Progress
from tinyclf.errors import PhotoError
from tinyclf.project.photo_rows import PhotoRows
from tinyclf.project.stored_path import absolute

BATCH_PHOTOS = 64
BATCH_SECONDS = 0.5
"""So many photos and problems, or so long, between two commits: what a killed program loses."""

LOOKS_A_REPORT = 200
"""Files looked at, but not read, between two reports."""


def import_photos(
    store: PhotoRows,
    folder: Path,
    thumbnails: ThumbnailCache | None = None,
    *,
    workers: int = 2,
) -> Job[ImportReport]:
    """Take the photos of a folder, and of those below it, into a collection.

    Photos that are known and unchanged are not read again. What has been read is kept when the job
    is closed early, and importing the same folder again goes on from there.

    Args:
        store: The collection.
        folder: Where to look; nothing is written there.
        thumbnails: Where the thumbnails go, made by the same decode.
        workers: How many threads decode.

    Raises:
        InputError: there is no such folder.
        StorageError: the collection or the thumbnails cannot be written.
    """
    folder = absolute(folder)
    found = yield from _find(folder)
    intake = _Intake(store, folder)
    unread = []
    for number, item in enumerate(found):
        if not intake.knows(item):
            unread.append(item)
        if number % LOOKS_A_REPORT == 0:
            yield Progress("Reading photos", intake.done, len(found))
    try:
        with closing(read_photos(unread, thumbnails, workers=workers)) as results:
            for result in results:
                intake.take(result)
                yield Progress("Reading photos", intake.done, len(found))
    finally:
        intake.commit()
    store.replace_problems(folder, intake.problems)
    return intake.report(len(found))


def _find(folder: Path) -> Job[list[Path | Problem]]:
    found = []
    for item in find_photos(folder):
        found.append(item)
        if len(found) % LOOKS_A_REPORT == 0:
            yield Progress("Looking for photos", len(found), 0)
    return found


class _Intake:
    """Sorts what was found into new, known, moved and problems, and writes it in batches."""

    def __init__(self, store: PhotoRows, folder: Path) -> None:
        self._store = store
        self._folder = folder
        stamps = sorted(store.stamps(), key=lambda stamp: stamp.act)
        self._known = {stamp.photo_id: stamp.place for stamp in stamps}
        self._stamps = {stamp.place: stamp for stamp in stamps}  # the last found there
        self._photos: list[Photo] = []
        self._committed_problems = 0
        self._last_commit = time.monotonic()
        self.imported = 0
        self.new = 0
        self.moved = 0
        self.problems: list[Problem] = []

    @property
    def done(self) -> int:
        return self.imported + len(self.problems)

    def knows(self, item: Path | Problem) -> bool:
        """Count a photo that lies unchanged where it was, so that it need not be read."""
        stamp = None if isinstance(item, Problem) else self._stamps.get(os.fspath(item))
        if stamp is None or (stamp.file_size, stamp.modified_ns) != _size_and_time(stamp.place):
            return False
        self.imported += 1
        return True

    def take(self, result: Photo | Problem) -> None:
        if isinstance(result, Problem):
            self.problems.append(result)
        else:
            self._take_photo(result)
        pending = len(self._photos) + len(self.problems) - self._committed_problems
        if pending >= BATCH_PHOTOS or time.monotonic() - self._last_commit > BATCH_SECONDS:
            self.commit()

    def commit(self) -> None:
        photos, self._photos = self._photos, []
        problems = self.problems[self._committed_problems :]
        self._committed_problems = len(self.problems)
        self._last_commit = time.monotonic()
        if photos or problems:
            self._store.add_photos(self._folder, photos, problems)

    def report(self, found: int) -> ImportReport:
        return ImportReport(found, self.imported, self.new, self.moved, tuple(self.problems))

    def _take_photo(self, photo: Photo) -> None:
        place, here = self._known.get(photo.photo_id), os.fspath(photo.path)
        if place is not None and place != here:
            if self._is_still_there(photo.photo_id):
                reason = f"the same photo as {self._short(Path(place))}"
                self.problems.append(Problem(photo.path, reason))
                return
            self.moved += 1
        self.new += place is None
        self.imported += 1
        self._known[photo.photo_id] = here
        self._photos.append(photo)

    def _is_still_there(self, photo_id: PhotoId) -> bool:
        waiting = (photo for photo in self._photos if photo.photo_id == photo_id)
        known = next(waiting, None) or self._store.photo(photo_id)
        try:
            if known is not None:
                open_imported(known).close()
        except PhotoError:
            return False
        return known is not None

    def _short(self, path: Path) -> Path:
        return path.relative_to(self._folder) if path.is_relative_to(self._folder) else path


def _size_and_time(place: str) -> tuple[int, int] | None:
    try:
        status = os.stat(place)  # noqa: PTH116 (many of them)
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns
