"""Do two runs of one case agree within their intervals, and is a real slowdown told from noise?

Cases are measured, then with 20 % more work, then as at first, and so on: whole runs, each by the
engine of ``tinyclf benchmark``. A report is held against the slowed one that follows, and against
the next of the same work, as ``tinyclf benchmark --compare`` does it: ten pairs of either kind. The
limits of the machine are left out, for they take most of the time.

Asked for: at least 9 of 10 pairs agree, and more work is told as slower.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tinyclf.benchmark.compare import Change, Row, compare_reports
from tinyclf.benchmark.kinds import Inference, Limit
from tinyclf.benchmark.kinds.inference import Shape
from tinyclf.benchmark.labels import label
from tinyclf.benchmark.plan import Plan
from tinyclf.benchmark.report import Report
from tinyclf.benchmark.runner import run as measure
from tinyclf.benchmark.settings import Performance
from tinyclf.training.relay import drained

PAIRS = 10
ASKED = 9
SLOWDOWN = 1.2

ONE_THREAD = Performance(threads=1)
CASES = (
    Inference(nepochs=100, shape=Shape(layers=100, dimension=128), performance=ONE_THREAD),
    Inference(nepochs=10, shape=Shape(layers=100, dimension=512), performance=ONE_THREAD),
)


@dataclass(frozen=True)
class WithoutLimits(Plan):
    """Cases alone."""

    @property
    def limits(self) -> tuple[Limit, ...]:
        """Nothing."""
        return ()


@dataclass(frozen=True)
class Found:
    """What was found about a case.

    Attributes:
        case: The case.
        again: A run and the next of the same work, a row for each pair.
        slowed: A run and the one of more work that followed.
    """

    case: Inference
    again: tuple[Row, ...]
    slowed: tuple[Row, ...]

    @property
    def reach(self) -> float:
        """How far a run's interval reaches to either side, as a part of its median; the median."""
        runs = [each.seconds for row in self.again for each in (row.before, row.after)]
        return statistics.median((each.high - each.low) / 2 / each.median for each in runs)

    def words(self) -> str:
        """Return it in a few lines."""
        agree = _count(self.again, Change.NOISE)
        slower = _count(self.slowed, Change.SLOWER)
        ratio = statistics.median(row.ratio.median for row in self.slowed)
        more = f"{100 * SLOWDOWN - 100:.0f} % more work"
        return (
            f"{label(self.case)}\n"
            f"  {agree} of {len(self.again)} pairs of runs agree within their intervals, "
            f"± {100 * self.reach:.1f} % in the median{_short(agree, len(self.again))}\n"
            f"  {slower} of {len(self.slowed)} times {more} is told as slower: "
            f"{ratio:.2f} times as slow in the median{_short(slower, len(self.slowed))}"
        )


def run() -> None:
    """Measure and print."""
    started = time.monotonic()
    same, slowed = [measured(1)], []
    for _ in range(PAIRS):
        slowed.append(measured(SLOWDOWN))
        same.append(measured(1))
    for each in found(same, slowed):
        print(each.words())
    runs, minutes = len(same) + len(slowed), (time.monotonic() - started) / 60
    print(f"{runs} runs in {minutes:.1f} minutes; asked for: at least {ASKED} of {PAIRS}")


def measured(times: float) -> Report:
    """Return the report of all cases with so many times the work, as if it were the work itself."""
    more = [case.model_copy(update={"nepochs": round(times * case.nepochs)}) for case in CASES]
    report = drained(measure(WithoutLimits(tuple(more))))
    for one in report.measurements:
        if one.failed:
            raise SystemExit(f"{one.case.words()}: {one.failed}")
    pairs = zip(report.measurements, CASES, strict=True)
    renamed = tuple(one.model_copy(update={"case": case}) for one, case in pairs)
    return report.model_copy(update={"measurements": renamed})


def found(same: Sequence[Report], slowed: Sequence[Report]) -> tuple[Found, ...]:
    """Return what reports tell of each case.

    Args:
        same: Of the same work.
        slowed: Of more work, each measured after one of the same, in their order.
    """
    again = [compare_reports(*pair).rows for pair in pairwise(same)]
    more = [compare_reports(*pair).rows for pair in zip(same[:-1], slowed, strict=True)]
    return tuple(
        Found(rows[0].case, rows, slower)
        for rows, slower in zip(zip(*again, strict=True), zip(*more, strict=True), strict=True)
    )


def _count(rows: Iterable[Row], change: Change) -> int:
    return sum(row.change is change for row in rows)


def _short(count: int, of: int) -> str:
    """Return a mark where a count is less than was asked for."""
    return " (too few)" if count < ASKED / PAIRS * of else ""
