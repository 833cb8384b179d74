from __future__ import annotations

import apsw
import pytest

from tinyclf.domain import Act, ActKind, Grade, Label, Mark, PhotoId, Verdict
from tinyclf.errors import CollectionError
from tinyclf.project import CollectionStore


def verdicts(store: CollectionStore) -> dict[PhotoId, Verdict]:
    return {label.photo_id: label.verdict for label in store.labels()}


def grade(store: CollectionStore, photo_id: PhotoId, verdict: Verdict) -> Act | None:
    return store.record(ActKind.GRADE, [(photo_id, verdict)])


def test_a_grade_is_kept(store: CollectionStore, ids: list[PhotoId]) -> None:
    act = store.record(ActKind.GRADE, [(ids[2], Grade.GOOD), (ids[0], Grade.GOOD)])
    assert act is not None
    assert (act.kind, act.photo_ids, act.verdict) == (ActKind.GRADE, (ids[2], ids[0]), Grade.GOOD)
    assert act.when.tzinfo is not None
    assert verdicts(store) == {ids[0]: Grade.GOOD, ids[2]: Grade.GOOD}


def test_an_act_is_told_as_it_is_read_back(store: CollectionStore, ids: list[PhotoId]) -> None:
    given = [(ids[3], Grade.GOOD), (ids[0], Grade.POOR), (ids[2], Grade.GOOD)]
    act = store.record(ActKind.GRADE, given)
    again = store.record(ActKind.GRADE, [(photo_id, Grade.POOR) for photo_id, _ in given])
    store.close()
    with CollectionStore.open(store.path) as reopened:
        assert reopened.history() == [again, act]


def test_an_act_of_several_verdicts_names_none(store: CollectionStore, ids: list[PhotoId]) -> None:
    act = store.record(ActKind.IMPORT, [(ids[0], Grade.GOOD), (ids[1], Grade.FAIR)])
    assert act is not None
    assert act.verdict is None


def test_what_does_not_change_is_not_written(store: CollectionStore, ids: list[PhotoId]) -> None:
    grade(store, ids[0], Grade.POOR)
    assert grade(store, ids[0], Grade.POOR) is None
    assert grade(store, ids[1], None) is None
    act = store.record(ActKind.GRADE, [(ids[0], Grade.POOR), (ids[1], Grade.POOR)])
    assert act is not None
    assert act.photo_ids == (ids[1],)


def test_of_two_verdicts_in_one_act_the_later_counts(
    store: CollectionStore, ids: list[PhotoId]
) -> None:
    store.record(ActKind.GRADE, [(ids[0], Grade.POOR), (ids[0], Mark.UNSURE)])
    assert verdicts(store) == {ids[0]: Mark.UNSURE}


def test_a_foreign_photo_stops_the_whole_act(store: CollectionStore, ids: list[PhotoId]) -> None:
    with pytest.raises(CollectionError, match="not in this collection"):
        store.record(ActKind.GRADE, [(ids[0], Grade.POOR), (PhotoId("f" * 32), Grade.POOR)])
    with pytest.raises(CollectionError, match="not in this collection"):
        store.record(ActKind.CLEAR, [(PhotoId("f" * 32), None)])
    assert verdicts(store) == {}
    assert store.undoable() is None


def test_undo_and_redo_walk_the_history(store: CollectionStore, ids: list[PhotoId]) -> None:
    first = grade(store, ids[0], Grade.POOR)
    second = grade(store, ids[0], Grade.GOOD)
    assert store.undoable() == second
    undone = store.undo()
    assert first is not None
    assert second is not None
    assert undone is not None
    assert (undone.kind, undone.undoes, undone.verdict) == (
        ActKind.UNDO,
        second.number,
        Grade.POOR,
    )
    assert verdicts(store) == {ids[0]: Grade.POOR}
    store.undo()
    assert verdicts(store) == {}
    assert store.undo() is None
    redone = store.redo()
    assert redone is not None
    assert (redone.kind, redone.undoes) == (ActKind.REDO, first.number)
    store.redo()
    assert verdicts(store) == {ids[0]: Grade.GOOD}
    assert store.redo() is None


def test_a_new_act_drops_what_could_be_redone(store: CollectionStore, ids: list[PhotoId]) -> None:
    grade(store, ids[0], Grade.POOR)
    store.undo()
    assert store.redoable() is not None
    grade(store, ids[1], Grade.POOR)
    assert store.redoable() is None


def test_the_history_survives_a_restart(store: CollectionStore, ids: list[PhotoId]) -> None:
    grade(store, ids[0], Grade.POOR)
    grade(store, ids[1], Grade.GOOD)
    store.undo()
    store.close()
    with CollectionStore.open(store.path) as again:
        assert None not in (again.undoable(), again.redoable())
        again.redo()
        again.undo()
        again.undo()
        assert verdicts(again) == {}


