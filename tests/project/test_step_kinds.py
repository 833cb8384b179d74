"""Each kind of step is told of, taken back and done again: one that is forgotten here fails."""

from __future__ import annotations

import pytest

from tinyclf.domain import ActKind, Grade
from tinyclf.project import CollectionStore, PhotoTable
from tinyclf.project.step_kinds import STEP_KINDS, StepKind

DEEDS = {
    "journal": lambda store, photos: store.record(
        ActKind.CORRECT, [(one, Grade.POOR) for one in photos]
    ),
    "second_looks": lambda store, photos: store.record_second_looks(
        [(one, Grade.POOR) for one in photos]
    ),
    "fine_photos": lambda store, photos: store.set_fine(photos),
}
each = pytest.mark.parametrize("kind", STEP_KINDS, ids=lambda kind: kind.table)


@pytest.fixture
def graded(store, ids):
    """Two photos that have a grade."""
    store.record(ActKind.GRADE, [(one, Grade.GOOD) for one in ids[:2]])
    return list(ids[:2])


def said(store: CollectionStore, photos):
    """Return all that a person can have said of photos."""
    table = PhotoTable.load(store)
    rows = table.rows(photos)
    looks = [(look.photo_id, look.second) for look in store.second_looks()]
    return table.codes[rows].tolist(), table.fine[rows].tolist(), looks


@each
def test_a_step_is_taken_back_and_done_again(store, graded, kind: StepKind):
    before = said(store, graded)
    DEEDS[kind.table](store, graded)
    after = said(store, graded)
    assert after != before
    assert store.undo().photo_ids == tuple(graded)
    assert said(store, graded) == before
    assert store.redo().photo_ids == tuple(graded)
    assert said(store, graded) == after


@each
def test_of_a_step_its_photos_are_told(store, graded, kind: StepKind):
    act = DEEDS[kind.table](store, graded)
    assert act.photo_ids == tuple(graded)
    assert store.history(1) == [act]
    assert sorted(store.photos_of(act.number)) == sorted(graded)
    assert store.past(1)[0].photos == 2
    assert (act.number in store.acts_about(graded[:1])) == kind.gives_verdicts


@each
def test_a_verdict_is_told_where_a_step_gives_one(store, graded, kind: StepKind):
    act = DEEDS[kind.table](store, graded)
    verdict = Grade.POOR if kind.gives_verdicts else None
    assert (act.verdict, store.past(1)[0].verdict) == (verdict, verdict)


@each
def test_several_steps_back_tell_of_its_photos(store, graded, kind: StepKind):
    before = store.last_act
    DEEDS[kind.table](store, graded)
    store.record(ActKind.GRADE, [(graded[0], Grade.FAIR)])
    back = store.return_to(before)
    assert (set(back.photo_ids), back.steps) == (set(graded), 2)
