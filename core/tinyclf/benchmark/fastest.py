"""Of all that was measured: the settings with which the app itself works fastest."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from tinyclf.benchmark.intervals import Interval
from tinyclf.benchmark.kinds import AnyCase, Inference, Training
from tinyclf.benchmark.memory import cores
from tinyclf.benchmark.report import Measurement, Report
from tinyclf.benchmark.speed import DEVICES, PRECISIONS, Speed

Seconds: TypeAlias = Mapping[AnyCase, Interval]
"""How long each piece of work takes."""


def fastest(report: Report) -> Speed | None:
    """Return the settings that are fastest over all works of a report.

    A work is a case without these settings. What the app does not work with is passed over: other
    libraries, precisions and kinds. Settings are compared only if every work was measured with
    them, by the geometric mean of their times. Where the intervals overlap it is a tie, which goes
    to fewer threads, then to f4, then to the CPU.

    Returns:
        The settings; None if no settings were measured with every work.
    """
    measured = _by_speed(report.measurements)
    works = {work for seconds in measured.values() for work in seconds}
    means = {speed: _mean(each) for speed, each in measured.items() if works == set(each)}
    if not means:
        return None
    best = min(means.values(), key=lambda mean: mean.median)
    tied = [speed for speed, mean in means.items() if mean.overlaps(best)]
    return min(tied, key=lambda speed: _demand(speed, report.machine.cores or cores()))


def _by_speed(measurements: Iterable[Measurement]) -> dict[Speed, dict[AnyCase, Interval]]:
    found: dict[Speed, dict[AnyCase, Interval]] = {}
    for one in measurements:
        speed = speed_of(one.case)
        if speed is not None and one.turns and not one.failed:
            found.setdefault(speed, {}).setdefault(_work(one.case), one.seconds)
    return found


def speed_of(case: AnyCase) -> Speed | None:
    """Return the settings that a case runs with; None if the app cannot work so."""
    if not isinstance(case, Inference | Training) or case.library != "tinyclf":
        return None
    precision = case.math.precision if isinstance(case, Inference) else case.precision
    if precision not in PRECISIONS:
        return None
    return Speed(case.performance.threads, precision, case.performance.device)


def _work(case: AnyCase) -> AnyCase:
    """Return a case with a name, a precision, threads and a device that are the same for all."""
    same = {"name": "", "performance": type(case.performance)()}
    if isinstance(case, Inference):
        return case.model_copy(
            update=same | {"math": case.math.model_copy(update={"precision": PRECISIONS[0]})}
        )
    return case.model_copy(update=same | {"precision": PRECISIONS[0]})


def _mean(seconds: Seconds) -> Interval:
    """Return the geometric mean of times, and of the ends of their intervals."""
    times = list(seconds.values())

    def mean(values: Iterable[float]) -> float:
        return math.exp(sum(map(math.log, values)) / len(times))

    return Interval(
        mean(each.median for each in times),
        mean(each.low for each in times),
        mean(each.high for each in times),
        min(each.confidence for each in times),
    )


def _demand(speed: Speed, all_threads: int) -> tuple[int, bool, int, int]:
    """Return what orders settings by how much they ask of the machine."""
    return (
        speed.threads or all_threads,
        speed.threads is None,
        PRECISIONS.index(speed.precision),
        DEVICES.index(speed.device),
    )
