"""What damage or another hand did to the file is told, and never read as a grade."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import apsw
import pytest

from tinyclf.domain import ActKind, Grade, PhotoId
from tinyclf.errors import CollectionError, StorageError
from tinyclf.project import CollectionStore, backups
from tinyclf.project.backups import last_backup

UNTOLD = "DROP TRIGGER acts_are_never_replaced; DROP TRIGGER acts_are_never_changed;"


@pytest.fixture
def backed_up(store: CollectionStore, ids: list[PhotoId]) -> Path:
    """A closed collection with two grades, whose backup is written."""
    store.record(ActKind.GRADE, [(ids[0], Grade.POOR)])
    store.record(ActKind.GRADE, [(ids[1], Grade.GOOD)])
    store.close()
    CollectionStore.open(store.path).close()
    return store.path


def by_another_hand(path: Path, sql: str) -> None:
    connection = apsw.Connection(str(path))
    connection.execute(sql)
    connection.close()


def spoil_index(path: Path, index: str) -> None:
    """Turn two bits in the last row of an index, so that it is no longer what the table holds."""
    connection = apsw.Connection(str(path))
    root, size = (
        connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (index,)).get,
        connection.pragma("page_size"),
    )
    connection.close()
    content = bytearray(path.read_bytes())
    end = root * size
    content[end - 1] ^= 0x01  # the last bytes of an index page are those of a row
    content[end - 2] ^= 0x80
    path.write_bytes(content)


def names_its_backup(path: Path) -> str:
    return f"is damaged .*{last_backup(path)}"


def test_a_turned_bit_of_a_grade_is_told(backed_up: Path) -> None:
    spoil_index(backed_up, "journal_of_photo")
    with pytest.raises(CollectionError, match=names_its_backup(backed_up)):
        CollectionStore.open(backed_up)


def test_any_turned_bit_is_told_within_a_day(
    backed_up: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil_index(backed_up, "sqlite_autoindex_photos_1")
    CollectionStore.open(backed_up).close()
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    monkeypatch.setattr(backups, "_today", lambda: tomorrow)
    with pytest.raises(CollectionError, match=names_its_backup(backed_up)):
        CollectionStore.open(backed_up)


def test_a_turned_bit_is_not_backed_up(backed_up: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    with CollectionStore.open(backed_up) as store:
        store._connection.execute("PRAGMA writable_schema = ON")
        store._connection.execute("""
            UPDATE sqlite_schema SET sql = replace(sql, 'act, new', 'act, old')
            WHERE name = 'journal_of_photo'
        """)
        with pytest.raises(StorageError, match="is not sound"):
            store.backup(copy)
    assert not copy.exists()


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO acts (actor, kind, at) VALUES ('person', 'redo', '')",
        "INSERT INTO acts (actor, kind, at) VALUES ('person', 'applause', '')",
        "INSERT INTO acts VALUES (9223372036854775807, 'person', 'grade', '', NULL)",
    ],
)
def test_acts_that_make_no_sense_are_told(backed_up: Path, sql: str) -> None:
    by_another_hand(backed_up, UNTOLD + sql)
    with pytest.raises(CollectionError, match=names_its_backup(backed_up)):
        CollectionStore.open(backed_up)


def test_more_undone_than_done_is_told(backed_up: Path) -> None:
    undo = "INSERT INTO acts (actor, kind, at) VALUES ('person', 'undo', '');"
    by_another_hand(backed_up, undo * 3)
    with pytest.raises(CollectionError, match=names_its_backup(backed_up)):
        CollectionStore.open(backed_up)


@pytest.mark.parametrize(
    ("sql", "read"),
    [
        ("UPDATE acts SET at = 'noon'", CollectionStore.history),
        ("UPDATE photos SET path = CAST(x'ff' AS TEXT)", CollectionStore.photos),
        ("UPDATE photos SET path = CAST(x'ff' AS TEXT)", lambda store: store.news(0)),
        ("UPDATE models SET quality = '{}'", CollectionStore.latest_model),
    ],
    ids=["time", "path", "path in bulk", "quality"],
)
def test_an_entry_that_makes_no_sense_is_told(
    backed_up: Path, sql: str, read: Callable[[CollectionStore], object]
) -> None:
    with CollectionStore.open(backed_up) as store:
        store.save_model(b"", preset="", config={}, quality=None, extractor_key="", seconds=0)
    by_another_hand(backed_up, UNTOLD + sql)
    with (
        CollectionStore.open(backed_up) as store,
        pytest.raises(CollectionError, match=names_its_backup(backed_up)),
    ):
        read(store)
