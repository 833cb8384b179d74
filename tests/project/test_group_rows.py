from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import apsw
import numpy as np
import pytest

from tinyclf.domain import ActKind, Grade, Photo, PhotoId
from tinyclf.errors import CollectionError
from tinyclf.project import CollectionStore, PhotoTable, database
from tinyclf.project.photo_table import NO_GROUP


def named(ids: list[PhotoId], names: str) -> dict[PhotoId, str]:
    """One letter a photo; a dot is no group."""
    return {photo_id: name for photo_id, name in zip(ids, names, strict=True) if name != "."}


def test_there_are_no_groups_at_first(store: CollectionStore) -> None:
    assert store.groups() == {}
    assert PhotoTable.load(store).group.tolist() == [NO_GROUP] * 6


def test_groups_of_a_source_replace_its_earlier_ones(
    store: CollectionStore, ids: list[PhotoId]
) -> None:
    store.set_groups("user", named(ids, "aabb.."))
    store.set_groups("duplicate", named(ids, "....xx"))
    store.set_groups("user", named(ids, "c..c.."))
    assert store.groups() == named(ids, "c..cxx")
    assert store.groups("user") == named(ids, "c..c..")
    assert store.groups("duplicate") == named(ids, "....xx")
    store.set_groups("duplicate", {})
    assert store.groups() == named(ids, "c..c..")


@pytest.mark.parametrize(
    ("user", "duplicate", "merged"),
    [
        ("aa....", ".xx...", "aaa..."),
        ("......", "xx.yy.", "xx.yy."),
        ("aabb..", ".xx...", "aaaa.."),
        ("aabb..", "x....x", "aabb.a"),
        ("a.b.c.", "xxyyzz", "aabbcc"),
        (".abbca", "xxyzzz", "aaaaaa"),
    ],
)
def test_groups_that_share_a_photo_are_one(
    store: CollectionStore, ids: list[PhotoId], user: str, duplicate: str, merged: str
) -> None:
    store.set_groups("duplicate", named(ids, duplicate))
    store.set_groups("user", named(ids, user))
    assert store.groups() == named(ids, merged)


def test_two_groups_never_go_by_one_name(store: CollectionStore, ids: list[PhotoId]) -> None:
    store.set_groups("duplicate", named(ids, "xx..yy"))
    store.set_groups("user", named(ids, "..xx.."))
    assert store.groups() == named(ids, "..xxyy") | dict.fromkeys(ids[:2], "x'")


def test_the_table_says_who_comes_first(store: CollectionStore, ids: list[PhotoId]) -> None:
    store.set_groups("user", named(ids, ".b.ab."))
    store.set_groups("duplicate", named(ids, "..xx.."))
    table = PhotoTable.load(store)
    assert table.group.tolist() == [NO_GROUP, 1, 2, 2, 1, NO_GROUP]
    assert table.units.tolist() == [0, 1, 2, 2, 1, 5]
    assert table.group.dtype == np.int32


def test_the_table_hears_of_groups_and_of_the_exam(
    store: CollectionStore, ids: list[PhotoId]
) -> None:
    table = PhotoTable.load(store)
    store.set_groups("user", named(ids, "aa...."))
    assert table.refresh(store).tolist() == [0, 1]
    store.set_groups("duplicate", named(ids, ".xx.yy"))
    assert table.refresh(store).tolist() == [2, 4, 5]
    store.reserve_exam([ids[3]])
    assert table.refresh(store).tolist() == [3]
    assert table.exam.tolist() == [False, False, False, True, False, False]
    new = Photo(PhotoId("a" * 32), store.photos()[0].path.with_name("new.jpg"), 1, 1, 1, 1)
    store.add_photos(new.path.parent, [new])
    store.set_groups("user", {new.photo_id: "n", ids[5]: "n"})
    assert table.refresh(store).tolist() == [0, 1, 2, 6]
    assert table.group.tolist() == [-1, 1, 1, -1, 4, 4, 4]
    assert table.exam.tolist() == [False, False, False, True, False, False, False]
    assert table.refresh(store).tolist() == []


def test_grouping_is_no_step_of_the_undo_history(
    store: CollectionStore, ids: list[PhotoId]
) -> None:
    store.record(ActKind.GRADE, [(ids[0], Grade.POOR)])
    store.set_groups("user", named(ids, "aa...."))
    assert [act.kind for act in store.history()] == [ActKind.GRADE]
    store.undo()
    assert store.undo() is None
    store.set_groups("user", named(ids, "aaa..."))
    assert store.redo() is not None
    store.close()
    with CollectionStore.open(store.path) as again:
        assert again.groups() == named(ids, "aaa...")
        assert again.undoable() is not None


def test_what_does_not_change_is_not_written(store: CollectionStore, ids: list[PhotoId]) -> None:
    store.set_groups("user", {})
    store.set_groups("user", named(ids, "ab...."))
    before = store.last_act
    store.set_groups("user", named(ids, "ab...."))
    assert store.last_act == before


