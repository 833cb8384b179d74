"""When photos were taken, asked of those that came in before this program wrote it down."""

from __future__ import annotations

from tinyclf.data.decode import read_taken
from tinyclf.data.identity import open_imported
from tinyclf.domain import Job, Photo, Progress
from tinyclf.errors import PhotoError
from tinyclf.project.database import parts_of
from tinyclf.project.photo_rows import PhotoRows


def date_photos(store: PhotoRows) -> Job[None]:
    """Read the dates of photos that were never asked, from the heads of their files; once.

    A photo that is not in its place, or has no date, goes by its file's modification time.
    """
    if store.dated():
        return
    undated = [photo for photo in store.photos() if photo.taken is None]
    for part in parts_of(len(undated)):
        found = {}
        for done, photo in enumerate(undated[part], part.start):
            yield Progress("Reading dates", done, len(undated))
            if (taken := _taken(photo)) is not None:
                found[photo.photo_id] = taken
        if found:
            store.set_taken(found)
    store.note_dated()


def _taken(photo: Photo) -> int | None:
    try:
        with open_imported(photo, trust_time=True) as file:
            return read_taken(file)
    except PhotoError:
        return None
