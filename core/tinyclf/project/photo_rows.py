"""The photos of a collection, and the files that are none: copies, and what cannot be read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any, NamedTuple

import apsw

from tinyclf.domain import Copy, Photo, PhotoId, Problem
from tinyclf.errors import CollectionError
from tinyclf.project.acts import append_act
from tinyclf.project.database import Database, row, rows
from tinyclf.project.stored_path import absolute, path_of, path_text, stored

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

_STAMPS = """
SELECT p.row, p.photo_id, f.path, p.path, p.act, p.file_size, p.modified_ns, p.changed_ns
FROM photos p JOIN folders f USING (folder) WHERE p.row > ?1 ORDER BY p.row LIMIT ?2
"""

_PROBLEMS = """
SELECT f.path, q.path, q.reason FROM problems q JOIN folders f USING (folder)
ORDER BY q.folder, q.path
"""

_COUNT_PROBLEMS = """
SELECT count(DISTINCT rtrim(f.path, '/') || '/' || q.path)
FROM problems q JOIN folders f USING (folder)
"""

_COPIES = """
FROM copies c JOIN folders f USING (folder)
JOIN photos p ON p.row = c.photo JOIN folders home ON home.folder = p.folder
WHERE f.path || '/' || c.path <> home.path || '/' || p.path
"""
"""But for a copy that has become the photo itself, since that is gone from its place."""

_PUT_COPY = """
INSERT OR REPLACE INTO copies (folder, path, photo, file_size, modified_ns, changed_ns)
SELECT ?1, ?2, row, ?4, ?5, ?6 FROM photos WHERE photo_id = ?3
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


class Stamp(NamedTuple):
    """What a photo was known by when it was last found.

    Attributes:
        photo_id: Which photo.
        place: Where it was, absolute.
        act: The import that found it.
        file_size: Bytes of its file.
        modified_ns: When the file was last changed, as whoever wrote it says.
        changed_ns: The same as the system says; ``None`` where that is not known.
    """

    photo_id: PhotoId
    place: str
    act: int
    file_size: int
    modified_ns: int
    changed_ns: int | None


class PhotoRows(Database):
    """Photos, the folders they lie in, copies and problems.

    Attributes:
        last_file_news: A mark of what was last written of photos, problems or copies.
    """

    last_file_news: object = None

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
                            photo.changed_ns,
                            act,
                        )
                        for photo in photos
                    ),
                )
            _forget_copies(connection, [photo.path for photo in photos])
            _put_problems(connection, number, folder, problems)
            _put_copies(connection, number, folder, copies)
        self.last_file_news = object()

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

    def set_changed(self, times: Mapping[PhotoId, int]) -> None:
        """Write down when the system says the files of photos were changed, in nanoseconds.

        That is no news of the photos.
        """
        with self._writing() as connection:
            connection.executemany(
                "UPDATE photos SET changed_ns = ? WHERE photo_id = ?",
                ((changed, photo_id) for photo_id, changed in times.items()),
            )

    def replace_problems(
        self, folder: Path, problems: Iterable[Problem], copies: Iterable[Copy] = ()
    ) -> None:
        """Make these the only problems of a folder, and the only copies in it and below.

        Copies below it that were found with another photo folder are told anew as well.
        """
        with self._writing() as connection:
            number = _folder_number(connection, folder)
            connection.execute("DELETE FROM problems WHERE folder = ?", (number,))
            _put_problems(connection, number, folder, problems)
            known = rows(
                connection, "SELECT f.path, c.path FROM copies c JOIN folders f USING (folder)"
            )
            paths = (path_of(home) / path_of(path) for home, path in known)
            within = absolute(folder)
            _forget_copies(connection, [path for path in paths if path.is_relative_to(within)])
            _put_copies(connection, number, folder, copies)
        self.last_file_news = object()

    def copies(self) -> list[Copy]:
        """Return the files that hold the bytes of a photo that lies elsewhere, by folder and path.

        A file that lies in two of the photo folders is one.
        """
        columns = (
            "SELECT f.path, c.path, p.photo_id, home.path, p.path, "
            "c.file_size, c.modified_ns, c.changed_ns"
        )
        with self._reading() as connection:
            found = rows(connection, f"{columns} {_COPIES} ORDER BY c.folder, c.path")
        copies = [
            Copy(
                path_of(folder) / path_of(path),
                PhotoId(photo_id),
                path_of(home) / path_of(place),
                None if None in stamp else tuple(stamp),
            )
            for folder, path, photo_id, home, place, *stamp in found
        ]
        return list({copy.path: copy for copy in copies}.values())

    def forget_copies(self, paths: Iterable[Path]) -> None:
        """Take these files for copies no longer: they are gone, or others now."""
        with self._writing() as connection:
            _forget_copies(connection, paths)

    def count_copies(self) -> int:
        """Return how many `copies` there are."""
        with self._reading() as connection:
            count = f"SELECT count(DISTINCT f.path || '/' || c.path) {_COPIES}"
            [(copies,)] = rows(connection, count)
        return int(copies)

    def count_problems(self) -> int:
        """Return how many `problems` there are."""
        with self._reading() as connection:
            [(problems,)] = rows(connection, _COUNT_PROBLEMS)
        return int(problems)

    def problems(self) -> list[Problem]:
        """Return the files that were found but cannot be read, by folder and path."""
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

    def count_photos(self) -> int:
        """Return how many photos there are."""
        with self._reading() as connection:
            found = row(connection, "SELECT count(*) FROM photos")
        return int(found[0]) if found else 0

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


def _put_copies(
    connection: apsw.Connection, number: int, folder: Path, copies: Iterable[Copy]
) -> None:
    connection.executemany(
        _PUT_COPY,
        (
            (number, _within(folder, copy.path), copy.photo_id, *(copy.stamp or (None,) * 3))
            for copy in copies
        ),
    )


def _forget_copies(connection: apsw.Connection, paths: Iterable[PurePath]) -> None:
    """Remove files from the copies, whichever photo folder they were found with."""
    found = rows(connection, "SELECT folder, path FROM folders")
    folders = [(number, path_of(path)) for number, path in found]
    connection.executemany(
        "DELETE FROM copies WHERE folder = ? AND path = ?",
        (
            (number, stored(path.relative_to(folder)))
            for path in paths
            for number, folder in folders
            if path.is_relative_to(folder)
        ),
    )


def _within(folder: Path, path: PurePath) -> str | bytes:
    try:
        return stored(path.relative_to(absolute(folder)))
    except ValueError as error:
        raise CollectionError(f"{path} does not lie in the photo folder {folder}.") from error
