"""A collection that is renamed, moved, deleted or replaced while it is open loses nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tinyclf.domain import ActKind, Grade, PhotoId
from tinyclf.errors import CollectionError, StorageError
from tinyclf.project import CollectionStore
from tinyclf.project.backups import last_backup
from tinyclf.project.database_file import log_of


def grade_all(store: CollectionStore, ids: list[PhotoId], times: int = 1) -> None:
    for number in range(times * len(ids)):
        grade = Grade((number + number // len(ids)) % 5 + 1)
        store.record(ActKind.GRADE, [(ids[number % len(ids)], grade)])


def graded(path: Path) -> int:
    with CollectionStore.open(path) as store:
        return len(store.labels())


def killed(store: CollectionStore, home: Path) -> Path:
    """Return a collection as a killed program leaves it: the file, and beside it its log."""
    home.mkdir()
    for path in (store.path, log_of(store.path)):
        shutil.copy(path, home)
    return home / store.path.name


@pytest.fixture
def backup(store: CollectionStore, ids: list[PhotoId]) -> Path:
    assert ids  # read while it is open
    store.close()
    with CollectionStore.open(store.path):
        pass
    found = last_backup(store.path)
    assert found is not None
    return found


@pytest.fixture
def again(store: CollectionStore, backup: Path) -> CollectionStore:
    """The collection, opened again after a backup of it was made."""
    return CollectionStore.open(store.path)


def test_what_was_said_is_in_the_renamed_file(store: CollectionStore, ids: list[PhotoId]) -> None:
    grade_all(store, ids)
    renamed = store.path.rename(store.path.with_name("renamed.tinyclf"))
    store.close()
    store.close()
    assert not log_of(store.path).exists()
    assert graded(renamed) == len(ids)


def test_it_is_there_as_soon_as_the_move_is_noticed(
    store: CollectionStore, ids: list[PhotoId], tmp_path: Path
) -> None:
    grade_all(store, ids)
    away = store.path.rename(store.path.with_name("away.tinyclf"))
    with pytest.raises(StorageError, match="was moved"):
        store.record(ActKind.GRADE, [(ids[0], Grade.FAIR)])
    assert graded(shutil.copy(away, tmp_path / "as it is.tinyclf")) == len(ids)


@pytest.mark.parametrize("noticed", [False, True])
def test_a_backup_put_in_the_place_of_a_deleted_file_stays_as_it_is(
    again: CollectionStore, backup: Path, ids: list[PhotoId], *, noticed: bool
) -> None:
    grade_all(again, ids, times=20)
    again.path.unlink()
    if noticed:
        with pytest.raises(StorageError, match="to a new place and open the copy"):
            grade_all(again, ids)
    shutil.copy(backup, again.path)
    again.close()
    assert graded(again.path) == 0


def test_a_killed_programs_log_is_not_read_into_a_backup_either(
    again: CollectionStore, backup: Path, ids: list[PhotoId], tmp_path: Path
) -> None:
    grade_all(again, ids, times=20)
    left = killed(again, tmp_path / "left")
    again.close()
    log = log_of(left).read_bytes()
    shutil.copy(backup, left)
    with CollectionStore.open(left) as store:
        assert not store.labels()
        assert store.stray_log is not None
        kept = left.with_name(f"{left.name}-wal.kept1")
        assert str(kept) in store.stray_log
    assert kept.read_bytes() == log
    with CollectionStore.open(left) as store:
        assert store.stray_log is None


def test_the_own_log_of_a_killed_program_is_read(
    store: CollectionStore, ids: list[PhotoId], tmp_path: Path
) -> None:
    grade_all(store, ids)
    assert graded(killed(store, tmp_path / "left")) == len(ids)


def test_the_log_of_a_moved_collection_is_kept_beside_a_new_one_and_can_be_put_to_it(
    store: CollectionStore, ids: list[PhotoId], tmp_path: Path
) -> None:
    grade_all(store, ids)
    left = killed(store, tmp_path / "left")
    moved = left.rename(left.with_name("moved.tinyclf"))
    with CollectionStore.create(left) as fresh:
        assert fresh.photos() == []
        kept = left.with_name(f"{left.name}-wal.kept1")
        assert fresh.stray_log is not None
        assert str(kept) in fresh.stray_log
    kept.rename(log_of(moved))
    assert graded(moved) == len(ids)


def test_an_earlier_log_that_was_kept_is_kept_further(
    store: CollectionStore, ids: list[PhotoId], tmp_path: Path
) -> None:
    grade_all(store, ids)
    left = killed(store, tmp_path / "left")
    left.unlink()
    earlier = left.with_name(f"{left.name}-wal.kept1")
    earlier.write_bytes(b"dear")
    CollectionStore.create(left).close()
    assert earlier.read_bytes() == b"dear"
    assert left.with_name(f"{left.name}-wal.kept2").exists()


def test_what_cannot_be_opened_is_left_with_its_log_as_it_was(
    store: CollectionStore, ids: list[PhotoId], tmp_path: Path
) -> None:
    grade_all(store, ids)
    left = killed(store, tmp_path / "left")
    left.write_bytes(left.read_bytes()[:8192])
    before = [path.read_bytes() for path in (left, log_of(left))]
    with pytest.raises(CollectionError, match="damaged"):
        CollectionStore.open(left)
    assert [path.read_bytes() for path in (left, log_of(left))] == before
