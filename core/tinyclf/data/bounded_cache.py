"""A cache with a limit: beyond it, what was not used for longest goes first.

Uses are noted by the hour, in a table beside the blobs, so that no blob is written again because it
was read; what was noted last is lost with a killed program, and that is all. Room is made by the
writer, a little at each turn, so no write waits long. Freed pages are used again; cleaning and
trimming give them back to the disk.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import apsw

from tinyclf.data.cache_file import CLEANING, CacheFile, Rows
from tinyclf.data.sqlite import transaction
from tinyclf.domain import Job, Progress
from tinyclf.errors import StorageError

Key: TypeAlias = tuple[str, ...]

MEMORY_LIMIT = 256 * 10**6
"""Bytes at most, where they are kept in memory."""
_HOUR = 3600
_NOTED_AT_ONCE = 512
"""Uses kept in memory before they are written down together."""
_A_FEW, _MANY = 16, 256
"""Blobs removed in one transaction, to make room or to clean: others wait no longer than that."""
_MOST_SLICES = 64
"""So much room is made at one write; the next goes on."""
_LOOK_AFTER = 4 * 2**20
"""Bytes written between two looks at the size, at most."""


@dataclass(frozen=True)
class Shelf:
    """The table of blobs.

    Attributes:
        table: Its name.
        keys: The columns that name a blob, all text.
        blob: The column of the blob.
    """

    table: str
    keys: tuple[str, ...]
    blob: str

    @property
    def schema(self) -> str:
        """The statement that makes it."""
        columns = ", ".join(f"{key} TEXT NOT NULL" for key in self.keys)
        names = ", ".join(self.keys)
        return (
            f"CREATE TABLE {self.table} ({columns}, {self.blob} BLOB NOT NULL, "
            f"PRIMARY KEY ({names}))"
        )

    @property
    def uses_schema(self) -> str:
        """The statements that make the notes of use; blobs kept before count as the oldest."""
        columns = ", ".join(f"{key} TEXT NOT NULL" for key in self.keys)
        names = ", ".join(self.keys)
        return f"""
            CREATE TABLE uses ({columns}, hour INTEGER NOT NULL, PRIMARY KEY ({names}))
                WITHOUT ROWID;
            CREATE INDEX uses_by_hour ON uses (hour);
            CREATE TABLE bounds (most INTEGER NOT NULL);
            INSERT INTO uses SELECT {names}, 0 FROM {self.table};
        """  # noqa: S608 (all names are our own)

    @property
    def where(self) -> str:
        """The condition on one blob's key."""
        return " AND ".join(f"{key} = ?" for key in self.keys)


