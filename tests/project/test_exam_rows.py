from __future__ import annotations

import apsw
import pytest

from tinyclf.domain import ActKind, Grade, Mark, PhotoId
from tinyclf.errors import CollectionError
from tinyclf.project import CollectionStore


def test_the_exam_is_empty_at_first(store: CollectionStore) -> None:
    assert store.exam() == []


def test_photos_are_set_aside_in_turn(store: CollectionStore, ids: list[PhotoId]) -> None:
    store.reserve_exam([ids[3], ids[1]])
    store.reserve_exam([ids[0], ids[0]])
    assert store.exam() == [ids[1], ids[3], ids[0]]
    assert store.history() == []
    assert store.undoable() is None


def test_what_is_set_aside_already_is_passed_over(
    store: CollectionStore, ids: list[PhotoId]
) -> None:
    store.reserve_exam([ids[0]])
    store.record(ActKind.GRADE, [(ids[0], Grade.POOR)])
    before = store.last_act
    store.reserve_exam([ids[0]])
    assert (store.exam(), store.last_act) == ([ids[0]], before)


@pytest.mark.parametrize("verdict", [Grade.FAIR, Mark.UNSURE])
def test_a_photo_a_person_has_judged_can_not_enter(
    store: CollectionStore, ids: list[PhotoId], verdict: Grade | Mark
) -> None:
    store.record(ActKind.GRADE, [(ids[1], verdict)])
    with pytest.raises(CollectionError, match=r"judged the photo .*1 already. Choose among"):
        store.reserve_exam([ids[0], ids[1]])
    assert store.exam() == []
    store.undo()
    store.reserve_exam([ids[1]])
    assert store.exam() == [ids[1]]


def test_a_foreign_photo_can_not_enter(store: CollectionStore, ids: list[PhotoId]) -> None:
    with pytest.raises(CollectionError, match="not in this collection"):
        store.reserve_exam([ids[0], PhotoId("f" * 32)])
    assert store.exam() == []


def test_an_exam_photo_is_graded_and_undone_like_any(
    store: CollectionStore, ids: list[PhotoId]
) -> None:
    store.reserve_exam([ids[0]])
    store.record(ActKind.GRADE, [(ids[0], Grade.GOOD)])
    assert [label.verdict for label in store.labels()] == [Grade.GOOD]
    store.undo()
    assert store.labels() == []
    assert store.exam() == [ids[0]]


NEW_ACT = "INSERT INTO acts (actor, kind, at) VALUES (?, ?, '')"
SET_ASIDE = "INSERT OR REPLACE INTO exam (photo, act) SELECT ?, max(number) - ? FROM acts"


@pytest.mark.parametrize(
    ("actor", "kind", "photo", "back", "refusal"),
    [
        ("person", "exam", 1, 0, "only the machine's act"),
        ("machine", "propose", 1, 0, "only the machine's act"),
        ("machine", "exam", 1, 1, "only the machine's act"),
        ("machine", "exam", 2, 0, "has judged"),
        ("machine", "exam", 4, 0, "in the exam already"),
    ],
)
def test_no_program_can_fill_the_exam_by_another_way(
    store: CollectionStore,
    ids: list[PhotoId],
    actor: str,
    kind: str,
    photo: int,
    back: int,
    refusal: str,
) -> None:
    store.record(ActKind.GRADE, [(ids[1], Grade.POOR)])
    store.reserve_exam([ids[3]])
    store.close()
    connection = apsw.Connection(str(store.path))
    connection.execute(NEW_ACT, ("machine", "propose"))
    connection.execute(NEW_ACT, (actor, kind))
    with pytest.raises(apsw.ConstraintError, match=refusal):
        connection.execute(SET_ASIDE, (photo, back))


@pytest.mark.parametrize(
    ("sql", "refusal"),
    [
        ("UPDATE exam SET photo = 2", "never changed"),
        ("UPDATE exam SET rowid = 2", "never changed"),
        ("DELETE FROM exam", "ever leaves"),
        ("PRAGMA foreign_keys = OFF; DELETE FROM photos", "exam or an audit stays"),
    ],
)
def test_no_program_can_take_a_photo_out(
    store: CollectionStore, ids: list[PhotoId], sql: str, refusal: str
) -> None:
    store.reserve_exam([ids[0]])
    store.close()
    with pytest.raises(apsw.ConstraintError, match=refusal):
        apsw.Connection(str(store.path)).execute(sql)


def test_the_first_so_many_that_nobody_judged_are_set_aside(
    store: CollectionStore, ids: list[PhotoId]
) -> None:
    store.record(ActKind.GRADE, [(ids[1], Grade.GOOD)])
    assert store.reserve_exam([ids[1], ids[3], ids[0], ids[2]], most=2) == [ids[3], ids[0]]
    assert store.exam() == [ids[0], ids[3]]
    assert store.reserve_exam(ids, most=9) == [ids[2], ids[4], ids[5]]


def test_the_exam_of_an_earlier_time_is_known(store: CollectionStore, ids: list[PhotoId]) -> None:
    store.reserve_exam(ids[:2])
    then = store.last_act + 1
    store.reserve_exam(ids[2:3])
    assert store.exam(before=then) == ids[:2]
