"""The harness of the speed table, with toys for contenders."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from tests.benchmarks.speed import command, rows
from tests.benchmarks.speed.checks import AtLeastTheirs, Reaches, Same
from tests.benchmarks.speed.contender import FAST, PLAIN, AbsentError, Contender, Prepared, lanes
from tests.benchmarks.speed.contest import Outcome, hold
from tests.benchmarks.speed.measure import Measure
from tests.benchmarks.speed.row import Comparison, Row
from tests.benchmarks.speed.table import Held, markdown, plain_data
from tests.benchmarks.speed.words import seconds
from tinyclf.training.scaling import Standardizer

HEAD = ["Measured nowhere."]


def sleeper(length: float) -> Prepared:
    def work(number: int) -> int:
        sys.stdout.write("libraries chatter\n")
        time.sleep(length)
        return number

    return Prepared(work, float, loops=2)


def missing() -> Prepared:
    raise AbsentError("no such toy")


def breaking() -> Prepared:
    def work(number: int) -> float:
        return 1 / (1 - number)

    return Prepared(work, float)


def scaler() -> Prepared:
    x = np.random.default_rng(0).random((2000, 500))
    return Prepared(lambda _: Standardizer.fit(x), lambda found: float(len(found.mean)))


def test_contenders_run_in_turn_and_answer_seconds_and_checks() -> None:
    told: list[str] = []
    slow, fast = (Contender(str(length), sleeper, {"length": length}) for length in (0.04, 0.01))
    outcomes = hold([slow, fast], 2, tell=told.append)
    assert outcomes["0.04"].checks == outcomes["0.01"].checks == [1, 2]
    assert outcomes["0.04"].median >= 0.04
    assert outcomes["0.01"].median >= 0.01
    assert [words.split(":")[0] for words in told[2:]] == ["0.04", "0.01", "0.04", "0.01"]


def test_who_is_missing_or_breaks_off_is_named_and_harms_no_other() -> None:
    toys = [
        Contender("m", missing),
        Contender("b", breaking),
        Contender("s", sleeper, {"length": 0}),
    ]
    outcomes = hold(toys, 2)
    assert outcomes["m"].absent == "no such toy"
    assert outcomes["b"].absent == "it broke off (ZeroDivisionError: division by zero)"
    assert outcomes["s"].checks == [1, 2]


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timer interrupts here")
def test_who_is_unexplained_tells_where_its_time_goes() -> None:
    toys = [Contender("a", scaler), Contender("b", scaler)]
    outcomes = hold(toys, 1, unexplained=lambda outcomes: [*outcomes][1:])
    assert outcomes["a"].shares == {}
    shares = outcomes["b"].shares
    assert sum(shares.values()) == pytest.approx(1)
    assert [name for name in shares if name.startswith("training.scaling.")]


def test_peers_need_their_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TINYCLF_PEERS_PYTHON", "/nowhere/python")
    outcome = hold([Contender("torch", missing, peer=True)], 1)["torch"]
    assert outcome.absent == "no /nowhere/python: run make bench"


def test_the_table_says_what_was_met_and_what_was_missed() -> None:
    comparison = Comparison("the other", plain=1.5, fast=3.0, aim="4×", rule=Same(0.1))
    table = markdown(HEAD, [held(comparison, plain=(0.5, 1.0), fast=(0.4, 1.05))])
    assert (
        "| digging | the other, 1 s | **2×** (≥ 1.5×: met) | **2.5×** (≥ 3×: missed) | 4× |"
        in table
    )
    assert "Bars: 1 met, 1 missed, 0 not measured." in table
    assert "| digging | NumPy only | 500 ms | 500 ms … 500 ms | 1 | came to 1.0 |" in table


def test_a_missed_bar_is_held_against_the_limit_and_says_where_the_time_went() -> None:
    bar, limit = Comparison("the other", fast=3.0), Comparison("a limit", measure=Measure.SHARE)
    row = held(bar, limit, plain=(0.5, 1.0), fast=(0.4, 1.0))
    row.outcomes[FAST].shares = {"nn.network.forward": 0.75, "nn.clipping._length": 0.02}
    assert (
        "Bars: 0 met, 1 missed, 0 not measured. Of those missed, what the same run tells:\n\n"
        "- digging, with fast: **2.5×** (≥ 3×: missed) against the other. The limit here, a limit, "
        "is 250 ms, 62% of its 400 ms; with no more than that it would be 4×. "
        "Its time: `nn.network.forward` 75%, all others 25%.\n"
    ) in markdown(HEAD, [row])


def test_a_contender_that_breaks_off_fails_the_command_after_all_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    toys = Contender("b", breaking), Contender("s", sleeper, {"length": 0})
    monkeypatch.setattr(command, "rows", lambda: [Row("dig", "digging", toys)])
    parser = argparse.ArgumentParser()
    command.add_options(parser)
    file = tmp_path / "all.json"
    with pytest.raises(SystemExit, match=r"dig, b: it broke off \(ZeroDivisionError"):
        command.run(parser.parse_args(["--repetitions", "1", "--json", str(file)]))
    assert "| digging | s |" in capsys.readouterr().out
    assert json.loads(file.read_text())["rows"][0]["runs"]["s"]["checks"] == [1]


def test_a_wrong_result_is_a_missed_bar() -> None:
    comparison = Comparison("the other", plain=1.5, rule=Same(0.1))
    table = markdown(HEAD, [held(comparison, plain=(0.5, 1.2), fast=(0.5, 1.0))])
    assert "**2×** (≥ 1.5×: missed); it came to 1.2, the other to 1 |" in table


def test_absent_lanes_are_named_and_not_counted_as_met() -> None:
    row = held(Comparison("the other", plain=1.5, fast=1.5), plain=(0.5, 1.0), fast=(0.5, 1.0))
    table = markdown(HEAD, [Held(row.row, {**row.outcomes, FAST: Outcome(absent="no numba")})])
    assert "| absent: no numba |" in table
    assert "Bars: 1 met, 0 missed, 1 not measured." in table


def test_the_data_hold_every_repetition() -> None:
    row = held(Comparison("the other", plain=1.5), plain=(0.5, 1.0), fast=(0.5, 1.0))
    (data,) = plain_data(HEAD, [row])["rows"]
    assert data["runs"][PLAIN]["seconds"] == [0.5]
    assert [figure["met"] for figure in data["comparisons"][0]["figures"]] == [True, None]


def test_a_part_is_the_better_the_smaller() -> None:
    assert Measure.PART.figure(theirs=2.0, ours=1.0) == 0.5
    assert Measure.PART.meets(0.5, bar=0.55)
    assert not Measure.SHARE.meets(0.5, bar=0.55)


def test_accuracies_are_held_against_a_target_or_the_others() -> None:
    assert Reaches(0.98).complaint(0.979, 0.985) == "it reached 97.90%"
    assert AtLeastTheirs().complaint(0.5, 0.6) == "it reached 50.00%, the other 60.00%"
    assert AtLeastTheirs().complaint(0.6, 0.6) == ""


def test_times_read_well() -> None:
    assert [seconds(number) for number in (2.0, 0.0251, 3.2e-5)] == ["2 s", "25.1 ms", "32 µs"]


def test_every_comparison_names_contenders_of_its_row() -> None:
    for row in rows.rows():
        names = [contender.name for contender in row.contenders]
        assert len(set(names)) == len(names)
        for comparison in row.comparisons:
            assert {comparison.against, comparison.plain_against or names[0]} <= set(names)


def test_what_only_the_peers_have_is_run_in_their_environment() -> None:
    (row,) = (row for row in rows.rows() if row.key == "forward-128")
    peers = {contender.name: contender.peer for contender in row.contenders}
    assert (peers["onnxruntime"], peers["PyTorch"]) == (False, True)


def held(*comparisons: Comparison, plain: tuple[float, float], fast: tuple[float, float]) -> Held:
    toys = (Contender("the other", missing), *lanes(missing))
    row = Row("dig", "digging", toys, comparisons, check="came to {}")
    figures = {"the other": (1.0, 1.0), "a limit": (0.25, 1.0), PLAIN: plain, FAST: fast}
    outcomes = {name: Outcome([time], [check]) for name, (time, check) in figures.items()}
    return Held(row, outcomes)
