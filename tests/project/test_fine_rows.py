"""A person's word that photos are fine lasts, and is a step of the undo history."""

from __future__ import annotations

import apsw
import pytest

from tinyclf.domain import ActKind, Grade, PhotoId
from tinyclf.errors import CollectionError
from tinyclf.project import CollectionStore, PhotoTable


def fine(store):
    table = PhotoTable.load(store)
    return [table.ids[row] for row in table.fine.nonzero()[0]]


def test_what_is_said_to_be_fine_lasts(store, ids):
    act = store.set_fine(ids[:2])
    assert (act.kind, act.photo_ids, act.verdict) == (ActKind.FINE, tuple(ids[:2]), None)
    path = store.path
    store.close()
    with CollectionStore.open(path) as again:
        assert fine(again) == list(ids[:2])


def test_the_contrary_can_be_said(store, ids):
    store.set_fine(ids[:2])
    table = PhotoTable.load(store)
    act = store.set_fine(ids, is_fine=False)
    assert (act.kind, act.photo_ids) == (ActKind.NOT_FINE, tuple(ids[:2]))
    assert table.refresh(store).tolist() == [0, 1]
    assert not table.fine.any()


def test_to_say_it_twice_changes_nothing(store, ids):
    store.set_fine(ids[:1])
    before = store.last_act
    assert store.set_fine(ids[:1]) is None
    assert store.last_act == before


def test_it_is_taken_back_and_done_again_as_any_act(store, ids):
    store.record(ActKind.GRADE, [(ids[0], Grade.GOOD)])
    store.set_fine(ids[:2])
    store.set_fine(ids[:1], is_fine=False)
    assert store.undo().photo_ids == (ids[0],)
    assert fine(store) == list(ids[:2])
    assert store.undo().photo_ids == tuple(ids[:2])
    assert fine(store) == []
    assert store.undo().photo_ids == (ids[0],)
    assert store.labels() == []
    store.redo()
    store.redo()
    assert fine(store) == list(ids[:2])
    assert store.redoable().kind is ActKind.NOT_FINE


def test_the_way_back_lasts_over_a_restart(store, ids):
    store.set_fine(ids[:2])
    store.undo()
    path = store.path
    store.close()
    with CollectionStore.open(path) as again:
        table = PhotoTable.load(again)
        assert not table.fine.any()
        again.redo()
        assert table.refresh(again).tolist() == [0, 1]
        assert table.fine[:2].all()


def test_several_steps_back_pass_it_too(store, ids):
    store.set_fine(ids[:2])
    store.record(ActKind.GRADE, [(ids[3], Grade.GOOD)])
    assert set(store.return_to(0).photo_ids) == {*ids[:2], ids[3]}
    assert fine(store) == []


def test_of_an_unknown_photo_it_cannot_be_said(store, ids):
    with pytest.raises(CollectionError, match="not in this collection"):
        store.set_fine([ids[0], PhotoId("0" * 64)])
    assert fine(store) == []


def test_the_past_tells_it(store, ids):
    store.record(ActKind.GRADE, [(ids[0], Grade.GOOD)])
    act = store.set_fine(ids[:1])
    store.set_groups("user", dict.fromkeys(ids[:2], "front and back"))
    assert [past.kind for past in store.past(10)] == [ActKind.FINE, ActKind.GRADE]
    assert (store.past(1)[0].photos, store.past(1)[0].photo_id) == (1, ids[0])
    assert store.photos_of(act.number) == [ids[0]]


def test_what_was_said_is_never_changed(store, ids):
    store.set_fine(ids[:1])
    for forged in ("UPDATE fine_photos SET fine = 0", "DELETE FROM fine_photos"):
        with pytest.raises(apsw.ConstraintError):
            store._connection.execute(forged)


def test_it_writes_no_verdict(store, ids):
    store.set_fine(ids[:1])
    with pytest.raises(apsw.ConstraintError, match="give no verdict"):
        store._connection.execute("INSERT INTO journal SELECT max(number), 0, 1, 0, 3, 0 FROM acts")
