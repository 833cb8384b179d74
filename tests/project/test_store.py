from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw
import pytest

from tinyclf.domain import ActKind, Grade, PhotoId
from tinyclf.errors import CollectionError, StorageError
from tinyclf.project import CollectionStore, migrations, schema

NOBODY = 65534


def test_a_new_collection_is_empty(tmp_path: Path) -> None:
    with CollectionStore.create(tmp_path / "new.tinyclf") as store:
        assert (store.photos(), store.folders(), store.labels(), store.history()) == (
            [],
            [],
            [],
            [],
        )
        assert (store.undoable(), store.redoable(), store.last_act) == (None, None, 0)
        assert store.latest_model() is None


def test_a_closed_collection_is_one_file(store: CollectionStore) -> None:
    store.close()
    store.close()
    assert [path.name for path in store.path.parent.glob("stamps0*")] == ["stamps0.tinyclf"]


def test_a_closed_collection_says_so(store: CollectionStore) -> None:
    store.close()
    with pytest.raises(CollectionError, match="is closed"):
        store.photos()


@pytest.mark.parametrize(
    "name", ["a#b.tinyclf", "a?mode=ro.tinyclf", "50%20.tinyclf", "é 印.x", "file:y"]
)
def test_any_name_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    CollectionStore.create(Path(name)).close()
    CollectionStore.open(tmp_path / name).close()
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [name]


def test_an_existing_file_is_not_overwritten(tmp_path: Path) -> None:
    there = tmp_path / "there.tinyclf"
    there.write_text("dear diary")
    with pytest.raises(CollectionError, match="exists already"):
        CollectionStore.create(there)
    assert there.read_text() == "dear diary"


@pytest.mark.parametrize(
    ("name", "complaint"),
    [("no/where.tinyclf", "does not exist"), ("n" * 300, "cannot be made"), ("\udcff", "Unicode")],
)
def test_a_collection_needs_a_place(tmp_path: Path, name: str, complaint: str) -> None:
    with pytest.raises(CollectionError, match=complaint):
        CollectionStore.create(tmp_path / name)


FOREIGN = {
    "an empty file": b"",
    "one byte": b"x",
    "a text": b"photo,grade\n" * 500,
    "half a header": b"SQLite format 3\0" + bytes(60),
}


@pytest.mark.parametrize("content", FOREIGN.values(), ids=FOREIGN.keys())
def test_a_foreign_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "foreign.tinyclf"
    path.write_bytes(content)
    with pytest.raises(CollectionError, match="no Tiny Classifier collection"):
        CollectionStore.open(path)
    assert path.read_bytes() == content


def test_a_foreign_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "foreign.tinyclf"
    apsw.Connection(str(path)).execute("CREATE TABLE mine (x); PRAGMA application_id = 7")
    with pytest.raises(CollectionError, match="no Tiny Classifier collection"):
        CollectionStore.open(path)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CollectionError, match="is a folder"):
        CollectionStore.open(tmp_path)


