"""Configurations are compared on the same folds, and a tie is called a tie."""

import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tinyclf.errors import ConfigError
from tinyclf.training import gate, gated_training
from tinyclf.training.bag import train_classifier
from tinyclf.training.comparison import ComparisonRow, Standing, compare
from tinyclf.training.config import TrainingConfig
from tinyclf.training.curves import EpochReport

Finish = Callable[..., Any]
World = tuple[dict[str, np.ndarray], np.ndarray]


@pytest.fixture
def world(graded: Callable[..., Any]) -> tuple[dict[str, np.ndarray], np.ndarray]:
    x, y = graded(80, noise=0.4)
    return {"embedding": x, "pixels": np.random.default_rng(5).normal(size=(80, 6))}, y


def test_what_sees_nothing_has_no_chance(
    finish: Finish, world: tuple[Any, Any], quick: TrainingConfig
) -> None:
    configs = {"blind": replace(quick, features="pixels"), "seeing": quick}
    best, other = finish(compare(*world, configs, 0))
    assert (best.name, best.standing, best.chance) == ("seeing", Standing.BEST, None)
    assert (other.name, other.standing) == ("blind", Standing.WORSE)
    assert other.chance == 0
    assert best.recommended
    assert not other.recommended
    assert best.quality.kappa.value > 0.8 > 0.4 > other.quality.kappa.value


def test_of_a_tie_one_that_is_much_smaller_is_recommended(
    finish: Finish, world: tuple[Any, Any], quick: TrainingConfig
) -> None:
    configs = {"large": replace(quick, hidden=(64, 64)), "small": quick}
    rows: tuple[ComparisonRow, ...] = finish(compare(*world, configs, 0))
    assert {row.standing for row in rows} == {Standing.BEST, Standing.TIE}
    assert [row.name for row in rows if row.recommended] == ["small"]
    assert len({row.n_bytes for row in rows}) == 2
    assert all(row.train_seconds > 0 and row.ms_per_photo > 0 for row in rows)
    memory = {row.name: row.memory_bytes for row in rows}
    assert memory["large"] > memory["small"] > 0


def test_a_configuration_ties_with_itself(
    finish: Finish, world: tuple[Any, Any], quick: TrainingConfig
) -> None:
    one, two = finish(compare(*world, {"one": quick, "two": quick}, 0))
    assert one.quality == two.quality
    assert (two.chance, two.standing) == (0.5, Standing.TIE)
    assert (one.beats, two.beats) == ({"two": 0.5}, {"one": 0.5})


def test_each_is_held_against_each_other(
    finish: Finish, world: tuple[Any, Any], quick: TrainingConfig
) -> None:
    configs = {"blind": replace(quick, features="pixels"), "one": quick, "two": quick}
    rows = {row.name: row for row in finish(compare(*world, configs, 0))}
    assert rows["one"].beats == {"blind": 1, "two": 0.5}
    assert rows["blind"].beats == {"one": 0, "two": 0}


def test_photos_of_one_group_count_as_one_witness(
    finish: Finish, world: tuple[Any, Any], quick: TrainingConfig
) -> None:
    features, y = world
    groups = np.arange(len(y)) // 5

    def nearly(bag: Any, y: np.ndarray) -> np.ndarray:
        seen = y.copy()
        if bag.config != quick:
            seen[:5] = (seen[:5] + 1) % 5  # all of the first group
        return np.eye(5)[seen]

    configs = {"right": quick, "nearly": replace(quick, hidden=(8,))}
    alone = finish(compare(features, y, configs, 0, honest=nearly))[1]
    grouped = finish(compare(features, y, configs, 0, honest=nearly, groups=groups))[1]
    assert alone.chance < 0.02
    assert 0.1 < grouped.chance < 0.25  # half of exp(−1): how often the first group is not drawn


def test_a_process_already_watched_stays_so(
    finish: Finish, world: tuple[Any, Any], quick: TrainingConfig
) -> None:
    tracemalloc.start()
    try:
        finish(compare(*world, {"one": quick}, 0))
        assert tracemalloc.is_tracing()
    finally:
        tracemalloc.stop()


