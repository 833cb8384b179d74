"""What a simulated person looks at next."""

import numpy as np
import pytest

from tinyclf.simulation.orders import (
    SCREENFUL,
    least_likely_first,
    on_advised_wall,
    surest_first,
    wall_by_wall,
)
from tinyclf.trust.advice import wall_to_review
from tinyclf.trust.review_order import most_doubtful_first
from tinyclf.trust.walls import walls_of

SURE = [0.9, 0.1, 0, 0, 0]
BETWEEN_TWO = [0.5, 0.5, 0, 0, 0]
BETWEEN_ALL = [0.6, 0.1, 0.1, 0.1, 0.1]
GOOD = [0, 0, 0, 0.8, 0.2]


def test_doubt_and_likelihood_are_two_orders():
    p = np.array([SURE, BETWEEN_TWO, BETWEEN_ALL])

    assert most_doubtful_first(p).tolist() == [2, 1, 0]
    assert least_likely_first(p).tolist() == [1, 2, 0]
    assert surest_first(p).tolist() == [0, 1, 2]


def test_files_are_gone_through_one_wall_after_the_other():
    assert wall_by_wall(np.array([GOOD, SURE, GOOD, BETWEEN_ALL])).tolist() == [1, 3, 0, 2]


def test_of_the_wall_with_the_largest_share_wrong_the_most_doubtful_come_first():
    p = np.array([GOOD] * 15 + [SURE, BETWEEN_TWO, BETWEEN_ALL])

    assert on_advised_wall(p).tolist() == [17, 16, 15]
    assert on_advised_wall(p, within=surest_first).tolist() == [15, 16, 17]


def test_no_more_than_a_screenful_is_looked_at_before_the_advice_is_read_again():
    assert len(on_advised_wall(np.array([GOOD] * 3 * SCREENFUL))) == SCREENFUL


@pytest.mark.parametrize("seed", range(5))
def test_the_wall_is_that_which_the_window_advises(seed):
    p = np.random.default_rng(seed).dirichlet(np.ones(5), 200)
    grades, nobody = p.argmax(axis=1) + 1, np.zeros(200, bool)
    advised = wall_to_review(walls_of(grades, nobody, nobody, p))

    assert advised is not None
    assert set(grades[on_advised_wall(p)]) == {advised.grade}


def test_where_no_wall_is_worth_a_look_the_rest_is_looked_at_all_the_same():
    certain = np.eye(5)[[3, 3, 1]]

    assert on_advised_wall(certain).tolist() == [0, 1]
    assert on_advised_wall(certain[2:]).tolist() == [0]
