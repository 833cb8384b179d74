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
from tinyclf.data.identity import stamped_id
from tinyclf.data.in_place import look_for
from tinyclf.data.scan import find_photos, read_photos
from tinyclf.data.thumbnails import ThumbnailCache
from tinyclf.domain import (
    Copy,
    FileStamp,
    ImportReport,
    Job,
    Photo,
    PhotoId,
    Problem,
    Progress,
)
from tinyclf.errors import PhotoError
from tinyclf.project.known_copies import tend_copies
from tinyclf.project.photo_rows import PhotoRows, Sighting
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
        if isinstance(item, Problem) or not intake.take_known(item):
            unread.append(item)
        if number % LOOKS_A_REPORT == 0:
            yield Progress("Reading photos", intake.done, len(found))
    try:
        unread += yield from intake.replaced(len(found), workers)
        with closing(read_photos(unread, thumbnails, workers=workers)) as results:
            for result in results:
                intake.take_read(result)
                yield Progress("Reading photos", intake.done, len(found))
    finally:
        intake.batch.write()
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
    """Sorts what was found into new, known, moved, copies and problems, and counts it.

    Attributes:
        batch: What is to be written of it.
        imported: How many are photos, of these how many `new`, and how many have `moved`.
        problems: Those that cannot be read.
        copies: Those that hold the bytes of a photo in another place.
    """

    def __init__(self, store: PhotoRows, folder: Path) -> None:
        self._known = _KnownFiles(store)
        self._doubted: list[Sighting] = []
        self.batch = _Batch(store, folder)
        self.imported = 0
        self.new = 0
        self.moved = 0
        self.problems: list[Problem] = []
        self.copies: list[Copy] = []

    @property
    def done(self) -> int:
        return self.imported + len(self.copies) + len(self.problems)

    def take_known(self, path: Path) -> bool:
        """Count a photo, or a copy, that lies unchanged where it was: it need not be read.

        A photo that only the system says was changed is known as well, until `replaced` tells.
        Returns whether the file is one of these.
        """
        if (copy := self._known.copy_at(path)) is not None:
            self.copies.append(copy)
            return True
        found = self._known.photo_at(path)
        if found is None:
            return False
        photo, now = found
        if photo.stamp.changed_ns not in (None, now.changed_ns):
            self._doubted.append(photo)
            return True
        if photo.stamp != now:  # it came in when the system's time was not written down yet
            self.batch.stamps[photo.photo_id] = now
        self.imported += 1
        return True

    def replaced(self, found: int, workers: int) -> Job[list[Path]]:
        """Read those that only the system says were changed; return the ones that are others now.

        Args:
            found: How many files there are, for the progress.
            workers: How many threads read.
        """
        others = []
        with closing(map_ahead(_read_again, self._doubted, workers)) as read:
            for photo, stamp in zip(self._doubted, read, strict=True):
                if stamp is None:
                    others.append(Path(photo.place))
                else:
                    self.imported += 1
                    self.batch.stamps[photo.photo_id] = stamp
                yield Progress("Reading photos", self.done, found)
        return others

    def take_read(self, result: Photo | Problem) -> None:
        """Take a file that was read."""
        if isinstance(result, Problem):
            self.problems.append(result)
            self.batch.problems.append(result)
        else:
            self._take_photo(result)
        self.batch.write_if_due()

    def report(self, found: int) -> ImportReport:
        problems, copies = tuple(self.problems), tuple(self.copies)
        return ImportReport(found, self.imported, self.new, self.moved, problems, copies)

    def _take_photo(self, photo: Photo) -> None:
        place = self._known.place_of(photo.photo_id)
        if place is not None and place != os.fspath(photo.path):
            if self._known.is_still_there(photo.photo_id):
                copy = Copy(photo.path, photo.photo_id, Path(place), photo.stamp)
                self.copies.append(copy)
                self.batch.copies.append(copy)
                return
            self.moved += 1
        self.new += place is None
        self.imported += 1
        self._known.note(photo)
        self.batch.photos.append(photo)


