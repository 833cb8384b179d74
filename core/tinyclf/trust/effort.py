"""How long it takes to make a collection so and so right, by looking through the walls."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.trust.expectations import doubt
from tinyclf.trust.misses import OVERLOOKED
from tinyclf.trust.review_order import most_doubtful_first

TARGETS = (0.9, 0.95, 0.98, 0.99)
"""The shares of exact grades that a plan is made for."""

FEWEST_TIMES = 10
"""Of fewer measured decisions, the usual pace is believed instead."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds a decision takes a person; the defaults are usual ones.

    Attributes:
        grade: To grade a photo by hand.
        glance: To look at one tile of a wall.
        correction: To correct a proposal that is seen to be wrong.
    """

    grade: float = 1.5
    glance: float = 0.25
    correction: float = 1.5


@dataclass(frozen=True, slots=True)
class PlanPoint:
    """What it takes to reach one share of exact grades.

    Attributes:
        exact: The share, 0 to 1.
        looks: How many photos to look at, the most doubtful first.
        corrections: How many of them are expected to be corrected.
        seconds: How long it takes.
    """

    exact: float
    looks: int
    corrections: float
    seconds: float


@dataclass(frozen=True, slots=True)
class EffortPlan:
    """What looking through the walls brings, and what it costs; expectations all.

    Attributes:
        exact_now: Share of the collection whose current grade is right, 0 to 1.
        exact_at_most: The share once every one of these photos was looked at; the rest is
            overlooked.
        points: Of each target that can be reached, in the order of the targets.
        seconds_for_all: How long it takes to look at all of them.
        seconds_by_hand: How long it takes to grade these photos without proposals.
    """

    exact_now: float
    exact_at_most: float
    points: tuple[PlanPoint, ...]
    seconds_for_all: float
    seconds_by_hand: float


def measured_pace(
    grades: Sequence[float], glances: Sequence[float], corrections: Sequence[float]
) -> Pace:
    """Return the medians of measured seconds; the usual pace where few were measured.

    Args:
        grades: Seconds of photos graded by hand.
        glances: Seconds a tile of walls that were looked through.
        corrections: Seconds of corrections.
    """
    usual = Pace()
    return Pace(
        _median(grades, usual.grade),
        _median(glances, usual.glance),
        _median(corrections, usual.correction),
    )


def effort_plan(
    probabilities: NDArray[Any],
    certain: int = 0,
    *,
    doubts: NDArray[Any] | None = None,
    pace: Pace | None = None,
    targets: Sequence[float] = TARGETS,
    overlooked: float = OVERLOOKED,
) -> EffortPlan:
    """Return what it takes to reach each target by looking at the proposals, most doubtful first.

    Args:
        probabilities: (n, classes) of the proposals that nobody looked at, calibrated; those that
            were accepted unseen are among them, as doubtful as before.
        certain: How many other photos have a grade that is taken for right.
        doubts: (n,) the chance that each is wrong, where more is known than its probabilities tell.
        pace: Of the person; the usual one if not given.
        targets: Shares of the whole collection, 0 to 1.
        overlooked: Share of the mistakes looked at that are not seen, 0 to 1.
    """
    own = doubt(probabilities) if doubts is None else doubts
    order = most_doubtful_first(probabilities)
    walls = Walls.of(own[order], certain, pace or Pace(), overlooked)
    reached = (walls.reach(target) for target in targets)
    return EffortPlan(
        exact_now=float(walls.exact[0]),
        exact_at_most=float(walls.exact[-1]),
        points=tuple(point for point in reached if point),
        seconds_for_all=float(walls.seconds[-1]),
        seconds_by_hand=walls.pace.grade * len(probabilities),
    )


ROUNDING = 1e-9
"""Of a sum of shares."""


@dataclass(frozen=True, eq=False)
class Walls:
    """What each further look brings; place k of an array (n + 1,) is after k looks.

    Attributes:
        exact: The expected share of exact grades in the collection.
        corrections: Expected.
        seconds: Expected.
        pace: Of the person.
    """

    exact: NDArray[np.float64]
    corrections: NDArray[np.float64]
    seconds: NDArray[np.float64]
    pace: Pace

    @classmethod
    def of(cls, doubts: NDArray[Any], certain: int, pace: Pace, overlooked: float) -> Walls:
        """Return the walls of proposals, each so doubtful, beside so many certain photos.

        Args:
            doubts: (n,) the chance that each is wrong, in the order in which they are looked at.
            certain: How many other photos have a grade that is taken for right.
            pace: Of the person.
            overlooked: Share of the mistakes looked at that are not seen, 0 to 1.
        """
        photos = len(doubts) + certain
        corrections = np.append(0.0, np.cumsum((1 - overlooked) * doubts))
        exact = 1 - (doubts.sum() - corrections) / max(photos, 1)
        seconds = pace.glance * np.arange(len(doubts) + 1) + pace.correction * corrections
        return cls(exact, corrections, seconds, pace)

    def reach(self, target: float) -> PlanPoint | None:
        """Return what it takes to reach a share of exact grades, or nothing if none suffices."""
        looks = int(np.searchsorted(self.exact, target - ROUNDING))
        if looks == len(self.exact):
            return None
        return PlanPoint(target, looks, float(self.corrections[looks]), float(self.seconds[looks]))


def _median(seconds: Sequence[float], usual: float) -> float:
    return statistics.median(seconds) if len(seconds) >= FEWEST_TIMES else usual
