"""What a grade means, and that light and background say nothing about it."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from tinyclf.domain import GRADES, Grade
from tinyclf.samples.fields import Field, Pixels
from tinyclf.samples.stamp import draw_stamp, fresh, grade_of
from tinyclf.samples.wear import HIDING, faults, worn

SAMPLE = 200


@pytest.fixture(scope="module")
def looks() -> NDArray[np.float64]:
    """Return grade, mean brightness and contrast of photos, (SAMPLE, 3)."""
    return np.array([_look(index) for index in range(SAMPLE)])


def _look(index: int) -> tuple[float, float, float]:
    photo, grade = draw_stamp(7, index)
    grey = np.asarray(photo.convert("L").resize((64, 64), Image.Resampling.BOX), np.float64)
    return float(grade), float(grey.mean()), float(grey.std())


def spearman(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    """Return the rank correlation; ties share their mean rank."""
    return float(np.corrcoef(_ranks(a), _ranks(b))[0, 1])


def _ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    _, which, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return (last - (counts - 1) / 2)[which]


def test_brightness_alone_says_little_about_the_grade(looks: NDArray[np.float64]) -> None:
    assert abs(spearman(looks[:, 0], looks[:, 1])) < 0.3


def test_contrast_alone_says_little_about_the_grade(looks: NDArray[np.float64]) -> None:
    assert abs(spearman(looks[:, 0], looks[:, 2])) < 0.3


def test_all_grades_occur_about_equally_often() -> None:
    counts = Counter(grade_of(0, index) for index in range(400))
    assert counts == dict.fromkeys(GRADES, 80)


def test_even_a_few_stamps_show_most_grades() -> None:
    assert all(len({grade_of(seed, index) for index in range(20)}) >= 4 for seed in range(20))


def test_grades_come_in_no_fixed_order() -> None:
    orders = {tuple(grade_of(0, 25 * deal + k) for k in range(25)) for deal in range(8)}
    assert len(orders) == 8


def test_a_flawless_stamp_has_no_fault() -> None:
    assert faults(Grade.FLAWLESS, np.random.default_rng(0)) == ()


@pytest.mark.parametrize("worse", [Grade.BARELY_VISIBLE, Grade.POOR, Grade.FAIR, Grade.GOOD])
def test_the_worst_fault_grows_as_the_grade_falls(worse: Grade) -> None:
    for seed in range(20):
        here = max(f.strength for f in faults(worse, np.random.default_rng(seed)))
        better = faults(Grade(worse + 1), np.random.default_rng(seed + 100))
        assert here > max((f.strength for f in better), default=0)


def test_a_ruined_stamp_has_two_faults_that_hide_its_picture() -> None:
    for seed in range(20):
        kinds = [f.kind for f in faults(Grade.BARELY_VISIBLE, np.random.default_rng(seed))]
        assert sum(kind in HIDING for kind in kinds) == 2


def test_each_grade_down_is_further_from_the_stamp_as_it_was_printed() -> None:
    stamps = [fresh(2, index) for index in range(8)]
    distances = [np.mean([_distance(stamp, grade) for stamp in stamps]) for grade in GRADES]
    assert distances == sorted(distances, reverse=True)
    assert distances[4] == 0


def _distance(stamp: tuple[Pixels, Field], grade: Grade) -> float:
    pixels, alpha = stamp
    rng = np.random.default_rng(int(alpha.sum()))
    after, cover = worn(pixels, alpha, faults(grade, rng), rng)
    return float(np.abs(after * cover[..., None] - pixels * alpha[..., None]).mean())


def test_the_grade_changes_the_stamp_but_neither_light_nor_background() -> None:
    best, _ = draw_stamp(4, 9, Grade.FLAWLESS)
    worst, grade = draw_stamp(4, 9, Grade.BARELY_VISIBLE)
    assert grade is Grade.BARELY_VISIBLE
    assert best.size == worst.size
    difference = np.abs(np.asarray(best, np.int16) - np.asarray(worst, np.int16)).max(axis=2)
    assert (difference[:12] == 0).all()
    assert (difference > 40).mean() > 0.05
