"""A collection as a dataset: what may be learnt from, kept together as the session knows."""

import numpy as np
import pytest

from tests.walking import finished
from tinyclf.domain import Mark
from tinyclf.errors import InputError
from tinyclf.trust.exam import EXAM_PHOTOS


def test_graded_photos_are_pictures_of_five_classes(session, grade_truly):
    grade_truly(10)
    parts = finished(session.examples())
    train = parts.train
    assert parts.test is None
    assert train.classes == ("1", "2", "3", "4", "5")
    assert train.x.shape == (10, 3, 32, 32)
    assert train.x.dtype == np.uint8
    levels = train.x.mean(axis=(1, 2, 3))
    assert levels == pytest.approx(40 + 40 * train.y, abs=12)
    assert train.names == tuple(str(photo.path) for photo in session.table.photos(np.arange(10)))


def test_the_side_is_as_wished(session, grade_truly):
    grade_truly(4)
    parts = finished(session.examples(side=7))
    assert parts.train.shape == (3, 7, 7)
    assert parts.notes == ()
    with pytest.raises(InputError, match="1 to 2,000"):
        finished(session.examples(side=0))


def test_what_is_not_gradable_or_not_graded_is_no_example(session, grade_truly):
    grade_truly(6)
    session.grade(session.table.ids[2:4], Mark.NOT_GRADABLE)
    assert len(finished(session.examples()).train) == 4


def test_photos_that_belong_together_are_one_group(session, grade_truly):
    grade_truly(6)
    session.group(dict.fromkeys(session.table.ids[1:4], "one object"))
    groups = finished(session.examples()).train.groups
    assert groups[1] == groups[2] == groups[3]
    assert len(set(groups)) == 4


def test_the_exam_is_the_test_part_once_it_counts(crowd, truly):
    truly(crowd, crowd.table.ids[:50])
    exam = crowd.reserve_exam()
    truly(crowd, exam[: EXAM_PHOTOS - 1])
    few = finished(crowd.examples(side=8))
    assert (len(few.train), few.test) == (50, None)
    assert any(f"{EXAM_PHOTOS - 1} graded photos of the exam were left out" in n for n in few.notes)
    truly(crowd, exam)
    parts = finished(crowd.examples(side=8))
    assert (len(parts.train), len(parts.test)) == (50, EXAM_PHOTOS)
    places = {str(crowd.table.photo(crowd.table.row_of[one]).path) for one in exam}
    assert set(parts.test.names) == places
    assert places.isdisjoint(parts.train.names)


def test_what_belongs_together_with_an_exam_photo_is_not_learnt_from(crowd, truly):
    truly(crowd, crowd.table.ids[:50])
    exam = crowd.reserve_exam()
    crowd.group(dict.fromkeys([exam[0], crowd.table.ids[0]], "one object"))
    assert len(finished(crowd.examples(side=8)).train) == 49


def test_a_photo_that_is_gone_is_a_problem_and_the_others_are_read(session, grade_truly):
    grade_truly(6)
    gone = session.table.photo(2).path
    gone.unlink()
    parts = finished(session.examples())
    assert len(parts.train) == 5
    assert str(gone) not in parts.train.names
    assert [problem.path for problem in parts.problems] == [gone]


def test_without_a_grade_there_is_nothing_to_learn_from(session):
    with pytest.raises(InputError, match="Grade some first"):
        finished(session.examples())
