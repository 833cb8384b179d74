"""The photos of a collection, and where they lie."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from tinyclf.domain import Copy, FileStamp, Photo, PhotoId, Problem
from tinyclf.project.acts import append_act
from tinyclf.project.copy_rows import (
    CopyRows,
    drop_copies,
    folder_number,
    path_within,
    put_copies,
    put_problems,
)
from tinyclf.project.database import row, rows
from tinyclf.project.photo_sequence import PhotoSequence
from tinyclf.project.stored_path import path_of, path_text

_PHOTO = """
SELECT p.photo_id, f.path, p.path, p.width, p.height, p.file_size, p.modified_ns, p.taken,
    p.changed_ns
FROM photos p JOIN folders f USING (folder)
"""

_ALL = """
SELECT p.row, p.photo_id, f.path, p.path, p.width, p.height, p.file_size, p.modified_ns, p.taken,
    p.changed_ns
FROM photos p JOIN folders f USING (folder) WHERE p.row > ?1 ORDER BY p.row LIMIT ?2
"""

_SIGHTINGS = """
SELECT p.row, p.photo_id, f.path, p.path, p.act, p.file_size, p.modified_ns, p.changed_ns
FROM photos p JOIN folders f USING (folder) WHERE p.row > ?1 ORDER BY p.row LIMIT ?2
"""

_PUT_PHOTO = """
INSERT INTO photos
    (photo_id, folder, path, width, height, file_size, modified_ns, taken, changed_ns, act)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (photo_id) DO UPDATE SET
    folder = excluded.folder, path = excluded.path, width = excluded.width,
    height = excluded.height, file_size = excluded.file_size,
    modified_ns = excluded.modified_ns, taken = coalesce(excluded.taken, taken),
    changed_ns = excluded.changed_ns, act = excluded.act
"""


class Sighting(NamedTuple):
    """Where a photo was last found, and as what.

    Attributes:
        photo_id: Which photo.
        place: Where it was, absolute.
        act: The import that found it.
        stamp: By what its file was known then.
    """

    photo_id: PhotoId
    place: str
    act: int
    stamp: FileStamp


class PhotoRows(CopyRows):
    """Photos and the folders they lie in, with the files there that are none."""

    def folders(self) -> list[Path]:
        """Return the photo folders, absolute, in the order they were added."""
        with self._reading() as connection:
            return [
                path_of(path)
                for (path,) in rows(connection, "SELECT path FROM folders ORDER BY folder")
            ]

    def add_photos(
        self,
        folder: Path,
        photos: Sequence[Photo],
        problems: Sequence[Problem] = (),
        copies: Sequence[Copy] = (),
    ) -> None:
        """Take photos in; those already known get their place, size and time brought up to date.

        Raises:
            CollectionError: a photo, problem or copy does not lie in the folder.
        """
        with self._writing_files() as connection:
            number = folder_number(connection, folder)
            if photos:
                act = append_act(connection, "machine", "import")
                connection.executemany(
                    _PUT_PHOTO,
                    (
                        (
                            photo.photo_id,
                            number,
                            path_within(folder, photo.path),
                            photo.width,
                            photo.height,
                            photo.file_size,
                            photo.modified_ns,
                            photo.taken,
                            photo.changed_ns,
                            act,
                        )
                        for photo in photos
                    ),
                )
            drop_copies(connection, [photo.path for photo in photos])
            put_problems(connection, number, folder, problems)
            put_copies(connection, number, folder, copies)

    def dated(self) -> bool:
        """Tell whether all photos were asked when they were taken: older programs never did."""
        with self._reading() as connection:
            return row(connection, "SELECT 1 FROM meta WHERE key = 'dated'") is not None

    def note_dated(self) -> None:
        """Write down that all photos were asked when they were taken."""
        with self._writing() as connection:
            connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('dated', 'yes')")

    def set_taken(self, taken: Mapping[PhotoId, int]) -> None:
        """Write down when photos were taken, in seconds since 1970 by the camera's clock."""
        with self._writing() as connection:
            act = append_act(connection, "machine", "import")
            connection.executemany(
                "UPDATE photos SET taken = ?, act = ? WHERE photo_id = ?",
                ((seconds, act, photo_id) for photo_id, seconds in taken.items()),
            )

    def set_modified(self, times: Mapping[PhotoId, int]) -> None:
        """Write down when the files of photos were last changed, in nanoseconds since 1970."""
        with self._writing() as connection:
            act = append_act(connection, "machine", "import")
            connection.executemany(
                "UPDATE photos SET modified_ns = ?, act = ? WHERE photo_id = ?",
                ((modified, act, photo_id) for photo_id, modified in times.items()),
            )

    def set_changed(self, stamps: Mapping[PhotoId, FileStamp]) -> None:
        """Write down when the system says the files of photos were changed.

        That is no news of the photos.
        """
        with self._writing() as connection:
            connection.executemany(
                "UPDATE photos SET changed_ns = ? WHERE photo_id = ?",
                ((stamp.changed_ns, photo_id) for photo_id, stamp in stamps.items()),
            )

    def photo(self, photo_id: PhotoId) -> Photo | None:
        """Return one photo."""
        with self._reading() as connection:
            found = row(connection, f"{_PHOTO} WHERE p.photo_id = ?", (photo_id,))
        return None if found is None else _photo(found)

    def count_photos(self) -> int:
        """Return how many photos there are."""
        with self._reading() as connection:
            found = row(connection, "SELECT count(*) FROM photos")
        return int(found[0]) if found else 0

    def photos(self) -> list[Photo]:
        """Return all photos in the order they came in (of many, see `photo_sequence`)."""
        return [_photo(photo) for _, *photo in self._paged(_ALL)]

    def photo_sequence(self) -> PhotoSequence:
        """Return all photos in the order they came in, each made when it is asked for."""
        ids, places, sizes = list[PhotoId](), list[tuple[str, str]](), list[int]()
        for _, photo_id, folder, path, *numbers in self._paged(_ALL):
            ids.append(photo_id)
            places.append((path_text(folder), path_text(path)))
            sizes += numbers[:4]
        return PhotoSequence(ids, places, np.array(sizes, np.int64).reshape(-1, 4))

    def sightings(self) -> Iterator[Sighting]:
        """Yield where each photo was last found, and as what."""
        for _, photo_id, folder, path, act, *stamp in self._paged(_SIGHTINGS):
            place = os.path.join(path_text(folder), path_text(path))  # noqa: PTH118 (many of them)
            yield Sighting(photo_id, place, act, FileStamp(*stamp))


def _photo(found: Sequence[Any]) -> Photo:
    photo_id, folder, path, *numbers = found
    return Photo(photo_id, path_of(folder) / path_of(path), *numbers)
