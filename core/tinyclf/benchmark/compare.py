"""Measurements held against each other: what became slower, what faster, and what is noise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TypeAlias

from tinyclf.benchmark.intervals import CONFIDENCE, Interval, ratio_interval
from tinyclf.benchmark.kinds import AnyCase, Inference, Training
from tinyclf.benchmark.machine import Machine
from tinyclf.benchmark.report import Measurement, Report, paired_ratio
from tinyclf.benchmark.settings import OURS


class Change(StrEnum):
    """What became of a case."""

    NOISE = "noise"
    SLOWER = "slower"
    FASTER = "faster"
    UNSURE = "unsure"
    """Too few turns to tell."""


@dataclass(frozen=True)
class Row:
    """Two measurements of the same work.

    Attributes:
        before: In the first report, or by another library.
        after: In the second, or by ours; both have at least one turn.
        paired: Whether they took turns in the same run.
    """

    before: Measurement
    after: Measurement
    paired: bool = False

    @property
    def case(self) -> AnyCase:
        """The case, as the second report names it."""
        return self.after.case

    @property
    def turns(self) -> int:
        """How many turns it had, in the report where it had fewer."""
        return min(len(self.before.turns), len(self.after.turns))

    @cached_property
    def ratio(self) -> Interval:
        """How many times as long it takes: round by round if paired, else each turn by each."""
        if self.paired:
            return paired_ratio(self.after, self.before)
        before, after = ([turn.seconds for turn in one.turns] for one in (self.before, self.after))
        return ratio_interval(after, before)

    @property
    def change(self) -> Change:
        """Whether it became slower or faster, as far as that can be told."""
        if self.ratio.confidence < CONFIDENCE:
            return Change.UNSURE
        if self.ratio.low > 1:
            return Change.SLOWER
        return Change.FASTER if self.ratio.high < 1 else Change.NOISE

    @property
    def same_result(self) -> bool:
        """Whether the same numbers came out of all turns of both."""
        return self.before.checksum == self.after.checksum != ""

    def words(self) -> str:
        """Return the change in a line."""
        match self.change:
            case Change.NOISE:
                return f"within noise ({_ends(self.ratio)})"
            case Change.UNSURE:
                few = f"{self.turns} {'turn' if self.turns == 1 else 'turns'}"
                return f"{_times(self.ratio)}, by {few} only: that may be noise"
            case Change.SLOWER | Change.FASTER:
                return f"{_times(self.ratio)} ({_ends(_above_one(self.ratio))})"


Difference: TypeAlias = tuple[str, str, str]
"""A fact of the machine, what it was before, and what it is after."""


@dataclass(frozen=True)
class Comparison:
    """What two reports tell together.

    Attributes:
        machine: In what their machines differ; empty for the same machine.
        rows: The cases of both, in the order of the second one.
        limits: The limits of the machine that both have measured. Where they changed, the machine
            did, and not what was measured on it.
        only_before: Cases that the second one lacks, or that failed there.
        only_after: Cases that the first one lacks, or that failed there.
        failed_before: Cases that failed in the first one.
        failed_after: Cases that failed in the second one.
    """

    machine: tuple[Difference, ...]
    rows: tuple[Row, ...]
    limits: tuple[Row, ...]
    only_before: tuple[Measurement, ...]
    only_after: tuple[Measurement, ...]
    failed_before: tuple[Measurement, ...]
    failed_after: tuple[Measurement, ...]


def compare_reports(before: Report, after: Report) -> Comparison:
    """Hold two reports against each other.

    Cases are the same if all but their names is; of several such in one report the first counts.
    """
    first, second = _by_case(before.measurements), _by_case(after.measurements)
    return Comparison(
        machine=_differences(before.machine, after.machine),
        rows=_rows(first, second),
        limits=_rows(_by_case(before.limits), _by_case(after.limits)),
        only_before=tuple(one for case, one in first.items() if case not in second),
        only_after=tuple(one for case, one in second.items() if case not in first),
        failed_before=tuple(one for one in before.measurements if not one.turns),
        failed_after=tuple(one for one in after.measurements if not one.turns),
    )


def peer_rows(report: Report) -> tuple[Row, ...]:
    """Return our own cases held against other libraries' that are otherwise the same.

    Theirs is the measurement before, ours that after.
    """
    found = _by_case(report.measurements)
    rows = []
    for case, peer in found.items():
        if isinstance(case, Inference | Training) and not case.is_ours:
            own = found.get(case.model_copy(update={"library": OURS}))
            rows += [Row(peer, own, paired=True)] if own else []
    return tuple(rows)


def _rows(first: dict[AnyCase, Measurement], second: dict[AnyCase, Measurement]) -> tuple[Row, ...]:
    return tuple(Row(first[case], one) for case, one in second.items() if case in first)


def _by_case(measurements: Iterable[Measurement]) -> dict[AnyCase, Measurement]:
    """Return what was measured, by the case without its name."""
    found: dict[AnyCase, Measurement] = {}
    for each in measurements:
        if each.turns:
            found.setdefault(each.case.model_copy(update={"name": ""}), each)
    return found


def _differences(before: Machine, after: Machine) -> tuple[Difference, ...]:
    was, now = _facts(before), _facts(after)
    pairs = ((name, was.get(name, ""), now.get(name, "")) for name in dict.fromkeys([*was, *now]))
    return tuple((name, old, new) for name, old, new in pairs if old != new)


def _facts(machine: Machine) -> dict[str, str]:
    """Return what is known of a machine, by name, each in a few words."""
    facts: dict[str, str] = {}
    for name in Machine.model_fields:
        words = name.replace("_", " ")
        match getattr(machine, name):
            case dict() as several:
                facts |= several
            case tuple() as parts:
                facts[words] = " ".join(str(part) for part in parts)
            case int() as count if name == "memory":
                facts[words] = f"{count / 1e9:.1f} GB"
            case None:
                pass
            case fact:
                facts[words] = str(fact)
    return facts


def _times(ratio: Interval) -> str:
    """Return ``"1.21 times as slow"``."""
    return f"{_above_one(ratio).median:.2f} times as {'slow' if ratio.median >= 1 else 'fast'}"


def _above_one(ratio: Interval) -> Interval:
    """Return the ratio the other way round if its median is below 1."""
    return ratio if ratio.median >= 1 else ratio.inverse()


def _ends(ratio: Interval) -> str:
    return f"{ratio.low:.2f} to {ratio.high:.2f}"
