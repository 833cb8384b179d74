"""The rules by which the files of a folder become photos of a collection.

Every file found is imported, or a copy of a photo, or a problem with its reason. A photo is its
bytes: found again elsewhere after its old place lost it, it has moved and keeps all that was said
of it; found in two places at once, the second is a copy.

A file is not read again while its size and its times are those of the last import: the modification
time, which programs can set, and the system's own (ctime), which tells of files that were swapped
or replaced by others as large and as old. Where only the latter differs, its bytes are compared.
What no import notices is such a swap on a disk that keeps no time of its own (FAT, as memory cards
have, gives the modification time for it). Even so no photo is ever taken for another: whoever opens
one hashes it (`tinyclf.data.identity`).
"""

from __future__ import annotations

import os
import time
from contextlib import closing
from pathlib import Path

from tinyclf.data.ahead import map_ahead
from tinyclf.data.files import open_regular
from tinyclf.data.identity import identify
from tinyclf.data.scan import find_photos, read_photos
from tinyclf.data.thumbnails import ThumbnailCache
from tinyclf.domain import Copy, ImportReport, Job, Photo, PhotoId, Problem, Progress
from tinyclf.errors import PhotoError
from tinyclf.project.known_copies import tend_copies, times_in_place
from tinyclf.project.photo_rows import PhotoRows, Stamp
from tinyclf.project.stored_path import absolute

BATCH_PHOTOS = 64
BATCH_SECONDS = 0.5
"""So many files, or so long, between two commits: what a killed program loses."""

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
    unread: list[Path | Problem] = []
    for number, item in enumerate(found):
        if not intake.knows(item):
            unread.append(item)
        if number % LOOKS_A_REPORT == 0:
            yield Progress("Reading photos", intake.done, len(found))
    try:
        unread += yield from intake.replaced(len(found), workers)
        with closing(read_photos(unread, thumbnails, workers=workers)) as results:
            for result in results:
                intake.take(result)
                yield Progress("Reading photos", intake.done, len(found))
    finally:
        intake.commit()
    store.replace_problems(folder, intake.problems, intake.copies)
    yield from tend_copies(store)
    return intake.report(len(found))


def _find(folder: Path) -> Job[list[Path | Problem]]:
    found = []
    for item in find_photos(folder):
        found.append(item)
        if len(found) % LOOKS_A_REPORT == 0:
            yield Progress("Looking for photos", len(found), 0)
    return found


