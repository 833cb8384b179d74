import numpy as np
import pytest

from tinyclf.simulation.person import Person

TRUTH = np.array([0, 1, 2, 3, 4] * 20)


def someone(overlook=0.0):
    return Person(TRUTH, np.random.default_rng(0), overlook=overlook)


def always(grade):
    """Proposals of one and the same class."""
    return np.tile(np.eye(5)[grade], (len(TRUTH), 1))


def test_grading_by_hand_takes_one_and_a_half_seconds_each():
    person = someone()
    person.grade([3, 7])

    assert person.diary.seconds == 3
    assert person.said[[3, 7]].tolist() == [3, 2]
    assert len(person.silent) == len(TRUTH) - 2


def test_a_right_proposal_takes_a_glance():
    person = someone()
    person.is_told(always(2))

    assert not person.look(2)
    assert person.diary.seconds == 0.25
    assert person.signed[2]


def test_a_wrong_proposal_takes_a_glance_and_a_correction():
    person = someone()
    person.is_told(always(2))

    assert person.look(0)
    assert person.diary.seconds == 1.75
    assert person.said[0] == 0
    assert not person.signed[0]


def test_proposals_do_not_change_what_the_person_said():
    person = someone()
    person.grade([0])
    person.is_told(always(4))

    assert person.diary.current[0] == 0
    assert person.diary.current[1] == 4


@pytest.mark.parametrize("overlook", [0.0, 0.1, 0.5])
def test_the_person_overlooks_so_many_mistakes(overlook):
    person = someone(overlook)
    person.is_told(always(0))
    for row in range(len(TRUTH)):
        person.look(row)
    wrong = np.count_nonzero(TRUTH)

    assert np.count_nonzero(person.said != TRUTH) == pytest.approx(overlook * wrong, abs=8)
