"""Grades that are slips come first among all that were given."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tinyclf.training.bag import train_classifier
from tinyclf.training.config import TrainingConfig
from tinyclf.trust.calibration import honest_probabilities
from tinyclf.trust.label_issues import implausibility, label_issues


def slipped(y: np.ndarray, seed: int, share: float = 0.1) -> tuple[np.ndarray, np.ndarray]:
    """Grades of which a share were moved by two or more, and which ones."""
    rng = np.random.default_rng(seed)
    moved = np.zeros(len(y), bool)
    moved[rng.choice(len(y), round(share * len(y)), replace=False)] = True
    given = y.copy()
    for row in np.flatnonzero(moved):
        given[row] = rng.choice([k for k in range(5) if abs(k - y[row]) >= 2])
    return given, moved


def drawn(n: int, seed: int, shares: list[float], noise: float = 0.9) -> Any:
    """Opinions (n, 5) about as good as those of real photos, and classes given with such noise."""
    rng = np.random.default_rng(seed)
    y = rng.choice(5, n, p=shares)
    seen = y + rng.normal(size=n) * noise
    p = np.array(shares) * np.exp(-((np.arange(5) - seen[:, None]) ** 2) / 2 / noise**2)
    p = 0.9 * p / p.sum(axis=1, keepdims=True) + 0.1 * np.array(shares)
    return p, y


def found(rows: np.ndarray, moved: np.ndarray) -> float:
    """Share of the moved ones in the first fifth."""
    return float(moved[rows[: len(rows) // 5]].sum() / moved.sum())


EVEN, SKEWED = [0.2] * 5, [0.03, 0.07, 0.15, 0.25, 0.5]


@pytest.mark.parametrize("n", [200, 500])
@pytest.mark.parametrize("shares", [EVEN, SKEWED])
def test_the_first_fifth_holds_most_of_the_slips(n: int, shares: list[float]) -> None:
    shown = []
    for seed in range(10):
        p, y = drawn(n, seed, shares)
        given, moved = slipped(y, seed)
        shown.append(found(label_issues(p, given).rows, moved))
    assert np.median(shown) > 0.7
    assert min(shown) > 0.5


def test_a_trained_classifier_finds_them_without_having_seen_the_truth(
    finish: Callable[..., Any], graded: Callable[..., Any], quick: TrainingConfig
) -> None:
    x, y = graded(n=200, noise=2.0)
    given, moved = slipped(y, 0)
    bag = finish(train_classifier(x, given, quick, 0))
    issues = label_issues(honest_probabilities(bag, given), given)
    assert found(issues.rows, moved) >= 0.5


def test_a_rare_grade_is_not_odd_for_being_rare() -> None:
    p, y = drawn(2000, 0, SKEWED)
    first = y[label_issues(p, y).rows[:400]]
    assert np.mean(first == 0) < 4 * SKEWED[0]


def test_farther_off_is_odder() -> None:
    p = np.tile([0.02, 0.03, 0.05, 0.2, 0.7], (5, 1))
    odd = implausibility(p, np.arange(5))
    assert (np.diff(odd) < 0).all()


def test_it_says_what_it_believes_instead() -> None:
    p = np.array([[0.7, 0.2, 0.1, 0.0, 0.0], [0.0, 0.0, 0.1, 0.1, 0.8], [0.0, 0.1, 0.2, 0.4, 0.3]])
    issues = label_issues(p, np.array([0, 1, 4]))
    assert issues.rows.tolist() == [1, 2, 0]
    assert issues.believed.tolist() == [4, 3, 0]
    assert issues.far == pytest.approx([0.9, 0.3, 0.1])
    assert (np.diff(issues.implausibility) <= 0).all()


def test_an_impossible_grade_is_odd_and_finite() -> None:
    issues = label_issues(np.eye(5), np.array([4, 3, 2, 1, 0]))
    assert np.isfinite(issues.implausibility).all()


def test_no_grades_no_issues() -> None:
    assert not len(label_issues(np.zeros((0, 5)), np.zeros(0, int)).rows)


def test_the_likeliest_to_be_far_off_comes_first() -> None:
    p, y = drawn(200, 0, EVEN)
    issues = label_issues(p, slipped(y, 0)[0])
    assert (np.diff(issues.far) <= 0).all()
