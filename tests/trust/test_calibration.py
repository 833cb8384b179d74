"""Temperatures make probabilities mean what they say."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tinyclf.training.bag import train_classifier
from tinyclf.training.config import TrainingConfig
from tinyclf.training.metrics import calibration_error, log_loss
from tinyclf.training.temperature import tempered
from tinyclf.trust import calibration
from tinyclf.trust.calibration import calibrated, fit_temperature, honest_probabilities


def honest_world(n: int = 2000) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities that are right, and classes drawn by them."""
    rng = np.random.default_rng(0)
    p = rng.dirichlet(np.ones(5), n)
    return p, np.array([rng.choice(5, p=row) for row in p])


@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.5])
def test_it_finds_the_temperature_that_was_taken_away(temperature: float) -> None:
    p, y = honest_world()
    assert fit_temperature(tempered(p, 1 / temperature), y) == pytest.approx(temperature, rel=0.1)


def test_fitted_probabilities_are_calibrated() -> None:
    p, y = honest_world()
    bold = tempered(p, 0.3)
    fitted = tempered(bold, fit_temperature(bold, y))
    assert calibration_error(y, fitted) < 0.04 < calibration_error(y, bold)
    assert log_loss(y, fitted) < log_loss(y, bold)


def test_a_few_lucky_grades_do_not_make_it_certain() -> None:
    p = np.full((3, 5), 0.1) + 0.5 * np.eye(5)[:3]
    assert fit_temperature(p, np.arange(3)) == pytest.approx(calibration.COLDEST, rel=0.01)
    wrong = fit_temperature(p, np.array([4, 4, 4]))
    assert wrong == pytest.approx(calibration.HOTTEST, rel=0.01)


def test_without_photos_nothing_is_changed() -> None:
    assert fit_temperature(np.empty((0, 5)), np.array([], int)) == 1.0


def test_no_photo_has_a_say_in_its_own_calibration(
    finish: Callable[..., Any], graded: Callable[..., Any], quick: TrainingConfig
) -> None:
    x, y = graded(noise=2.0)
    bag = finish(train_classifier(x, y, quick, 0))
    held_out = bag.fold_of == 1
    lied = np.where(held_out, 4 - y, y)
    before, after = (honest_probabilities(bag, grades)[held_out] for grades in (y, lied))
    assert (before == after).all()
    assert np.allclose(before.sum(axis=1), 1)


def test_a_calibrated_classifier_has_the_fitted_temperature(
    finish: Callable[..., Any], graded: Callable[..., Any], quick: TrainingConfig
) -> None:
    x, y = graded(noise=2.0)
    bag = finish(train_classifier(x, y, quick, 0))
    classifier = calibrated(bag, y, "eye-1")
    assert classifier.temperature == fit_temperature(bag.out_of_fold, y)
    assert classifier.extractor_key == "eye-1"


def unordered(n: int = 240) -> tuple[np.ndarray, np.ndarray]:
    """Photos of which the middle grade has nothing of its neighbours: an order does not help."""
    rng = np.random.default_rng(3)
    y = rng.integers(0, 5, n)
    corners = np.eye(5)[[0, 3, 1, 4, 2]] * 3
    return np.hstack([corners[y], np.zeros((n, 7))]) + rng.normal(0, 1, (n, 12)), y


def test_where_the_order_does_not_help_the_second_opinion_is_heard(
    finish: Callable[..., Any], quick: TrainingConfig
) -> None:
    x, y = unordered()
    bag = finish(train_classifier(x, y, replace(quick, hidden=()), 0))
    classifier = calibrated(bag, y, "eye-1")
    assert classifier.second is not None
    assert classifier.second.share > 0.5
    alone = finish(train_classifier(x, y, replace(quick, hidden=(), second_opinion="never"), 0))
    assert alone.second is None
    new, truth = unordered(500)
    told = log_loss(truth, classifier.probabilities(new))
    assert told < log_loss(truth, calibrated(alone, y, "eye-1").probabilities(new))
    assert log_loss(y, honest_probabilities(bag, y)) < log_loss(y, honest_probabilities(alone, y))


def test_a_second_opinion_that_only_errs_is_not_heard(
    finish: Callable[..., Any], graded: Callable[..., Any], quick: TrainingConfig
) -> None:
    x, y = graded(400)
    bag = finish(train_classifier(x, y, quick, 0))
    assert calibrated(bag, y, "eye-1").second is not None
    worse = replace(bag, second=replace(bag.second, out_of_fold=np.eye(5)[4 - y]))
    assert calibrated(worse, y, "eye-1").second is None
