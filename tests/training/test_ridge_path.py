"""The ridge that suits photos is chosen by others than those it is judged on."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tinyclf.errors import ModelError, TrainingError
from tinyclf.nn.backend import NumpyBackend
from tinyclf.training import ridge_path
from tinyclf.training.linear_heads import Heads
from tinyclf.training.metrics import exact
from tinyclf.training.presets import BALANCED
from tinyclf.training.projection import Projection
from tinyclf.training.quick_config import linear_config
from tinyclf.training.recipe import build_objective
from tinyclf.training.ridge_path import RIDGES, RidgePath, cross_fitted, held_out_opinions

Finish = Callable[..., Any]
Graded = Callable[..., Any]


def opinions(x: np.ndarray, y: np.ndarray, seed: int = 0, **how: Any) -> Any:
    return held_out_opinions(x, y, Projection.fit(x, 0), seed, **how)


@pytest.fixture
def heads(graded: Graded) -> Heads:
    x, y = graded(d=6)
    objective = build_objective(linear_config(BALANCED), 6, y, 5)
    return Heads(objective, Projection.fit(x, 0).apply(x), y, NumpyBackend())


def test_no_fold_chooses_its_own_ridge() -> None:
    rows = tuple((np.full(1, i), np.full(1, i)) for i in range(3))
    path = RidgePath(rows, np.array([[9.0, 5.0], [2.0, 8.0], [4.0, 1.0]]))
    assert path.ridges == (RIDGES[2], RIDGES[1])
    assert [theta.item() for theta in path.chosen] == [2, 1]


def test_softer_ridges_are_not_tried_once_they_fit_worse(
    finish: Finish, heads: Heads, monkeypatch: pytest.MonkeyPatch
) -> None:
    fold_of = np.arange(60) % 3
    noise = replace(heads, y=np.random.default_rng(0).permutation(heads.y))
    few = finish(cross_fitted(noise, fold_of))
    monkeypatch.setattr(ridge_path, "PATIENCE", len(RIDGES))
    all_of_them = finish(cross_fitted(noise, fold_of))
    assert len(few.losses) < len(all_of_them.losses) == len(RIDGES)
    assert few.ridges == all_of_them.ridges


def test_photos_held_out_are_told_well(finish: Finish, graded: Graded) -> None:
    x, y = graded(100, noise=0.3)
    told = finish(opinions(x, y))
    assert exact(y, told) > 0.7
    assert np.allclose(told.sum(axis=1), 1)


def test_the_same_seed_gives_the_same_opinions(finish: Finish, graded: Graded) -> None:
    x, y = graded()
    one, two, other = (finish(opinions(x, y, seed)) for seed in (3, 3, 4))
    assert (one == two).all()
    assert (one != other).any()


def test_a_planted_leak_shows_without_groups_and_not_with_them(finish: Finish) -> None:
    rng = np.random.default_rng(0)
    x = np.repeat(rng.normal(size=(40, 60)), 3, axis=0) + rng.normal(size=(120, 60)) * 0.01
    y = np.repeat(rng.integers(0, 5, 40), 3)
    assert exact(y, finish(opinions(x, y))) > 0.6
    assert exact(y, finish(opinions(x, y, groups=np.repeat(np.arange(40), 3)))) < 0.4


def test_it_tells_how_far_it_is_and_can_be_left(graded: Graded) -> None:
    reports = list(opinions(*graded()))
    done = [report.done for report in reports]
    assert done == sorted(set(done))
    assert (done[0], done[-1]) == (0, reports[-1].total)
    job = opinions(*graded())
    next(job)
    job.close()


def test_one_group_alone_tells_nothing(finish: Finish, graded: Graded) -> None:
    with pytest.raises(TrainingError, match="belong to one group"):
        finish(opinions(*graded(10), groups=["a"] * 10))


def test_features_of_another_width_are_refused(finish: Finish, graded: Graded) -> None:
    x, y = graded()
    with pytest.raises(ModelError, match=r"width 12, not of shape \(60, 9\)"):
        finish(held_out_opinions(x[:, :9], y, Projection.fit(x, 0), 0))
