"""A job speaks at least every so often, so that a window can stop it at once."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

from tinyclf.domain import Progress

P = TypeVar("P", bound=Progress)

LONGEST = 0.03
"""Seconds of work without a report."""


class Silence:
    """How long a job has not spoken; it begins now."""

    def __init__(self) -> None:
        self.end()

    def end(self) -> None:
        """Begin anew: the job has just spoken."""
        self._began = time.perf_counter()

    def broken(self, work: Iterable[None], report: P) -> Iterator[P]:
        """Walk work that yields without a word, and repeat the report where it has lasted."""
        for _ in work:
            if time.perf_counter() - self._began > LONGEST:
                yield report
                self.end()
