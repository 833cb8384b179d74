"""The quick bag: linear heads that are best under their ridge, and pass for any other bag."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tinyclf.errors import InputError, ModelError, TrainingError
from tinyclf.nn.backend import NumpyBackend
from tinyclf.training import quick_fit
from tinyclf.training.bag import train_classifier
from tinyclf.training.classifier import Classifier
from tinyclf.training.config import CHOICES, TrainingConfig
from tinyclf.training.metrics import exact, log_loss
from tinyclf.training.presets import BALANCED
from tinyclf.training.projection import Projection
from tinyclf.training.quick_fit import HOLD, RIDGES, Heads, QuickBag, RidgePath, quick_bag
from tinyclf.training.recipe import build_objective
from tinyclf.trust.calibration import calibrated, honest_probabilities

Finish = Callable[..., Any]
Graded = Callable[..., Any]


def fitted(x: np.ndarray, y: np.ndarray, seed: int = 0, **how: Any) -> Any:
    return quick_bag(x, y, Projection.fit(x, 0), seed, **how)


@pytest.fixture
def bag(finish: Finish, graded: Graded) -> QuickBag:
    fit: QuickBag = finish(fitted(*graded()))
    return fit


@pytest.fixture
def heads(graded: Graded) -> Heads:
    x, y = graded(d=6)
    objective = build_objective(quick_fit.linear(BALANCED), 6, y, 5)
    return Heads(objective, Projection.fit(x, 0).apply(x), y, NumpyBackend())


def test_it_grades_photos_it_has_not_seen(finish: Finish, graded: Graded) -> None:
    x, y = graded(150, noise=0.3)
    bag = finish(fitted(x[:100], y[:100]))
    assert exact(y[:100], bag.out_of_fold) > 0.7
    assert exact(y[100:], bag.classifier("key").probabilities(x[100:])) > 0.7
    assert np.allclose(bag.out_of_fold.sum(axis=1), 1)
    assert bag.seconds > 0


def test_photos_without_a_grade_help_to_find_the_directions(finish: Finish, graded: Graded) -> None:
    x, y = graded(150, noise=0.3)
    bag = finish(quick_bag(x[:40], y[:40], Projection.fit(x, 0), 0))
    assert exact(y[40:], bag.classifier("key").probabilities(x[40:])) > 0.6


def test_the_same_seed_gives_the_same_bag(finish: Finish, graded: Graded) -> None:
    x, y = graded()
    one, two, other = (finish(fitted(x, y, seed)) for seed in (3, 3, 4))
    assert (one.out_of_fold == two.out_of_fold).all()
    assert all((a.theta == b.theta).all() for a, b in zip(one.members, two.members, strict=True))
    assert (one.out_of_fold != other.out_of_fold).any()


def test_its_folds_are_those_of_the_bag_it_stands_in_for(
    finish: Finish, graded: Graded, quick: TrainingConfig
) -> None:
    x, y = graded()
    groups = np.arange(60) // 2
    slow = finish(train_classifier(x, y, quick, 5, groups=groups))
    fast = finish(fitted(x, y, 5, config=quick, groups=groups))
    assert (fast.fold_of == slow.fold_of).all()


@pytest.mark.parametrize("ridge", [30.0, 1.0, 0.03])
def test_a_head_lies_where_no_slope_is_left(
    heads: Heads, ridge: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The loss in a formula of its own: P(y ≤ j) = σ(θⱼ − s), thresholds from first and steps."""
    monkeypatch.setattr(quick_fit, "SEARCH", replace(quick_fit.SEARCH, tolerance=1e-7))

    def penalized(theta: np.ndarray) -> float:
        w, b, first, steps = theta[:6], theta[6], theta[7], theta[8:]
        cuts = first + np.append(0, np.cumsum(np.log1p(np.exp(steps)) + 1e-3))
        below = 1 / (1 + np.exp(-(cuts - (heads.z @ w + b)[:, None])))
        p = np.diff(below, axis=1, prepend=0, append=1)[np.arange(60), heads.y]
        held = ((theta - heads.frequencies)[6:] ** 2).sum()
        return float(-np.log(p).sum() + ridge / 2 * w @ w + HOLD / 2 * held)

    theta = heads.fit(ridge)

    for step in 1e-5 * np.eye(len(theta)):
        slope = (penalized(theta + step) - penalized(theta - step)) / 2e-5
        assert abs(slope) < 1e-4
    assert np.allclose(heads.fit(ridge, theta + 0.3), theta, atol=1e-3)


def test_a_harder_ridge_holds_the_weights_nearer_to_zero(heads: Heads) -> None:
    lengths = [np.linalg.norm(heads.fit(ridge)[:6]) for ridge in RIDGES]
    assert (np.diff(lengths) > 0).all()


def test_under_the_hardest_ridge_only_the_frequencies_speak(heads: Heads) -> None:
    p = heads.objective.probabilities(heads.fit(1e9), heads.z, backend=heads.backend)
    assert np.allclose(p, 0.2, atol=0.01)


def test_no_fold_chooses_its_own_ridge() -> None:
    rows = tuple((np.full(1, i), np.full(1, i)) for i in range(3))
    path = RidgePath(rows, np.array([[9.0, 5.0], [2.0, 8.0], [4.0, 1.0]]))
    assert path.ridges == (RIDGES[2], RIDGES[1])
    assert [theta.item() for theta in path.chosen] == [2, 1]
    assert path.best == RIDGES[2]


