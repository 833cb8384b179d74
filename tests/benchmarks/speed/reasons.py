"""Why bars were missed, as far as the same run can tell.

For each lane that missed some: how near it came to the limit of the machine that the row holds it
against, and which functions took its time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from tests.benchmarks.speed.contest import Outcome
from tests.benchmarks.speed.measure import Measure
from tests.benchmarks.speed.row import Row
from tests.benchmarks.speed.verdict import Miss, misses
from tests.benchmarks.speed.words import seconds

WORTH_NAMING = 0.03
"""The least share of the time for which a function is named."""


def reasons(row: Row, outcomes: Mapping[str, Outcome]) -> Iterator[str]:
    """Yield some sentences for each of our lanes that missed bars of a row."""
    found = sorted(misses(row.comparisons, outcomes), key=lambda miss: miss.lane)
    for lane, alike in groupby(found, key=lambda miss: miss.lane):
        missed = list(alike)
        bars = "; ".join(f"{miss.words} against {miss.against}" for miss in missed)
        sentences = [f"{row.work}, {lane}: {bars}.", *_limit(row, missed, outcomes)]
        yield " ".join([*sentences, *_whereabouts(outcomes[lane].shares)])


def _limit(row: Row, missed: list[Miss], outcomes: Mapping[str, Outcome]) -> Iterator[str]:
    """Yield how the lane compares with the nearest limit of the row, if it has one."""
    ours = outcomes[missed[0].lane].median
    limits = {
        comparison.against: outcomes[comparison.against].median
        for comparison in row.comparisons
        if comparison.measure is Measure.SHARE
        and not outcomes[comparison.against].absent
        and comparison not in [miss.comparison for miss in missed]
    }
    if limits:
        nearest = max(limits, key=lambda name: limits[name])
        least = limits[nearest]
        figures = [
            miss.comparison.measure.words(
                miss.comparison.measure.figure(outcomes[miss.against].median, least)
            )
            for miss in missed
        ]
        yield (
            f"The limit here, {nearest}, is {seconds(least)}, {least / ours:.0%} of its "
            f"{seconds(ours)}; with no more than that it would be {' and '.join(figures)}."
        )


def _whereabouts(shares: Mapping[str, float]) -> Iterator[str]:
    named = {name: share for name, share in shares.items() if share >= WORTH_NAMING}
    if named:
        parts = [f"`{name}` {share:.0%}" for name, share in named.items()]
        rest = f", all others {1 - sum(named.values()):.0%}" if len(named) < len(shares) else ""
        yield f"Its time: {', '.join(parts)}{rest}."