@pytest.mark.parametrize("name", ["none.tinyclf", "no/such/none.tinyclf"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(CollectionError, match=r"There is no file .*none\.tinyclf"):
        CollectionStore.open(tmp_path / name)


def test_a_newer_version_is_refused_unchanged(store: CollectionStore) -> None:
    store.close()
    connection = apsw.Connection(str(store.path))
    connection.pragma("user_version", schema.USER_VERSION + 1)
    connection.close()
    content = store.path.read_bytes()
    with pytest.raises(CollectionError, match="newer version"):
        CollectionStore.open(store.path)
    assert store.path.read_bytes() == content


def test_a_damaged_collection_names_its_backup(store: CollectionStore, data_home: Path) -> None:
    store.close()
    CollectionStore.open(store.path).close()
    [backup] = data_home.rglob("*.tinyclf")
    content = store.path.read_bytes()
    store.path.write_bytes(content[: len(content) // 2])
    with pytest.raises(CollectionError, match="damaged") as caught:
        CollectionStore.open(store.path)
    assert str(backup) in str(caught.value)
    assert store.path.stat().st_size == len(content) // 2


def test_a_damaged_collection_without_a_backup_says_so(
    store: CollectionStore, data_home: Path
) -> None:
    store.close()
    shutil.rmtree(data_home)
    store.path.write_bytes(store.path.read_bytes()[:8192])
    with pytest.raises(CollectionError, match="There is no backup"):
        CollectionStore.open(store.path)


def test_a_second_window_is_refused(store: CollectionStore) -> None:
    with pytest.raises(CollectionError, match="Another window or program has"):
        CollectionStore.open(store.path)
    store.record(ActKind.GRADE, [(store.photos()[0].photo_id, Grade.FAIR)])


TRY_TO_OPEN = """
import sys, pathlib, tinyclf.project
try:
    tinyclf.project.CollectionStore.open(pathlib.Path(sys.argv[1]))
except tinyclf.errors.CollectionError as error:
    print(error)
"""


def test_a_second_process_is_refused(store: CollectionStore) -> None:
    with pytest.raises(CollectionError):  # a refusal here must not let go of the lock either
        CollectionStore.open(store.path)
    tried = subprocess.run(
        [sys.executable, "-c", TRY_TO_OPEN, str(store.path)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Another window or program has" in tried.stdout


@pytest.mark.parametrize("replaced", [False, True])
def test_a_collection_that_is_gone_keeps_nothing_and_says_so(
    store: CollectionStore, ids: list[PhotoId], *, replaced: bool
) -> None:
    store.record(ActKind.GRADE, [(ids[0], Grade.FAIR)])
    away = store.path.rename(store.path.with_name("away"))
    if replaced:
        shutil.copy(away, store.path)
    with pytest.raises(StorageError, match="Put it back there"):
        store.record(ActKind.GRADE, [(ids[0], Grade.GOOD)])
    assert [label.verdict for label in store.labels()] == [Grade.FAIR]
    away.replace(store.path)
    store.record(ActKind.GRADE, [(ids[1], Grade.GOOD)])
    store.close()
    with CollectionStore.open(store.path) as again:
        assert [label.verdict for label in again.labels()] == [Grade.FAIR, Grade.GOOD]


def test_a_disk_too_full_for_a_new_collection_is_left_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apsw, "connection_hooks", [lambda it: it.pragma("max_page_count", 2)])
    with pytest.raises(StorageError, match="the disk is full"):
        CollectionStore.create(tmp_path / "new.tinyclf")
    assert not list(tmp_path.glob("new*"))


def test_a_full_disk_loses_nothing(make_store: Callable[[int], CollectionStore]) -> None:
    store = make_store(3000)
    ids = [photo.photo_id for photo in store.photos()]
    store.record(ActKind.GRADE, [(ids[0], Grade.FAIR)])
    limit = store._connection.pragma("max_page_count", store._connection.pragma("page_count"))
    with pytest.raises(StorageError, match="is full"):
        store.record(ActKind.GRADE, [(photo_id, Grade.GOOD) for photo_id in ids])
    assert [label.verdict for label in store.labels()] == [Grade.FAIR]
    assert len(store.history()) == 1
    store._connection.pragma("max_page_count", limit * 2)
    store.record(ActKind.GRADE, [(photo_id, Grade.GOOD) for photo_id in ids])
    assert len(store.labels()) == 3000


@contextmanager
def as_nobody() -> Iterator[None]:
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_read_only_folder_is_named(open_folder: Path) -> None:
    path = open_folder / "locked.tinyclf"
    CollectionStore.create(path).close()
    path.chmod(0o666)
    open_folder.chmod(0o555)
    with as_nobody():
        with pytest.raises(CollectionError, match="cannot be opened for writing"):
            CollectionStore.open(path)
        with pytest.raises(CollectionError, match="cannot be made"):
            CollectionStore.create(open_folder / "another.tinyclf")


def test_a_read_only_file_is_named(open_folder: Path) -> None:
    path = open_folder / "locked.tinyclf"
    CollectionStore.create(path).close()
    path.chmod(0o444)
    open_folder.chmod(0o777)
    with as_nobody(), pytest.raises(CollectionError, match="cannot be opened for writing"):
        CollectionStore.open(path)


def test_threads_share_one_store(make_store: Callable[[int], CollectionStore]) -> None:
    store = make_store(200)
    ids = [photo.photo_id for photo in store.photos()]

    def grade(mine: list[PhotoId]) -> None:
        for photo_id in mine:
            store.record(ActKind.GRADE, [(photo_id, Grade.FAIR)])

    threads = [threading.Thread(target=grade, args=(ids[k::4],)) for k in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(store.labels()) == len(store.history(limit=1000)) == 200


def test_an_old_file_is_kept_before_it_is_migrated(
    store: CollectionStore, data_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()
    now = schema.USER_VERSION
    monkeypatch.setattr("tinyclf.project.store.USER_VERSION", now + 1)
    monkeypatch.setitem(migrations.MIGRATIONS, now, "ALTER TABLE photos ADD COLUMN colour TEXT")
    with CollectionStore.open(store.path) as migrated:
        assert len(migrated.photos()) == 6
        assert migrated._connection.pragma("user_version") == now + 1
    [before] = data_home.rglob(f"version-{now}.tinyclf")
    assert apsw.Connection(str(before)).pragma("user_version") == now


def test_a_migration_that_fails_changes_nothing(
    store: CollectionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()
    now = schema.USER_VERSION
    monkeypatch.setattr("tinyclf.project.store.USER_VERSION", now + 1)
    monkeypatch.setitem(
        migrations.MIGRATIONS, now, "CREATE TABLE good (x); CREATE TABLE photos (y)"
    )
    with pytest.raises(apsw.SQLError):
        CollectionStore.open(store.path)
    monkeypatch.undo()
    with CollectionStore.open(store.path) as unchanged:
        assert len(unchanged.photos()) == 6