def test_softer_ridges_are_not_tried_once_they_fit_worse(
    finish: Finish, heads: Heads, monkeypatch: pytest.MonkeyPatch
) -> None:
    fold_of = np.arange(60) % 3
    noise = replace(heads, y=np.random.default_rng(0).permutation(heads.y))
    few = finish(quick_fit.cross_fitted(noise, fold_of))
    monkeypatch.setattr(quick_fit, "PATIENCE", len(RIDGES))
    all_of_them = finish(quick_fit.cross_fitted(noise, fold_of))
    assert len(few.losses) < len(all_of_them.losses) == len(RIDGES)
    assert few.best == all_of_them.best


def test_the_members_say_what_the_heads_said(finish: Finish, graded: Graded) -> None:
    x, y = graded()
    projection = Projection.fit(x, 0)
    bag = finish(quick_bag(x, y, projection, 0))
    objective = build_objective(bag.config, projection.width, y, 5)
    heads = Heads(objective, projection.apply(x), y, NumpyBackend())
    path = finish(quick_fit.cross_fitted(heads, bag.fold_of))
    for fold, theta in enumerate(path.chosen):
        held_out = bag.fold_of == fold
        p = objective.probabilities(theta, heads.z[held_out], backend=NumpyBackend())
        assert np.allclose(bag.out_of_fold[held_out], p, atol=1e-4)


def test_what_is_held_out_has_no_say_in_its_member(
    finish: Finish, graded: Graded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quick_fit, "RIDGES", (1.0,))
    x, y = graded()
    projection = Projection.fit(x, 0)
    bag = finish(quick_bag(x, y, projection, 0))
    held_out = bag.fold_of == 0
    x[held_out] = 1e3
    changed = finish(quick_bag(x, y, projection, 0))
    assert (bag.members[0].theta == changed.members[0].theta).all()
    assert (bag.members[1].theta != changed.members[1].theta).any()


def test_a_planted_leak_shows_without_groups_and_not_with_them(finish: Finish) -> None:
    rng = np.random.default_rng(0)
    x = np.repeat(rng.normal(size=(40, 60)), 3, axis=0) + rng.normal(size=(120, 60)) * 0.01
    y = np.repeat(rng.integers(0, 5, 40), 3)
    leaky = finish(fitted(x, y))
    honest = finish(fitted(x, y, groups=np.repeat(np.arange(40), 3)))
    assert exact(y, leaky.out_of_fold) > 0.6
    assert exact(y, honest.out_of_fold) < 0.4
    assert max(leaky.ridges) < min(honest.ridges)


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


def test_one_head_may_propose_for_all(finish: Finish, graded: Graded, bag: QuickBag) -> None:
    x, y = graded()
    one = finish(fitted(x, y, one_head=True))
    assert (len(bag.members), len(one.members)) == (5, 1)
    assert (one.out_of_fold == bag.out_of_fold).all()
    near = one.classifier("key").probabilities(x) - bag.classifier("key").probabilities(x)
    assert abs(near).max() < 0.2


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
    assert again.config == quick_fit.linear(BALANCED)


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
    assert [member.theta.dtype.str[1:] for member in bag.members] == [precision] * 3
    assert len(bag.ridges) == 3


def test_it_tells_how_far_it_is_and_can_be_left(graded: Graded) -> None:
    reports = list(fitted(*graded()))
    done = [report.done for report in reports]
    assert done == sorted(set(done))
    assert (done[0], done[-1]) == (0, reports[-1].total)
    job = fitted(*graded())
    next(job)
    job.close()


@pytest.mark.parametrize(("grades", "words"), [([], "no grade is"), ([2, 2, 2], "only grade 3 is")])
def test_fewer_than_two_grades_cannot_train(
    finish: Finish, graded: Graded, grades: list[int], words: str
) -> None:
    x, _ = graded()
    with pytest.raises(TrainingError, match=f"at least two grades, but {words} given; grade"):
        finish(quick_bag(x[: len(grades)], np.array(grades, int), Projection.fit(x, 0), 0))


def test_one_group_alone_cannot_train(finish: Finish, graded: Graded) -> None:
    with pytest.raises(TrainingError, match="belong to one group"):
        finish(fitted(*graded(10), groups=["a"] * 10))


def test_a_broken_feature_names_its_photo(finish: Finish, graded: Graded) -> None:
    x, y = graded(20)
    projection = Projection.fit(x, 0)
    x[7, 3] = np.nan
    with pytest.raises(TrainingError, match=r"1 of 20 .* the first of photo 7"):
        finish(quick_bag(x, y, projection, 0))


def test_features_of_another_width_are_refused(finish: Finish, graded: Graded) -> None:
    x, y = graded()
    with pytest.raises(ModelError, match=r"width 12, not of shape \(60, 9\)"):
        finish(quick_bag(x[:, :9], y, Projection.fit(x, 0), 0))


def test_grades_that_do_not_fit_are_refused(finish: Finish, graded: Graded) -> None:
    x, y = graded()
    with pytest.raises(InputError, match="for 59 grades: give a row for each"):
        finish(quick_bag(x, y[:59], Projection.fit(x, 0), 0))
