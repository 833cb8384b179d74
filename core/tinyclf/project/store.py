"""The store: makes and opens collection files; what is in them, its parts know."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

import apsw

import tinyclf
from tinyclf.data.sqlite import transaction
from tinyclf.errors import CollectionError, StorageError
from tinyclf.project.audit_rows import AuditRows
from tinyclf.project.backups import (
    back_up,
    back_up_before,
    back_up_daily,
    is_backed_up_today,
    last_backup,
)
from tinyclf.project.database import damaged, errors_of, rows
from tinyclf.project.database_file import remove_database, remove_empty_log
from tinyclf.project.exam_rows import ExamRows
from tinyclf.project.exemplar_rows import ExemplarRows
from tinyclf.project.fine_rows import FineRows
from tinyclf.project.how_given_rows import HowGivenRows
from tinyclf.project.migrations import MIGRATIONS
from tinyclf.project.model_rows import ModelRows
from tinyclf.project.news_rows import NewsRows
from tinyclf.project.novelty_rows import NoveltyRows
from tinyclf.project.opinion_rows import OpinionRows
from tinyclf.project.past_rows import PastRows
from tinyclf.project.photo_rows import PhotoRows
from tinyclf.project.schema import APPLICATION_ID, READ_BY_INDEX, SCHEMA, USER_VERSION
from tinyclf.project.second_look_rows import SecondLookRows
from tinyclf.project.stray_log import keep_stray_log, keep_unowned_log, stray_log_in_words

SUFFIX = ".tinyclf"
BUSY_MS = 300
"""How long to wait for another program that is just closing the file."""


class CollectionStore(
    PhotoRows,
    SecondLookRows,
    ModelRows,
    OpinionRows,
    NoveltyRows,
    ExamRows,
    AuditRows,
    FineRows,
    HowGivenRows,
    PastRows,
    NewsRows,
    ExemplarRows,
):
    """One open collection file, its only writer.

    SQLite's exclusive lock keeps every other connection out, in this process or another, and dies
    with the process. Any method may be called from any thread; each returns after what it wrote is
    on disk. Where the disk fails, nothing of the call was written, but of proposals a part may be.

    Attributes:
        path: The file, absolute.
        backup_problem: Why today's backup could not be made; ``None`` where all is well.
        stray_log: That a log lay beside the file which is not its own; ``None`` where none did.
    """

    backup_problem: str | None = None
    stray_log: str | None = None

    @classmethod
    def create(cls, path: Path) -> CollectionStore:
        """Make an empty collection and open it.

        Raises:
            CollectionError: the file exists, or its folder is missing or cannot be written.
            StorageError: the disk is full or gone.
        """
        path = _absolute(path)
        if os.path.lexists(path):
            raise CollectionError(f"{path} exists already. Open it, or choose another name.")
        if not path.parent.is_dir():
            raise CollectionError(f"The folder {path.parent} does not exist. Make it first.")
        with errors_of(path):
            try:
                kept = _make(path)
            except apsw.FullError as error:
                raise StorageError(
                    f"{path} cannot be made: the disk is full. "
                    "Free some space, or choose another folder."
                ) from error
            except (OSError, apsw.CantOpenError, apsw.ReadOnlyError) as error:
                raise CollectionError(
                    f"{path} cannot be made. Choose a folder where you may write, or another name."
                ) from error
        store = cls.open(path)
        store.stray_log = stray_log_in_words(path, kept)
        return store

    @classmethod
    def open(cls, path: Path) -> CollectionStore:
        """Open a collection, check it, bring it up to this version and back it up once a day.

        Raises:
            CollectionError: there is no such file; it is no collection, or one from a newer
                version, or damaged; it is open elsewhere, or cannot be written.
            StorageError: the disk is full or gone.
        """
        path = _absolute(path)
        _require_file(path)
        connection = _connect(path)
        try:
            with errors_of(path):
                kept = keep_stray_log(path, connection)
                _configure(connection)
                _require_collection(path, connection)
                _migrate(path, connection)
                connection.pragma("journal_mode", "wal")  # which a backup in its place has not
                store = cls(path, connection)
                connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0)
        except BaseException:
            connection.close()
            raise
        store.stray_log = stray_log_in_words(path, kept)
        try:
            back_up_daily(connection, path)
        except StorageError as error:
            store.backup_problem = str(error)
        return store

    def close(self) -> None:
        """Close the file, wherever it was moved; closing twice is fine."""
        with self._lock, errors_of(self.path):
            self._empty_log()
            self._connection.close()
            remove_empty_log(self.path)

    def backup(self, target: Path) -> None:
        """Write a verified copy of the whole collection, which appears whole or not at all.

        Raises:
            CollectionError: the target is this collection.
            StorageError: it could not be written.
        """
        target = _absolute(target)
        if target.exists() and target.samefile(self.path):
            raise CollectionError(f"{target} is the open collection itself. Choose another name.")
        try:
            with self._reading() as connection:
                back_up(connection, target)
        except OSError as error:
            raise StorageError(f"The backup {target} could not be written: {error}.") from error

    def __enter__(self) -> CollectionStore:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def _absolute(path: Path) -> Path:
    try:
        str(path).encode("utf-8")
    except UnicodeEncodeError as error:
        raise CollectionError(
            f"The name {str(path)!r} is no valid Unicode. Give the collection another name."
        ) from error
    return path.absolute()


def _make(path: Path) -> Path | None:
    """Make the file; return the new name of a log that another collection of its name has left."""
    part = path.with_name(path.name + ".part")
    remove_database(part)
    try:
        _write_empty(part)
        kept = keep_unowned_log(path)  # it would spoil this one
        remove_database(path)
        part.replace(path)
        return kept
    finally:
        remove_database(part)


def _write_empty(part: Path) -> None:
    connection = apsw.Connection(str(part))
    try:
        _configure(connection)  # without memory shared in a file, a full disk is told as such
        connection.pragma("journal_mode", "wal")
        connection.pragma("synchronous", "full")
        with transaction(connection):
            connection.execute(SCHEMA)
            connection.executemany(
                "INSERT INTO meta (key, value) VALUES (?, ?)",
                [("created", datetime.now(UTC).isoformat()), ("made_by", tinyclf.__version__)],
            )
            connection.pragma("application_id", APPLICATION_ID)
            connection.pragma("user_version", USER_VERSION)
    finally:
        connection.close()


def _require_file(path: Path) -> None:
    try:
        is_file = path.is_file()
    except OSError as error:
        raise CollectionError(f"{path} cannot be read: {error.strerror}.") from error
    if path.is_dir():
        raise CollectionError(f"{path} is a folder. Choose a collection, which ends in {SUFFIX}.")
    if not is_file:
        raise CollectionError(f"There is no file {path}. Check the name, or make a new collection.")


def _connect(path: Path) -> apsw.Connection:
    """Connect without reading: a name with ``?`` or ``#`` is taken as it stands, no URI.

    Until all is found well, closing leaves file and log as they are.
    """
    try:
        connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)
    except apsw.CantOpenError as error:
        raise _unwritable(path) from error
    if connection.readonly("main"):  # what SQLite falls back to without a word
        connection.close()
        raise _unwritable(path)
    connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
    return connection


def _configure(connection: apsw.Connection) -> None:
    connection.set_busy_timeout(BUSY_MS)
    connection.pragma("locking_mode", "exclusive")


def _require_collection(path: Path, connection: apsw.Connection) -> None:
    try:
        if connection.pragma("application_id") != APPLICATION_ID:
            raise _foreign(path)
        version = connection.pragma("user_version")
        if version > USER_VERSION:
            raise CollectionError(
                f"{path} was written by a newer version of Tiny Classifier. Update the program."
            )
        connection.pragma("synchronous", "full")
        connection.pragma("foreign_keys", True)
        connection.pragma("recursive_triggers", True)  # so that REPLACE asks those of DELETE, too
        connection.execute("BEGIN IMMEDIATE; COMMIT")  # takes the lock, and shows it is writable
    except apsw.NotADBError as error:
        raise _foreign(path) from error
    except (apsw.CantOpenError, apsw.ReadOnlyError) as error:
        raise _unwritable(path) from error
    _require_sound(path, connection)


def _require_sound(path: Path, connection: apsw.Connection) -> None:
    """Refuse a damaged file: once a day, before it is backed up, all of it is held against itself.

    Each time all pages are looked through, and what a person said is held against its indices, so
    that no turned bit is read as a grade; one in the other indices is told within a day.
    """
    if is_backed_up_today(path) and connection.pragma("user_version") == USER_VERSION:
        checks = ["quick_check(1)", *(f"integrity_check({table})" for table in READ_BY_INDEX)]
    else:
        checks = ["integrity_check(1)"]
    for check in checks:
        [(finding,), *_] = rows(connection, f"PRAGMA {check}")
        if finding != "ok":
            raise damaged(path, str(finding).splitlines()[-1])


def _migrate(path: Path, connection: apsw.Connection) -> None:
    version = connection.pragma("user_version")
    if version == USER_VERSION:
        return
    back_up_before(connection, path, version)
    with transaction(connection):
        for step in range(version, USER_VERSION):
            connection.execute(MIGRATIONS[step])
        connection.pragma("user_version", USER_VERSION)


def _foreign(path: Path) -> CollectionError:
    backup = last_backup(path)
    hint = f" Its last backup is {backup}: copy that to a new place and open the copy."
    return CollectionError(
        f"{path} is no Tiny Classifier collection." + (hint if backup else " Choose another file.")
    )


def _unwritable(path: Path) -> CollectionError:
    return CollectionError(
        f"{path} cannot be opened for writing. Give yourself the right to write to the file and "
        "its folder, or copy it to where you have it."
    )
