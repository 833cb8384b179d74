"""The table: every work, our two lanes against the others, bars met and missed; as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from tests.benchmarks.speed.contest import Outcome, seen_libraries
from tests.benchmarks.speed.reasons import reasons
from tests.benchmarks.speed.row import Row
from tests.benchmarks.speed.verdict import verdicts
from tests.benchmarks.speed.words import seconds


@dataclass(frozen=True)
class Held:
    """A row and how its contenders did.

    Attributes:
        row: What was asked.
        outcomes: By the contenders' names.
    """

    row: Row
    outcomes: Mapping[str, Outcome]


def markdown(head: Sequence[str], rows: Sequence[Held]) -> str:
    """Return the table, and under it why bars were missed, and every contender's seconds.

    Args:
        head: What was measured on, a sentence each; the libraries are added here.
        rows: What was measured.
    """
    lines = [*head, *_under(rows), "", *_ratios(rows), "", *_count(rows), "", *_runs(rows)]
    return "\n".join(lines) + "\n"


def plain_data(head: Sequence[str], rows: Sequence[Held]) -> dict[str, Any]:
    """Return everything measured as JSON knows it; arguments as for :func:`markdown`."""
    return {"head": [*head, *_under(rows)], "rows": [_row_data(held) for held in rows]}


def _ratios(rows: Sequence[Held]) -> Iterator[str]:
    yield from _header("work", "against", "NumPy only", "with `fast`", "aim")
    for held in rows:
        for comparison in held.row.comparisons:
            theirs = held.outcomes[comparison.against]
            against = comparison.against + (
                " (absent)" if theirs.absent else f", {seconds(theirs.median)}"
            )
            cells = (verdict.words for verdict in verdicts(comparison, held.outcomes))
            yield _line(held.row.work, against, *cells, comparison.aim)


def _count(rows: Sequence[Held]) -> Iterator[str]:
    """Yield how many bars were met, and why the others were missed."""
    met = [
        verdict.met
        for held in rows
        for comparison in held.row.comparisons
        for verdict, (_, _, bar) in zip(
            verdicts(comparison, held.outcomes), comparison.lanes(), strict=True
        )
        if bar is not None
    ]
    count = f"{met.count(True)} met, {met.count(False)} missed, {met.count(None)} not measured"
    why = [f"- {words}" for held in rows for words in reasons(held.row, held.outcomes)]
    if not why:
        yield f"Bars: {count}."
        return
    yield f"Bars: {count}. Of those missed, what the same run tells:"
    yield ""
    yield from why


def _runs(rows: Sequence[Held]) -> Iterator[str]:
    yield from _header("work", "who", "median", "least … most", "runs", "what came out")
    for held in rows:
        for contender in held.row.contenders:
            outcome = held.outcomes[contender.name]
            words = contender.check or held.row.check
            yield _line(held.row.work, contender.name, *_run(outcome, words))


def _run(outcome: Outcome, words: str) -> tuple[str, ...]:
    if outcome.absent:
        return f"absent: {outcome.absent}", "", "", ""
    times = outcome.seconds
    spread = f"{seconds(min(times))} … {seconds(max(times))}"
    return seconds(outcome.median), spread, str(len(times)), _check(outcome, words)


def _check(outcome: Outcome, words: str) -> str:
    return words.format(outcome.check, rate=outcome.check / outcome.median)


def _row_data(held: Held) -> dict[str, Any]:
    return {
        "key": held.row.key,
        "work": held.row.work,
        "runs": {name: asdict(outcome) for name, outcome in held.outcomes.items()},
        "comparisons": [
            {
                "against": comparison.against,
                "measure": comparison.measure.value,
                "bars": {lane: bar for lane, _, bar in comparison.lanes()},
                "figures": [asdict(verdict) for verdict in verdicts(comparison, held.outcomes)],
            }
            for comparison in held.row.comparisons
        ],
    }


def _under(rows: Sequence[Held]) -> Iterator[str]:
    """Yield with which libraries it was measured, and what the machine could do meanwhile."""
    found = seen_libraries(outcome for held in rows for outcome in held.outcomes.values())
    yield "; ".join(f"{name} {version}" for name, version in sorted(found.items())) + "."
    limits = [
        f"{name} {_check(outcome, held.row.check)}"
        for held in rows
        for name, outcome in held.outcomes.items()
        if not held.row.comparisons and not outcome.absent
    ]
    if limits:
        yield f"The machine meanwhile: {', '.join(limits)}."


def _header(*names: str) -> tuple[str, str]:
    return _line(*names), _line(*("---" for _ in names))


def _line(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
