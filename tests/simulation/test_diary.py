import numpy as np
import pytest

from tinyclf.simulation.diary import Diary


@pytest.fixture
def diary():
    return Diary(np.array([0, 1, 2, 4]))


def test_photos_without_any_opinion_are_wrong(diary):
    assert diary.exact == 0


def test_a_decision_takes_time_and_counts(diary):
    diary.decided(0, 0, 1.5)
    diary.decided(1, 2, 0.25)

    assert diary.exact == 0.25
    assert diary.seconds == 1.75


def test_proposals_take_the_person_no_time(diary):
    diary.proposed(np.arange(4), np.array([0, 1, 2, 3]))

    assert diary.exact == 0.75
    assert diary.seconds_to(0.75) == 0


def test_a_level_is_reached_when_it_is_first_reached(diary):
    for row, grade in enumerate((0, 1, 2)):
        diary.decided(row, grade, 1.0)
    diary.decided(0, 4, 1.0)

    assert diary.seconds_to(0.5) == 2
    assert diary.seconds_to(0.75) == 3


def test_a_level_that_is_never_reached_has_no_time(diary):
    diary.decided(0, 0, 1.0)

    assert diary.seconds_to(0.9) is None


def test_one_grade_off_counts_as_near(diary):
    diary.proposed(np.arange(4), np.array([1, 1, 1, 2]))

    assert diary.seconds_to(0.75, within=1) == 0
    assert diary.seconds_to(0.75) is None


def test_a_share_is_reached_however_it_is_rounded():
    diary = Diary(np.zeros(20, int))
    diary.proposed(np.arange(19), np.zeros(19, int))

    assert diary.seconds_to(0.95) == 0
