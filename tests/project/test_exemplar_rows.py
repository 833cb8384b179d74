"""A person pins examples of a grade: they stand while that is their grade."""

from __future__ import annotations

import pytest

from tinyclf.domain import ActKind, Grade, Mark, PhotoId
from tinyclf.errors import CollectionError
from tinyclf.project import CollectionStore
from tinyclf.project.exemplar_rows import MOST_EXEMPLARS

GOOD, FAIR = Grade.GOOD, Grade.FAIR


def grade(store: CollectionStore, photo_ids: list[PhotoId], verdict: Grade | Mark | None) -> None:
    store.record(ActKind.GRADE, [(photo_id, verdict) for photo_id in photo_ids])


@pytest.fixture
def graded(store: CollectionStore, ids: list[PhotoId]) -> CollectionStore:
    grade(store, ids, GOOD)
    return store


def pinned(store: CollectionStore) -> list[PhotoId]:
    return [photo_id for photo_id, _ in store.exemplars()]


def test_a_photo_is_an_example_of_the_grade_it_was_given(
    graded: CollectionStore, ids: list[PhotoId]
) -> None:
    grade(graded, [ids[1]], FAIR)
    graded.pin([ids[2], ids[1]])
    assert graded.exemplars() == [(ids[2], GOOD), (ids[1], FAIR)]


def test_it_is_one_still_after_the_file_was_closed(
    graded: CollectionStore, ids: list[PhotoId]
) -> None:
    graded.pin(ids[:2])
    graded.close()
    with CollectionStore.open(graded.path) as again:
        assert pinned(again) == ids[:2]


def test_it_can_be_unpinned(graded: CollectionStore, ids: list[PhotoId]) -> None:
    graded.pin(ids[:3])
    graded.unpin([ids[1], ids[5]])
    assert pinned(graded) == [ids[0], ids[2]]


@pytest.mark.parametrize("verdict", [FAIR, Mark.UNSURE, None])
def test_graded_otherwise_it_stands_for_nothing_and_after_an_undo_again(
    graded: CollectionStore, ids: list[PhotoId], verdict: Grade | Mark | None
) -> None:
    graded.pin(ids[:1])
    grade(graded, ids[:1], verdict)
    assert graded.exemplars() == []
    graded.undo()
    assert graded.exemplars() == [(ids[0], GOOD)]


def test_pinned_again_it_stands_for_its_new_grade(
    graded: CollectionStore, ids: list[PhotoId]
) -> None:
    graded.pin(ids[:1])
    grade(graded, ids[:1], FAIR)
    graded.pin(ids[:1])
    assert graded.exemplars() == [(ids[0], FAIR)]


def test_of_too_many_the_one_pinned_first_gives_way_for_good(
    graded: CollectionStore, ids: list[PhotoId]
) -> None:
    graded.pin(ids[: MOST_EXEMPLARS + 1])
    assert pinned(graded) == ids[1 : MOST_EXEMPLARS + 1]
    graded.unpin([ids[2]])
    assert pinned(graded) == [ids[1], *ids[3 : MOST_EXEMPLARS + 1]]


def test_each_grade_has_its_own(graded: CollectionStore, ids: list[PhotoId]) -> None:
    grade(graded, ids[4:], FAIR)
    graded.pin(ids)
    assert pinned(graded) == ids


def test_no_more_stand_than_may_when_undone_grades_come_back(
    graded: CollectionStore, ids: list[PhotoId]
) -> None:
    graded.pin(ids[:1])
    grade(graded, ids[:1], FAIR)
    graded.pin(ids[1 : MOST_EXEMPLARS + 1])
    graded.undo()
    assert pinned(graded) == ids[1 : MOST_EXEMPLARS + 1]


@pytest.mark.parametrize("verdict", [None, Mark.NOT_GRADABLE])
def test_a_photo_without_a_grade_is_no_example(
    graded: CollectionStore, ids: list[PhotoId], verdict: Mark | None
) -> None:
    grade(graded, ids[1:2], verdict)
    with pytest.raises(CollectionError, match="has no grade"):
        graded.pin(ids[:2])
    assert graded.exemplars() == []


def test_pinning_is_no_step_of_the_history(graded: CollectionStore, ids: list[PhotoId]) -> None:
    before = graded.history()
    graded.pin(ids[:1])
    assert graded.history() == before
