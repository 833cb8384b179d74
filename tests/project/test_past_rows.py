"""The list of what was done, and the way back to any place in it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tinyclf.domain import ActKind, Grade, PhotoId
from tinyclf.errors import StorageError
from tinyclf.project import CollectionStore, PastAct, PastTraining, journal


def grade(store: CollectionStore, *photo_ids: PhotoId, verdict: Grade = Grade.GOOD) -> int:
    act = store.record(ActKind.GRADE, [(photo_id, verdict) for photo_id in photo_ids])
    assert act is not None
    return act.number


def codes(store: CollectionStore) -> dict[PhotoId, int]:
    return {label.photo_id: int(label.verdict) for label in store.labels()}


def test_what_was_done_is_told_newest_first(store: CollectionStore, ids: list[PhotoId]) -> None:
    grade(store, ids[0])
    grade(store, *ids[1:5], verdict=Grade.POOR)
    newest, oldest = store.past(10)
    assert isinstance(newest, PastAct)
    assert isinstance(oldest, PastAct)
    assert (newest.kind, newest.photos, newest.verdict) == (ActKind.GRADE, 4, Grade.POOR)
    assert newest.photo_id is None
    assert (oldest.photos, oldest.photo_id) == (1, ids[0])
    assert newest.when.tzinfo is not None


def test_an_act_of_several_verdicts_tells_none(store: CollectionStore, ids: list[PhotoId]) -> None:
    store.record(ActKind.IMPORT, [(ids[0], Grade.GOOD), (ids[1], Grade.FAIR)])
    [act] = store.past(10)
    assert isinstance(act, PastAct)
    assert act.verdict is None


def test_second_looks_are_told_too(store: CollectionStore, ids: list[PhotoId]) -> None:
    grade(store, *ids)
    look = store.record_second_looks([(ids[3], Grade.GOOD)], blind=False)
    assert look is not None
    told = store.past(10)[0]
    assert isinstance(told, PastAct)
    assert (told.kind, told.photos, told.photo_id) == (ActKind.KEEP, 1, ids[3])
    assert store.photos_of(look.number) == [ids[3]]


def test_undos_are_no_lines_of_their_own(store: CollectionStore, ids: list[PhotoId]) -> None:
    number = grade(store, ids[0])
    store.undo()
    assert [past.number for past in store.past(10)] == [number]
    assert store.next_numbers() == (None, number)
    assert (store.stands(number), store.can_redo(number)) == (False, True)
    store.redo()
    assert store.next_numbers() == (number, None)
    assert (store.stands(number), store.can_redo(number)) == (True, False)


def test_trainings_stand_between_the_acts(
    store: CollectionStore, ids: list[PhotoId], trained: Callable[[], int]
) -> None:
    grade(store, ids[0])
    trained()
    grade(store, ids[1])
    store.save_model(
        b"", preset="", config={}, quality=None, extractor_key="", seconds=0, is_quick=True
    )
    kinds = [type(past) for past in store.past(10)]
    assert kinds == [PastAct, PastTraining, PastAct]


def test_pages_follow_each_other(
    store: CollectionStore, ids: list[PhotoId], trained: Callable[[], int]
) -> None:
    trained()
    for photo_id in ids:
        grade(store, photo_id)
        trained()
    whole = store.past(100)
    pages = store.past(2)
    while more := store.past(2, before=pages[-1].number):
        pages += more
    assert pages == whole
    assert len(whole) == 2 * len(ids) + 1
    assert store.past(100, after=whole[3].number) == whole[:3]


def test_the_photos_of_an_act_are_found(store: CollectionStore, ids: list[PhotoId]) -> None:
    number = grade(store, ids[4], ids[1])
    assert set(store.photos_of(number)) == {ids[1], ids[4]}
    assert store.photos_of(999) == []


def test_going_back_takes_back_step_by_step(store: CollectionStore, ids: list[PhotoId]) -> None:
    first = grade(store, ids[0])
    grade(store, ids[1], ids[2])
    grade(store, ids[0], verdict=Grade.POOR)
    before = len(store.history())
    act = store.return_to(first)
    assert act is not None
    assert (act.kind, act.steps, set(act.photo_ids)) == (ActKind.UNDO, 2, set(ids[:3]))
    assert codes(store) == {ids[0]: 4}
    assert len(store.history()) == before + 2
    assert store.return_to(first) is None


def test_what_was_gone_back_over_is_done_again_one_step_at_a_time(
    store: CollectionStore, ids: list[PhotoId]
) -> None:
    for photo_id in ids:
        grade(store, photo_id)
    store.return_to(0)
    assert codes(store) == {}
    store.redo()
    store.redo()
    assert list(codes(store)) == ids[:2]


def test_one_can_go_forward_to_what_was_taken_back(
    store: CollectionStore, ids: list[PhotoId]
) -> None:
    numbers = [grade(store, photo_id) for photo_id in ids]
    store.return_to(numbers[0])
    act = store.return_to(numbers[3])
    assert act is not None
    assert (act.kind, act.steps) == (ActKind.REDO, 3)
    assert list(codes(store)) == ids[:4]
    assert [store.can_redo(one) for one in numbers] == [one in numbers[4:] for one in numbers]


def test_going_back_takes_second_looks_back(store: CollectionStore, ids: list[PhotoId]) -> None:
    first = grade(store, *ids)
    store.record_second_looks([(ids[2], Grade.FAIR)])
    act = store.return_to(first)
    assert act is not None
    assert act.photo_ids == (ids[2],)
    assert store.second_looks() == []


def test_after_a_restart_one_goes_back_as_before(
    store: CollectionStore, ids: list[PhotoId]
) -> None:
    first = grade(store, ids[0])
    second = grade(store, ids[1])
    store.return_to(first)
    store.close()
    with CollectionStore.open(store.path) as again:
        assert again.next_numbers() == (first, second)
        again.return_to(second)
        assert list(codes(again)) == ids[:2]


def test_where_the_disk_fails_midway_nothing_was_taken_back(
    store: CollectionStore, ids: list[PhotoId], monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [grade(store, photo_id) for photo_id in ids]
    before, whole = codes(store), journal._repeat
    repeated: list[int] = []

    def fail_midway(connection: object, kind: ActKind, again: int) -> int:
        if len(repeated) == 3:
            raise StorageError("the disk is full")
        repeated.append(again)
        return whole(connection, kind, again)  # type: ignore[arg-type]

    monkeypatch.setattr(journal, "_repeat", fail_midway)
    with pytest.raises(StorageError):
        store.return_to(0)
    assert codes(store) == before
    assert all(map(store.stands, numbers))
    assert store.steps_to(0) == len(numbers)
