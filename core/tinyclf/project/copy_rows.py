"""The files of photo folders that are no photos: exact copies of some, and what cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath

import apsw

from tinyclf.domain import Copy, FileStamp, PhotoId, Problem
from tinyclf.errors import CollectionError
from tinyclf.project.database import Database, rows
from tinyclf.project.stored_path import absolute, path_of, stored

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


class CopyRows(Database):
    """Copies and problems.

    Attributes:
        last_file_news: A mark of what was last written of copies, problems, or where photos lie.
    """

    last_file_news: object = None

    @contextmanager
    def _writing_files(self) -> Iterator[apsw.Connection]:
        """Run the body as one transaction that changes which copies or problems there are."""
        with self._writing() as connection:
            yield connection
        self.last_file_news = object()

    def replace_problems(
        self, folder: Path, problems: Iterable[Problem], copies: Iterable[Copy] = ()
    ) -> None:
        """Make these the only problems of a folder, and the only copies in it and below.

        Copies below it that were found with another photo folder are told anew as well.
        """
        with self._writing_files() as connection:
            number = folder_number(connection, folder)
            connection.execute("DELETE FROM problems WHERE folder = ?", (number,))
            put_problems(connection, number, folder, problems)
            known = rows(
                connection, "SELECT f.path, c.path FROM copies c JOIN folders f USING (folder)"
            )
            paths = (path_of(home) / path_of(path) for home, path in known)
            below = absolute(folder)
            drop_copies(connection, [path for path in paths if path.is_relative_to(below)])
            put_copies(connection, number, folder, copies)

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
                None if stamp[0] is None else FileStamp(*stamp),
            )
            for folder, path, photo_id, home, place, *stamp in found
        ]
        return list({copy.path: copy for copy in copies}.values())

    def forget_copies(self, paths: Iterable[Path]) -> None:
        """Take these files for copies no longer: they are gone, or others now."""
        with self._writing_files() as connection:
            drop_copies(connection, paths)

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


def folder_number(connection: apsw.Connection, folder: Path) -> int:
    """Return the number of a photo folder, which is written down if it is new."""
    path = stored(absolute(folder))
    connection.execute("INSERT INTO folders (path) VALUES (?) ON CONFLICT DO NOTHING", (path,))
    [(number,)] = rows(connection, "SELECT folder FROM folders WHERE path = ?", (path,))
    return int(number)


def put_problems(
    connection: apsw.Connection, number: int, folder: Path, problems: Iterable[Problem]
) -> None:
    """Write down files of a photo folder that cannot be read."""
    connection.executemany(
        "INSERT OR REPLACE INTO problems (folder, path, reason) VALUES (?, ?, ?)",
        ((number, path_within(folder, problem.path), problem.reason) for problem in problems),
    )


def put_copies(
    connection: apsw.Connection, number: int, folder: Path, copies: Iterable[Copy]
) -> None:
    """Write down files of a photo folder that hold the bytes of a photo."""
    connection.executemany(
        _PUT_COPY,
        (
            (number, path_within(folder, copy.path), copy.photo_id, *(copy.stamp or (None,) * 3))
            for copy in copies
        ),
    )


def drop_copies(connection: apsw.Connection, paths: Iterable[PurePath]) -> None:
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


def path_within(folder: Path, path: PurePath) -> str | bytes:
    """Return a path within a photo folder as it is kept.

    Raises:
        CollectionError: it does not lie there.
    """
    try:
        return stored(path.relative_to(absolute(folder)))
    except ValueError as error:
        raise CollectionError(f"{path} does not lie in the photo folder {folder}.") from error
