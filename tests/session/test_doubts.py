"""Grades that a training which never saw them finds odd are worth a second look."""

import pytest

from tinyclf.domain import Grade
from tinyclf.session import Session

SLIP = 7


@pytest.fixture
def slipped(crowd, truly, config, finish):
    """Sixty photos are graded, one of them as bad as it is good."""
    truly(crowd, crowd.table.ids[:60])
    crowd.grade([crowd.table.ids[SLIP]], Grade(5 - SLIP % 5))
    crowd.grade([crowd.table.ids[4]], Grade.BARELY_VISIBLE)
    finish(crowd.train(config, "mine"))
    return crowd


def test_a_slip_comes_first(slipped):
    [worst, *others] = slipped.label_issues()
    assert worst.photo_id == slipped.table.ids[4]
    assert (worst.grade, worst.believed) == (Grade.BARELY_VISIBLE, Grade.FLAWLESS)
    assert worst.is_flagged
    assert len(others) == 59
    assert slipped.status().doubts >= 1


def test_without_a_training_nothing_is_doubted(session):
    assert session.label_issues() == ()


def test_a_grade_kept_after_a_second_look_is_doubted_no_longer(slipped):
    slipped.keep([slipped.table.ids[4]])
    assert slipped.table.ids[4] not in {one.photo_id for one in slipped.label_issues()}
    assert slipped.table.codes[4] == 1


def test_a_grade_that_was_changed_is_doubted_no_longer_until_it_is_undone(slipped):
    slipped.grade([slipped.table.ids[4]], Grade.FLAWLESS)
    assert slipped.table.ids[4] not in {one.photo_id for one in slipped.label_issues()}
    slipped.undo()
    assert slipped.label_issues()[0].photo_id == slipped.table.ids[4]


def test_doubts_are_there_on_reopening(slipped):
    before = slipped.label_issues()
    slipped.close()
    with Session.open(slipped.path) as again:
        assert again.label_issues() == before
