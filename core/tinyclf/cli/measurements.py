"""What benchmarks brought, in words: lines for a person."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

from tinyclf.benchmark.advice import advice
from tinyclf.benchmark.compare import Comparison, Row, peer_rows
from tinyclf.benchmark.history import Kept
from tinyclf.benchmark.intervals import Interval
from tinyclf.benchmark.labels import label, labels
from tinyclf.benchmark.plan import Plan
from tinyclf.benchmark.report import Measurement, Report
from tinyclf.benchmark.standing import Rate, Standing, standing_of
from tinyclf.cli.words import count_of

HEADINGS = ("", "ms each", "a second", "GB/s", "GFLOP/s", "of the limit")

MOST_ADVISED = 12
"""Cases up to which each gets its advice: more sentences nobody reads."""

DIFFERENT = "another in some turns: the results are not the same"


def quick_in_words(report: Report) -> list[str]:
    """Return what was measured of the only case of a report, and what to make of it."""
    [one] = report.measurements
    standing, work = standing_of(one, report), one.case.work()
    total = one.seconds.scaled(1e3)
    facts = {
        count_of(work.units, work.unit): f"{_spread(total)} ms",
        "each": f"{_spread(total.scaled(1 / work.units))} ms",
        "warm-up": f"{_digits(one.warm_up * 1e3)} ms, not counted",
        "weights read": _beside(standing.reading, "GB/s"),
        "products": _beside(standing.products, "GFLOP/s"),
        "checksum": DIFFERENT if one.disagrees else one.checksum,
    }
    return [
        label(one.case),
        *_table([(f"  {name}", fact) for name, fact in facts.items() if fact]),
        *filter(None, [advice(standing)]),
        _sureness([one]),
        *report.machine.words().splitlines(),
    ]


def report_in_words(report: Report) -> list[str]:
    """Return a row for each case, and below them what failed, peers, limits and the machine."""
    measured = [one for one in report.measurements if one.turns]
    names = labels([one.case for one in measured])
    rows = [_row(*each, report) for each in zip(names, measured, strict=True)]
    return [
        *(_table([HEADINGS, *rows]) if rows else []),
        *_under("What that means:", _advised(names, measured, report)),
        *_under("Not measured, or not to the end:", _failures(report.measurements)),
        *_under("Not the same came out of all turns, as it should:", _disagreeing(measured)),
        *_under("Beside other libraries, tinyclf is:", _changes(peer_rows(report))),
        *_under("This machine at most:", _limits(report)),
        *([_sureness(measured)] if measured else []),
        *_rounds(report),
        *report.machine.words().splitlines(),
    ]


def _advised(
    names: Sequence[str], measured: Sequence[Measurement], report: Report
) -> Iterator[str]:
    """Yield what is advised for each case, if they are few."""
    if len(measured) > MOST_ADVISED:
        return
    for name, one in zip(names, measured, strict=True):
        if words := advice(standing_of(one, report)):
            yield f"{name}: {words}"


def plan_in_words(plan: Plan) -> list[str]:
    """Return what would be measured, and what that takes."""
    cases = (*plan.cases, *plan.limits)
    needed = [f"{_digits(case.work().needed_bytes / 1e6)} MB" for case in cases]
    turns = plan.rounds * len(set(cases))
    budget = "" if plan.budget is None else f", no longer than about {plan.budget:g} s"
    return [
        *_table([("", "memory"), *zip(labels(cases), needed, strict=True)]),
        f"{count_of(len(plan.cases), 'case')} and {count_of(len(plan.limits), 'limit')} of this "
        f"machine, {count_of(plan.rounds, 'round')}: {count_of(turns, 'turn')}, each in a process "
        f"of its own{budget}.",
    ]


def comparison_in_words(found: Comparison) -> list[str]:
    """Return what became of each case, after what else has changed."""
    differences = (f"{name}: {_told(was)}, then {_told(now)}" for name, was, now in found.machine)
    return [
        *_under("Not in the same circumstances:", differences),
        *(_compared(found.rows) if found.rows else ["There is no case that both have measured."]),
        *_under("The machine itself:", _changes(found.limits)),
        *_under("Only in the first:", labels([one.case for one in found.only_before])),
        *_under("Only in the second:", labels([one.case for one in found.only_after])),
        *_under("Failed in the first:", _failures(found.failed_before)),
        *_under("Failed in the second:", _failures(found.failed_after)),
    ]


def history_in_words(reports: Sequence[Kept]) -> list[str]:
    """Return a row for each report."""
    return _table([(kept.name, f"{kept.report.seconds:,.0f} s", _first(kept)) for kept in reports])


def _row(name: str, one: Measurement, report: Report) -> Sequence[str]:
    standing, work = standing_of(one, report), one.case.work()
    speeds = (standing.reading.speed, standing.products.speed)
    return (
        name,
        _spread(one.seconds.scaled(1e3 / work.units)),
        f"{_digits(work.units / one.seconds.median)} {work.unit}s",
        *("" if speed is None else _digits(speed) for speed in speeds),
        _share(standing),
    )


def _share(standing: Standing) -> str:
    """Return the share of the limit that is nearer."""
    limit, share = standing.nearest
    return f"{100 * share:.0f} % of {limit}" if share else ""


def _beside(rate: Rate, unit: str) -> str:
    """Return a speed beside its limit; empty if there is none."""
    if rate.speed is None:
        return ""
    speed = f"{_digits(rate.speed)} {unit}"
    if rate.limit is None:
        return speed
    of = "beside" if rate.share is None else f"{100 * rate.share:.0f} % of"
    whose = "one core of this machine" if rate.one_of_several else "this machine"
    return f"{speed}, {of} the {_digits(rate.limit)} {unit} that {whose} reaches"


def _limits(report: Report) -> list[str]:
    measured = [one for one in report.limits if one.turns]
    return [
        f"{name}: {_at_most(one)}"
        for name, one in zip(labels([one.case for one in measured]), measured, strict=True)
    ]


def _at_most(limit: Measurement) -> str:
    work, seconds = limit.case.work(), limit.seconds
    amount, unit = (work.read_bytes, "GB/s") if work.read_bytes else (work.operations, "GFLOP/s")
    return f"{_spread(seconds.inverse().scaled(amount / 1e9))} {unit}"


def _failures(measurements: Iterable[Measurement]) -> list[str]:
    return [f"{label(one.case)}: {one.failed}" for one in measurements if one.failed]


def _disagreeing(measurements: Iterable[Measurement]) -> list[str]:
    return [label(one.case) for one in measurements if one.disagrees]


def _compared(rows: Sequence[Row]) -> list[str]:
    names = labels([row.case for row in rows])
    return _table([("", "ms each before", "after", ""), *map(_compared_row, names, rows)])


def _compared_row(name: str, row: Row) -> Sequence[str]:
    each = 1e3 / row.case.work().units
    before, after = (one.seconds.median * each for one in (row.before, row.after))
    other = "" if row.same_result else "; other results came out"
    return name, _digits(before), _digits(after), row.words() + other


def _changes(rows: Sequence[Row]) -> list[str]:
    names = labels([row.before.case for row in rows])
    return [f"{name}: {row.words()}" for name, row in zip(names, rows, strict=True)]


def _first(kept: Kept) -> str:
    """Return the first case of a report, and how many others it has."""
    first, *others = labels([one.case for one in kept.report.measurements]) or ["nothing"]
    return f"{first}, and {len(others):,} more" if others else first


def _sureness(measured: Sequence[Measurement]) -> str:
    """Return what the figures in parentheses mean."""
    most = max(measured, key=lambda one: len(one.turns))
    if len(most.turns) == 1:
        return "By 1 turn: how far that can be trusted is not known. More rounds tell it."
    return (
        f"In parentheses: where the true median lies, {100 * most.seconds.confidence:.0f} % sure, "
        f"by {len(most.turns)} turns."
    )


def _rounds(report: Report) -> list[str]:
    if report.done == report.rounds:
        return []
    return [f"{report.done} of {count_of(report.rounds, 'round')}: the budget was used up."]


def _told(fact: str) -> str:
    return fact or "nothing"


def _under(heading: str, lines: Iterable[str]) -> list[str]:
    """Return lines under a heading; nothing if there are none."""
    found = [f"  {line}" for line in lines]
    return [heading, *found] if found else []


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows as lines; all columns but the first and the last are set right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell.ljust(width) if place in (0, len(widths) - 1) else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def _spread(interval: Interval) -> str:
    """Return ``"0.238 (0.219 to 0.254)"``."""
    return f"{_digits(interval.median)} ({_digits(interval.low)} to {_digits(interval.high)})"


def _digits(value: float) -> str:
    """Return a number with three digits that tell: 0.00123, 12.3, 12,345."""
    if value <= 0:
        return "0"
    return f"{value:,.{max(0, 2 - math.floor(math.log10(value)))}f}"
