"""Reports made up of noise that is drawn, so that it is known what became of each case."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from tinyclf.benchmark.compare import Change, Row, compare_reports, peer_rows
from tinyclf.benchmark.kinds import AnyCase, Inference, Product
from tinyclf.benchmark.kinds.inference import Shape
from tinyclf.benchmark.machine import Blas, Machine
from tinyclf.benchmark.report import Measurement, Report, Turn

CASE = Inference()
NOISE = 0.03
"""How far turns are apart, as a share of their median."""


def measured(
    case: AnyCase = CASE, seconds: float = 1.0, turns: int = 6, seed: int = 0, checksum: str = "0"
) -> Measurement:
    drawn = seconds * np.random.default_rng(seed).lognormal(0.0, NOISE, turns)
    return Measurement(
        case=case,
        turns=tuple(
            Turn(warm_up=2 * each, passes=(each,), checksum=checksum) for each in drawn.tolist()
        ),
    )


def taking(*seconds: float) -> Measurement:
    turns = (Turn(warm_up=1.0, passes=(each,), checksum="0") for each in seconds)
    return Measurement(case=CASE, turns=tuple(turns))


def report(
    *measurements: Measurement,
    limits: tuple[Measurement, ...] = (),
    on: Machine = Machine(),  # noqa: B008 (frozen)
) -> Report:
    return Report(
        started=datetime(2026, 11, 22, tzinfo=UTC),
        seconds=1.0,
        machine=on,
        rounds=100,
        done=6,
        measurements=measurements,
        limits=limits,
    )


def row(before: Measurement, after: Measurement) -> Row:
    (found,) = compare_reports(report(before), report(after)).rows
    return found


@pytest.mark.parametrize("seed", range(20))
def test_a_slowdown_of_20_percent_is_found(seed: int) -> None:
    found = row(measured(seed=seed), measured(seconds=1.2, seed=seed + 100))

    assert found.change is Change.SLOWER
    assert found.words().startswith(f"{found.ratio.median:.2f} times as slow (1.")


def test_the_interval_of_a_slowdown_mostly_holds_it() -> None:
    ratios = [row(measured(seed=i), measured(seconds=1.2, seed=i + 1000)).ratio for i in range(300)]

    assert sum(each.low <= 1.2 <= each.high for each in ratios) >= 0.93 * len(ratios)


@pytest.mark.parametrize("seed", range(20))
def test_a_speed_up_is_told_as_one(seed: int) -> None:
    found = row(measured(seconds=1.2, seed=seed), measured(seed=seed + 100))

    assert found.change is Change.FASTER
    assert found.ratio.high < 1
    assert found.words().startswith(f"{1 / found.ratio.median:.2f} times as fast (1.")


def test_equal_runs_hardly_ever_differ() -> None:
    changes = [row(measured(seed=i), measured(seed=i + 1000)).change for i in range(300)]

    assert changes.count(Change.NOISE) >= 0.93 * len(changes)


@pytest.mark.parametrize(("before", "after"), [(4, 4), (4, 12), (6, 25)])
def test_so_it_is_for_other_numbers_of_turns(before: int, after: int) -> None:
    changes = [
        row(measured(turns=before, seed=i), measured(turns=after, seed=i + 1000)).change
        for i in range(300)
    ]

    assert changes.count(Change.NOISE) >= 0.93 * len(changes)


def test_a_slowdown_is_found_although_some_turns_of_both_took_as_long() -> None:
    before = taking(1.0, 1.01, 1.02, 1.03, 1.04, 1.19)
    after = taking(1.15, 1.2, 1.21, 1.22, 1.23, 1.24)

    assert before.seconds.high > after.seconds.low
    assert row(before, after).change is Change.SLOWER


def test_what_is_within_noise_says_how_wide_that_is() -> None:
    found = row(measured(seed=1), measured(seed=1))

    assert found.words() == f"within noise ({found.ratio.low:.2f} to {found.ratio.high:.2f})"


@pytest.mark.parametrize(("turns", "few"), [(1, "by 1 turn only"), (2, "by 2 turns only")])
def test_too_few_turns_are_not_trusted(turns: int, few: str) -> None:
    found = row(measured(), measured(seconds=5.0, turns=turns))

    assert found.change is Change.UNSURE
    assert "times as slow, " in found.words()
    assert few in found.words()


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [(3, 3, Change.UNSURE), (2, 7, Change.UNSURE), (4, 4, Change.SLOWER), (3, 5, Change.SLOWER)],
)
def test_so_many_turns_are_enough(before: int, after: int, change: Change) -> None:
    assert row(measured(turns=before), measured(seconds=5.0, turns=after)).change is change


def test_cases_are_the_same_whatever_they_are_called() -> None:
    named = CASE.model_copy(update={"name": "Hello World!"})

    found = row(measured(CASE), measured(named))

    assert found.case.name == "Hello World!"


def test_cases_of_one_report_only_are_told_apart() -> None:
    wide = Inference(shape=Shape(dimension=256))
    deep = Inference(shape=Shape(layers=200))

    found = compare_reports(
        report(measured(CASE), measured(wide)), report(measured(deep), measured(CASE))
    )

    assert [each.case for each in found.rows] == [CASE]
    assert [each.case for each in found.only_before] == [wide]
    assert [each.case for each in found.only_after] == [deep]


def test_a_case_that_failed_is_not_compared_but_told() -> None:
    failed = Measurement(case=CASE, failed="The memory is full.")

    found = compare_reports(report(measured(CASE)), report(failed))

    assert found.rows == ()
    assert found.failed_after == (failed,)
    assert [each.case for each in found.only_before] == [CASE]


def test_limits_are_compared_too() -> None:
    slow, quick = measured(Product(), 2.0), measured(Product(), 1.0, seed=1)

    found = compare_reports(report(measured(), limits=(quick,)), report(measured(), limits=(slow,)))

    assert [each.change for each in found.limits] == [Change.SLOWER]


def test_another_result_is_noticed() -> None:
    assert row(measured(), measured()).same_result
    assert not row(measured(), measured(checksum="1")).same_result


def test_turns_that_disagree_have_the_same_result_as_none() -> None:
    odd = measured()
    turns = (odd.turns[0].model_copy(update={"checksum": "1"}), *odd.turns[1:])
    odd = odd.model_copy(update={"turns": turns})

    assert not row(odd, odd).same_result


def drifting(case: AnyCase, seconds: float, turns: int) -> Measurement:
    """Return what was measured where the machine got slower and slower."""
    times = (seconds * (1 + 0.5 * k) for k in range(turns))
    made = (Turn(warm_up=1.0, passes=(each,), checksum="0") for each in times)
    return Measurement(case=case, turns=tuple(made))


def test_peers_are_held_against_ours_round_by_round() -> None:
    peer = Inference(library="pytorch")

    (found,) = peer_rows(report(drifting(CASE, 1.0, turns=6), drifting(peer, 1.1, turns=6)))

    assert found.change is Change.FASTER
    assert found.ratio.low == pytest.approx(found.ratio.high) == pytest.approx(1 / 1.1)
    assert found.words() == "1.10 times as fast (1.10 to 1.10)"


def test_few_rounds_do_not_tell_who_is_faster() -> None:
    peer = Inference(library="pytorch")

    (found,) = peer_rows(report(drifting(CASE, 1.0, turns=5), drifting(peer, 1.1, turns=5)))

    assert found.change is Change.UNSURE


def test_another_machine_is_told_by_its_facts() -> None:
    here = Machine(
        processor="A", cores=2, memory=8_100_000_000, blas=Blas(name="openblas", version="0.3")
    )
    there = Machine(processor="B", cores=2, memory=16_000_000_000)

    found = compare_reports(report(measured(), on=here), report(measured(), on=there))

    assert compare_reports(report(measured(), on=here), report(measured(), on=here)).machine == ()
    assert found.machine == (
        ("processor", "A", "B"),
        ("memory", "8.1 GB", "16.0 GB"),
        ("blas", "openblas 0.3, 1 thread", ""),
    )


def test_other_versions_and_variables_are_told_each_by_its_name() -> None:
    before = Machine(versions={"numpy": "2.3", "numba": "0.68"}, environment={"OMP_PLACES": "1"})
    after = Machine(versions={"numpy": "2.4", "numba": "0.68"}, instruction_sets=("AVX2", "FMA3"))

    found = compare_reports(report(measured(), on=before), report(measured(), on=after))

    assert found.machine == (
        ("instruction sets", "", "AVX2 FMA3"),
        ("numpy", "2.3", "2.4"),
        ("OMP_PLACES", "1", ""),
    )
