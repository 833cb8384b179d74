"""What ``python -m tests.benchmarks speed`` does, and its options.

Prints the table as Markdown to standard output, and how it goes to standard error.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.benchmarks.speed.contest import BROKE_OFF, NOT_PASSED_ON, Outcome, hold
from tests.benchmarks.speed.machine import processor
from tests.benchmarks.speed.row import Row
from tests.benchmarks.speed.rows import rows
from tests.benchmarks.speed.table import Held, markdown, plain_data
from tests.benchmarks.speed.verdict import misses

QUICK_REPETITIONS = 3


def add_options(parser: argparse.ArgumentParser) -> None:
    """Tell a parser of the options."""
    keys = [row.key for row in rows()]
    options = parser.add_argument_group("options of speed")
    options.add_argument(
        "--rows", nargs="+", choices=keys, metavar="ROW", help=f"only these: {', '.join(keys)}"
    )
    options.add_argument("--quick", action="store_true", help="few repetitions of the short rows")
    options.add_argument(
        "--repetitions", type=int, metavar="N", help="of every contender, after its warm-up"
    )
    options.add_argument("--threads", type=int, default=1, metavar="N", help="each may use (1)")
    options.add_argument(
        "--json", type=Path, metavar="FILE", help="also write everything measured to this file"
    )


def run(asked: argparse.Namespace) -> None:
    """Hold the contests that are asked for, and print the table.

    Raises:
        SystemExit: at the end, if a contender broke off; it says which.
    """
    held = []
    for row in _chosen(asked):
        outcomes = hold(
            row.contenders,
            asked.repetitions or row.repetitions,
            threads=asked.threads,
            tell=_teller(row),
            unexplained=_missing(row),
        )
        held.append(Held(row, outcomes))
    head = _head(asked.threads)
    print(markdown(head, held), end="")
    if asked.json:
        asked.json.write_text(json.dumps(plain_data(head, held), indent=1) + "\n")
    broken = [words for each in held for words in _broken(each)]
    if broken:
        raise SystemExit("; ".join(broken))


def _broken(held: Held) -> list[str]:
    return [
        f"{held.row.key}, {name}: {outcome.absent}"
        for name, outcome in held.outcomes.items()
        if outcome.absent.startswith(BROKE_OFF)
    ]


def _chosen(asked: argparse.Namespace) -> list[Row]:
    if asked.quick and asked.repetitions is None:
        asked.repetitions = QUICK_REPETITIONS
    return [
        row
        for row in rows()
        if (asked.rows is None or row.key in asked.rows) and (row.quick or not asked.quick)
    ]


def _missing(row: Row) -> Callable[[Mapping[str, Outcome]], set[str]]:
    """Return what tells which of our lanes missed a bar of the row."""
    return lambda outcomes: {miss.lane for miss in misses(row.comparisons, outcomes)}


def _teller(row: Row) -> Callable[[str], None]:
    def tell(words: str) -> None:
        print(f"{row.key}: {words}", file=sys.stderr, flush=True)

    return tell


def _head(threads: int) -> list[str]:
    unsaid = [name for name in NOT_PASSED_ON if name in os.environ]
    return [
        f"Measured on {datetime.datetime.now(tz=datetime.UTC).date()} on {processor()}; "
        f"{threads} thread{'s' * (threads != 1)} each, every contender in a process of its own, "
        "in turn; medians.",
        *([f"Set in this environment, but not passed on: {', '.join(unsaid)}."] if unsaid else []),
    ]
