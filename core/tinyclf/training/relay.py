"""One job as a part of another: its reports passed on in the larger one's words, or dropped."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TypeVar

from tinyclf.domain import Progress

P = TypeVar("P", bound=Progress)
R = TypeVar("R")


def drained(job: Generator[object, None, R]) -> R:
    """Walk a job to its end without a word, and return what it returns."""
    try:
        while True:
            next(job)
    except StopIteration as finished:
        result: R = finished.value
        return result


def relayed(job: Generator[P, None, R], reworded: Callable[[P], P]) -> Generator[P, None, R]:
    """Pass a job's reports on, each reworded, and return what it returns; closing closes it."""
    try:
        while True:
            yield reworded(next(job))
    except StopIteration as finished:
        result: R = finished.value
        return result
    finally:
        job.close()
