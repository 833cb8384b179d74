"""The command: ``python -m tests.benchmarks speed [OPTION …]``; ``--help`` lists the options.

Prints the table as Markdown to standard output, and how it goes to standard error.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.benchmarks.speed.contest import NOT_PASSED_ON, hold
from tests.benchmarks.speed.machine import processor
from tests.benchmarks.speed.row import Row
from tests.benchmarks.speed.rows import rows
from tests.benchmarks.speed.table import Held, markdown, plain_data

QUICK_REPETITIONS = 3


def run(arguments: Sequence[str] = ()) -> None:
    """Hold the contests that are asked for, and print the table."""
    asked = _parser().parse_args(arguments)
    held = []
    for row in _chosen(asked):
        repetitions = asked.repetitions or row.repetitions
        outcomes = hold(row.contenders, repetitions, threads=asked.threads, tell=_teller(row))
        held.append(Held(row, outcomes))
    head = _head(asked.threads)
    print(markdown(head, held), end="")
    if asked.json:
        asked.json.write_text(json.dumps(plain_data(head, held), indent=1) + "\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks speed")
    parser.add_argument("--rows", nargs="+", choices=[row.key for row in rows()], metavar="ROW")
    parser.add_argument("--quick", action="store_true", help="few repetitions of the short rows")
    parser.add_argument("--repetitions", type=int, help="of every contender, after its warm-up")
    parser.add_argument("--threads", type=int, default=1, help="each contender may use")
    parser.add_argument("--json", type=Path, help="also write everything measured to this file")
    return parser


def _chosen(asked: argparse.Namespace) -> list[Row]:
    if asked.quick and asked.repetitions is None:
        asked.repetitions = QUICK_REPETITIONS
    return [
        row
        for row in rows()
        if (asked.rows is None or row.key in asked.rows) and (row.quick or not asked.quick)
    ]


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
