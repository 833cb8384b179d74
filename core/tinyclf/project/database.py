"""One SQLite connection that several threads share, and its errors in the user's words."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import apsw

from tinyclf.data.sqlite import transaction
from tinyclf.errors import CollectionError, StorageError
from tinyclf.project.acts import Actor, append_act
from tinyclf.project.backups import last_backup
from tinyclf.project.database_file import place_of

AT_ONCE = 1_000
"""Rows read or written at a time where there may be very many: who grades meanwhile waits for the
file no longer than these take."""


REST_SECONDS = 0.004
"""Who has waited for the file while something long was written gets so long for a few requests."""


class _Turns:
    """A lock that a thread may take several times, and that knows whether others wait for it."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._waiting: set[int] = set()

    def __enter__(self) -> None:
        if self._lock.acquire(blocking=False):
            return
        me = threading.get_ident()
        self._waiting.add(me)
        try:
            self._lock.acquire()
        finally:
            self._waiting.discard(me)

    def __exit__(self, *_: object) -> None:
        self._lock.release()

    @property
    def is_wanted(self) -> bool:
        """Whether another thread waits for it."""
        return bool(self._waiting)


class Database:
    """What all parts of the store stand on: the connection, its lock, its transactions.

    Attributes:
        last_write: A mark of what was last written: another one after each transaction.
    """

    def __init__(self, path: Path, connection: apsw.Connection) -> None:
        self.path = path
        self._connection = connection
        self._lock = _Turns()
        self._place = place_of(path)
        self.last_write = object()
        self._withheld: Counter[str] = Counter()
        self._left_out: dict[str, int] = {}

    @contextmanager
    def _reading(self) -> Iterator[apsw.Connection]:
        with self._lock, errors_of(self.path), sense_of(self.path):
            yield self._connection

    def _paged(self, sql: str, *bindings: Any, page: int = AT_ONCE) -> Iterator[tuple[Any, ...]]:
        """Yield what a query finds, a page at a time: between two of them others may use the file.

        Args:
            sql: Finds rows that begin with a whole number, ascending from above ``?1``, at most
                ``?2`` of them.
            bindings: From ``?3`` on.
            page: How many at a time.
        """
        for found in self._pages(sql, *bindings, page=page):
            yield from found

    def _pages(
        self, sql: str, *bindings: Any, page: int = AT_ONCE
    ) -> Iterator[list[tuple[Any, ...]]]:
        """Yield the pages of `_paged`, none of them empty."""
        after = -1
        while True:
            with self._reading() as connection:
                found = rows(connection, sql, (after, page, *bindings))
            if found:
                yield found
            if len(found) < page:
                return
            after = found[-1][0]

    @contextmanager
    def _writing(self) -> Iterator[apsw.Connection]:
        """Run the body as one transaction: all of it is on disk at the end, or nothing."""
        with self._lock:
            try:
                with errors_of(self.path), transaction(self._connection):
                    yield self._connection
                    if place_of(self.path) != self._place:
                        raise _lost(self.path)
            except BaseException:
                if place_of(self.path) != self._place:
                    self._empty_log()
                raise
            self.last_write = object()

    def _empty_log(self) -> None:
        """Bring what stands only in the log into the file, wherever it was moved.

        SQLite does so at closing only where the file still has its name. Else the log would be left
        under that name, without its file, or beside another one, into which it would be read.
        """
        with suppress(apsw.Error):  # then it is left as it is
            rows(self._connection, "PRAGMA wal_checkpoint(TRUNCATE)")

    def _write_in_parts(
        self,
        kind: str,
        count: int,
        write: Callable[[apsw.Connection, slice], object],
        read_back: Callable[[], object],
        *,
        actor: Actor = "machine",
        whole: bool = False,
    ) -> None:
        """Write many rows, each part of them in a transaction of its own.

        Acts of this kind are told only at the end, else whoever asks for the news meanwhile would
        read all that is being written. The first and the last part bear one.

        Args:
            kind: Of act.
            count: How many rows.
            write: Writes some of them.
            read_back: Reads all there is of this kind, so that no one who asks for the news must.
            actor: Who does it.
            whole: All in one part.
        """
        parts = parts_of(count, max(1, count) if whole else AT_ONCE)
        with self._withholding(kind):
            for part in parts:
                with self._writing_a_part() as connection:
                    if part in (parts[0], parts[-1]):  # from the first on audits are void
                        append_act(connection, actor, kind)
                    write(connection, part)
            read_back()

    @contextmanager
    def _writing_a_part(self) -> Iterator[apsw.Connection]:
        """Do the same for one of many parts; who waits for the file then comes in between two.

        A lock alone would not see to that: whoever lets go of it and wants it again at once has it
        before the one who waits has woken up.
        """
        with self._lock:
            with self._writing() as connection:
                yield connection
            wanted = self._lock.is_wanted
        if wanted:
            time.sleep(REST_SECONDS)

    @contextmanager
    def _withholding(self, kind: str) -> Iterator[None]:
        """Have acts of this kind told only at the end, of several who withhold them the last's."""
        with self._lock:
            self._withheld[kind] += 1
        try:
            yield
        finally:
            with self._lock:
                self._withheld -= Counter([kind])
                self.last_write = object()

    def _kinds_to_tell(self, since: int, until: int, kinds: set[str]) -> set[str]:
        """Return of which kinds of acts to tell whoever asks what came between two acts.

        Args:
            since: Up to this act the news is known, but for what was withheld.
            until: The newest act.
            kinds: What came in between.
        """
        late = {kind for kind, left_out in self._left_out.items() if since <= left_out}
        self._left_out |= dict.fromkeys(self._withheld, until)
        return (kinds | late) - self._withheld.keys()


