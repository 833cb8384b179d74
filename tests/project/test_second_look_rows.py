from __future__ import annotations

import apsw
import pytest

from tinyclf.domain import ActKind, Grade, Label, Mark, PhotoId
from tinyclf.errors import CollectionError
from tinyclf.project import CollectionStore


@pytest.fixture
def graded(store: CollectionStore, ids: list[PhotoId]) -> CollectionStore:
    store.record(ActKind.GRADE, [(ids[0], Grade.POOR)])
    store.record(ActKind.GRADE, [(ids[1], Mark.UNSURE)])
    return store


def test_a_second_look_is_kept_beside_the_first(
    graded: CollectionStore, ids: list[PhotoId]
) -> None:
    assert graded.second_looks() == []
    graded.record_second_looks([(ids[0], Grade.FAIR)])
    graded.record_second_looks([(ids[1], Grade.GOOD)])
    graded.record_second_looks([(ids[0], Mark.NOT_GRADABLE)])
    looks = graded.second_looks()
    assert [(look.photo_id, look.first, look.second) for look in looks] == [
        (ids[0], Grade.POOR, Grade.FAIR),
        (ids[1], Mark.UNSURE, Grade.GOOD),
        (ids[0], Grade.POOR, Mark.NOT_GRADABLE),
    ]
    assert looks[0].when.tzinfo is not None
    assert looks[0].act < looks[1].act


def test_it_never_changes_the_grade(graded: CollectionStore, ids: list[PhotoId]) -> None:
    graded.record_second_looks([(ids[0], Grade.FLAWLESS)])
    assert graded.labels()[0] == Label(ids[0], Grade.POOR, verified=False)


def test_a_look_is_taken_back_and_done_again(graded: CollectionStore, ids: list[PhotoId]) -> None:
    graded.record_second_looks([(ids[0], Grade.FAIR), (ids[1], Grade.GOOD)])
    undone = graded.undo()
    assert undone is not None
    assert (undone.kind, set(undone.photo_ids)) == (ActKind.UNDO, set(ids[:2]))
    assert graded.second_looks() == []
    assert len(graded.labels()) == 2
    redone = graded.redo()
    assert redone is not None
    assert redone.undoes == undone.undoes
    assert {look.photo_id for look in graded.second_looks()} == set(ids[:2])


def test_a_look_is_a_step_of_the_history(graded: CollectionStore, ids: list[PhotoId]) -> None:
    graded.record_second_looks([(ids[0], Grade.FAIR)])
    graded.record_second_looks([(ids[0], Grade.POOR)], blind=False)
    assert [(act.kind, act.photo_ids, act.verdict) for act in graded.history(2)] == [
        (ActKind.KEEP, (ids[0],), Grade.POOR),
        (ActKind.LOOK_AGAIN, (ids[0],), Grade.FAIR),
    ]
    graded.undo()
    graded.close()
    with CollectionStore.open(graded.path) as again:
        undoable, redoable = again.undoable(), again.redoable()
        assert undoable is not None
        assert redoable is not None
        assert (undoable.kind, redoable.kind) == (ActKind.LOOK_AGAIN, ActKind.KEEP)
        assert [look.blind for look in again.second_looks()] == [True]


def test_after_a_look_nothing_older_is_done_again(
    graded: CollectionStore, ids: list[PhotoId]
) -> None:
    graded.undo()
    graded.record_second_looks([(ids[0], Grade.FAIR)])
    assert graded.redo() is None


