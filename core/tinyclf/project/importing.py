"""The rules by which the files of a folder become photos of a collection.

Every file found is either imported or a problem with its reason. A photo is its bytes: found again
elsewhere after its old place lost it, it has moved and keeps all that was said of it; found in two
places at once, the second is a problem.
"""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path

from tinyclf.data.identity import open_imported
from tinyclf.data.scan import find_photos, read_photos
from tinyclf.data.thumbnails import ThumbnailCache
from tinyclf.domain import ImportReport, Job, Photo, Problem, Progress
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
        self._known = {photo.photo_id: photo for photo in store.photos()}
        self._stamps = store.stamps()
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
        if isinstance(item, Problem) or item not in self._stamps:
            return False
        if self._stamps[item] != _stamp(item):
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
        known = self._known.get(photo.photo_id)
        if known is not None and known.path != photo.path:
            if _is_still_there(known):
                reason = f"the same photo as {self._short(known.path)}"
                self.problems.append(Problem(photo.path, reason))
                return
            self.moved += 1
        self.new += known is None
        self.imported += 1
        self._known[photo.photo_id] = photo
        self._photos.append(photo)

    def _short(self, path: Path) -> Path:
        return path.relative_to(self._folder) if path.is_relative_to(self._folder) else path


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def _is_still_there(photo: Photo) -> bool:
    try:
        open_imported(photo).close()
    except PhotoError:
        return False
    return True