class _KnownFiles:
    """What a collection knows of files: by their place, and as what they were last found there."""

    def __init__(self, store: PhotoRows) -> None:
        self._store = store
        sightings = sorted(store.sightings(), key=lambda one: one.act)
        self._places = {one.photo_id: one.place for one in sightings}
        # The last found at each place, as plain tuples: 100,000 objects would be looked at by each
        # collection of garbage, which the window waits for.
        self._photos = {one.place: (one.photo_id, one.act, *one.stamp) for one in sightings}
        self._copies = {os.fspath(copy.path): copy for copy in store.copies()}
        self._in_place: dict[PhotoId, bool] = {}

    def place_of(self, photo_id: PhotoId) -> str | None:
        """Return where a photo was found last."""
        return self._places.get(photo_id)

    def copy_at(self, path: Path) -> Copy | None:
        """Return the copy that a file was and still is, if its photo is in its place as well."""
        copy = self._copies.get(os.fspath(path))
        if copy is None or copy.stamp is None or copy.stamp != _stamp_of(copy.path):
            return None
        return copy if self.is_still_there(copy.photo_id) else None

    def photo_at(self, path: Path) -> tuple[Sighting, FileStamp] | None:
        """Return the photo that a file was, and its stamp of now, if it is as large and as old."""
        place = os.fspath(path)
        if place not in self._photos:
            return None
        photo_id, act, size, modified_ns, changed_ns = self._photos[place]
        photo = Sighting(photo_id, place, act, FileStamp(size, modified_ns, changed_ns))
        now = _stamp_of(path)
        return (photo, now) if now is not None and now.is_as_large_and_old(photo.stamp) else None

    def is_still_there(self, photo_id: PhotoId) -> bool:
        """Tell whether a photo is in its place, as far as one can know; it is looked at once."""
        if photo_id not in self._in_place:
            known = self._store.photo(photo_id)
            self._in_place[photo_id] = known is not None and look_for(known).keeps_its_place
        return self._in_place[photo_id]

    def note(self, photo: Photo) -> None:
        """Take in where a photo was just found."""
        self._places[photo.photo_id] = os.fspath(photo.path)
        self._in_place[photo.photo_id] = True


class _Batch:
    """What of an import is not written yet.

    Attributes:
        photos: Photos that came in, or lie elsewhere now.
        problems: Files that cannot be read.
        copies: Files that hold the bytes of a photo in another place.
        stamps: Of photos that are the same still, the stamps their files have now.
    """

    def __init__(self, store: PhotoRows, folder: Path) -> None:
        self._store, self._folder = store, folder
        self._last = time.monotonic()
        self.photos: list[Photo] = []
        self.problems: list[Problem] = []
        self.copies: list[Copy] = []
        self.stamps: dict[PhotoId, FileStamp] = {}

    def write_if_due(self) -> None:
        """Write it where it is much, or has waited long."""
        waiting = len(self.photos) + len(self.problems) + len(self.copies)
        if waiting >= BATCH_PHOTOS or time.monotonic() - self._last > BATCH_SECONDS:
            self.write()

    def write(self) -> None:
        """Write it all."""
        photos, self.photos = self.photos, []
        problems, self.problems = self.problems, []
        copies, self.copies = self.copies, []
        stamps, self.stamps = self.stamps, {}
        self._last = time.monotonic()
        if photos or problems or copies:
            self._store.add_photos(self._folder, photos, problems, copies)
        if stamps:
            self._store.set_changed(stamps)


def _stamp_of(place: str | Path) -> FileStamp | None:
    try:
        return FileStamp.of(os.stat(place))  # noqa: PTH116 (many of them)
    except OSError:
        return None


def _read_again(photo: Sighting) -> FileStamp | None:
    """Return the stamp of a photo's file as it is now; ``None`` where that is the photo no more."""
    try:
        photo_id, stamp = stamped_id(Path(photo.place))
    except PhotoError:
        return None
    return stamp if photo_id == photo.photo_id else None