class BoundedCache(CacheFile):
    """A cache file that stays within its limit; every method may be called from any thread.

    Several programs may use it at once. The limit is kept in the file, so it is one for all.
    """

    def __init__(
        self,
        path: Path,
        version: int,
        shelf: Shelf,
        usual_limit: int,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Open the file, or begin it.

        Args:
            path: Where it lies.
            version: The schema's; a file of another version is begun anew.
            shelf: Its table.
            usual_limit: Bytes, as long as nobody sets another limit.
            clock: Tells the seconds since 1970.

        Raises:
            StorageError: it can be neither read nor written.
        """
        self._shelf = shelf
        self._usual_limit = usual_limit
        self._clock = clock
        self._noted: set[Key] = set()
        self._written = 0
        super().__init__(path, version, shelf.schema)

    @property
    def limit(self) -> int:
        """How many bytes of blobs it may hold.

        Raises:
            StorageError: it cannot be read.
        """
        rows = self.execute("SELECT most FROM bounds")
        limit = int(rows[0][0]) if rows else self._usual_limit
        return min(limit, MEMORY_LIMIT) if self.in_memory else limit

    def set_limit(self, limit: int) -> None:
        """Set how many bytes it may hold; :meth:`trim` makes what is there fit.

        Raises:
            StorageError: the disk is full, read-only or gone.
        """

        def run(connection: apsw.Connection) -> Rows:
            with transaction(connection):
                connection.execute("DELETE FROM bounds")
                connection.execute("INSERT INTO bounds VALUES (?)", (limit,))
            return []

        self._whole(run)

    def used(self) -> int:
        """Return how many bytes of the file hold something."""
        [(pages,)], [(free,)], [(size,)] = (
            self.execute(f"PRAGMA {name}") for name in ("page_count", "freelist_count", "page_size")
        )
        return int((pages - free) * size)

    def keep(self, blobs: Sequence[tuple[Key, bytes]]) -> None:
        """Keep blobs by their keys, all or none of them, and make room if there is too little.

        Raises:
            StorageError: the disk is full, read-only or gone; then none of them is kept.
        """
        shelf, hour = self._shelf, self._hour()
        marks = ", ".join("?" * (len(shelf.keys) + 1))

        def run(connection: apsw.Connection) -> Rows:
            with transaction(connection):
                connection.executemany(
                    f"INSERT OR REPLACE INTO {shelf.table} VALUES ({marks})",  # noqa: S608
                    ((*key, blob) for key, blob in blobs),
                )
                connection.executemany(
                    f"INSERT OR REPLACE INTO uses VALUES ({marks})",  # noqa: S608
                    ((*key, hour) for key, _ in blobs),
                )
            return []

        self._whole(run)
        self._written += sum(len(blob) for _, blob in blobs)
        if self._written >= min(_LOOK_AFTER, self._usual_limit // 32):
            self._written = 0
            self._make_room()

    def note_use(self, keys: Sequence[Key]) -> None:
        """Note that blobs were used just now; it is written down with many others, some time."""
        with self._lock:
            self._noted.update(keys)
            if len(self._noted) >= _NOTED_AT_ONCE:
                self._write_notes()

    def trim(self) -> Job[int]:
        """Make what is there fit within the limit, and the file as small; return the bytes freed.

        Raises:
            StorageError: the disk is full, read-only or gone.
        """
        yield Progress(CLEANING, 0, 0)
        self._write_notes()
        self._empty_log()
        before, limit = self.size(), self.limit
        at_first = self.used()
        while (used := self.used()) > limit and self._remove_oldest(_A_FEW):
            yield Progress(CLEANING, at_first - used, at_first - limit)
        yield from self._shrink()
        return max(0, before - self.size())

    def clean(self) -> Job[int]:
        """Throw all blobs away while others may be using the file; return the bytes freed.

        Raises:
            StorageError: the disk is full, read-only or gone.
        """
        yield Progress(CLEANING, 0, 0)
        before, at_first = self.size(), self.used()
        with self._lock:
            self._noted.clear()
        while self._remove_oldest(_MANY):
            yield Progress(CLEANING, max(0, at_first - self.used()), at_first)
        self.execute(f"DELETE FROM {self._shelf.table}")  # noqa: S608 (of an older program)
        yield from self._shrink()
        return max(0, before - self.size())

    def close(self) -> None:
        """Write down what was noted and let go of the file; a later use opens it again."""
        with self._lock:
            if self._connection is not None:
                self._write_notes()
            super().close()

    def _prepare(self, connection: apsw.Connection) -> None:
        super()._prepare(connection)
        if _has_uses(connection):
            return
        with transaction(connection):
            if not _has_uses(connection):  # no other program has made them meanwhile
                connection.execute(self._shelf.uses_schema)

    def _begin_anew(self) -> None:
        self._noted.clear()  # of blobs that are no more
        super()._begin_anew()

    def _hour(self) -> int:
        return int(self._clock() // _HOUR)

    def _write_notes(self) -> None:
        with self._lock:
            noted, self._noted = self._noted, set()
        hour, where = self._hour(), self._shelf.where
        with suppress(StorageError):  # a note is not worth a word
            self.execute_many(
                f"UPDATE uses SET hour = ? WHERE {where} AND hour < ?",  # noqa: S608
                [(hour, *key, hour) for key in noted],
            )

    def _make_room(self) -> None:
        limit = self.limit
        if self.used() <= limit:
            return
        self._write_notes()
        for _ in range(_MOST_SLICES):
            if not self._remove_oldest(_A_FEW) or self.used() <= limit:
                break

    def _remove_oldest(self, count: int) -> bool:
        """Remove the blobs that were not used for longest; return whether there were any."""
        shelf = self._shelf
        names = ", ".join(shelf.keys)

        def run(connection: apsw.Connection) -> Rows:
            with transaction(connection):
                oldest = list(
                    connection.execute(
                        f"SELECT {names} FROM uses ORDER BY hour LIMIT ?",  # noqa: S608
                        (count,),
                    )
                )
                for table in (shelf.table, "uses"):
                    connection.executemany(
                        f"DELETE FROM {table} WHERE {shelf.where}",  # noqa: S608
                        oldest,
                    )
            return oldest

        return bool(self._whole(run))


def _has_uses(connection: apsw.Connection) -> bool:
    return bool(connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'uses'").fetchone())
