"""The command that runs the benchmarks, and what they train."""

from __future__ import annotations

import sys
import tarfile
from collections.abc import Generator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from tests.benchmarks import __main__ as benchmarks
from tests.benchmarks import (
    agreement,
    certificates,
    family,
    limits_check,
    real_loop,
    training_times,
)
from tests.benchmarks.server import hostile
from tests.benchmarks.speed import (
    cifar,
    cifar_epoch,
    cnn,
    datasets,
    embeddings,
    few_grades,
    mnist_epoch,
    mnist_time_to,
    ours,
)
from tests.benchmarks.speed.recipe import Recipe
from tinyclf.benchmark.kinds import AnyCase, Reading
from tinyclf.benchmark.machine import Machine
from tinyclf.benchmark.plan import Plan
from tinyclf.benchmark.report import Measurement, Report, Turn
from tinyclf.benchmark.settings import Performance
from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.schedules import OneCycle
from tinyclf.server.limits import Limits

RNG = np.random.default_rng(0)
RECIPES = (
    mnist_epoch.RECIPE,
    mnist_time_to.TO_98_0,
    cnn.EPOCH,
    cnn.TO_99_4,
    replace(cifar_epoch.RECIPE, hidden=(20,)),
)


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
        (["sped"], "there is no benchmark 'sped', but agreement, certificates, epsilons, family"),
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


def test_certificates_of_drawn_walls_hold_and_photos_that_lack_are_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TINYCLF_SHARED", "/nowhere")
    monkeypatch.setattr(certificates, "TRAININGS", 1)
    monkeypatch.setattr(certificates, "REVIEWS", 20)
    certificates.run()
    told = capsys.readouterr().out
    assert told.startswith("drawn, as proposed: 5 walls of ")
    assert told.count("  proof holds in 100.0% of 20 reviews") == 2
    assert "stamps_graded not measured: it takes photos" in told
    assert "/nowhere/cards_graded" in told


def test_a_review_stops_where_the_person_is_satisfied_and_bold_probabilities_show() -> None:
    good = certificates.HungWall(np.full(400, 0.2), np.zeros(400, bool))
    assert good.gap == pytest.approx(0.2)
    stops = [certificates.review(good, share, seed=0).looked_at for share in (0.1, 0.02, 0)]
    assert stops == [39 / 400, 153 / 400, 233 / 400]


def made_up(plan: Plan) -> Generator[None, None, Report]:
    """A run that takes no time, of cases that take a microsecond for each unit of work, or so."""
    yield
    return Report(
        started=datetime(2026, 11, 22, tzinfo=UTC),
        seconds=1.0,
        machine=Machine(),
        rounds=6,
        done=6,
        measurements=tuple(
            Measurement(case=case, turns=tuple(turn_of(1e-6 * case.work().units) for _ in range(6)))
            for case in plan.cases
        ),
    )


def turn_of(seconds: float) -> Turn:
    drawn = seconds * RNG.lognormal(0.0, 0.01)
    return Turn(warm_up=drawn, passes=(drawn,), checksum="0")


def test_agreement_counts_pairs_that_agree_and_slowdowns_that_are_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(agreement, "measure", made_up)
    agreement.run()
    told = capsys.readouterr().out
    for case in agreement.CASES:
        assert f"{case.words()}, 1 thread\n" in told
    assert told.count(" of 10 pairs of runs agree within their intervals, ± ") == 2
    slower = "10 of 10 times 20 % more work is told as slower: 1.2"
    assert told.count(slower) == 2
    assert told.endswith("21 runs in 0.0 minutes; asked for: at least 9 of 10\n")


def test_agreement_says_which_case_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(plan: Plan) -> Generator[None, None, Report]:
        report = yield from made_up(plan)
        failed = tuple(
            one.model_copy(update={"turns": (), "failed": "It is broken."})
            for one in report.measurements
        )
        return report.model_copy(update={"measurements": failed})

    monkeypatch.setattr(agreement, "measure", broken)
    with pytest.raises(SystemExit, match=r"100 × 128², .*: It is broken\."):
        agreement.run()


