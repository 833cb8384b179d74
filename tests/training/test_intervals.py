"""Few photos make wide intervals."""

import numpy as np
import pytest

from tinyclf.domain import JudgedOn, Quality
from tinyclf.training.intervals import kappa_interval, share_interval, wilson
from tinyclf.training.metrics import judge

SHARES = ("exact", "within_one", "calibration_error")


def quality_of(y: list[int], proposed: list[int], groups: list[int] | None = None) -> Quality:
    probabilities = np.eye(5)[proposed]
    return judge(np.array(y), probabilities, JudgedOn.CROSS_VALIDATION, groups=groups)


@pytest.mark.parametrize(
    ("right", "n", "low", "high"),
    [(0, 2, 0, 0.658), (10, 10, 0.722, 1), (5, 10, 0.237, 0.763), (81, 263, 0.255, 0.366)],
)
def test_wilson_agrees_with_published_figures(right: int, n: int, low: float, high: float) -> None:
    assert wilson(right / n, n) == pytest.approx((low, high), abs=5e-4)


@pytest.mark.parametrize("proposed", [[4, 0], [0, 4], [0, 0]])
def test_two_labels_show_next_to_nothing(proposed: list[int]) -> None:
    quality = quality_of([0, 4], proposed)
    for name in SHARES:
        interval = getattr(quality, name)
        assert 0 <= interval.low <= interval.value <= interval.high <= 1
        assert interval.high - interval.low > 0.6, name
    assert (quality.kappa.low, quality.kappa.high) == (-1, 1)


@pytest.mark.parametrize("n", [1, 5, 20, 100])
def test_no_interval_is_a_point(n: int) -> None:
    y = [k % 5 for k in range(n)]
    for proposed in (y, [4 - k for k in y], [2] * n):
        quality = quality_of(y, proposed)
        for name in (*SHARES, "kappa"):
            interval = getattr(quality, name)
            assert interval.low < interval.high, (name, interval)


def test_kappa_of_one_and_the_same_grade_could_be_anything() -> None:
    kappa = quality_of([3] * 100, [3] * 100).kappa
    assert (kappa.value, kappa.low, kappa.high) == (0, -1, 1)


def test_perfect_agreement_on_many_photos_is_nearly_sure() -> None:
    kappa = quality_of([k % 5 for k in range(200)], [k % 5 for k in range(200)]).kappa
    assert (kappa.value, kappa.high) == (1, 1)
    assert 0.95 < kappa.low < 1


def test_a_group_counts_once() -> None:
    y = [0, 1, 2, 3, 4] * 40
    groups = [0, 1, 2, 3, 4] * 40
    assert quality_of(y, y, groups).exact.low == pytest.approx(wilson(1, 5)[0])
    assert quality_of(y, y, groups).kappa.low == -1


def test_many_photos_are_left_to_the_bootstrap() -> None:
    resampled = np.random.default_rng(0).normal(0.7, 0.01, 1000)
    for interval in (share_interval(0.7, resampled, 30), kappa_interval(0.7, resampled, 30)):
        assert interval.high - interval.low < 0.05


def test_a_share_stays_between_nothing_and_all() -> None:
    interval = share_interval(0.02, np.random.default_rng(0).normal(0.02, 0.1, 1000), 50)
    assert (interval.low, interval.value) == (0, 0.02)


@pytest.mark.parametrize("n", [8, 15, 25])
def test_an_interval_of_few_photos_holds_the_truth_as_often_as_it_says(n: int) -> None:
    rng = np.random.default_rng(n)
    held = 0
    for _ in range(200):
        y = rng.integers(0, 5, n)
        proposed = np.where(rng.random(n) < 0.9, y, (y + 1) % 5)
        interval = quality_of(y.tolist(), proposed.tolist()).exact
        held += interval.low <= 0.9 <= interval.high
    assert held >= 186