def test_a_file_in_which_undo_passed_looks_by_still_opens(
    graded: CollectionStore, ids: list[PhotoId]
) -> None:
    graded.record_second_looks([(ids[0], Grade.FAIR)])
    graded.close()
    connection = apsw.Connection(str(graded.path))
    for kind in ("undo", "redo", "undo"):  # as version 2 wrote it: of the act before the look
        connection.execute(
            "INSERT INTO acts (actor, kind, at, undoes) VALUES ('person', ?, '2026-01-01', 2)",
            (kind,),
        )
        old, new = (-1, 0) if kind == "undo" else (0, -1)
        connection.execute(
            "INSERT INTO journal SELECT max(number), 0, 2, ?, ?, 0 FROM acts", (old, new)
        )
    connection.close()
    with CollectionStore.open(graded.path) as again:
        undoable, redoable = again.undoable(), again.redoable()
        assert undoable is not None
        assert redoable is not None
        assert (undoable.kind, redoable.number) == (ActKind.LOOK_AGAIN, 2)


def test_a_look_is_recorded_by_its_own_means(graded: CollectionStore, ids: list[PhotoId]) -> None:
    with pytest.raises(ValueError, match="not made by record"):
        graded.record(ActKind.KEEP, [(ids[0], Grade.FAIR)])
    assert graded.record_second_looks([]) is None


def test_there_must_be_a_first_look(graded: CollectionStore, ids: list[PhotoId]) -> None:
    with pytest.raises(CollectionError, match=r"no verdict to compare with\. Grade it first"):
        graded.record_second_looks([(ids[2], Grade.FAIR)])
    with pytest.raises(CollectionError, match="not in this collection"):
        graded.record_second_looks([(PhotoId("f" * 32), Grade.FAIR)])
    assert graded.second_looks() == []


NEW_ACT = "INSERT INTO acts (actor, kind, at) VALUES (?, ?, '')"
LOOK = "INSERT OR REPLACE INTO second_looks SELECT max(number) - ?, ?, ?, ?, 1 FROM acts"


@pytest.mark.parametrize(
    ("actor", "kind", "back", "photo", "first", "second", "refusal"),
    [
        ("machine", "second-look", 0, 1, 2, 3, "only a person"),
        ("person", "grade", 0, 1, 2, 3, "only a person"),
        ("person", "second-look", 1, 1, 2, 3, "only a person"),
        ("person", "second-look", 0, 1, 4, 3, "not the present one"),
        ("person", "second-look", 0, 3, 2, 3, "not the present one"),
        ("person", "second-look", 0, 3, 0, 3, "CHECK"),
        ("person", "second-look", 0, 1, 2, 0, "CHECK"),
        ("person", "second-look", 0, 1, 2, 6, "CHECK"),
    ],
)
def test_no_program_can_invent_one(
    graded: CollectionStore,
    actor: str,
    kind: str,
    back: int,
    photo: int,
    first: int,
    second: int,
    refusal: str,
) -> None:
    graded.close()
    connection = apsw.Connection(str(graded.path))
    connection.execute(NEW_ACT, ("person", "second-look"))
    connection.execute(NEW_ACT, (actor, kind))
    with pytest.raises(apsw.ConstraintError, match=refusal):
        connection.execute(LOOK, (back, photo, first, second))


@pytest.mark.parametrize(
    ("sql", "refusal"),
    [
        ("UPDATE second_looks SET second = 5", "never changed"),
        ("DELETE FROM second_looks", "never removed"),
        ("INSERT OR REPLACE INTO second_looks SELECT act, 1, 2, 5, 1 FROM second_looks", "now"),
        ("INSERT INTO journal SELECT act, 0, photo, first, second, 0 FROM second_looks", "no verd"),
    ],
)
def test_no_program_can_rewrite_one(
    graded: CollectionStore, ids: list[PhotoId], sql: str, refusal: str
) -> None:
    graded.record_second_looks([(ids[0], Grade.FAIR)])
    graded.close()
    with pytest.raises(apsw.ConstraintError, match=refusal):
        apsw.Connection(str(graded.path)).execute(sql)


def test_a_look_that_was_not_blind_says_so(graded: CollectionStore, ids: list[PhotoId]) -> None:
    graded.record_second_looks([(ids[0], Grade.FAIR)])
    graded.record_second_looks([(ids[0], Grade.FAIR)], blind=False)
    assert [look.blind for look in graded.second_looks()] == [True, False]
