"""What a contest says of one of our lanes against one other contender."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.benchmarks.speed.contest import Outcome
from tests.benchmarks.speed.row import Comparison


@dataclass(frozen=True)
class Verdict:
    """One cell of the table.

    Attributes:
        words: The cell.
        figure: In the unit of the comparison's measure; None if it could not be measured.
        met: Whether the bar was; None without a figure or a bar.
    """

    words: str
    figure: float | None = None
    met: bool | None = None


def verdicts(comparison: Comparison, outcomes: Mapping[str, Outcome]) -> tuple[Verdict, Verdict]:
    """Return those of our two lanes: NumPy only, with fast."""
    plain, fast = (
        _verdict(comparison, outcomes.get(lane), outcomes[other], bar)
        for lane, other, bar in comparison.lanes()
    )
    return plain, fast


@dataclass(frozen=True)
class Miss:
    """A bar that was missed.

    Attributes:
        comparison: Of which line.
        lane: Which of ours missed it.
        against: Whom it was compared with.
        words: The cell of the table.
    """

    comparison: Comparison
    lane: str
    against: str
    words: str


def misses(comparisons: Sequence[Comparison], outcomes: Mapping[str, Outcome]) -> Iterator[Miss]:
    """Yield all bars of a row that were missed."""
    for comparison in comparisons:
        lanes = zip(verdicts(comparison, outcomes), comparison.lanes(), strict=True)
        for verdict, (lane, against, _) in lanes:
            if verdict.met is False:
                yield Miss(comparison, lane, against, verdict.words)


def _verdict(
    comparison: Comparison, ours: Outcome | None, theirs: Outcome, bar: float | None
) -> Verdict:
    if ours is None:
        return Verdict("–")
    if ours.absent:
        return Verdict("absent")
    if theirs.absent:
        return Verdict("the other is absent")
    measure = comparison.measure
    figure = measure.figure(theirs.median, ours.median)
    complaint = comparison.rule.complaint(ours.check, theirs.check)
    met = None if bar is None else not complaint and measure.meets(figure, bar)
    words = measure.words(figure)
    if bar is not None:
        words = f"**{words}** ({measure.bar(bar)}: {'met' if met else 'missed'})"
    return Verdict(f"{words}; {complaint}" if complaint else words, figure, met)