class _Intake:
    """Sorts what was found into new, known, moved, copies and problems; writes it in batches."""

    def __init__(self, store: PhotoRows, folder: Path) -> None:
        self._store = store
        self._folder = folder
        stamps = sorted(store.stamps(), key=lambda stamp: stamp.act)
        self._known = {stamp.photo_id: stamp.place for stamp in stamps}
        self._stamps = {stamp.place: stamp for stamp in stamps}  # the last found there
        self._known_copies = {os.fspath(copy.path): copy for copy in store.copies()}
        self._in_place: dict[PhotoId, bool] = {}
        self._photos: list[Photo] = []
        self._doubted: list[Stamp] = []
        self._changed: dict[PhotoId, int] = {}
        self._committed_problems = self._committed_copies = 0
        self._last_commit = time.monotonic()
        self.imported = 0
        self.new = 0
        self.moved = 0
        self.problems: list[Problem] = []
        self.copies: list[Copy] = []

    @property
    def done(self) -> int:
        return self.imported + len(self.copies) + len(self.problems)

    def knows(self, item: Path | Problem) -> bool:
        """Count a photo, or a copy, that lies unchanged where it was, so that it need not be read.

        A photo that only the system says was changed is known as well, until `replaced` tells.
        """
        return not isinstance(item, Problem) and (self._knows_copy(item) or self._knows_photo(item))

    def _knows_copy(self, path: Path) -> bool:
        copy = self._known_copies.get(os.fspath(path))
        status = None if copy is None or copy.stamp is None else _status(os.fspath(path))
        if copy is None or status is None or copy.stamp != _stamp_of(status):
            return False
        if not self._is_still_there(copy.photo_id):
            return False
        self.copies.append(copy)
        return True

    def _knows_photo(self, item: Path) -> bool:
        stamp = self._stamps.get(os.fspath(item))
        status = None if stamp is None else _status(stamp.place)
        if stamp is None or status is None:
            return False
        if (stamp.file_size, stamp.modified_ns) != (status.st_size, status.st_mtime_ns):
            return False
        if stamp.changed_ns not in (None, status.st_ctime_ns):
            self._doubted.append(stamp)
            return True
        if stamp.changed_ns is None:  # it came in when this was not written down yet
            self._changed[stamp.photo_id] = status.st_ctime_ns
        self.imported += 1
        return True

    def replaced(self, found: int, workers: int) -> Job[list[Path]]:
        """Read those that only the system says were changed; return the ones that are others now.

        Args:
            found: How many files there are, for the progress.
            workers: How many threads read.
        """
        others = []
        with closing(map_ahead(_identity_and_time, self._doubted, workers)) as read:
            for stamp, (photo_id, changed) in zip(self._doubted, read, strict=True):
                if photo_id == stamp.photo_id:
                    self.imported += 1
                    self._changed[photo_id] = changed
                else:
                    others.append(Path(stamp.place))
                yield Progress("Reading photos", self.done, found)
        return others

    def take(self, result: Photo | Problem) -> None:
        if isinstance(result, Problem):
            self.problems.append(result)
        else:
            self._take_photo(result)
        told = len(self.problems) + len(self.copies)
        pending = len(self._photos) + told - self._committed_problems - self._committed_copies
        if pending >= BATCH_PHOTOS or time.monotonic() - self._last_commit > BATCH_SECONDS:
            self.commit()

    def commit(self) -> None:
        photos, self._photos = self._photos, []
        problems = self.problems[self._committed_problems :]
        copies = self.copies[self._committed_copies :]
        self._committed_problems, self._committed_copies = len(self.problems), len(self.copies)
        self._last_commit = time.monotonic()
        if photos or problems or copies:
            self._store.add_photos(self._folder, photos, problems, copies)
        changed, self._changed = self._changed, {}
        if changed:
            self._store.set_changed(changed)

    def report(self, found: int) -> ImportReport:
        problems, copies = tuple(self.problems), tuple(self.copies)
        return ImportReport(found, self.imported, self.new, self.moved, problems, copies)

    def _take_photo(self, photo: Photo) -> None:
        place, here = self._known.get(photo.photo_id), os.fspath(photo.path)
        if place is not None and place != here:
            if self._is_still_there(photo.photo_id):
                stamp = (photo.file_size, photo.modified_ns, photo.changed_ns or 0)
                self.copies.append(Copy(photo.path, photo.photo_id, Path(place), stamp))
                return
            self.moved += 1
        self.new += place is None
        self.imported += 1
        self._known[photo.photo_id] = here
        self._in_place[photo.photo_id] = True
        self._photos.append(photo)

    def _is_still_there(self, photo_id: PhotoId) -> bool:
        if photo_id not in self._in_place:
            known = self._store.photo(photo_id)
            self._in_place[photo_id] = known is not None and times_in_place(known) is not None
        return self._in_place[photo_id]


def _status(place: str) -> os.stat_result | None:
    try:
        return os.stat(place)  # noqa: PTH116 (many of them)
    except OSError:
        return None


def _stamp_of(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _identity_and_time(stamp: Stamp) -> tuple[PhotoId | None, int]:
    """Return what a file is now, if it can be read, and when the system says it came to be so."""
    try:
        with open_regular(Path(stamp.place)) as file:
            return identify(file), os.fstat(file.fileno()).st_ctime_ns
    except PhotoError:
        return None, 0