def test_bad_groups_are_refused_whole(store: CollectionStore, ids: list[PhotoId]) -> None:
    store.set_groups("user", named(ids, "aa...."))
    with pytest.raises(CollectionError, match="not in this collection"):
        store.set_groups("user", {ids[3]: "b", PhotoId("f" * 32): "b"})
    with pytest.raises(ValueError, match="empty name"):
        store.set_groups("user", {ids[3]: ""})
    assert store.groups() == named(ids, "aa....")


def test_a_grouping_act_gives_no_verdict(store: CollectionStore, ids: list[PhotoId]) -> None:
    store.set_groups("user", named(ids, "aa...."))
    with pytest.raises(apsw.ConstraintError, match="give no verdict"):
        store._connection.execute("INSERT INTO journal SELECT max(number), 0, 1, 0, 3, 0 FROM acts")


def test_how_many_photos_were_compared_is_kept(store: CollectionStore) -> None:
    assert store.compared() == 0
    store.note_compared(4)
    store.note_compared(6)
    assert store.compared() == 6


def test_groups_written_in_parts_are_told_once_all_are_there(
    store: CollectionStore, ids: list[PhotoId], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "AT_ONCE", 2)
    table, meanwhile, all_groups = PhotoTable.load(store), list[list[int]](), store.all_groups

    def refreshed_meanwhile() -> object:
        monkeypatch.undo()
        meanwhile.append(table.refresh(store).tolist())
        return all_groups()

    monkeypatch.setattr(store, "all_groups", refreshed_meanwhile)
    store.set_groups("duplicate", named(ids, "xxyyzz"))
    assert meanwhile == [[]]
    assert table.refresh(store).tolist() == [0, 1, 2, 3, 4, 5]
    assert table.group.tolist() == [0, 0, 2, 2, 4, 4]
    assert table.refresh(store).tolist() == []


def test_a_program_killed_meanwhile_leaves_no_group_half_written(
    store: CollectionStore, ids: list[PhotoId], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "AT_ONCE", 3)
    written, writing = list[dict[PhotoId, str]](), store._writing

    @contextmanager
    def noted() -> Iterator[apsw.Connection]:
        with writing() as connection:
            yield connection
        written.append(store.groups("duplicate"))

    monkeypatch.setattr(store, "_writing", noted)
    store.set_groups("duplicate", named(ids, "xyzxyz"))
    assert written == [named(ids, "xy.xy."), named(ids, "xyzxyz")]


def test_closed_while_groups_are_written_in_parts_it_says_so(
    store: CollectionStore, ids: list[PhotoId], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "AT_ONCE", 2)
    before, writing = store.last_write, store._writing

    @contextmanager
    def closed_after_the_first() -> Iterator[apsw.Connection]:
        with writing() as connection:
            yield connection
        store.close()

    monkeypatch.setattr(store, "_writing", closed_after_the_first)
    with pytest.raises(CollectionError, match="is closed"):
        store.set_groups("duplicate", named(ids, "xxyyzz"))
    assert store.last_write is not before


def test_of_two_who_write_groups_at_a_time_the_last_has_them_told(
    store: CollectionStore, ids: list[PhotoId], monkeypatch: pytest.MonkeyPatch
) -> None:
    table, all_groups, meanwhile = PhotoTable.load(store), store.all_groups, list[list[int]]()

    def the_other_writes_then_both_are_asked() -> object:
        monkeypatch.undo()
        store.set_groups("duplicate", named(ids, "..xx.."))
        meanwhile.append(table.refresh(store).tolist())
        return all_groups()

    monkeypatch.setattr(store, "all_groups", the_other_writes_then_both_are_asked)
    store.set_groups("user", named(ids, "aa...."))
    assert meanwhile == [[]]
    assert table.refresh(store).tolist() == [0, 1, 2, 3]


def test_only_what_differs_is_written(store: CollectionStore, ids: list[PhotoId]) -> None:
    store.set_groups("duplicate", named(ids, "xxyy.."))
    store.set_groups("duplicate", named(ids, "xx.zz."))
    assert store.groups("duplicate") == named(ids, "xx.zz.")
    assert PhotoTable.load(store).group.tolist() == [0, 0, NO_GROUP, 3, 3, NO_GROUP]


def test_groups_are_read_in_pages_with_what_both_sources_say(
    store: CollectionStore, ids: list[PhotoId], monkeypatch: pytest.MonkeyPatch
) -> None:
    store.set_groups("user", named(ids, "aabb.."))
    store.set_groups("duplicate", named(ids, ".xx.yy"))
    pages = store._pages
    monkeypatch.setattr(store, "_pages", lambda *sql, page: pages(*sql, page=1))
    assert store.groups() == named(ids, "aaaayy")
