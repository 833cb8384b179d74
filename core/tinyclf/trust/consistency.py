"""How well a person agrees with themselves, from photos shown a second time without their grade."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import GRADES, Interval
from tinyclf.training.intervals import wilson

SHARE = 0.05
"""Of the graded photos, so many are shown again."""

FRESH_SHARE, FEWEST_FRESH = 0.25, 20
"""What was graded last is remembered: this share of the photos, and at least so many."""

FEWEST_LOOKS = 10
"""On fewer photos seen twice, how alike a person grades is no ceiling for anybody else."""


@dataclass(frozen=True, slots=True)
class Consistency:
    """How often a second, blind grade was the first one.

    Attributes:
        exact: Share of photos that got the same grade twice.
        within_one: Share whose grades are at most one apart.
        photos: On how many photos it was seen.
    """

    exact: Interval
    within_one: Interval
    photos: int

    @property
    def is_too_little(self) -> bool:
        """Whether it was seen on too few photos to tell anything."""
        return self.photos < FEWEST_LOOKS


def consistency(first: Sequence[int], second: Sequence[int]) -> Consistency | None:
    """Return how well second verdicts agree with the first; nothing without two grades of a photo.

    The intervals are Wilson's. A photo that is marked, or was cleared, on either look has no two
    grades to compare and does not count.

    Args:
        first: Codes (n,) of the verdicts given first.
        second: Codes (n,) of those given blind, of the same photos.
    """
    pairs = np.array([first, second], np.int64)
    before, after = pairs[:, (pairs > 0).all(axis=0)]
    n = len(before)
    if not n:
        return None
    apart = np.abs(before - after)
    return Consistency(_share(apart == 0), _share(apart <= 1), n)


def show_again(
    codes: NDArray[np.integer[Any]],
    acts: NDArray[np.integer[Any]],
    already: Sequence[int] | NDArray[np.intp] = (),
    *,
    share: float = SHARE,
    seed: int = 0,
) -> NDArray[np.intp]:
    """Return the rows due for a second look, in an order that tells nothing of their grades.

    Every grade is shown in proportion to its photos, so that the agreement seen is that of the
    whole collection. What was graded last is never shown, for it is remembered.

    Args:
        codes: Of each photo's verdict (n,); only grades are shown again.
        acts: When each was given (n,): the higher, the later; equal for one stroke.
        already: Rows that had their second look.
        share: Of the graded photos, how many get one in all.
        seed: Of the draw.
    """
    rng = np.random.default_rng(seed)
    is_seen = np.zeros(len(codes), bool)
    is_seen[np.asarray(already, np.intp)] = True
    graded = np.flatnonzero(codes > 0)
    seen = graded[is_seen[graded]]
    wanted = max(round(share * len(graded)) - len(seen), 0)
    settled = _settled(graded, acts)
    free = rng.permutation(np.sort(settled[~is_seen[settled]]))
    turns = np.empty(len(free))
    for grade in GRADES:
        mine = codes[free] == grade
        if not mine.any():
            continue
        before = np.count_nonzero(codes[seen] == grade) + rng.random()
        photos = np.count_nonzero(codes == grade)
        turns[mine] = (before + np.arange(np.count_nonzero(mine))) / photos
    return rng.permutation(free[np.argsort(turns)[:wanted]])


def _settled(graded: NDArray[np.intp], acts: NDArray[np.integer[Any]]) -> NDArray[np.intp]:
    """Return the graded rows without those graded last."""
    fresh = max(FEWEST_FRESH, round(FRESH_SHARE * len(graded)))
    by_time = graded[np.argsort(acts[graded], kind="stable")]
    return by_time[: max(len(graded) - fresh, 0)]


def _share(agrees: NDArray[np.bool_]) -> Interval:
    value = float(agrees.mean())
    low, high = wilson(value, len(agrees))
    return Interval(value, min(low, value), max(high, value))
