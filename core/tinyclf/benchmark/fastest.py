"""Of all that was measured: the settings with which the app itself works fastest."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tinyclf.benchmark.intervals import median_interval
from tinyclf.benchmark.kinds import AnyCase, Inference, Training
from tinyclf.benchmark.kinds.inference import ONE_BIT
from tinyclf.benchmark.machine.memory import cores
from tinyclf.benchmark.report import Measurement, Report
from tinyclf.benchmark.speed import DEVICES, PRECISIONS, Speed
from tinyclf.benchmark.standing import standing_of

LEAST_TURNS = 4
"""Of every setting: with fewer noise would choose. It may still choose between ties; what it then
takes is at most :data:`NEAR` times slower."""

NEAR = 1.05
"""Times as long as the fastest takes: up to here, what asks for less is the better choice."""


def fastest(report: Report) -> Speed | None:
    """Return the settings that are fastest over all works of a report.

    A work is a case without these settings. What the app does not work with is passed over: other
    libraries, precisions and kinds. Settings are compared only if every work was measured with
    them, by the geometric mean of the times of a round. Those are tied with the fastest that take
    at most :data:`NEAR` times as long and, by the rounds, may be as fast. A tie goes to fewer
    threads, then to f4, then to the CPU.

    Returns:
        The settings; None if there are not two to compare, of at least :data:`LEAST_TURNS` turns
        each.
    """
    measured = _by_speed(report)
    works = {work for each in measured.values() for work in each}
    means = {speed: _means(each.values()) for speed, each in measured.items() if works == set(each)}
    if len(means) < 2:
        return None
    best = min(means.values(), key=statistics.median)
    tied = [speed for speed, mean in means.items() if _ties(mean, best)]
    return min(tied, key=lambda speed: _demand(speed, report.machine.cores or cores()))


def alternatives(case: Inference) -> tuple[Inference, ...]:
    """Return a case with 1 thread and with all, in each precision of the app.

    What it is itself is among them. 1-bit layers have no other precision: there it is alone.
    """
    if case.math.precision == ONE_BIT:
        return (case,)
    others = [
        case.model_copy(
            update={
                "math": case.math.model_copy(update={"precision": precision}),
                "performance": case.performance.model_copy(update={"threads": threads}),
            }
        )
        for precision in PRECISIONS
        for threads in (1, None)
    ]
    return tuple(dict.fromkeys([*others, case]))


def speed_of(case: AnyCase) -> Speed | None:
    """Return the settings that a case runs with; None if the app cannot work so."""
    if not isinstance(case, Inference | Training) or not case.is_ours:
        return None
    precision = case.math.precision if isinstance(case, Inference) else case.precision
    if precision not in PRECISIONS:
        return None
    return Speed(case.performance.threads, precision, case.performance.device)


def _by_speed(report: Report) -> dict[Speed, dict[AnyCase, Measurement]]:
    """Return the measurement of each work, by the settings.

    Of what runs on one core whatever the threads, the first counts for all of them: between the
    others noise would choose.
    """
    found: dict[Speed, dict[AnyCase, Measurement]] = {}
    first: dict[tuple[Speed, AnyCase], Measurement] = {}
    for one in report.measurements:
        speed = speed_of(one.case)
        if speed is None or len(one.turns) < LEAST_TURNS or one.failed:
            continue
        work, standing = _work(one.case), standing_of(one, report)
        alike = replace(speed, threads=1) if standing.compiled and standing.on_one_core else speed
        counted = first.setdefault((alike, work), one)
        found.setdefault(speed, {}).setdefault(work, counted)
    return found


def _work(case: AnyCase) -> AnyCase:
    """Return a case with a name, a precision, threads and a device that are the same for all."""
    same = {"name": "", "performance": type(case.performance)()}
    if isinstance(case, Inference):
        return case.model_copy(
            update=same | {"math": case.math.model_copy(update={"precision": PRECISIONS[0]})}
        )
    return case.model_copy(update=same | {"precision": PRECISIONS[0]})


def _means(works: Iterable[Measurement]) -> list[float]:
    """Return, round by round, the geometric mean of the seconds of all works."""
    rounds = zip(*(one.turns for one in works), strict=False)
    return [statistics.geometric_mean(turn.seconds for turn in turns) for turns in rounds]


def _ties(seconds: Sequence[float], best: Sequence[float]) -> bool:
    """Return whether some settings are as good as the best, by the seconds of each round."""
    ratio = median_interval([one / other for one, other in zip(seconds, best, strict=False)])
    return ratio.low <= 1 and ratio.median <= NEAR


def _demand(speed: Speed, all_threads: int) -> tuple[int, bool, int, int]:
    """Return what orders settings by how much they ask of the machine."""
    return (
        speed.threads or all_threads,
        speed.threads is None,
        PRECISIONS.index(speed.precision),
        DEVICES.index(speed.device),
    )