def test_limits_are_held_against_another_measurement(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def take(limit: AnyCase) -> Generator[None, None, Turn]:
        yield
        work = limit.work()
        return turn_of((work.read_bytes or work.operations) / 1e10)

    monkeypatch.setattr(limits_check, "take_turn", take)
    monkeypatch.setattr(limits_check, "compiled", lambda _: Path("read"))
    monkeypatch.setattr(limits_check, "another_reading", lambda *_: 1.1e10)
    monkeypatch.setattr(limits_check, "another_product", lambda _: 2e10)
    limits_check.run()
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("reading 420 MB, 1 thread: ")
    assert "11 by another: 0.9" in told[0]
    assert told[0].endswith(" times, within 15 %")
    assert told[1].startswith("product of two 1536², f4, 1 thread: ")
    assert told[3].endswith(" times, not within 15 %")


def test_without_a_compiler_only_the_products_are_measured(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert limits_check.compiled(tmp_path) is None
    (pair,) = limits_check.pairs_for(1, None)
    assert pair.limit.kind == "product"


def test_the_program_in_c_reads_what_it_is_told(tmp_path: Path) -> None:
    program = limits_check.compiled(tmp_path)
    if program is None:
        pytest.skip("there is no C compiler")
    limit = Reading(read_bytes=1 << 20, performance=Performance(threads=2))
    assert 1e8 < limits_check.another_reading(program, limit) < 1e13


@pytest.mark.parametrize("recipe", RECIPES)
def test_our_side_trains_every_kind_of_recipe(recipe: Recipe) -> None:
    rng, few = np.random.default_rng(0), replace(recipe, epochs=2, batch=16)
    x = rng.integers(0, 256, (40, *datasets.shape(recipe.dataset)), np.uint8)
    network, theta = ours.train(few, x, np.arange(40) % 10, 0, NumpyBackend())
    assert network.n_parameters == theta.size
    assert np.isfinite(theta).all()


def test_pictures_in_colour_are_read_with_their_classes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    colours = {"cat": (255, 0, 0), "airplane": (0, 0, 255)}
    with tarfile.open(tmp_path / cifar.ARCHIVE, "w:xz") as archive:
        for part, name in (("train", "cat"), ("train", "airplane"), ("test", "cat")):
            picture = tmp_path / "picture.png"
            Image.new("RGB", (32, 32), colours[name]).save(picture)
            archive.add(picture, f"cifar10_part/{part}/{name}/0001.jpg")
    monkeypatch.setenv("TINYCLF_SHARED", str(tmp_path))
    x, y = datasets.training(datasets.CIFAR)
    assert (x.shape, x.dtype, y.tolist()) == ((2, 3, 32, 32), np.uint8, [1, 0])
    assert x[:, :, 0, 0].tolist() == [[255, 0, 0], [0, 0, 255]]
    assert len(datasets.test(datasets.CIFAR)[1]) == 1


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
    shifted = _shifted(pictures, replace(mnist_epoch.RECIPE, shift=1))
    corners = (shifted[:, 0, 0, 0] - pictures[:, 0, 0, 0]).tolist()
    assert set(corners) == {30 * down + right for down in range(3) for right in range(3)}
    for picture, corner, moved in zip(pictures, corners, shifted, strict=True):
        down, right = divmod(corner, 30)
        assert torch.equal(moved, picture[:, down : down + 28, right : right + 28])


def test_the_times_of_learning_are_told_of_a_small_collection_too() -> None:
    times = training_times.measure(graded=40, ungraded=30, repeats=1)
    assert len(times) == 6
    assert all(one.seconds > 0 for one in times)


def test_a_fit_that_is_killed_without_a_word_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    killed = SimpleNamespace(returncode=-9, stderr="", stdout="")
    monkeypatch.setattr(family.subprocess, "run", lambda *_, **__: killed)
    with pytest.raises(SystemExit, match="tinyclf fit digits: it ended with -9"):
        family._tinyclf("fit", "digits")


def test_a_hostile_form_asks_for_more_pixels_than_are_told_at_once() -> None:
    forms = [body for path, _, body in hostile._by_hand() if path == "/predict/image"]
    sizes = [_pixels_of(form) for form in forms]
    most = Limits().pixels
    assert any(
        len(each) > 100 and max(each) <= most < sum(each) and len(form) < Limits().body_bytes
        for each, form in zip(sizes, forms, strict=True)
    )


def _pixels_of(form: bytes) -> list[int]:
    heads = [part[:8] for part in form.split(b"IHDR")[1:]]
    return [int.from_bytes(head[:4]) * int.from_bytes(head[4:]) for head in heads]
