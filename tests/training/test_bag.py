"""A bag learns from any grades that can teach, refuses those that cannot, and never peeks."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tinyclf.errors import InputError, TrainingError
from tinyclf.training.bag import train_classifier
from tinyclf.training.config import CHOICES, TrainingConfig
from tinyclf.training.metrics import exact

Finish = Callable[..., Any]
Graded = Callable[..., Any]


def test_it_grades_photos_it_has_not_seen(
    finish: Finish, graded: Graded, quick: TrainingConfig
) -> None:
    x, y = graded(150, noise=0.3)
    bag = finish(train_classifier(x[:100], y[:100], replace(quick, least_steps=300), 0))
    assert exact(y[:100], bag.out_of_fold) > 0.7
    assert exact(y[100:], bag.classifier("key").probabilities(x[100:])) > 0.7
    assert np.allclose(bag.out_of_fold.sum(axis=1), 1)
    assert bag.seconds > 0


def test_the_same_seed_gives_the_same_bag(
    finish: Finish, graded: Graded, quick: TrainingConfig
) -> None:
    x, y = graded()
    one, two, other = (finish(train_classifier(x, y, quick, seed)) for seed in (3, 3, 4))
    assert (one.out_of_fold == two.out_of_fold).all()
    assert all((a.theta == b.theta).all() for a, b in zip(one.members, two.members, strict=True))
    assert (one.out_of_fold != other.out_of_fold).any()


@pytest.mark.parametrize("patience", [None, 2])
def test_what_is_held_out_has_no_say_in_its_member(
    finish: Finish, graded: Graded, quick: TrainingConfig, patience: int | None
) -> None:
    config = replace(quick, patience=patience)
    x, y = graded()
    bag = finish(train_classifier(x, y, config, 0))
    held_out = bag.fold_of == 0
    x[held_out] = 1e3
    changed = finish(train_classifier(x, y, config, 0))
    assert (bag.members[0].theta == changed.members[0].theta).all()
    assert (bag.members[0].standardizer.mean == changed.members[0].standardizer.mean).all()
    assert (bag.members[1].theta != changed.members[1].theta).any()


@pytest.mark.parametrize("patience", [None, 3])
def test_a_planted_leak_shows_without_groups_and_not_with_them(
    finish: Finish, patience: int | None
) -> None:
    rng = np.random.default_rng(0)
    x = np.repeat(rng.normal(size=(40, 30)), 3, axis=0) + rng.normal(size=(120, 30)) * 0.01
    y = np.repeat(rng.integers(0, 5, 40), 3)
    groups = np.repeat(np.arange(40), 3)
    config = TrainingConfig(hidden=(32,), loss="softmax", dropout=0.0, input_dropout=0.0, mixup=0.0)
    config = replace(config, patience=patience, learning_rate=0.03)
    leaky = finish(train_classifier(x, y, config, 0))
    honest = finish(train_classifier(x, y, config, 0, groups=groups))
    assert exact(y, leaky.out_of_fold) > 0.8
    assert exact(y, honest.out_of_fold) < 0.4


def test_two_grades_of_two_photos_are_enough(finish: Finish, quick: TrainingConfig) -> None:
    x, y = np.array([[0.0, 1.0], [1.0, 0.0]], np.float32), np.array([1, 3])
    bag = finish(train_classifier(x, y, quick, 0))
    p = bag.classifier("key").probabilities(x)
    assert p.argmax(axis=1).tolist() == [1, 3]
    assert np.isfinite(bag.out_of_fold).all()
    assert len(bag.members) == 1


@pytest.mark.parametrize("loss", CHOICES["loss"])
@pytest.mark.parametrize("patience", [None, 1])
def test_a_grade_with_one_example_is_no_obstacle(
    finish: Finish, graded: Graded, quick: TrainingConfig, loss: str, patience: int | None
) -> None:
    x, _ = graded(30)
    y = np.array([0] * 20 + [2] * 9 + [4])
    config = replace(quick, loss=loss, patience=patience, balance=1.0)
    bag = finish(train_classifier(x, y, config, 0))
    assert np.isfinite(bag.out_of_fold).all()
    assert bag.out_of_fold.shape == (30, 5)


@pytest.mark.parametrize("seed", range(4))
def test_stopping_early_does_without_photos_to_watch(
    finish: Finish, graded: Graded, quick: TrainingConfig, seed: int
) -> None:
    """All of one grade are of one group: one network proposes alone, and no fold is held out."""
    x, _ = graded(10)
    groups = [4, 0, 3, 3, 1, 0, 1, 1, 4, 4]
    y = np.array([0] * 8 + [1, 1])
    bag = finish(train_classifier(x, y, replace(quick, patience=2), seed, groups=groups))
    assert len(bag.members) == 1


@pytest.mark.parametrize(("grades", "words"), [([], "no grade is"), ([2, 2, 2], "only grade 3 is")])
def test_fewer_than_two_grades_cannot_train(
    finish: Finish, quick: TrainingConfig, grades: list[int], words: str
) -> None:
    x = np.ones((len(grades), 3))
    with pytest.raises(TrainingError, match=f"at least two grades, but {words} given; grade"):
        finish(train_classifier(x, np.array(grades, int), quick, 0))


def test_one_group_alone_cannot_train(
    finish: Finish, graded: Graded, quick: TrainingConfig
) -> None:
    x, y = graded(10)
    with pytest.raises(TrainingError, match="belong to one group"):
        finish(train_classifier(x, y, quick, 0, groups=["a"] * 10))


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_broken_feature_names_its_photo(
    finish: Finish, graded: Graded, quick: TrainingConfig, value: float
) -> None:
    x, y = graded(20)
    x[7, 3] = value
    with pytest.raises(
        TrainingError, match=r"1 of 20 .* hold NaN or infinity, the first of photo 7"
    ):
        finish(train_classifier(x, y, quick, 0))


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
@pytest.mark.parametrize("precision", ["f4", "f8"])
def test_any_precision_of_features_will_do(
    finish: Finish, graded: Graded, quick: TrainingConfig, dtype: type, precision: str
) -> None:
    x, y = graded(40)
    bag = finish(train_classifier(x.astype(dtype), y, replace(quick, precision=precision), 0))
    assert bag.members[0].theta.dtype == precision
    assert exact(y, bag.out_of_fold) > 0.4


def test_features_that_never_vary_are_ignored(
    finish: Finish, graded: Graded, quick: TrainingConfig
) -> None:
    x, y = graded(40)
    x[:, 5:] = 1e4
    assert exact(y, finish(train_classifier(x, y, quick, 0)).out_of_fold) > 0.4
    constant = finish(train_classifier(np.ones((40, 3)), y, quick, 0))
    assert np.isfinite(constant.out_of_fold).all()


@pytest.mark.parametrize(
    ("n", "classes", "reason"),
    [
        (19, 5, r"shape \(20, 12\) for 19 grades: give a row for each"),
        (20, 4, "Classes must be from 0 to 3, not 0 to 4: subtract 1"),
    ],
)
def test_shapes_that_do_not_fit_are_refused(
    finish: Finish, graded: Graded, quick: TrainingConfig, n: int, classes: int, reason: str
) -> None:
    x, y = graded(20)
    with pytest.raises(InputError, match=reason):
        finish(train_classifier(x, y[:n], quick, 0, classes=classes))


@pytest.mark.parametrize(
    "y",
    [
        np.full(20, 0.7),
        np.arange(20) % 2 == 1,
        np.zeros(20, object),
        np.zeros((20, 1), int),
        np.array(["good"] * 20),
        [0, 1] * 10,
    ],
)
def test_classes_that_are_no_whole_numbers_are_refused(
    finish: Finish, graded: Graded, quick: TrainingConfig, y: Any
) -> None:
    with pytest.raises(InputError, match=r"Classes must be a NumPy array of whole numbers"):
        finish(train_classifier(graded(20)[0], y, quick, 0))


@pytest.mark.parametrize("kind", [complex, object, str, "M8[s]"])
def test_features_that_are_no_real_numbers_are_refused(
    finish: Finish, graded: Graded, quick: TrainingConfig, kind: Any
) -> None:
    x, y = graded(20)
    with pytest.raises(InputError, match="The features must be real numbers"):
        finish(train_classifier(x.astype(int).astype(kind), y, quick, 0))


def test_features_that_are_no_array_are_refused(
    finish: Finish, graded: Graded, quick: TrainingConfig
) -> None:
    x, y = graded(20)
    with pytest.raises(InputError, match=r"The features must be a NumPy array .*, not a list"):
        finish(train_classifier(x.tolist(), y, quick, 0))


def test_a_feature_too_large_for_the_precision_names_its_photo(
    finish: Finish, graded: Graded, quick: TrainingConfig
) -> None:
    x, y = graded(20)
    x = x.astype(np.float64)
    x[7, 3] = 1e39
    with pytest.raises(TrainingError, match="the first of photo 7"):
        finish(train_classifier(x, y, quick, 0))


def test_reports_run_once_through_the_whole_job(graded: Graded, quick: TrainingConfig) -> None:
    x, y = graded()
    reports = list(train_classifier(x, y, quick, 0))
    assert [report.done for report in reports] == sorted(report.done for report in reports)
    assert reports[-1].done == reports[-1].total
    assert reports[-1].fold == reports[-1].folds == 3
    assert reports[-1].held_out_accuracy is not None