def test_of_a_tie_one_that_is_a_little_smaller_is_not_recommended(
    finish: Finish, world: tuple[Any, Any], quick: TrainingConfig
) -> None:
    other = replace(quick, hidden=tuple(width - 1 for width in quick.hidden))
    rows = finish(
        compare(*world, {"best": quick, "other": other}, 0, honest=_better_without(other))
    )
    assert rows[1].n_bytes < rows[0].n_bytes
    assert [row.recommended for row in rows] == [True, False]


@pytest.mark.parametrize("name", ["first", "second"])
def test_the_best_is_recommended_unless_a_tie_is_really_smaller(
    finish: Finish, world: tuple[Any, Any], quick: TrainingConfig, name: str
) -> None:
    other = {"first": quick, "second": replace(quick, hidden=(64,))}[name]
    best = finish(compare(*world, {"best": quick, name: other}, 0, honest=_better_without(other)))[
        0
    ]
    assert best.name == "best"
    assert best.standing is Standing.BEST
    assert best.recommended


def _better_without(spoiled: TrainingConfig) -> Callable[..., Any]:
    """Judge as perfect what is trained otherwise, and nearly perfect what is trained so."""

    def honest(bag: Any, y: np.ndarray) -> np.ndarray:
        seen = y.copy()
        seen[: int(bag.config == spoiled)] = (seen[0] + 1) % 5
        return np.eye(5)[seen]

    return honest


def test_it_judges_by_what_it_is_told_is_honest(
    finish: Finish, world: tuple[Any, Any], quick: TrainingConfig
) -> None:
    (row,) = finish(compare(*world, {"one": quick}, 0, honest=lambda bag, y: np.eye(5)[y]))
    assert row.quality.exact.value == 1
    assert row.mean_absolute_error.value == row.mean_absolute_error.low == 0
    assert 0 < row.mean_absolute_error.high < 1


def test_reports_are_one_job_and_name_the_configuration(
    world: tuple[Any, Any], quick: TrainingConfig
) -> None:
    reports = list(compare(*world, {"one": quick, "two": quick}, 0))
    assert [report.done for report in reports] == sorted(report.done for report in reports)
    assert reports[0].what == "Training one (1 of 2)"
    assert reports[-1].what == "Training two (2 of 2)"
    assert reports[-1].done == reports[-1].total


def test_nothing_to_compare_is_said(finish: Finish, world: tuple[Any, Any]) -> None:
    with pytest.raises(ConfigError, match="nothing to compare"):
        finish(compare(*world, {}, 0))


def test_features_that_were_not_read_are_named(
    finish: Finish, world: tuple[Any, Any], quick: TrainingConfig
) -> None:
    features, y = world
    only = {"embedding": features["embedding"]}
    with pytest.raises(ConfigError, match="tiny is trained on pixels, which were not read"):
        finish(compare(only, y, {"tiny": replace(quick, features="pixels")}, 0))


@pytest.fixture
def damaged(monkeypatch: pytest.MonkeyPatch) -> World:
    """Features whose second part, the last four numbers, alone tells the grades."""
    monkeypatch.setattr(gate, "PLAIN_DIMENSION", 8)
    rng = np.random.default_rng(0)
    y = np.arange(100) % 5
    second = rng.normal(0, 0.3, (100, 4)) + y[:, None]
    x = np.hstack([rng.normal(size=(100, 8)), second]).astype(np.float32)
    return {"embedding": x, "pixels": x[:, :8]}, y


def test_a_second_part_that_helps_is_let_in(
    damaged: World, quick: TrainingConfig, finish: Finish
) -> None:
    features, y = damaged
    configs = {
        "own": replace(quick, features="embedding"),
        "same": replace(quick, features="embedding", hidden=()),
        "pixels": replace(quick, features="pixels"),
    }
    rows = {r.name: r for r in finish(compare(features, y, configs, 0))}
    assert rows["own"].let_in == rows["same"].let_in == (True,) * quick.folds
    assert rows["pixels"].let_in == ()
    assert rows["own"].quality.kappa.value > rows["pixels"].quality.kappa.value


def test_a_second_part_that_is_noise_is_left_out(
    damaged: World, quick: TrainingConfig, finish: Finish
) -> None:
    (features, y), noise = damaged, np.random.default_rng(1).normal(size=(100, 4))
    x = features["embedding"][:, ::-1].copy()
    x[:, 8:] = noise
    config = replace(quick, features="embedding")
    [row] = finish(compare({"embedding": x}, y, {"one": config}, 0))
    [plain] = finish(compare({"embedding": x[:, :8]}, y, {"one": config}, 0))
    assert row.let_in == (False,) * quick.folds
    assert (row.quality, row.n_bytes) == (plain.quality, plain.n_bytes)


