from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from tinyclf.benchmark.intervals import CONFIDENCE, Interval, median_interval, ratio_interval


def test_of_six_values_the_extremes_hold_the_median_with_97_percent() -> None:
    found = median_interval([3.0, 1.0, 2.0, 6.0, 5.0, 4.0])

    assert found == Interval(3.5, 1.0, 6.0, 1 - 2 / 2**6)


def test_of_many_values_the_interval_is_narrower_than_the_extremes() -> None:
    found = median_interval([float(i) for i in range(1, 16)])

    # P(B < 4) of 15 fair coins is 0.0176, P(B < 5) is 0.0592.
    assert (found.median, found.low, found.high) == (8.0, 4.0, 12.0)
    assert found.confidence == pytest.approx(1 - 2 * 576 / 2**15)


@pytest.mark.parametrize(("n", "confidence"), [(1, 0.0), (2, 0.5), (5, 0.9375)])
def test_of_few_values_it_says_how_little_it_knows(n: int, confidence: float) -> None:
    found = median_interval([float(i) for i in range(n)])

    assert (found.low, found.high, found.confidence) == (0, n - 1, confidence)


@pytest.mark.parametrize("n", [6, 7, 12, 25])
def test_it_covers_the_true_median_as_often_as_it_says(n: int) -> None:
    rng = np.random.default_rng(n)
    drawn = rng.lognormal(0.0, 1.0, (4000, n))  # skewed, as times are; its median is 1

    found = [median_interval(list(values)) for values in drawn]

    covered = np.mean([each.low <= 1.0 <= each.high for each in found])
    assert found[0].confidence >= CONFIDENCE
    assert covered == pytest.approx(found[0].confidence, abs=0.015)


def test_a_ratio_lies_between_the_ranks_of_the_mann_whitney_test() -> None:
    ones, others = [2.0, 3.0, 5.0, 7.0, 11.0, 13.0], [17.0, 19.0, 23.0, 29.0, 31.0, 37.0]
    ratios = sorted(one / other for one in ones for other in others)

    found = ratio_interval(ones, others)

    # Of 924 orders of six and six, U is at most 5 in 19, and at most 6 in 30.
    assert (found.low, found.high) == (ratios[5], ratios[-6])
    assert found.confidence == pytest.approx(1 - 2 * 19 / 924)
    assert found.median == pytest.approx(np.median(ratios))


@pytest.mark.parametrize(("n", "m"), [(1, 39), (2, 5), (3, 4), (4, 4), (5, 3), (6, 2)])
def test_its_ranks_are_those_that_counting_all_orders_gives(n: int, m: int) -> None:
    def u(places: tuple[int, ...]) -> int:
        return sum(place - i for i, place in enumerate(places))

    us = [u(places) for places in combinations(range(n + m), n)]
    outside = {k: sum(each < k for each in us) / len(us) for k in range(1, n * m // 2 + 1)}
    k = max([1, *(k for k, share in outside.items() if 1 - 2 * share >= CONFIDENCE)])

    found = ratio_interval([float(p) for p in range(100, 100 + n)], [2.0**-i for i in range(m)])

    ratios = sorted(p * 2.0**i for p in range(100, 100 + n) for i in range(m))
    assert (found.low, found.high) == (ratios[k - 1], ratios[-k])
    assert found.confidence == pytest.approx(max(0.0, 1 - 2 * outside[k]))


@pytest.mark.parametrize(("n", "m"), [(4, 4), (6, 6), (3, 12), (30, 30)])
def test_it_covers_the_true_ratio_as_often_as_it_says(n: int, m: int) -> None:
    rng = np.random.default_rng(n)
    drawn = rng.lognormal(0.0, 1.0, (4000, n + m))
    pairs = ((3 * values[:n], values[n:]) for values in drawn)

    found = [ratio_interval(list(ones), list(others)) for ones, others in pairs]

    covered = np.mean([each.low <= 3.0 <= each.high for each in found])
    assert found[0].confidence >= CONFIDENCE
    assert covered == pytest.approx(found[0].confidence, abs=0.015)


@pytest.mark.parametrize(("n", "m", "confidence"), [(1, 1, 0.0), (1, 6, 1 - 2 / 7), (3, 3, 0.9)])
def test_of_few_turns_a_ratio_says_how_little_it_knows(n: int, m: int, confidence: float) -> None:
    found = ratio_interval([2.0] * n, [1.0] * m)

    assert found == Interval(2.0, 2.0, 2.0, pytest.approx(confidence))


def test_an_interval_can_be_put_in_another_unit() -> None:
    assert Interval(2.0, 1.0, 3.0, 0.97).scaled(2.0) == Interval(4.0, 2.0, 6.0, 0.97)


def test_the_inverse_of_the_highest_is_the_lowest() -> None:
    assert Interval(4.0, 2.0, 8.0, 0.97).inverse() == Interval(0.25, 0.125, 0.5, 0.97)