def parts_of(count: int, at_once: int = AT_ONCE) -> list[slice]:
    """Return where the parts of so many rows lie; of none, one that is empty."""
    return [slice(start, start + at_once) for start in range(0, max(1, count), at_once)]


def rows(
    connection: apsw.Connection, sql: str, bindings: apsw.Bindings | None = None
) -> list[tuple[Any, ...]]:
    """Return what a query finds."""
    return list(connection.execute(sql, bindings))


def row(
    connection: apsw.Connection, sql: str, bindings: apsw.Bindings | None = None
) -> tuple[Any, ...] | None:
    """Return the first row a query finds."""
    return connection.execute(sql, bindings).fetchone()


@contextmanager
def errors_of(path: Path) -> Iterator[None]:
    """Say SQLite's errors in the user's words.

    Raises:
        CollectionError: the file is open elsewhere, damaged, foreign, or closed.
        StorageError: the disk is full, read-only or gone.
    """
    try:
        yield
    except apsw.BusyError as error:
        raise CollectionError(
            f"Another window or program has {path} open. Close it there, then open it here."
        ) from error
    except (apsw.NotADBError, apsw.CorruptError) as error:
        raise damaged(path, str(error)) from error
    except apsw.ConnectionClosedError as error:
        raise CollectionError(f"The collection {path} is closed. Open it again.") from error
    except apsw.FullError as error:
        raise StorageError(
            f"The disk that holds {path} is full, so the last act was not kept. "
            "Free some space and do it again."
        ) from error
    except apsw.ReadOnlyError as error:
        raise StorageError(
            f"{path} cannot be written. Give yourself the right to write to the file and its "
            "folder, or copy it to where you have it."
        ) from error
    except (apsw.IOError, apsw.CantOpenError) as error:
        raise StorageError(
            f"The disk that holds {path} does not answer ({error}), so the last act was not kept. "
            "Check that the disk is still there, then open the collection again."
        ) from error


@contextmanager
def sense_of(path: Path) -> Iterator[None]:
    """Read what this program wrote, and what can only have been written by damage or another hand.

    Raises:
        CollectionError: an entry is no text, no verdict, no kind of act, …
    """
    try:
        yield
    except (ValueError, LookupError, TypeError) as error:
        raise damaged(path, "one of its entries makes no sense") from error


def damaged(path: Path, why: str) -> CollectionError:
    """Return the error for a file whose pages do not hold together, with the way out."""
    backup = last_backup(path)
    cure = (
        f"Its last backup is {backup}: copy that to a new place and open the copy."
        if backup
        else "There is no backup of it on this computer; look for a copy of yours."
    )
    return CollectionError(f"The collection {path} is damaged ({why}). {cure}")


def _lost(path: Path) -> StorageError:
    backup = last_backup(path)
    otherwise = (
        f" If it is lost, copy its last backup {backup} to a new place and open the copy."
        if backup
        else ""
    )
    return StorageError(
        f"{path} was moved, deleted or replaced while it was open, so the last act was not kept. "
        f"Put it back there and do it again.{otherwise}"
    )
