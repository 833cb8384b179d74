"""A second opinion is heard as far as it was right about photos that neither opinion knew."""

from __future__ import annotations

import numpy as np
import pytest

from tinyclf.training.mixing import FOR_FIRST, FOR_SECOND, mixed, share_of_second

RIGHT, WRONG = (0.8, 0.2), (0.2, 0.8)


USUAL = FOR_SECOND / (FOR_FIRST + FOR_SECOND)


def test_the_surer_of_two_right_ones_gets_most() -> None:
    first, second = np.full((90, 2), 1 / 2), np.tile(RIGHT, (90, 1))
    share = share_of_second(first, second, np.zeros(90, int))
    slope = 90 * 0.3 / (0.5 + 0.3 * share) + FOR_SECOND / share - FOR_FIRST / (1 - share)
    assert slope == pytest.approx(0, abs=1e-2)
    assert share > 2 * USUAL


def test_one_that_is_always_wrong_is_not_heard() -> None:
    first, second = np.tile((1.0, 0.0), (900, 1)), np.tile((0.0, 1.0), (900, 1))
    assert share_of_second(first, second, np.zeros(900, int)) == 0


def test_one_that_is_mostly_wrong_is_hardly_heard() -> None:
    first, second = np.tile(RIGHT, (90, 1)), np.tile(WRONG, (90, 1))
    assert 0 < share_of_second(first, second, np.zeros(90, int)) < USUAL / 4


def test_equal_opinions_leave_it_to_the_prior() -> None:
    same = np.tile(RIGHT, (90, 1))
    assert share_of_second(same, same, np.zeros(90, int)) == pytest.approx(USUAL, abs=1e-4)


def test_two_that_are_right_about_different_photos_share() -> None:
    y = np.zeros(400, int)
    first = np.tile((0.6, 0.4), (400, 1))
    second = np.where(np.arange(400)[:, None] < 200, (0.99, 0.01), (0.3, 0.7))
    share = share_of_second(first, second, y)
    assert 0.1 < share < 0.9
    alone = np.log(first[:, 0]).mean()
    assert np.log(mixed(first, second, share)[:, 0]).mean() > alone


def test_few_photos_hardly_move_it() -> None:
    first, second = np.tile((0.5, 0.5), (4, 1)), np.tile(RIGHT, (4, 1))
    assert USUAL < share_of_second(first, second, np.zeros(4, int)) < USUAL + 0.1


def test_a_certain_mistake_does_not_divide_by_zero() -> None:
    first, second = np.tile((0.0, 1.0), (30, 1)), np.tile((0.0, 1.0), (30, 1))
    assert 0 <= share_of_second(first, second, np.zeros(30, int)) <= 1


def test_no_photos_leave_it_to_the_prior() -> None:
    none = np.empty((0, 5))
    assert share_of_second(none, none, np.empty(0, int)) == pytest.approx(USUAL, abs=1e-4)


def test_a_mixture_sums_to_one() -> None:
    p = mixed(np.tile(RIGHT, (3, 1)), np.tile(WRONG, (3, 1)), 0.25)
    np.testing.assert_allclose(p, np.tile((0.65, 0.35), (3, 1)))
