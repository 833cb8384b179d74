"""The photos of a collection and the files that could not become one."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any, NamedTuple

import apsw

from tinyclf.domain import Photo, PhotoId, Problem
from tinyclf.errors import CollectionError
from tinyclf.project.acts import append_act
from tinyclf.project.database import Database, row, rows
from tinyclf.project.stored_path import absolute, path_of, path_text, stored

_PHOTO = """
SELECT p.photo_id, f.path, p.path, p.width, p.height, p.file_size, p.modified_ns, p.taken
FROM photos p JOIN folders f USING (folder)
"""

_ALL = """
SELECT p.row, p.photo_id, f.path, p.path, p.width, p.height, p.file_size, p.modified_ns, p.taken
FROM photos p JOIN folders f USING (folder) WHERE p.row > ?1 ORDER BY p.row LIMIT ?2
"""

_STAMPS = """
SELECT p.row, p.photo_id, f.path, p.path, p.act, p.file_size, p.modified_ns
FROM photos p JOIN folders f USING (folder) WHERE p.row > ?1 ORDER BY p.row LIMIT ?2
"""

_PROBLEMS = """
SELECT f.path, q.path, q.reason FROM problems q JOIN folders f USING (folder)
ORDER BY q.folder, q.path
"""

_PUT_PHOTO = """
INSERT INTO photos (photo_id, folder, path, width, height, file_size, modified_ns, taken, act)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (photo_id) DO UPDATE SET
    folder = excluded.folder, path = excluded.path, width = excluded.width,
    height = excluded.height, file_size = excluded.file_size,
    modified_ns = excluded.modified_ns, taken = coalesce(excluded.taken, taken), act = excluded.act
"""


class Stamp(NamedTuple):
    """What a photo was known by when it was last found.

    Attributes:
        photo_id: Which photo.
        place: Where it was, absolute.
        act: The import that found it.
        file_size: Bytes of its file.
        modified_ns: When the file was last changed.
    """

    photo_id: PhotoId
    place: str
    act: int
    file_size: int
    modified_ns: int


class PhotoRows(Database):
    """Photos, the folders they lie in, and problems."""

    def folders(self) -> list[Path]:
        """Return the photo folders, absolute, in the order they were added."""
        with self._reading() as connection:
            return [
                path_of(path)
                for (path,) in rows(connection, "SELECT path FROM folders ORDER BY folder")
            ]

    def add_photos(
        self, folder: Path, photos: Sequence[Photo], problems: Sequence[Problem] = ()
    ) -> None:
        """Take photos in; those already known get their place, size and time brought up to date.

        Raises:
            CollectionError: a photo or problem does not lie in the folder.
        """
        with self._writing() as connection:
            number = _folder_number(connection, folder)
            if photos:
                act = append_act(connection, "machine", "import")
                connection.executemany(
                    _PUT_PHOTO,
                    (
                        (
                            photo.photo_id,
                            number,
                            _within(folder, photo.path),
                            photo.width,
                            photo.height,
                            photo.file_size,
                            photo.modified_ns,
                            photo.taken,
                            act,
                        )
                        for photo in photos
                    ),
                )
            _put_problems(connection, number, folder, problems)

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

    def replace_problems(self, folder: Path, problems: Iterable[Problem]) -> None:
        """Make these the only problems of a folder."""
        with self._writing() as connection:
            number = _folder_number(connection, folder)
            connection.execute("DELETE FROM problems WHERE folder = ?", (number,))
            _put_problems(connection, number, folder, problems)

    def problems(self) -> list[Problem]:
        """Return the files that were found but are no photos here, by folder and path."""
        with self._reading() as connection:
            found = rows(connection, _PROBLEMS)
        problems = [
            Problem(path_of(folder) / path_of(path), reason) for folder, path, reason in found
        ]
        return list({problem.path: problem for problem in problems}.values())

    def photo(self, photo_id: PhotoId) -> Photo | None:
        """Return one photo."""
        with self._reading() as connection:
            found = row(connection, f"{_PHOTO} WHERE p.photo_id = ?", (photo_id,))
        return None if found is None else _photo(found)

    def photos(self) -> list[Photo]:
        """Return all photos in the order they came in (for many, see `PhotoTable`)."""
        return [_photo(photo) for _, *photo in self._paged(_ALL)]

    def stamps(self) -> Iterator[Stamp]:
        """Yield by what each photo was known when it was last found."""
        for _, photo_id, folder, path, *numbers in self._paged(_STAMPS):
            place = os.path.join(path_text(folder), path_text(path))  # noqa: PTH118 (many of them)
            yield Stamp(photo_id, place, *numbers)


def _photo(found: Sequence[Any]) -> Photo:
    photo_id, folder, path, *numbers = found
    return Photo(photo_id, path_of(folder) / path_of(path), *numbers)


def _folder_number(connection: apsw.Connection, folder: Path) -> int:
    """Return the number of a photo folder, which is written down if it is new."""
    path = stored(absolute(folder))
    connection.execute("INSERT INTO folders (path) VALUES (?) ON CONFLICT DO NOTHING", (path,))
    [(number,)] = rows(connection, "SELECT folder FROM folders WHERE path = ?", (path,))
    return int(number)


def _put_problems(
    connection: apsw.Connection, number: int, folder: Path, problems: Iterable[Problem]
) -> None:
    connection.executemany(
        "INSERT OR REPLACE INTO problems (folder, path, reason) VALUES (?, ?, ?)",
        ((number, _within(folder, problem.path), problem.reason) for problem in problems),
    )


def _within(folder: Path, path: PurePath) -> str | bytes:
    try:
        return stored(path.relative_to(absolute(folder)))
    except ValueError as error:
        raise CollectionError(f"{path} does not lie in the photo folder {folder}.") from error
