"""How a case stands beside what this machine can do at most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tinyclf.benchmark.intervals import Interval
from tinyclf.benchmark.kinds import AnyCase, Inference, Limit, Reading
from tinyclf.benchmark.machine import NOT_INSTALLED
from tinyclf.benchmark.machine.processor import Cache
from tinyclf.benchmark.report import Measurement, Report, paired_ratio

MEMORY, CARD_MEMORY = "memory", "card memory"


@dataclass(frozen=True)
class Rate:
    """How fast something is done.

    Attributes:
        speed: 10⁹ a second: of bytes, or of operations. None if the case knows of none.
        limit: As many as this machine does at most, with so many threads; None if not known.
        shares: The one by the other, round by round: 1 is the limit. None if they are not of one
            kind.
        unknown: Why there is no limit, in a sentence; empty if there is one.
        one_of_several: Whether the limit is that of one core, and there are more.
    """

    speed: float | None = None
    limit: float | None = None
    shares: Interval | None = None
    unknown: str = ""
    one_of_several: bool = False

    @property
    def share(self) -> float | None:
        """The median of the shares."""
        return self.shares.median if self.shares else None


NOTHING = Rate()
"""Of what a case does not do, or what says nothing of it."""


@dataclass(frozen=True)
class Standing:
    """A case beside the limits.

    Attributes:
        case: The case.
        reading: How fast its weights are read.
        products: How fast its matrices are multiplied.
        place: Where the weights are read from: "second-level cache", "memory". None if not known.
        cores: How many cores there were.
        compiled: Whether numba was there to compile our kernels.
    """

    case: AnyCase
    reading: Rate = NOTHING
    products: Rate = NOTHING
    place: str | None = None
    cores: int = 1
    compiled: bool = True

    @property
    def widens(self) -> bool:
        """Whether our core turns f2 and int8 into f4 before it computes, so that they gain nothing.

        Only compiled kernels use them as they are, for a single input of layers in a row.
        """
        return not (self.compiled and self.on_one_core)

    @property
    def on_one_core(self) -> bool:
        """Whether one core computes it, whatever the number of threads."""
        return isinstance(self.case, Inference) and self.case.on_one_core

    @property
    def threads(self) -> int:
        """How many threads could be at work, and were when the limit of reading was measured."""
        allowed = min(self.case.performance.threads or self.cores, self.cores)
        return 1 if self.on_one_core else allowed

    @property
    def nearest(self) -> tuple[str, float]:
        """The limit that the case is nearest to, ``"reading"`` or ``"products"``, and its share.

        So much of the time that work takes at least; 0 if no share is known.
        """
        shares = {"reading": self.reading.share or 0.0, "products": self.products.share or 0.0}
        return max(shares.items(), key=lambda each: each[1])


def standing_of(measurement: Measurement, report: Report) -> Standing:
    """Return how one of a report's measurements stands, which has at least one turn."""
    case = measurement.case
    compiled = report.machine.versions.get("numba") != NOT_INSTALLED
    standing = Standing(case, cores=report.machine.cores or 1, compiled=compiled)
    for limit in case.limits():
        if isinstance(limit, Reading):
            reading = _rate(measurement, limit, report)
            place = _place(limit.read_bytes, standing, report.machine.caches)
            standing = replace(standing, reading=reading, place=place)
        else:
            products = _rate(measurement, limit, report, alike=not _of_bits(case))
            standing = replace(standing, products=products)
    return standing


def _rate(measured: Measurement, limit: Limit, report: Report, alike: bool = True) -> Rate:
    """Return how fast a case does what a limit does, beside it.

    Args:
        measured: The case, with at least one turn.
        limit: What it is held against.
        report: Where the limit is found.
        alike: Whether the two count the same thing.
    """
    amount = _amount(measured.case, limit)
    speed = amount / measured.seconds.median / 1e9
    found = report.limit(limit)
    if found is None or not found.turns:
        return Rate(speed, unknown=_why_unknown(limit, found))
    at_most = _amount(found.case, limit)
    shares = paired_ratio(found, measured).scaled(amount / at_most) if alike else None
    one_of_several = found.case.performance.threads == 1 < (report.machine.cores or 1)
    most = at_most / found.seconds.median / 1e9
    return Rate(speed, most, shares, one_of_several=one_of_several)


def _amount(case: AnyCase, limit: Limit) -> int:
    """Return how much a pass does of what the limit does: bytes, or operations."""
    work = case.work()
    return work.read_bytes if isinstance(limit, Reading) else work.operations


def _why_unknown(limit: Limit, measured: Measurement | None) -> str:
    what = "reads" if isinstance(limit, Reading) else "multiplies"
    why = measured.failed if measured else ""
    return f"How fast this machine {what} at most is not known. {why}".strip()


def _place(size: int, standing: Standing, caches: Sequence[Cache]) -> str | None:
    """Return where so many bytes lie when they are read again and again."""
    if standing.case.performance.device == "cuda":
        return CARD_MEMORY
    if not caches:
        return None
    rooms = ((cache.size * -(-standing.threads // cache.cores), cache.name) for cache in caches)
    return next((name for room, name in sorted(rooms) if size <= room), MEMORY)


def _of_bits(case: AnyCase) -> bool:
    return isinstance(case, Inference) and case.math.precision == "1bit"
