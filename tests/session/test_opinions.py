"""A grade is set against what networks think that did not learn from the photo."""

import numpy as np
import pytest

from tinyclf.domain import GRADES, Grade, JudgedOn


@pytest.fixture
def contrary(crowd, truly, config, finish):
    """Sixty photos are graded, the fifth as bad as it is good."""
    truly(crowd, crowd.table.ids[:60])
    crowd.grade([crowd.table.ids[4]], Grade.BARELY_VISIBLE)
    finish(crowd.train(config, "mine"))
    finish(crowd.propose())
    crowd.refresh()
    return crowd


def cells(session, finish):
    """Return how many photos are found for each cell of the table of confusion."""
    return tuple(tuple(len(finish(session.mistakes(g, h))) for h in GRADES) for g in GRADES)


def test_a_photo_learnt_from_is_judged_by_who_never_saw_it(contrary):
    opinions = contrary._store.out_of_fold()
    others = opinions.probabilities.argmax(axis=1) + 1 != opinions.grades
    expected = contrary.table.rows(np.array(opinions.photo_ids)[others])
    assert 4 in expected
    assert np.flatnonzero(contrary.disagreements()).tolist() == sorted(expected)


def test_a_grade_given_since_is_set_against_what_is_proposed(contrary):
    table = contrary.table
    before = set(np.flatnonzero(contrary.disagreements()).tolist())
    row = 100
    contrary.grade([table.ids[row]], Grade(int(table.proposed[row]) % 5 + 1))
    contrary.accept([table.ids[row + 1]])
    assert set(np.flatnonzero(contrary.disagreements()).tolist()) == before | {row}


def test_who_changes_their_mind_agrees(contrary):
    contrary.grade([contrary.table.ids[4]], Grade.FLAWLESS)
    assert not contrary.disagreements()[4]


def test_who_stands_by_a_grade_is_not_asked_again_until_it_is_another(contrary):
    contrary.keep([contrary.table.ids[4]])
    assert not contrary.disagreements()[4]
    contrary.grade([contrary.table.ids[4]], Grade.POOR)
    assert contrary.disagreements()[4]


def test_before_any_training_nobody_disagrees(session, finish):
    session.grade([session.table.ids[0]], Grade.POOR)
    assert not session.disagreements().any()
    assert finish(session.mistakes(Grade.POOR, Grade.FAIR)) == []


def test_each_cell_of_the_table_is_made_of_the_photos_counted_in_it(contrary, finish):
    assert contrary.model.quality.judged_on is JudgedOn.CROSS_VALIDATION
    assert cells(contrary, finish) == contrary.model.quality.confusion


def test_judged_on_the_exam_they_are_the_exams(crowd, truly, config, finish, monkeypatch):
    truly(crowd, crowd.table.ids[:60])
    exam = crowd.reserve_exam(40)
    truly(crowd, exam)
    crowd.grade(exam[:1], Grade.FAIR)
    finish(crowd.train(config, "mine"))
    assert crowd.model.quality.judged_on is JudgedOn.EXAM
    monkeypatch.setattr(crowd._reader, "extractor", None)  # no encoder is woken for that
    assert cells(crowd, finish) == crowd.model.quality.confusion
    assert set(finish(crowd.mistakes(Grade.FAIR, Grade.FAIR))) <= set(exam)