def test_where_folds_disagree_each_is_judged_by_its_own_choice(
    damaged: World, quick: TrainingConfig, finish: Finish, monkeypatch: pytest.MonkeyPatch
) -> None:
    features, y = damaged
    config = replace(quick, features="embedding", folds=2)

    def torn(*_: object, **__: object) -> Any:
        yield EpochReport("Training", 0, 1)
        return (True, False)

    monkeypatch.setattr(gated_training, "ask_each_fold", torn)
    judged: list[Any] = []

    def honest(bag: Any, _: Any) -> Any:
        judged.append(bag.out_of_fold)
        return bag.out_of_fold

    [row] = finish(compare(features, y, {"one": config}, 0, honest=honest))
    on = finish(train_classifier(features["embedding"], y, config, 0))
    off = finish(train_classifier(features["embedding"][:, :8], y, config, 0))
    first = (on.fold_of == 0)[:, None]
    assert row.let_in == (True, False)
    assert (judged[0] == np.where(first, on.out_of_fold, off.out_of_fold)).all()


def test_of_a_tie_by_kappa_what_is_surely_right_less_often_is_not_recommended(
    finish: Finish, quick: TrainingConfig
) -> None:
    y = np.arange(100) % 5

    def often(y: np.ndarray) -> np.ndarray:
        seen = y.copy()
        seen[:10] = np.where(y[:10] < 2, y[:10] + 3, y[:10] - 2)  # ten, far off
        return seen

    def seldom(y: np.ndarray) -> np.ndarray:
        seen = y.copy()
        seen[:50] = np.where(y[:50] < 4, y[:50] + 1, 3)  # fifty, one off
        return seen

    sees = {"right": often, "near": seldom}
    named = iter(("right", "near"))

    def honest(bag: Any, y: np.ndarray) -> np.ndarray:
        return np.eye(5)[sees[next(named)](y)]

    x = np.random.default_rng(0).normal(size=(100, 4)).astype(np.float32)
    configs = {"right": replace(quick, hidden=(64,)), "near": quick}
    rows = {
        row.name: row for row in finish(compare({"embedding": x}, y, configs, 0, honest=honest))
    }
    assert rows["near"].n_bytes < rows["right"].n_bytes
    assert rows["near"].standing in (Standing.TIE, Standing.BEST)
    assert (rows["near"].fewer_right, rows["near"].recommended) == (True, False)
    assert (rows["right"].fewer_right, rows["right"].recommended) == (False, True)


def test_what_is_recommended_ties_with_the_best(
    finish: Finish, world: tuple[Any, Any], quick: TrainingConfig
) -> None:
    features, y = world
    rng = np.random.default_rng(0)
    spoiled = iter([0, 2, 3, 4, 5, 6, 8])

    def honest(bag: Any, y: np.ndarray) -> np.ndarray:
        seen, wrong = y.copy(), next(spoiled)
        seen[rng.permutation(len(y))[:wrong]] = 0
        return np.eye(5)[seen]

    sizes = (64, 48, 32, 24, 16, 8, 4)
    configs = {str(size): replace(quick, hidden=(size,)) for size in sizes}
    rows = finish(compare(features, y, configs, 0, honest=honest))
    for row in rows:
        assert (row.standing is Standing.WORSE) == (row.chance is not None and row.chance < 0.05)
        assert not (row.recommended and row.standing is Standing.WORSE)


def test_memory_does_not_depend_on_the_order(
    finish: Finish, world: tuple[Any, Any], quick: TrainingConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[np.ndarray] = []

    def waking(*args: Any, **options: Any) -> Any:
        if not kept:
            kept.append(np.zeros(10_000_000, np.uint8))
        return (yield from train_classifier(*args, **options))

    monkeypatch.setattr(gated_training, "train_classifier", waking)
    configs = {"one": quick, "two": quick}
    memory = {row.name: row.memory_bytes for row in finish(compare(*world, configs, 0))}
    assert memory["one"] < 5_000_000
