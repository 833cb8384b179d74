"""The quick bag: linear heads that are best under their ridge, and pass for any other bag."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tinyclf.errors import InputError, TrainingError
from tinyclf.training import linear_heads, quick_fit
from tinyclf.training.bag import train_classifier
from tinyclf.training.classifier import Classifier
from tinyclf.training.config import CHOICES, TrainingConfig
from tinyclf.training.metrics import exact, log_loss
from tinyclf.training.presets import BALANCED, UNORDERED
from tinyclf.training.quick_config import quick_config
from tinyclf.training.quick_fit import QuickBag, quick_bag, quick_heads
from tinyclf.training.views import views_of
from tinyclf.trust.calibration import calibrated, honest_probabilities

Finish = Callable[..., Any]
Graded = Callable[..., Any]


def fitted(x: np.ndarray, y: np.ndarray, seed: int = 0, **how: Any) -> Any:
    views = views_of(x)
    return quick_bag(views, [view.apply(x) for view in views], y, seed, **how)


@pytest.fixture
def bag(finish: Finish, graded: Graded) -> QuickBag:
    fit: QuickBag = finish(fitted(*graded()))
    return fit


def test_it_grades_photos_it_has_not_seen(finish: Finish, graded: Graded) -> None:
    x, y = graded(150, noise=0.3)
    bag = finish(fitted(x[:100], y[:100]))
    assert exact(y[:100], bag.out_of_fold) > 0.7
    assert exact(y[100:], bag.classifier("key").probabilities(x[100:])) > 0.7
    assert np.allclose(bag.out_of_fold.sum(axis=1), 1)
    assert bag.seconds > 0


def test_photos_without_a_grade_help_to_find_the_directions(finish: Finish, graded: Graded) -> None:
    x, y = graded(150, noise=0.3)
    views = views_of(x)
    bag = finish(quick_bag(views, [view.apply(x[:40]) for view in views], y[:40], 0))
    assert exact(y[40:], bag.classifier("key").probabilities(x[40:])) > 0.6


def test_the_same_seed_gives_the_same_bag(finish: Finish, graded: Graded) -> None:
    x, y = graded()
    one, two, other = (finish(fitted(x, y, seed)) for seed in (3, 3, 4))
    assert (one.out_of_fold == two.out_of_fold).all()
    assert all((a.theta == b.theta).all() for a, b in zip(one.members, two.members, strict=True))
    assert (one.out_of_fold != other.out_of_fold).any()


def test_photos_that_are_read_from_a_file_make_the_same_bag(
    finish: Finish, graded: Graded, tmp_path: Path
) -> None:
    pytest.importorskip("apsw", reason="where such files lie is known beside the caches in SQLite")
    from tinyclf.data.row_file import ChosenRows, RowFile

    x, y = graded()
    views = views_of(x)
    seen = [view.apply(x) for view in views]
    read = []
    for z in seen:
        file = RowFile(tmp_path, z.shape[1])
        file.append(z)
        read.append(ChosenRows(file, np.arange(len(z))))
    one, other = finish(quick_bag(views, seen, y, 0)), finish(quick_bag(views, read, y, 0))
    assert one.out_of_fold.tobytes() == other.out_of_fold.tobytes()
    assert all((a == b).all() for a, b in zip(one.heads.thetas, other.heads.thetas, strict=True))


def test_its_folds_are_those_of_the_bag_it_stands_in_for(
    finish: Finish, graded: Graded, quick: TrainingConfig
) -> None:
    x, y = graded()
    groups = np.arange(60) // 2
    slow = finish(train_classifier(x, y, quick, 5, groups=groups))
    fast = finish(fitted(x, y, 5, config=quick, groups=groups))
    assert (fast.fold_of == slow.fold_of).all()


def test_its_classifier_says_what_its_heads_say(bag: QuickBag, graded: Graded) -> None:
    x, _ = graded()
    seen = [view.apply(x) for view in views_of(x)]
    told = bag.classifier("key", 1.7).probabilities(x)
    np.testing.assert_allclose(bag.heads.opinions(seen, 1.7), told, atol=1e-5)


def test_the_heads_are_those_of_a_simulation(finish: Finish, graded: Graded) -> None:
    x, y = graded()
    seen = [view.apply(x) for view in views_of(x)]
    heads = finish(quick_heads(seen, y))
    bag = finish(fitted(x, y))
    assert all((a == b).all() for a, b in zip(heads.thetas, bag.heads.thetas, strict=True))


def test_the_grades_are_an_order_until_they_prove_not_to_be(finish: Finish) -> None:
    rng = np.random.default_rng(0)
    y = np.arange(400) % 5
    x = rng.normal(size=(400, 8)).astype(np.float32)
    x[np.arange(400), y] += 4
    seen = [view.apply(x) for view in views_of(x)]

    def right(count: int, config: TrainingConfig) -> float:
        heads = finish(quick_heads([z[:count] for z in seen], y[:count], config))
        return exact(y[300:], heads.opinions([z[300:] for z in seen]))

    assert right(20, UNORDERED) > right(20, BALANCED)
    assert right(300, BALANCED) > 0.8


def test_what_is_held_out_has_no_say_in_what_is_said_of_it(finish: Finish, graded: Graded) -> None:
    x, y = graded()
    bag = finish(fitted(x, y))
    held_out = bag.fold_of == 0
    seen = [view.apply(x) for view in views_of(x)]
    others = finish(quick_heads([z[~held_out] for z in seen], y[~held_out]))
    told = others.opinions([z[held_out] for z in seen])
    np.testing.assert_allclose(bag.out_of_fold[held_out], told, atol=1e-9)


def test_many_photos_are_worked_on_in_parts(
    finish: Finish, graded: Graded, monkeypatch: pytest.MonkeyPatch
) -> None:
    x, y = graded()
    whole = finish(fitted(x, y))
    monkeypatch.setattr(linear_heads, "ROWS", 7)
    monkeypatch.setattr(quick_fit, "ROWS", 7)
    monkeypatch.setattr(quick_fit, "FEW", 7)
    parts = finish(fitted(x, y))
    np.testing.assert_allclose(parts.out_of_fold, whole.out_of_fold, atol=1e-3)
    seen = [view.apply(x) for view in views_of(x)]
    np.testing.assert_allclose(parts.heads.opinions(seen), whole.heads.opinions(seen), atol=1e-3)


def test_a_planted_leak_shows_without_groups_and_not_with_them(finish: Finish) -> None:
    rng = np.random.default_rng(0)
    x = np.repeat(rng.normal(size=(40, 60)), 3, axis=0) + rng.normal(size=(120, 60)) * 0.01
    y = np.repeat(rng.integers(0, 5, 40), 3)
    leaky = finish(fitted(x, y))
    honest = finish(fitted(x, y, groups=np.repeat(np.arange(40), 3)))
    assert exact(y, leaky.out_of_fold) > 0.6
    assert exact(y, honest.out_of_fold) < 0.4


def test_two_grades_of_two_photos_are_enough(finish: Finish) -> None:
    x, y = np.array([[0.0, 1.0], [1.0, 0.0]], np.float32), np.array([1, 3])
    bag = finish(fitted(x, y))
    p = bag.classifier("key").probabilities(x)
    assert p[0] @ np.arange(5) < p[1] @ np.arange(5)
    assert np.isfinite(bag.out_of_fold).all()
    assert len(bag.members) == 1


@pytest.mark.parametrize("loss", CHOICES["loss"])
@pytest.mark.parametrize("balance", [0.0, 1.0])
def test_a_grade_with_one_example_is_no_obstacle(
    finish: Finish, graded: Graded, loss: str, balance: float
) -> None:
    x, _ = graded(30)
    y = np.array([0] * 20 + [2] * 9 + [4])
    bag = finish(fitted(x, y, config=replace(BALANCED, loss=loss, balance=balance)))
    assert np.isfinite(bag.out_of_fold).all()
    assert bag.out_of_fold.shape == (30, 5)


def test_photos_that_look_alike_get_the_frequencies(finish: Finish) -> None:
    bag = finish(fitted(np.ones((20, 4)), np.arange(20) % 2))
    p = bag.classifier("key").probabilities(np.ones((1, 4)))[0]
    assert p[:2] == pytest.approx([0.5, 0.5], abs=0.08)


def test_it_is_calibrated_judged_and_saved_like_any_bag(bag: QuickBag, graded: Graded) -> None:
    x, y = graded()
    assert log_loss(y, honest_probabilities(bag, y)) < np.log(5)
    classifier = calibrated(bag, y, "eye-1")
    again = Classifier.from_bytes(classifier.to_bytes())
    assert (again.probabilities(x) == classifier.probabilities(x)).all()
    assert again.config == quick_config(BALANCED)


def test_onnxruntime_is_of_the_same_opinion(bag: QuickBag, graded: Graded) -> None:
    onnxruntime = pytest.importorskip("onnxruntime")
    pytest.importorskip("tinyclf.nn.onnx_model")
    x, y = graded()
    x[::3] *= 50  # far beyond the clip
    classifier = calibrated(bag, y, "eye-1")
    session = onnxruntime.InferenceSession(classifier.to_onnx(), providers=["CPUExecutionProvider"])
    [p] = session.run(["probabilities"], {"inputs": x})
    np.testing.assert_allclose(p, classifier.probabilities(x), rtol=0, atol=1e-5)


@pytest.mark.parametrize("precision", ["f4", "f8"])
def test_its_networks_are_linear_whatever_the_configuration(
    finish: Finish, graded: Graded, precision: str
) -> None:
    config = TrainingConfig(hidden=(64, 32), patience=3, folds=3, precision=precision)
    bag = finish(fitted(*graded(), config=config))
    assert bag.config.hidden == ()
    assert len(bag.objective.network.layers) == 1
    assert [member.theta.dtype.str[1:] for member in bag.members] == [precision]
    assert bag.fold_of.max() == 2


def test_it_tells_how_far_it_is_and_can_be_left(graded: Graded) -> None:
    reports = list(fitted(*graded()))
    assert len(reports) > 2
    job = fitted(*graded())
    next(job)
    job.close()


@pytest.mark.parametrize(("grades", "words"), [([], "no grade is"), ([2, 2, 2], "only grade 3 is")])
def test_fewer_than_two_grades_cannot_train(
    finish: Finish, graded: Graded, grades: list[int], words: str
) -> None:
    x, _ = graded()
    with pytest.raises(TrainingError, match=f"at least two grades, but {words} given; grade"):
        finish(quick_bag(views_of(x), [x[: len(grades)]], np.array(grades, int), 0))


def test_one_group_alone_cannot_train(finish: Finish, graded: Graded) -> None:
    with pytest.raises(TrainingError, match="belong to one group"):
        finish(fitted(*graded(10), groups=["a"] * 10))


def test_a_broken_feature_names_its_photo(finish: Finish, graded: Graded) -> None:
    x, y = graded(20)
    views = views_of(x)
    seen = views[0].apply(x)
    seen[7, 3] = np.nan
    with pytest.raises(TrainingError, match=r"1 of 20 .* the first of photo 7"):
        finish(quick_bag(views, [seen], y, 0))


def test_every_view_is_given(finish: Finish, graded: Graded) -> None:
    x, y = graded()
    with pytest.raises(InputError, match="1 views and 2 matrices"):
        finish(quick_bag(views_of(x), [x, x], y, 0))


def test_grades_that_do_not_fit_are_refused(finish: Finish, graded: Graded) -> None:
    x, y = graded()
    with pytest.raises(InputError, match="for 59 grades: give a row for each"):
        finish(quick_bag(views_of(x), [x], y[:59], 0))
