"""Backups of a collection: one a day at most, verified, thinned out with age.

They lie in the platform's data directory (``TINYCLF_DATA`` overrides it), never beside the user's
photos, in a folder named after the collection and its place.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import apsw
import platformdirs

from tinyclf.errors import StorageError
from tinyclf.project.database_file import remove_database

DAYS_KEPT = 7
"""The newest days, each with its backup."""

WEEKS_KEPT = 4
"""The weeks before those days, each with its newest backup."""


def backup_folder(collection: Path) -> Path:
    """Return where the backups of a collection lie; the folder need not exist."""
    home = os.environ.get("TINYCLF_DATA")
    data = Path(home) if home else platformdirs.user_data_path("tiny-classifier", appauthor=False)
    place = hashlib.blake2b(os.fsencode(collection.resolve()), digest_size=4).hexdigest()
    return data / "backups" / f"{collection.stem[:80]}-{place}"


def last_backup(collection: Path, today: date | None = None) -> Path | None:
    """Return the newest backup of a collection, if there is one.

    One from a day still to come, made while the clock was wrong, serves only where no other does.
    """
    today = today or _today()
    backups = _dated(backup_folder(collection))
    past = [backup for backup in backups if backup[0] <= today]
    return max(past or backups)[1] if backups else None


def back_up_daily(
    connection: apsw.Connection, collection: Path, today: date | None = None
) -> Path | None:
    """Back a collection up unless that was done today, and drop the backups that are too old.

    Returns:
        The new backup, or ``None`` where today's is already there.

    Raises:
        StorageError: it could not be written.
    """
    today = today or _today()
    target = _backup_of(collection, today)
    folder = target.parent
    if target.exists():
        return None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        back_up(connection, target)
        dated = {day: path for day, path in _dated(folder) if day <= today}
        for day in superfluous(list(dated)):
            dated[day].unlink()
    except OSError as error:
        raise StorageError(
            f"No backup could be written to {folder}: {error}. Free some space there, or give "
            "yourself the right to write there."
        ) from error
    return target


def is_backed_up_today(collection: Path) -> bool:
    """Tell whether today's backup of a collection is there."""
    return _backup_of(collection, _today()).exists()


def back_up_before(connection: apsw.Connection, collection: Path, version: int) -> None:
    """Keep a collection of an older version as it is, before it is brought up to this one.

    Raises:
        StorageError: it could not be written.
    """
    folder = backup_folder(collection)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        back_up(connection, folder / f"version-{version}.tinyclf")
    except OSError as error:
        raise StorageError(
            f"No backup could be written to {folder}: {error}. Free some space there, or give "
            "yourself the right to write there."
        ) from error


def back_up(connection: apsw.Connection, target: Path) -> None:
    """Copy a whole database to a file, check the copy, and only then give it its name.

    Raises:
        StorageError: it could not be written, or the copy is not sound.
        OSError: the file could not be put in its place.
    """
    part = target.with_name(target.name + ".part")
    remove_database(part)
    try:
        copy = apsw.Connection(str(part))
        try:
            transfer = copy.backup("main", connection, "main")
            try:
                transfer.step()
            finally:
                transfer.finish()  # only this says what went wrong
            copy.pragma("journal_mode", "delete")  # one file, that can lie anywhere
            findings = copy.pragma("integrity_check", 1)
        finally:
            copy.close()
        if findings != "ok":
            raise StorageError(f"The backup {target} is not sound: {findings}. Try another disk.")
        part.replace(target)
    except apsw.Error as error:
        raise StorageError(
            f"The backup {target} could not be written: {error}. Free some space and try again."
        ) from error
    finally:
        remove_database(part)


def superfluous(days: Sequence[date]) -> set[date]:
    """Return the days to drop: all but the newest seven, and the newest of four weeks before."""
    newest_first = sorted(days, reverse=True)
    kept = set(newest_first[:DAYS_KEPT])
    weeks: dict[tuple[int, int], date] = {}
    for day in newest_first[DAYS_KEPT:]:
        weeks.setdefault(day.isocalendar()[:2], day)
    kept.update(list(weeks.values())[:WEEKS_KEPT])
    return set(days) - kept


def _backup_of(collection: Path, day: date) -> Path:
    return backup_folder(collection) / f"{day.isoformat()}.tinyclf"


def _today() -> date:
    return datetime.now(UTC).date()


def _dated(folder: Path) -> list[tuple[date, Path]]:
    backups = []
    for path in folder.glob("*.tinyclf"):
        try:
            backups.append((date.fromisoformat(path.stem), path))
        except ValueError:
            continue  # not one of ours
    return sorted(backups)
