"""A job within a job speaks in the larger one's words."""

from collections.abc import Callable, Generator
from dataclasses import replace
from typing import Any

from tinyclf.domain import Progress
from tinyclf.training.relay import drained, relayed


def counting() -> Generator[Progress, None, str]:
    for done in range(3):
        yield Progress("Counting", done, 3)
    return "counted"


def reworded(report: Progress) -> Progress:
    return replace(report, what="Sheep")


def test_reports_are_reworded_and_the_result_is_passed_on(finish: Callable[..., Any]) -> None:
    assert list(relayed(counting(), reworded)) == [Progress("Sheep", k, 3) for k in range(3)]
    assert finish(relayed(counting(), reworded)) == "counted"


def test_a_job_can_be_drained_for_its_result_alone() -> None:
    assert drained(counting()) == "counted"


def test_closing_it_closes_the_job_within() -> None:
    within = counting()
    job = relayed(within, reworded)
    next(job)
    job.close()
    assert within.gi_frame is None
