"""One SQLite file of blobs that can be made again: damaged, it is thrown away and begun anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Any, Self, TypeAlias

import apsw

from tinyclf.data.sqlite import transaction
from tinyclf.domain import Job, Progress
from tinyclf.errors import StorageError

Rows: TypeAlias = list[tuple[Any, ...]]

_DAMAGED = (apsw.CorruptError, apsw.NotADBError, apsw.FormatError)
_WAIT_MS = 10_000
_KEYS_AT_ONCE = 500
"""Of a query: SQLite binds only so many values."""
_PAGES_AT_ONCE = 2048
CLEANING = "Cleaning"
IN_MEMORY = Path(":memory:")
"""The folder of caches that are kept in memory, until they are closed."""


class CacheFile:
    """A table of blobs in a file of its own; every method may be called from any thread.

    Each kind of cache is a subclass that knows its table.
    """

    def __init__(self, path: Path, version: int, schema: str) -> None:
        """Open the file, or begin it.

        Args:
            path: Where it lies.
            version: The schema's; a file of another version is begun anew.
            schema: The statement that makes its table.

        Raises:
            StorageError: it can be neither read nor written.
        """
        self._path = path
        self._version = version
        self._schema = schema
        self._lock = RLock()
        self._connection: apsw.Connection | None = None
        self.execute("SELECT 1")

    def execute(self, statement: str, bindings: Sequence[Any] = ()) -> Rows:
        """Run one statement and return its rows.

        Raises:
            StorageError: the disk is full, read-only or gone.
        """
        return self._whole(lambda connection: list(connection.execute(statement, bindings)))

    def execute_many(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run one statement for each row, all or nothing.

        Raises:
            StorageError: the disk is full, read-only or gone.
        """

        def run(connection: apsw.Connection) -> Rows:
            with transaction(connection):
                connection.executemany(statement, rows)
            return []

        self._whole(run)

    def rows_of(
        self, select: str, keys: Sequence[str], bindings: Sequence[Any] = ()
    ) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query about any number of keys; it is run for some at a time.

        Args:
            select: The query; ``{keys}`` stands where the keys come, after all other bindings.
            keys: What is asked for.
            bindings: The other bindings.

        Raises:
            StorageError: it cannot be read.
        """
        for start in range(0, len(keys), _KEYS_AT_ONCE):
            some = keys[start : start + _KEYS_AT_ONCE]
            marks = ",".join("?" * len(some))
            yield from self.execute(select.format(keys=marks), (*bindings, *some))

    def clean(self) -> Job[int]:
        """Throw all rows away while others may be using the file; return the bytes freed.

        Raises:
            StorageError: the disk is full, read-only or gone.
        """
        yield Progress(CLEANING, 0, 0)
        before = self.size()
        for (table,) in self.execute("SELECT name FROM sqlite_schema WHERE type = 'table'"):
            self.execute(f"DELETE FROM {table}")  # noqa: S608 (all names are our own)
            yield Progress(CLEANING, 0, 0)
        yield from self._shrink()
        return max(0, before - self.size())

    @property
    def in_memory(self) -> bool:
        """Whether there is no file, so that closing forgets all."""
        return self._path.parent == IN_MEMORY

    def size(self) -> int:
        """Return how many bytes it takes on disk."""
        return sum(path.stat().st_size for path in self._paths() if path.exists())

    def close(self) -> None:
        """Let go of the file; a later use opens it again."""
        with self._lock:
            self._let_go()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _whole(self, run: Callable[[apsw.Connection], Rows]) -> Rows:
        with self._lock:
            try:
                try:
                    return run(self._open())
                except _DAMAGED:
                    self._begin_anew()
                    return run(self._open())
            except apsw.Error as error:
                raise StorageError(
                    f"The cache {self._path} cannot be used: {error}. "
                    "Free some space, or remove the file: it is made again."
                ) from error

    def _open(self) -> apsw.Connection:
        if self._connection is None:
            connection = apsw.Connection(":memory:" if self.in_memory else str(self._path))
            try:
                self._prepare(connection)
            except BaseException:
                connection.close()
                raise
            self._connection = connection
        return self._connection

    def _prepare(self, connection: apsw.Connection) -> None:
        connection.set_busy_timeout(_WAIT_MS)
        connection.pragma("auto_vacuum", "incremental")  # of a new file
        connection.pragma("journal_mode", "wal")
        connection.pragma("synchronous", "normal")
        if connection.pragma("user_version") == 0:
            self._make_table(connection)
        if connection.pragma("user_version") != self._version:
            raise apsw.FormatError("another version's cache")

    def _make_table(self, connection: apsw.Connection) -> None:
        with transaction(connection):
            if connection.pragma("user_version") == 0:  # no other program has made it meanwhile
                connection.execute(self._schema)
                connection.pragma("user_version", self._version)

    def _let_go(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _begin_anew(self) -> None:
        self._let_go()  # nothing is written to a damaged file any more
        try:
            for path in self._paths():
                path.unlink(missing_ok=True)
        except OSError as error:
            raise StorageError(
                f"The cache {self._path} is damaged and cannot be replaced ({error.strerror}): "
                "remove it."
            ) from error

    def _shrink(self) -> Job[None]:
        """Give free pages back to the disk."""
        if self.execute("PRAGMA auto_vacuum") == [(0,)]:  # begun by an older program
            with suppress(StorageError):  # too full to be written anew: the pages are used again
                self.execute("PRAGMA auto_vacuum = INCREMENTAL")
                self.execute("VACUUM")
        while self.execute("PRAGMA freelist_count") > [(0,)]:
            before = self.execute("PRAGMA freelist_count")
            self.execute(f"PRAGMA incremental_vacuum({_PAGES_AT_ONCE})")
            yield Progress(CLEANING, 0, 0)
            if self.execute("PRAGMA freelist_count") >= before:
                break  # others are writing
        self._empty_log()

    def _empty_log(self) -> None:
        with suppress(StorageError):  # others are reading: they will do it
            self.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _paths(self) -> list[Path]:
        return [self._path.with_name(self._path.name + end) for end in ("", "-wal", "-shm")]
