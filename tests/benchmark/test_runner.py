from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.walking import finished
from tinyclf.benchmark import runner
from tinyclf.benchmark.child import LEAST_PASSES
from tinyclf.benchmark.kinds import AnyCase, Inference, Store
from tinyclf.benchmark.kinds.inference import Math, Shape
from tinyclf.benchmark.plan import Plan
from tinyclf.benchmark.report import Report, Turn
from tinyclf.benchmark.runner import run
from tinyclf.benchmark.settings import Performance
from tinyclf.benchmark.turn import take_turn

SMALL = Inference(nepochs=2, shape=Shape(layers=2, dimension=8))
ONE_THREAD = Performance(threads=1)


@pytest.fixture
def turns(monkeypatch: pytest.MonkeyPatch) -> list[AnyCase]:
    """Turns that take no time, and the order they are taken in."""
    taken: list[AnyCase] = []

    def take(case: AnyCase) -> Generator[None, None, Turn | str]:
        yield
        taken.append(case)
        if case.name == "broken":
            return "It is broken."
        return Turn(warm_up=2.0, passes=(1.0, 3.0, 2.0), checksum="00000000")

    monkeypatch.setattr(runner, "take_turn", take)
    return taken


def test_cases_take_turns_and_so_do_limits(turns: list[AnyCase]) -> None:
    plan = Plan((SMALL, Inference(nepochs=3, shape=SMALL.shape)), rounds=2)

    report: Report = finished(run(plan))

    assert turns == [*plan.limits, *plan.cases] * 2
    assert [len(each.turns) for each in report.measurements] == [2, 2]
    assert report.measurements[0].seconds.median == 2.0
    assert (report.rounds, report.done, report.budget) == (2, 2, None)


def test_a_case_that_fails_has_no_further_turn_and_spoils_no_other(turns: list[AnyCase]) -> None:
    broken = Inference(name="broken")

    report: Report = finished(run(Plan((broken, SMALL), rounds=3)))

    assert turns.count(broken) == 1
    assert report.measurements[0].failed == "It is broken."
    assert len(report.measurements[1].turns) == 3


def test_the_budget_ends_a_run_after_a_whole_round(
    turns: list[AnyCase], monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = iter(range(10_000))
    monkeypatch.setattr(time, "monotonic", lambda: float(next(seconds)))

    report: Report = finished(run(Plan((SMALL,), rounds=1000, budget=50.0)))

    assert 1 <= report.done < 20
    assert len(report.measurements[0].turns) == report.done
    assert report.budget == 50.0


def test_the_first_round_is_always_made(turns: list[AnyCase]) -> None:
    assert finished(run(Plan((SMALL,), budget=0.0))).done == 1


def test_the_time_left_is_known_after_a_round(turns: list[AnyCase]) -> None:
    reports = list(run(Plan((SMALL,), rounds=4)))

    before = [each for each in reports if each.done < 3]
    after = [each for each in reports if each.done >= 3]
    assert {each.seconds_left for each in before} == {None}
    assert all(each.seconds_left is not None for each in after)
    assert {each.total for each in reports} == {12}


def test_a_case_is_measured_in_a_process_of_its_own() -> None:
    turn: Turn = finished(take_turn(SMALL))

    assert turn.warm_up > 0
    assert min(turn.passes) > 0
    assert len(turn.passes) >= LEAST_PASSES
    assert turn.checksum == finished(take_turn(SMALL)).checksum


def test_what_cannot_be_made_ready_is_said_in_a_sentence() -> None:
    on_a_card = SMALL.model_copy(update={"performance": Performance(device="cuda")})
    outcome = finished(take_turn(on_a_card))

    if isinstance(outcome, Turn):
        pytest.skip("there is a card here")
    assert "NVIDIA" in outcome


def test_a_process_that_is_killed_is_a_failure_not_a_hang(tmp_path: Any) -> None:
    waiting = take_turn(LONG)
    while not (children := _children()):  # a process has no words until it has become another
        next(waiting)
    (child,) = children

    os.kill(child.pid, signal.SIGKILL)

    assert "broke off" in finished(waiting)


@pytest.mark.parametrize("name", ["json.py", "random.py", "numpy.py"])
def test_files_where_the_program_was_started_change_nothing(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / name).write_text("raise RuntimeError")
    monkeypatch.chdir(tmp_path)

    assert isinstance(finished(take_turn(SMALL)), Turn)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows removes no file that is open")
def test_where_the_program_is_killed_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TINYCLF_CACHE", str(tmp_path))
    asked = Store(photos=5, grades=100_000).model_dump_json()
    program = psutil.Popen([sys.executable, "-c", WAITING, asked])
    _until(lambda: any(tmp_path.glob("tinyclf-benchmark-*/*.tinyclf")))
    (child,) = program.children()

    program.kill()
    program.wait()

    _until(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE)
    assert not list(tmp_path.glob("tinyclf-benchmark-*"))


def test_closing_a_run_leaves_no_process_behind() -> None:
    job = run(Plan((LONG,), rounds=1))
    while not _children():
        next(job)
    children = _children()

    job.close()

    assert children
    assert not any(child.is_running() for child in children)


WAITING = """
import sys
from tinyclf.benchmark.kinds import CASES
from tinyclf.benchmark.turn import take_turn
list(take_turn(CASES.validate_json(sys.argv[1])))
"""
"""A program that waits for a turn."""

PATIENCE_S = 30


LONG = Inference(
    nepochs=1_000_000, shape=Shape(layers=100, dimension=64), math=Math(), performance=ONE_THREAD
)
"""A case that would run for minutes."""


def _until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def _children() -> list[psutil.Process]:
    return [
        child
        for child in psutil.Process().children(recursive=True)
        if any("tinyclf.benchmark.child" in word for word in child.cmdline())
    ]
