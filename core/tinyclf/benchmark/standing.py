"""How a case stands beside what this machine can do at most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tinyclf.benchmark.kinds import AnyCase, Inference, Limit, Reading
from tinyclf.benchmark.machine import NOT_INSTALLED
from tinyclf.benchmark.processor import Cache
from tinyclf.benchmark.report import Measurement, Report

MEMORY, CARD_MEMORY = "memory", "card memory"

CHAINED = ("sigmoid", "tanh", "relu", "sign")
"""Activations whose layers run in a row (:mod:`tinyclf.nn.inference.chains`, of bits likewise),
unless epsilons cut them."""


@dataclass(frozen=True)
class Rate:
    """How fast something is done.

    Attributes:
        speed: 10⁹ a second: of bytes, or of operations. None if the case knows of none.
        limit: As many as this machine does at most, with so many threads; None if not known.
        share: The one by the other: 1 is the limit. None if they are not of one kind.
        unknown: Why there is no limit, in a sentence; empty if there is one.
    """

    speed: float | None = None
    limit: float | None = None
    share: float | None = None
    unknown: str = ""


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
        return not (self.compiled and one_core(self.case))

    @property
    def threads(self) -> int:
        """How many threads could be at work, and were for the limits."""
        return min(self.case.performance.threads or self.cores, self.cores)

    @property
    def read_share(self) -> float:
        """How much of the time the reading of the weights takes at least; 0 if that is unknown."""
        return self.reading.share or 0.0

    @property
    def product_share(self) -> float:
        """How much of the time the products take at least; 0 if that is unknown."""
        return self.products.share or 0.0


def standing_of(measurement: Measurement, report: Report) -> Standing:
    """Return how one of a report's measurements stands, which has at least one turn."""
    case, work, seconds = measurement.case, measurement.case.work(), measurement.seconds.median
    compiled = report.machine.versions.get("numba") != NOT_INSTALLED
    standing = Standing(case, cores=report.machine.cores or 1, compiled=compiled)
    for limit in case.limits():
        if isinstance(limit, Reading):
            reading = _rate(work.read_bytes / seconds, limit, report)
            place = _place(limit.read_bytes, standing, report.machine.caches)
            standing = replace(standing, reading=reading, place=place)
        else:
            products = _rate(work.operations / seconds, limit, report, alike=not _of_bits(case))
            standing = replace(standing, products=products)
    return standing


def one_core(case: AnyCase) -> bool:
    """Return whether our core computes a case on one core, whatever the number of threads.

    So it does for a single input of layers that run in a row.
    """
    if not isinstance(case, Inference) or case.library != "tinyclf":
        return False
    if case.batch > 1 or case.performance.device != "cpu":
        return False
    return case.math.activation in CHAINED and not stabilized(case)


def stabilized(case: Inference) -> bool:
    """Return whether epsilons cut its sigmoids or hyperbolic tangents."""
    epsilons = case.math.epsilons
    curved = case.math.activation in ("sigmoid", "tanh")
    return curved and (epsilons.epsilon_exp > 0 or epsilons.epsilon_square > 0)


def _rate(speed: float, limit: Limit, report: Report, alike: bool = True) -> Rate:
    """Return a speed, in one a second, beside its limit.

    Args:
        speed: Of the case.
        limit: What it is held against.
        report: Where the limit is found.
        alike: Whether the two count the same thing.
    """
    measured = report.limit(limit)
    if measured is None:
        return Rate(speed / 1e9, unknown=_why_unknown(limit, report))
    work = limit.work()
    most = (work.read_bytes or work.operations) / measured.seconds.median
    return Rate(speed / 1e9, most / 1e9, speed / most if alike else None)


def _why_unknown(limit: Limit, report: Report) -> str:
    failed = next((each.failed for each in report.limits if each.case == limit), "")
    what = "reads" if isinstance(limit, Reading) else "multiplies"
    return f"How fast this machine {what} at most is not known. {failed}".strip()


def _place(size: int, standing: Standing, caches: Sequence[Cache]) -> str | None:
    """Return where so many bytes lie when they are read again and again."""
    if standing.case.performance.device == "cuda":
        return CARD_MEMORY
    if not caches:
        return None
    at_work = 1 if one_core(standing.case) else standing.threads
    rooms = ((cache.size * -(-at_work // cache.cores), cache.name) for cache in caches)
    return next((name for room, name in sorted(rooms) if size <= room), MEMORY)


def _of_bits(case: AnyCase) -> bool:
    return isinstance(case, Inference) and case.math.precision == "1bit"
