"""What was measured of a case as plain figures, as JSON tells them, each beside a limit."""

from __future__ import annotations

from dataclasses import dataclass

from tinyclf.benchmark.advice import advice
from tinyclf.benchmark.kinds import AnyCase, Inference, Training
from tinyclf.benchmark.report import Measurement, Report
from tinyclf.benchmark.standing import standing_of


@dataclass(frozen=True)
class Figures:
    """The figures of a case, and what to make of them. What has no meaning for it is None.

    Attributes:
        total_ms: Milliseconds of a pass, the median over the turns.
        total_ms_low: The true median is at least this …
        total_ms_high: … and at most this.
        epoch_ms: The same of an epoch: of one inference, or of a training's way through all of its
            examples.
        epoch_ms_low: Its least …
        epoch_ms_high: … and its most.
        units_per_s: Things done in a second.
        unit: What each of them is: "inference", "photo".
        gb_per_s: 10⁹ bytes of weights read in a second.
        limit_gb_per_s: As many as this machine reads, with so many threads; None if not measured.
        read_share: The one by the other, round by round: 1 is the limit.
        read_share_low: The true share is at least this …
        read_share_high: … and at most this.
        gflop_per_s: 10⁹ operations of matrix products in a second.
        limit_gflop_per_s: As many as this machine does, with so many threads; None if not measured.
        product_share: The one by the other. None for 1-bit layers, which multiply nothing.
        product_share_low: Its least …
        product_share_high: … and its most.
        nearest_limit: The one whose share is larger, ``"reading"`` or ``"products"``.
        place: Where the weights are read from: "second-level cache", "memory".
        advice: What it means, in a sentence or two; empty for a kind without limits.
    """

    total_ms: float
    total_ms_low: float
    total_ms_high: float
    epoch_ms: float | None
    epoch_ms_low: float | None
    epoch_ms_high: float | None
    units_per_s: float
    unit: str
    gb_per_s: float | None
    limit_gb_per_s: float | None
    read_share: float | None
    read_share_low: float | None
    read_share_high: float | None
    gflop_per_s: float | None
    limit_gflop_per_s: float | None
    product_share: float | None
    product_share_low: float | None
    product_share_high: float | None
    nearest_limit: str | None
    place: str | None
    advice: str


def figures(measurement: Measurement, report: Report) -> Figures:
    """Return the figures of one of a report's measurements.

    Args:
        measurement: One with at least one turn.
        report: Whose limits and machine it is held against.
    """
    case, work = measurement.case, measurement.case.work()
    standing = standing_of(measurement, report)
    reading, products = standing.reading, standing.products
    read, multiplied = reading.shares, products.shares
    ms, epochs = measurement.seconds.scaled(1e3), _epochs(case)
    return Figures(
        total_ms=ms.median,
        total_ms_low=ms.low,
        total_ms_high=ms.high,
        epoch_ms=ms.median / epochs if epochs else None,
        epoch_ms_low=ms.low / epochs if epochs else None,
        epoch_ms_high=ms.high / epochs if epochs else None,
        units_per_s=1e3 * work.units / ms.median,
        unit=work.unit,
        gb_per_s=reading.speed,
        limit_gb_per_s=reading.limit,
        read_share=reading.share,
        read_share_low=read.low if read else None,
        read_share_high=read.high if read else None,
        gflop_per_s=products.speed,
        limit_gflop_per_s=products.limit,
        product_share=products.share,
        product_share_low=multiplied.low if multiplied else None,
        product_share_high=multiplied.high if multiplied else None,
        nearest_limit=standing.nearest[0] if read or multiplied else None,
        place=standing.place,
        advice=advice(standing),
    )


def _epochs(case: AnyCase) -> int | None:
    """Return how many there are in a pass; None for kinds that know none."""
    match case:
        case Inference():
            return case.nepochs
        case Training():
            return case.epochs
    return None
