"""A job walked to its end."""

from collections.abc import Generator
from typing import Any, TypeVar

P = TypeVar("P")
R = TypeVar("R")


def walked(job: Generator[P, None, R]) -> tuple[R, list[P]]:
    """Return a job's result and its reports."""
    reports = []
    while True:
        try:
            reports.append(next(job))
        except StopIteration as finished:
            return finished.value, reports


def finished(job: Generator[Any, None, R]) -> R:
    """Return a job's result."""
    return walked(job)[0]
