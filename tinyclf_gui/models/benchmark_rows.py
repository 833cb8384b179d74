"""A report in the figures that a person compares: a row for each case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from tinyclf.benchmark.advice import advice
from tinyclf.benchmark.intervals import Interval
from tinyclf.benchmark.labels import labels
from tinyclf.benchmark.report import Measurement, Report
from tinyclf.benchmark.speed import Speed
from tinyclf.benchmark.standing import NOTHING, Rate, Standing, standing_of


@dataclass(frozen=True)
class CaseRow:
    """What was measured of one case.

    Attributes:
        title: What it is, in a line that no other row has.
        short: What of that is not the same in all rows; the title if there is only one.
        measurement: Its turns.
        standing: How it stands beside the limits; None if it failed at once.
    """

    title: str
    short: str
    measurement: Measurement
    standing: Standing | None = None

    @property
    def unit(self) -> str:
        """What is done again and again, in the singular: "inference"."""
        return self.measurement.case.work().unit

    @property
    def milliseconds(self) -> Interval | None:
        """How long one of them takes; None if the case failed at once."""
        return milliseconds_of(self.measurement) if self.measurement.turns else None

    @property
    def reading(self) -> Rate:
        """How fast weights are read, in GB/s."""
        return NOTHING if self.standing is None else self.standing.reading

    @property
    def products(self) -> Rate:
        """How fast matrices are multiplied, in GFLOP/s."""
        return NOTHING if self.standing is None else self.standing.products

    @property
    def share(self) -> float | None:
        """The share of the limit that the case is nearest to; None if none is known."""
        return None if self.standing is None else self.standing.nearest[1] or None

    @property
    def has_rates(self) -> bool:
        """Whether there is a speed to be held against a limit."""
        return self.reading.speed is not None or self.products.speed is not None

    @property
    def advice(self) -> str:
        """What would make it faster, in a sentence; may be empty."""
        return "" if self.standing is None else advice(self.standing)

    @property
    def problem(self) -> str:
        """What is wrong with it, in a sentence or two; empty if nothing is."""
        differing = _tr("Its turns did not all come to the same result.")
        said = self.measurement.failed, differing if self.measurement.disagrees else ""
        return " ".join(filter(None, said))


def rows_of(report: Report) -> tuple[CaseRow, ...]:
    """Return the rows of a report, in its order."""
    titles = labels([one.case for one in report.measurements])
    return tuple(
        CaseRow(title, short, one, standing_of(one, report) if one.turns else None)
        for title, short, one in zip(titles, shortened(titles), report.measurements, strict=True)
    )


def shortened(titles: Sequence[str]) -> list[str]:
    """Return titles without the parts that all have; whole ones if these could not be told."""
    parts = [title.split(", ") for title in titles]
    common = set.intersection(*map(set, parts)) if parts else set()
    shorts = [", ".join(part for part in each if part not in common) for each in parts]
    return shorts if all(shorts) and len(set(shorts)) == len(set(titles)) else list(titles)


def milliseconds_of(one: Measurement) -> Interval:
    """Return how long one unit of a measurement takes."""
    return one.seconds.scaled(1000 / one.case.work().units)


def speed_in_words(speed: Speed) -> str:
    """Return ``"1 thread, single precision (f4), on the processor"``."""
    precision = {"f4": _tr("single precision (f4)"), "f8": _tr("double precision (f8)")}
    device = {"cpu": _tr("on the processor"), "cuda": _tr("on the graphics card")}
    words = _threads_in_words(speed.threads), precision[speed.precision], device[speed.device]
    return ", ".join(words)


def _threads_in_words(threads: int | None) -> str:
    """Return ``"all threads"``, ``"1 thread"``, ``"4 threads"``."""
    if threads is None:
        return _tr("all threads")
    return _tr("1 thread") if threads == 1 else _tr("{0} threads").format(threads)


def _tr(text: str) -> str:
    return QCoreApplication.translate("BenchmarkRows", text)
