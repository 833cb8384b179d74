"""Grades that a training which never saw them finds odd are worth a second look."""

from dataclasses import replace

import pytest

from tinyclf.domain import Grade, PhotoId
from tinyclf.session import LabelIssue, Session
from tinyclf.session.label_issues import FEWEST_GRADES, label_issues

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


def test_label_issues_are_there_on_reopening(slipped):
    before = slipped.label_issues()
    slipped.close()
    with Session.open(slipped.path) as again:
        assert again.label_issues() == before


@pytest.mark.parametrize(("far", "flagged"), [(0.9, True), (0.3, False), (0.1, False)])
def test_what_is_more_likely_far_off_than_not_is_flagged(far, flagged):
    issue = LabelIssue(PhotoId("a"), Grade.POOR, Grade.FLAWLESS, far)
    assert issue.is_flagged is flagged
    assert not replace(issue, is_told_well=False).is_flagged


def test_from_few_grades_no_slip_is_claimed(crowd, truly, config, finish):
    truly(crowd, crowd.table.ids[: FEWEST_GRADES - 1])
    crowd.grade([crowd.table.ids[4]], Grade.BARELY_VISIBLE)
    finish(crowd.train(config, "mine"))
    assert len(crowd.label_issues()) == FEWEST_GRADES - 1
    assert crowd.status().doubts == 0
    crowd.grade([crowd.table.ids[FEWEST_GRADES - 1]], Grade.FLAWLESS)
    finish(crowd.train(config, "mine"))
    assert crowd.status().doubts > 0


def test_who_guesses_claims_no_slip(slipped, monkeypatch):
    model = slipped.model
    kappa = replace(model.quality.kappa, low=-0.01)
    guessed = replace(model, quality=replace(model.quality, kappa=kappa))
    store, table = slipped._store, slipped.table
    assert label_issues(store, table)[0].is_flagged
    monkeypatch.setattr(type(store), "latest_model", lambda self: guessed)
    assert not any(one.is_flagged for one in label_issues(store, table))
