"""A person's word that photos are fine lasts, and is no step of the undo history."""

from __future__ import annotations

import apsw
import pytest

from tinyclf.domain import ActKind, Grade, PhotoId
from tinyclf.errors import CollectionError
from tinyclf.project import CollectionStore, PhotoTable


def test_what_is_said_to_be_fine_lasts(store, ids):
    assert store.set_fine(ids[:2]) == list(ids[:2])
    path = store.path
    store.close()
    with CollectionStore.open(path) as again:
        assert again.fine_photos() == list(ids[:2])
        assert PhotoTable.load(again).fine.tolist() == [True, True] + [False] * (len(ids) - 2)


def test_it_can_be_taken_back(store, ids):
    store.set_fine(ids[:2])
    table = PhotoTable.load(store)
    assert store.set_fine(ids, is_fine=False) == list(ids[:2])
    assert table.refresh(store).tolist() == [0, 1]
    assert not table.fine.any()


def test_to_say_it_twice_changes_nothing(store, ids):
    store.set_fine(ids[:1])
    before = store.last_act
    assert store.set_fine(ids[:1]) == []
    assert store.last_act == before


def test_it_is_no_step_of_the_undo_history(store, ids):
    store.record(ActKind.GRADE, [(ids[0], Grade.GOOD)])
    store.set_fine(ids[:1])
    assert [act.kind for act in store.history()] == [ActKind.GRADE]
    assert store.undo().photo_ids == (ids[0],)
    assert store.fine_photos() == [ids[0]]


def test_of_an_unknown_photo_it_cannot_be_said(store, ids):
    with pytest.raises(CollectionError, match="not in this collection"):
        store.set_fine([ids[0], PhotoId("0" * 64)])
    assert store.fine_photos() == []


def test_what_was_done_can_still_be_read_after_it(store, ids):
    act = store.record(ActKind.GRADE, [(ids[0], Grade.GOOD)])
    store.set_fine(ids[:1])
    store.set_groups("user", dict.fromkeys(ids[:2], "front and back"))
    assert [past.number for past in store.past(10)] == [act.number]


def test_it_writes_no_verdict(store, ids):
    store.set_fine(ids[:1])
    with pytest.raises(apsw.ConstraintError, match="give no verdict"):
        store._connection.execute("INSERT INTO journal SELECT max(number), 0, 1, 0, 3, 0 FROM acts")
