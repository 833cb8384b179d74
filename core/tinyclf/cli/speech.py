"""How commands speak: results on standard output, progress on standard error."""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn, TextIO, TypeVar

import click
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]
from tqdm import tqdm

from tinyclf.cli import stopping
from tinyclf.domain import Job, Problem, Progress

R = TypeVar("R")

BAR = "{desc}: {n_fmt}/{total_fmt} [{elapsed}, {remaining} left]"
BAR_WITHOUT_END = "{desc} [{elapsed}]"
SECONDS_A_LINE = 5
PROBLEMS_SHOWN = 20
LEFT_OUT_SHOWN = 5

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def say(text: str = "") -> None:
    """Print a line of the result."""
    click.echo(shown(text, sys.stdout))


def say_json(result: Mapping[str, Any]) -> None:
    """Print the result as the one JSON object of ``--json``; file names come back unharmed."""
    click.echo(json.dumps(result, default=_plain, ensure_ascii=True, allow_nan=False, indent=2))


def note(text: str) -> None:
    """Print a line beside the result, on standard error."""
    click.echo(shown(text, sys.stderr), err=True)


def shown(text: str, stream: TextIO | None) -> str:
    """Return a line as the stream can show it, whatever file name stands in it.

    Control characters, bytes that are no Unicode, and what the stream's encoding lacks are escaped.
    """
    encoding = getattr(stream, "encoding", None) or "utf-8"
    one_line = _CONTROLS.sub(lambda found: repr(found[0])[1:-1], text)
    return one_line.encode(encoding, "backslashreplace").decode(encoding)


def say_problems(problems: Sequence[Problem], most: int = PROBLEMS_SHOWN) -> None:
    """Print what is wrong with which file, up to so many of them."""
    for problem in problems[:most]:
        say(f"  {problem.path}: {problem.reason}")
    if len(problems) > most:
        say(f"  … and {len(problems) - most:,} more; --json lists all")


def note_left_out(problems: Sequence[Problem]) -> None:
    """Print on standard error which photos were left out, and why: the first few of them."""
    for problem in problems[:LEFT_OUT_SHOWN]:
        note(f"left out: {problem.path}: {problem.reason}")
    if len(problems) > LEFT_OUT_SHOWN:
        note(f"left out: {len(problems) - LEFT_OUT_SHOWN:,} more; --json lists all")


def problems_json(problems: Sequence[Problem]) -> list[dict[str, object]]:
    """Return problems as ``--json`` has them."""
    return [{"path": problem.path, "reason": problem.reason} for problem in problems]


def follow(job: Job[R]) -> R:
    """Walk a job to its end, telling its progress on standard error; return its result."""
    teller = _Bar() if sys.stderr is not None and sys.stderr.isatty() else _Lines()
    try:
        # Small products: a second BLAS thread mostly waits, and beside another program it costs.
        with threadpool_limits(limits=1, user_api="blas"), stopping.at_reports():
            while True:
                teller.tell(next(job))
                stopping.heed()
    except StopIteration as end:
        stopping.heed()
        result: R = end.value
        return result
    finally:
        job.close()
        teller.close()


class _Bar:
    """One line that is written over: for a person at a terminal."""

    def __init__(self) -> None:
        self._bar: tqdm[NoReturn] | None = None

    def tell(self, report: Progress) -> None:
        bar = self._bar
        if bar is None or bar.desc != report.what:
            self.close()
            bar = self._bar = tqdm(
                desc=report.what,
                total=report.total or None,
                bar_format=BAR if report.total else BAR_WITHOUT_END,
                leave=False,
                file=sys.stderr,
            )
        bar.total = report.total or None
        bar.update(report.done - bar.n)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None


class _Lines:
    """A line as each step begins, and now and then: for a log."""

    def __init__(self) -> None:
        self._what = ""
        self._last = 0.0

    def tell(self, report: Progress) -> None:
        now = time.monotonic()
        begins = report.what != self._what
        if begins and report.total and report.done == report.total:
            return  # done before it began
        if begins or now - self._last >= SECONDS_A_LINE:
            self._what, self._last = report.what, now
            count = f" {report.done:,}/{report.total:,}" if report.total else ""
            note(f"{report.what}{count}")

    def close(self) -> None:
        """Nothing stays open."""


def _plain(value: object) -> object:
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")
