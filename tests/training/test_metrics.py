"""Measures agree with their definitions, and intervals hold what they promise."""

import itertools

import numpy as np
import pytest

from tinyclf.domain import JudgedOn
from tinyclf.errors import InputError
from tinyclf.training import metrics


def opinions(proposed: list[int], confidence: float = 1.0) -> np.ndarray:
    """Probabilities (n, 5) that put `confidence` on these classes and share out the rest."""
    p = np.full((len(proposed), 5), (1 - confidence) / 4)
    p[np.arange(len(proposed)), proposed] = confidence
    return p


def test_the_shares_of_right_and_nearly_right_photos() -> None:
    y, p = np.array([0, 1, 2, 3]), opinions([0, 2, 0, 3])
    assert metrics.exact(y, p) == 0.5
    assert metrics.within_one(y, p) == 0.75
    assert metrics.mean_absolute_error(y, p) == 0.75


def test_confusion_counts_truth_against_proposal() -> None:
    table = metrics.confusion(np.array([0, 0, 1]), np.array([0, 1, 1]), 2)
    assert table.tolist() == [[1, 1], [0, 1]]


def test_kappa_is_its_textbook_formula() -> None:
    rng = np.random.default_rng(0)
    y, proposed = rng.integers(0, 5, 200), rng.integers(0, 5, 200)
    seen = ((y - proposed) ** 2).mean()
    by_chance = np.mean([(a - b) ** 2 for a, b in itertools.product(y, proposed)])
    p = opinions(proposed.tolist())
    assert metrics.quadratic_kappa(y, p) == pytest.approx(1 - seen / by_chance)


@pytest.mark.parametrize(
    ("y", "proposed", "kappa"),
    [([0, 4, 2], [0, 4, 2], 1), ([0, 4], [4, 0], -1), ([0, 4, 2], [2, 2, 2], 0), ([3], [3], 0)],
)
def test_kappa_of_plain_cases(y: list[int], proposed: list[int], kappa: float) -> None:
    assert metrics.quadratic_kappa(np.array(y), opinions(proposed)) == pytest.approx(kappa)


def test_matthews_correlation_of_two_classes_is_that_of_the_two_columns() -> None:
    rng = np.random.default_rng(0)
    y = rng.integers(0, 2, 200)
    proposed = np.where(rng.random(200) < 0.8, y, 1 - y)
    expected = np.corrcoef(y, proposed)[0, 1]
    table = metrics.confusion(y, proposed, 2)
    assert metrics.matthews_correlation(table) == pytest.approx(expected)


def test_matthews_correlation_of_many_classes_is_that_of_their_indicators() -> None:
    rng = np.random.default_rng(1)
    y = rng.integers(0, 4, 300)
    proposed = np.where(rng.random(300) < 0.5, y, rng.integers(0, 4, 300))
    a, b = (np.eye(4)[c] - np.eye(4)[c].mean(axis=0) for c in (y, proposed))
    expected = (a * b).sum() / np.sqrt((a * a).sum() * (b * b).sum())
    table = metrics.confusion(y, proposed, 4)
    assert metrics.matthews_correlation(table) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("table", "correlation"),
    [([[2, 0], [0, 3]], 1), ([[0, 2], [3, 0]], -1), ([[2, 0], [3, 0]], 0), ([[0, 0], [0, 7]], 0)],
)
def test_matthews_correlation_of_plain_cases(table: list[list[int]], correlation: float) -> None:
    assert metrics.matthews_correlation(np.array(table)) == pytest.approx(correlation)


def test_log_loss_of_a_certain_mistake_is_large_but_finite() -> None:
    assert metrics.log_loss(np.array([0]), opinions([0], 0.5)) == pytest.approx(np.log(2))
    assert 20 < metrics.log_loss(np.array([0]), opinions([1])) < 100


def test_calibration_error_is_the_gap_between_said_and_true() -> None:
    y = np.zeros(100, int)
    proposed = [0] * 60 + [1] * 40
    shuffled = np.random.default_rng(0).permutation(proposed).tolist()
    assert metrics.calibration_error(y, opinions(shuffled, 0.9), bins=1) == pytest.approx(0.3)
    assert metrics.calibration_error(y, opinions([0] * 100)) == 0


def test_a_quality_holds_its_values_between_its_bounds() -> None:
    rng = np.random.default_rng(0)
    y = rng.integers(0, 5, 80)
    p = rng.dirichlet(np.ones(5), 80) + 0.5 * np.eye(5)[y]
    p /= p.sum(axis=1, keepdims=True)
    quality = metrics.judge(y, p, JudgedOn.EXAM)
    for name in ("exact", "within_one", "kappa", "calibration_error"):
        interval = getattr(quality, name)
        assert interval.low < interval.value < interval.high, name
    assert quality.exact.value == metrics.exact(y, p)
    assert quality.kappa.value == metrics.quadratic_kappa(y, p)
    assert quality.calibration_error.value == pytest.approx(metrics.calibration_error(y, p))
    assert (quality.judged_on, quality.photos) == (JudgedOn.EXAM, 80)
    assert np.array(quality.confusion).sum() == 80
    assert quality == metrics.judge(y, p, JudgedOn.EXAM)


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    rng = np.random.default_rng(1)
    held = 0
    for seed in range(100):
        y = rng.integers(0, 5, 120)
        proposed = np.where(rng.random(120) < 0.6, y, 4 - y)
        interval = metrics.judge(y, opinions(proposed.tolist()), JudgedOn.EXAM, seed=seed).exact
        # Of grades 3, which mirror onto themselves, all are right.
        held += interval.low <= 0.6 + 0.4 / 5 <= interval.high
    assert 88 <= held <= 100


def test_copies_of_a_photo_do_not_make_an_interval_narrower() -> None:
    rng = np.random.default_rng(0)
    y = rng.integers(0, 5, 50)
    p = opinions(np.where(rng.random(50) < 0.5, y, (y + 1) % 5).tolist())
    single = metrics.judge(y, p, JudgedOn.EXAM).exact
    groups = np.tile(np.arange(50), 4)
    copies = metrics.judge(np.tile(y, 4), np.tile(p, (4, 1)), JudgedOn.EXAM, groups=groups).exact
    assert copies.high - copies.low == pytest.approx(single.high - single.low, rel=0.1)


def test_one_photo_can_be_judged_and_none_cannot() -> None:
    assert metrics.judge(np.array([1]), opinions([1]), JudgedOn.EXAM).exact.value == 1
    with pytest.raises(InputError, match="0 rows of probabilities for 0 photos: give"):
        metrics.judge(np.array([], int), np.empty((0, 5)), JudgedOn.EXAM)
