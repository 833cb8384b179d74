"""The command that runs the benchmarks, and what they train."""

from __future__ import annotations

import sys
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from tests.benchmarks import __main__ as benchmarks
from tests.benchmarks import real_loop
from tests.benchmarks.speed import cnn, embeddings, few_grades, mnist_epoch, mnist_time_to, ours
from tests.benchmarks.speed.mnist import SIDE
from tests.benchmarks.speed.recipe import Recipe
from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.schedules import OneCycle

RECIPES = mnist_epoch.RECIPE, mnist_time_to.TO_98_0, cnn.EPOCH, cnn.TO_99_4


def test_help_lists_all_benchmarks_and_options(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        benchmarks.main(["--help"])
    told = capsys.readouterr().out
    for name, benchmark in benchmarks.BENCHMARKS.items():
        assert f"  {name} " in told
        assert benchmark.words in told
    assert "--quick" in told


def test_one_that_fails_is_told_and_the_others_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise AssertionError

    def give_up() -> None:
        raise SystemExit("the machine\nis busy")

    ran: list[str] = []
    runs = {"one": fail, "two": give_up, "three": lambda: ran.append("three")}
    for name, run in runs.items():
        monkeypatch.setitem(sys.modules, f"tests.benchmarks.{name}", SimpleNamespace(run=run))
    toys = {name: benchmarks.Benchmark(name, "a toy") for name in runs}
    monkeypatch.setattr(benchmarks, "BENCHMARKS", toys)
    assert benchmarks.main([]) == 1
    assert ran == ["three"]
    told = capsys.readouterr().err.splitlines()
    assert told[1].startswith("one failed: AssertionError (test_benchmarks.py, line ")
    assert told[3] == "two failed: the machine is busy"
    assert told[-1] == "== failed: one, two"
    assert benchmarks.main(["three"]) == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["sped"], "there is no benchmark 'sped', but epsilons, real-loop, smoothness, speed"),
        (["epsilons", "--quick"], "the options are those of speed"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        benchmarks.main(arguments)
    assert words in capsys.readouterr().err


def test_without_photos_the_real_loop_says_what_is_missing_and_where(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TINYCLF_SHARED", "/nowhere")
    real_loop.run()
    told = capsys.readouterr().out
    assert told.startswith("Not measured: this takes photos of real stamps")
    assert "/nowhere/stamps_graded" in told


@pytest.mark.parametrize("recipe", RECIPES)
def test_our_side_trains_every_kind_of_recipe(recipe: Recipe) -> None:
    rng, few = np.random.default_rng(0), replace(recipe, epochs=2, batch=16)
    x = rng.integers(0, 256, (40, SIDE, SIDE), np.uint8)
    network, theta = ours.train(few, x, np.arange(40) % 10, 0, NumpyBackend())
    assert network.n_parameters == theta.size
    assert np.isfinite(theta).all()


def test_our_side_grades_well_from_few_grades() -> None:
    split = embeddings.drawn(few_grades.GRADED, seed=1)
    grades = few_grades._fit(split, NumpyBackend())
    assert split.share_right(grades(split.held_out_x)) > 0.35


def test_both_sides_have_the_same_rates() -> None:
    recipe = mnist_time_to.TO_98_0
    steps = recipe.steps(1000)
    cycle = OneCycle(recipe.rate, steps)
    assert [*recipe.rates(1000)] == pytest.approx([cycle(step) for step in range(steps)])


@pytest.mark.peers
def test_pytorch_shifts_every_picture_by_its_own() -> None:
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    from tests.benchmarks.speed.pytorch import _shifted

    pictures = torch.arange(50 * 30 * 30).reshape(50, 1, 30, 30)
    shifted = _shifted(pictures, 1)
    corners = (shifted[:, 0, 0, 0] - pictures[:, 0, 0, 0]).tolist()
    assert set(corners) == {30 * down + right for down in range(3) for right in range(3)}
    for picture, corner, moved in zip(pictures, corners, shifted, strict=True):
        down, right = divmod(corner, 30)
        assert torch.equal(moved, picture[:, down : down + SIDE, right : right + SIDE])
