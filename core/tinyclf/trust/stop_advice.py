"""Whether to grade more photos before looking through the walls, or to stop: or that none knows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import Interval
from tinyclf.trust.effort import ROUNDING, Pace, Walls
from tinyclf.trust.expectations import doubt
from tinyclf.trust.learning_curve import drawn_exact, interval_of_draws
from tinyclf.trust.misses import OVERLOOKED
from tinyclf.trust.review_order import most_doubtful_first

ENOUGH_GRADES = 150
"""What was learnt from fewer grades says nothing of what more would bring."""

MORE = (50, 100, 200)
"""So many more grades are considered."""

LEAST_ERROR = 1e-3
"""A learning curve ends here."""

GRID = 33
"""Walls looked through in thought, between which others are interpolated."""

WORTH = 0.1
"""Less than this share of the seconds to go is no gain worth a detour."""


class Way(StrEnum):
    """What to do next for the least time."""

    GRADE = "grade"
    REVIEW = "review"
    STOP = "stop"
    NOT_SURE = "not-sure"


@dataclass(frozen=True, slots=True)
class StopAdvice:
    """The next thing to do, and how sure that is.

    Attributes:
        way: What to do.
        target: The share of exact grades it leads to: that asked for, or the most in reach.
        more: How many grades more were considered; 0 where none could be.
        seconds: How long it takes to review now, up to the target.
        saved: Seconds saved by grading those first; below 0 they are lost.
        exact: Share of exact proposals once they are graded.
    """

    way: Way
    target: float
    more: int = 0
    seconds: float = 0.0
    saved: Interval | None = None
    exact: Interval | None = None


def stop_advice(
    probabilities: NDArray[Any],
    history: Sequence[tuple[int, float]],
    certain: int = 0,
    *,
    doubts: NDArray[Any] | None = None,
    accepted: NDArray[np.bool_] | None = None,
    target: float = 0.95,
    pace: Pace | None = None,
    overlooked: float = OVERLOOKED,
    seed: int = 0,
) -> StopAdvice:
    """Return whether grading more first would save time on the way to a share of exact grades.

    The photos graded more are taken evenly from sure and doubtful ones, and the doubts of the
    others shrink as the error does along the learning curve. Those of photos accepted unseen do
    not: no training moves them.

    Args:
        probabilities: (n, classes) of the proposals that nobody looked at, calibrated.
        history: (grades, share of exact proposals) of the trainings up to now, the last one last.
        certain: How many other photos have a grade that is taken for right.
        doubts: (n,) the chance that each is wrong, where more is known than its probabilities tell.
        accepted: (n,) which were accepted unseen all the same; none if not given.
        target: Share of the whole collection, 0 to 1.
        pace: Of the person; the usual one if not given.
        overlooked: Share of the mistakes looked at that are not seen, 0 to 1.
        seed: Of the draws.
    """
    pace = pace or Pace()
    order = most_doubtful_first(probabilities)
    doubts = (doubt(probabilities) if doubts is None else doubts)[order]
    signed = np.zeros(len(doubts), np.bool_) if accepted is None else accepted[order]
    walls = Walls.of(doubts, certain, pace, overlooked)
    target = min(target, float(walls.exact[-1]))
    review = walls.reach(target)
    is_early = max((n for n, _ in history), default=0) < ENOUGH_GRADES
    if review is None or not review.looks:
        return StopAdvice(Way.NOT_SURE if is_early and len(doubts) else Way.STOP, target)
    choices = [more for more in MORE if more < np.count_nonzero(~signed)]
    if not choices or not history:
        way = Way.NOT_SURE if is_early else Way.REVIEW
        return StopAdvice(way, target, seconds=review.seconds)

    grades = history[-1][0]
    exact = drawn_exact(history, [grades, *(grades + more for more in choices)], seed=seed)
    error = np.maximum(1 - exact, LEAST_ERROR)
    saved = np.empty((len(exact), len(choices)))
    for column, more in enumerate(choices):
        left = np.delete(np.arange(len(doubts)), _taken_evenly(np.flatnonzero(~signed), more))
        moved, stays = (
            Walls.of(np.where(here, doubts[left], 0), certain + more, pace, overlooked)
            for here in (~signed[left], signed[left])
        )
        factors = error[:, 1 + column] / error[:, 0]
        grid = np.linspace(factors.min(), factors.max(), GRID)
        later = [_seconds_to(target, moved, factor, stays) for factor in grid.tolist()]
        saved[:, column] = review.seconds - more * pace.grade - np.interp(factors, grid, later)
    best = int(np.argmax(np.median(saved, axis=0)))
    gain = interval_of_draws(saved[:, best])
    way = Way.NOT_SURE if is_early else _way(gain, review.seconds)
    after = interval_of_draws(exact[:, 1 + best])
    return StopAdvice(way, target, choices[best], review.seconds, gain, after)


def _way(saved: Interval, seconds: float) -> Way:
    """Return what the gain speaks for, if it speaks."""
    if saved.low > 0:
        return Way.GRADE
    return Way.REVIEW if saved.high < WORTH * seconds else Way.NOT_SURE


def _taken_evenly(rows: NDArray[np.intp], count: int) -> NDArray[np.intp]:
    """Return so many of the rows, evenly from sure and doubtful ones."""
    return rows[np.linspace(0, len(rows) - 1, count).round().astype(np.intp)]


def _seconds_to(target: float, moved: Walls, factor: float, stays: Walls) -> float:
    """Return how long it takes to reach a share, or to look at all where none suffices.

    Args:
        target: Share of exact grades in the collection, 0 to 1.
        moved: The walls as they are, whose doubts a training moves; photos that stay have none.
        factor: It makes them so many times what they are; positive.
        stays: The same looks, with the doubts alone that stay.
    """
    wrong = 1 - target + ROUNDING

    def is_reached(looks: int) -> bool:
        return bool(factor * (1 - moved.exact[looks]) + (1 - stays.exact[looks]) <= wrong)

    looks = bisect_left(range(len(moved.exact) - 1), True, key=is_reached)
    corrections = factor * float(moved.corrections[looks]) + float(stays.corrections[looks])
    return moved.pace.glance * looks + moved.pace.correction * corrections