def test_an_accepted_proposal_is_verified_until_it_is_corrected(
    store: CollectionStore, ids: list[PhotoId]
) -> None:
    store.record(ActKind.ACCEPT_REST, [(ids[0], Grade.GOOD)])
    assert store.labels() == [Label(ids[0], Grade.GOOD, verified=True)]
    store.record(ActKind.CORRECT, [(ids[0], Grade.FAIR)])
    assert store.labels() == [Label(ids[0], Grade.FAIR, verified=False)]
    store.undo()
    assert store.labels() == [Label(ids[0], Grade.GOOD, verified=True)]


def test_history_is_newest_first(store: CollectionStore, ids: list[PhotoId]) -> None:
    assert store.history() == []
    for number in range(4):
        grade(store, ids[number], Grade.POOR)
    kinds = [store.undo(), *store.history(limit=2)]
    assert kinds[0] == kinds[1]
    assert [act.photo_ids for act in store.history()] == [(ids[k],) for k in (3, 3, 2, 1, 0)]
    assert len(store.history(limit=2)) == 2


def test_the_verdicts_right_after_an_act_are_told_of_what_was_changed_since(
    store: CollectionStore, ids: list[PhotoId]
) -> None:
    grade(store, ids[0], Grade.POOR)
    then = store.last_act
    grade(store, ids[0], Grade.GOOD)
    grade(store, ids[0], Grade.FAIR)
    grade(store, ids[1], Grade.POOR)
    assert store.codes_after(then) == {ids[0]: Grade.POOR, ids[1]: 0}
    assert store.codes_after(0) == {ids[0]: 0, ids[1]: 0}
    assert store.codes_after(store.last_act) == {}


def test_undo_is_no_kind_to_record(store: CollectionStore, ids: list[PhotoId]) -> None:
    with pytest.raises(ValueError, match="undo"):
        store.record(ActKind.UNDO, [(ids[0], Grade.POOR)])


@pytest.mark.parametrize(
    ("sql", "refusal"),
    [
        ("UPDATE journal SET new = 5", "never changed"),
        ("DELETE FROM journal", "never shortened"),
        ("UPDATE acts SET actor = 'machine'", "never changed"),
        ("DELETE FROM acts", "never removed"),
        ("INSERT OR REPLACE INTO acts VALUES (1, 'person', 'grade', '', NULL)", "only grow"),
        ("INSERT INTO acts VALUES (9223372036854775807, 'person', 'grade', '', NULL)", "only grow"),
        ("UPDATE photos SET photo_id = 'x'", "stays who it is"),
        ("UPDATE photos SET rowid = rowid + 100", "stays who it is"),
        ("PRAGMA foreign_keys = OFF; DELETE FROM photos", "spoke of stays"),
        ("INSERT INTO journal SELECT act, 9, 2, 0, 3, 0 FROM journal", "grows at its end"),
        ("INSERT OR REPLACE INTO journal SELECT act, place, 2, 0, 3, 0 FROM journal", "at its end"),
    ],
)
def test_no_program_can_rewrite_what_was_said(
    store: CollectionStore, ids: list[PhotoId], sql: str, refusal: str
) -> None:
    grade(store, ids[0], Grade.POOR)
    store.save_model(b"", preset="", config={}, quality=None, extractor_key="", seconds=0)
    store.close()
    with pytest.raises(apsw.ConstraintError, match=refusal):
        apsw.Connection(str(store.path)).execute(sql)


def test_no_photo_takes_the_row_of_one_a_person_spoke_of(
    store: CollectionStore, ids: list[PhotoId]
) -> None:
    grade(store, ids[0], Grade.POOR)
    with pytest.raises(apsw.ConstraintError, match="spoke of stays"):
        store._connection.execute(
            "INSERT OR REPLACE INTO photos SELECT row, 'x', folder, path, 1, 1, 1, 1, act, taken, "
            "changed_ns FROM photos WHERE row = 1"
        )


NEW_ACT = "INSERT INTO acts (actor, kind, at) VALUES (?, 'grade', '')"
NEW_ROW = "INSERT INTO journal SELECT max(number), 0, ?, ?, ?, 0 FROM acts"


def test_a_machine_cannot_grade(store: CollectionStore, ids: list[PhotoId]) -> None:
    store.close()
    connection = apsw.Connection(str(store.path))
    connection.execute(NEW_ACT, ("machine",))
    with pytest.raises(apsw.ConstraintError, match="only a person"):
        connection.execute(NEW_ROW, (1, 0, 3))


def test_an_old_verdict_must_be_the_present_one(store: CollectionStore, ids: list[PhotoId]) -> None:
    grade(store, ids[0], Grade.POOR)
    store.close()
    connection = apsw.Connection(str(store.path))
    connection.execute(NEW_ACT, ("person",))
    with pytest.raises(apsw.ConstraintError, match="not the present one"):
        connection.execute(NEW_ROW, (1, 0, 3))
