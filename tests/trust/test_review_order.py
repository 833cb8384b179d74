"""The order in which proposals are looked at."""

import numpy as np
import pytest

from tinyclf.trust.review_order import most_doubtful_first, unclearness

SURE = [0.9, 0.1, 0.0, 0.0, 0.0]
BETWEEN_TWO = [0.5, 0.5, 0.0, 0.0, 0.0]
BETWEEN_ALL = [0.6, 0.1, 0.1, 0.1, 0.1]


def test_what_could_be_most_other_things_comes_first_though_its_grade_is_likelier() -> None:
    p = np.array([SURE, BETWEEN_TWO, BETWEEN_ALL])
    assert p[2].max() > p[1].max()
    assert most_doubtful_first(p).tolist() == [2, 1, 0]


def test_unclearness_goes_from_none_to_that_of_five_equal_grades() -> None:
    p = np.array([[1.0, 0, 0, 0, 0], BETWEEN_TWO, [0.2] * 5], np.float32)
    assert unclearness(p) == pytest.approx(np.log([1, 2, 5]), abs=1e-6)


def test_equal_ones_stay_as_they_were() -> None:
    mirrored = BETWEEN_ALL[::-1]
    assert most_doubtful_first(np.array([SURE, BETWEEN_ALL, BETWEEN_ALL])).tolist() == [1, 2, 0]
    assert unclearness(np.array([mirrored])) == pytest.approx(unclearness(np.array([BETWEEN_ALL])))


def test_of_nothing_nothing_comes_first() -> None:
    assert most_doubtful_first(np.zeros((0, 5), np.float32)).tolist() == []
