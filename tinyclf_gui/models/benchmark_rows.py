"""A report in the figures that a person compares: a row for each case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress

from PySide6.QtCore import QCoreApplication

from tinyclf.benchmark.advice import advice
from tinyclf.benchmark.intervals import Interval
from tinyclf.benchmark.kinds import AnyCase
from tinyclf.benchmark.report import Measurement, Report
from tinyclf.benchmark.speed import Speed
from tinyclf.benchmark.standing import NOTHING, Rate, standing_of


@dataclass(frozen=True)
class CaseRow:
    """What was measured of one case.

    Attributes:
        title: What it is, in a line.
        short: What of that is not the same in all rows; the title if there is only one.
        unit: What is done again and again, in the singular: "inference".
        milliseconds: How long one of them takes; None if the case failed at once.
        reading: How fast weights are read, in GB/s.
        products: How fast matrices are multiplied, in GFLOP/s.
        advice: What would make it faster, in a sentence; may be empty.
        failed: Why it failed; empty if it did not.
    """

    title: str
    short: str
    unit: str = ""
    milliseconds: Interval | None = None
    reading: Rate = NOTHING
    products: Rate = NOTHING
    advice: str = ""
    failed: str = ""

    @property
    def share(self) -> float | None:
        """The share of the limit that the case is nearest to; None if none is known."""
        shares = [rate.share for rate in (self.reading, self.products) if rate.share is not None]
        return max(shares, default=None)

    @property
    def has_rates(self) -> bool:
        """Whether there is a speed to be held against a limit."""
        return self.reading.speed is not None or self.products.speed is not None


def rows_of(report: Report) -> tuple[CaseRow, ...]:
    """Return the rows of a report, in its order."""
    shorts = shortened([title_of(one.case) for one in report.measurements])
    pairs = zip(report.measurements, shorts, strict=True)
    return tuple(_row(one, short, report) for one, short in pairs)


def shortened(titles: Sequence[str]) -> list[str]:
    """Return titles without the parts that are the same in all, if their parts can be told."""
    parts = [title.split(", ") for title in titles]
    if len({len(each) for each in parts}) != 1:
        return list(titles)
    differ = [len(set(column)) > 1 for column in zip(*parts, strict=True)]
    if not any(differ):
        return list(titles)
    return [", ".join(compress(each, differ)) for each in parts]


def _row(one: Measurement, short: str, report: Report) -> CaseRow:
    title = title_of(one.case)
    if not one.turns:
        return CaseRow(title, short, failed=one.failed)
    work, standing = one.case.work(), standing_of(one, report)
    return CaseRow(
        title,
        short,
        work.unit,
        milliseconds_of(one),
        standing.reading,
        standing.products,
        advice(standing),
        one.failed,
    )


def milliseconds_of(one: Measurement) -> Interval:
    """Return how long one unit of a measurement takes."""
    return one.seconds.scaled(1000 / one.case.work().units)


def title_of(case: AnyCase) -> str:
    """Return what a case is, with its name and what of the machine it may use."""
    words = f"{case.words()}, {_machine(case)}"
    return f"{case.name}: {words}" if case.name else words


def _machine(case: AnyCase) -> str:
    if case.performance.device == "cuda":
        return _tr("graphics card")
    return threads_in_words(case.performance.threads)


def threads_in_words(threads: int | None) -> str:
    """Return ``"all threads"``, ``"1 thread"``, ``"4 threads"``."""
    if threads is None:
        return _tr("all threads")
    return _tr("1 thread") if threads == 1 else _tr("{0} threads").format(threads)


def speed_in_words(speed: Speed) -> str:
    """Return ``"1 thread, single precision (f4), on the processor"``."""
    precision = {"f4": _tr("single precision (f4)"), "f8": _tr("double precision (f8)")}
    device = {"cpu": _tr("on the processor"), "cuda": _tr("on the graphics card")}
    words = threads_in_words(speed.threads), precision[speed.precision], device[speed.device]
    return ", ".join(words)


def _tr(text: str) -> str:
    return QCoreApplication.translate("BenchmarkRows", text)
