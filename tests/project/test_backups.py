from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import apsw
import pytest

from tinyclf.domain import ActKind, Grade, PhotoId
from tinyclf.errors import CollectionError, StorageError
from tinyclf.project import CollectionStore
from tinyclf.project.backups import back_up_daily, backup_folder, last_backup, superfluous

MONDAY = date(2025, 6, 30)


def test_a_backup_holds_everything(
    store: CollectionStore, ids: list[PhotoId], tmp_path: Path
) -> None:
    store.record(ActKind.GRADE, [(ids[0], Grade.FLAWLESS)])
    copy = tmp_path / "copy.tinyclf"
    store.backup(copy)
    with CollectionStore.open(copy) as opened:
        assert opened.labels() == store.labels()
        assert opened.photos() == store.photos()
    assert not list(tmp_path.glob("*.part"))


def test_a_backup_that_is_opened_writes_as_any_collection(
    store: CollectionStore, ids: list[PhotoId], tmp_path: Path
) -> None:
    copy = tmp_path / "copy.tinyclf"
    store.backup(copy)
    with CollectionStore.open(copy) as opened:
        opened.record(ActKind.GRADE, [(ids[0], Grade.FLAWLESS)])
        assert copy.with_name("copy.tinyclf-wal").stat().st_size > 0
    assert not copy.with_name("copy.tinyclf-wal").exists()


def test_a_backup_never_goes_over_the_collection(store: CollectionStore) -> None:
    with pytest.raises(CollectionError, match="itself"):
        store.backup(store.path)


def test_a_backup_that_cannot_be_written_says_so(store: CollectionStore, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="could not be written"):
        store.backup(tmp_path / "no" / "where.tinyclf")


def test_opening_backs_up_once_a_day(store: CollectionStore, data_home: Path) -> None:
    store.close()
    for _ in range(3):
        CollectionStore.open(store.path).close()
    assert last_backup(store.path) is not None
    assert len(list(data_home.rglob("*.tinyclf"))) == 1


def test_a_failed_backup_does_not_keep_the_collection_shut(
    store: CollectionStore, data_home: Path
) -> None:
    store.close()
    last_backup(store.path).unlink()  # type: ignore[union-attr]
    backup_folder(store.path).rmdir()
    backup_folder(store.path).write_text("in the way")
    with CollectionStore.open(store.path) as opened:
        assert opened.backup_problem is not None
        assert "No backup" in opened.backup_problem


def test_two_collections_of_one_name_do_not_share_backups(tmp_path: Path) -> None:
    assert backup_folder(tmp_path / "a/x.tinyclf") != backup_folder(tmp_path / "b/x.tinyclf")


def test_days_go_by_and_a_week_and_four_weeks_stay() -> None:
    days: set[date] = set()
    for number in range(60):
        days.add(MONDAY + timedelta(days=number))
        days -= superfluous(list(days))
    assert sorted((max(days) - day).days for day in days) == [0, 1, 2, 3, 4, 5, 6, 7, 11, 18, 25]


def test_a_backup_on_a_full_disk_says_so_and_leaves_nothing(
    store: CollectionStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apsw, "connection_hooks", [lambda it: it.pragma("max_page_count", 2)])
    with pytest.raises(StorageError, match="disk is full"):
        store.backup(tmp_path / "copy.tinyclf")
    assert not list(tmp_path.glob("copy*"))


def test_a_clock_that_once_ran_ahead_spoils_no_backup(store: CollectionStore) -> None:
    collection = store.path.with_name("ahead.tinyclf")
    for day in range(10):
        back_up_daily(apsw.Connection(":memory:"), collection, date(2099, 1, 1 + day))
    assert last_backup(collection, MONDAY) == backup_folder(collection) / "2099-01-10.tinyclf"
    for day in range(10):
        today = MONDAY + timedelta(days=day)
        kept = back_up_daily(apsw.Connection(":memory:"), collection, today)
        assert last_backup(collection, today) == kept
    assert len(list(backup_folder(collection).glob("2025-*"))) == 8
    assert len(list(backup_folder(collection).glob("2099-*"))) == 8


def test_a_backup_too_old_is_dropped(store: CollectionStore) -> None:
    collection = store.path.with_name("daily.tinyclf")
    for day in (0, 1, 2, 3, 4, 5, 6, 7, 14):
        back_up_daily(apsw.Connection(":memory:"), collection, MONDAY + timedelta(days=day))
    assert not (backup_folder(collection) / f"{MONDAY}.tinyclf").exists()
    assert last_backup(collection) == backup_folder(collection) / "2025-07-14.tinyclf"


def test_rare_days_are_all_kept() -> None:
    days = [MONDAY - timedelta(days=30 * k) for k in range(11)]
    assert superfluous(days) == set()
    assert superfluous([*days, MONDAY - timedelta(days=999)]) == {MONDAY - timedelta(days=999)}
