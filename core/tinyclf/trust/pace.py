"""How fast a person decides, from when their acts were done.

Nobody times themselves; but each act has its time, and between two of them lies what the second
took. Who leaves for a coffee decides nothing meanwhile: a long gap is a pause and tells nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tinyclf.domain import ActKind, Stroke
from tinyclf.trust.effort import Pace, measured_pace

PAUSE = 30.0
"""Seconds; who needs longer for one decision was away."""

LONGEST_GLANCE, SHORTEST_GLANCE = 5.0, 0.05
"""Seconds a tile; faster nobody looks, so a wall accepted faster was not looked at."""

TILES = 100
"""A wall counts as so many glances at most: one long wall must not be all that is known."""

_AT_THE_WALL = frozenset({ActKind.CORRECT, ActKind.ACCEPT})


def pace_of(strokes: Sequence[Stroke]) -> Pace:
    """Return how long a person takes, by the medians of what their acts took; usual where unknown.

    A hand grade is the gap before a single photo's grade. A correction is likewise, where one
    follows upon another. What looking through a wall takes is known when its rest is accepted: the
    time since the wall was begun, less its corrections, shared among its tiles.

    Args:
        strokes: A person's acts, oldest first.
    """
    grades, corrections = [], []
    for before, after in pairwise(strokes):
        seconds = (after.when - before.when).total_seconds()
        if not 0 < seconds <= PAUSE or after.photos != 1:
            continue
        if after.kind == ActKind.GRADE and before.kind == ActKind.GRADE:
            grades.append(seconds)
        if after.kind == ActKind.CORRECT and before.kind == ActKind.CORRECT:
            corrections.append(seconds)
    correction = measured_pace([], [], corrections).correction
    return measured_pace(grades, _glances(strokes, correction), corrections)


def _glances(strokes: Sequence[Stroke], correction: float) -> list[float]:
    """Return the seconds a tile of each wall that was accepted, once for each of its tiles."""
    glances: list[float] = []
    spent, corrected, tiles = 0.0, 0, 0
    for before, after in pairwise(strokes):
        seconds = (after.when - before.when).total_seconds()
        if after.kind in _AT_THE_WALL:
            spent += seconds if 0 < seconds <= PAUSE else correction
            corrected += after.kind == ActKind.CORRECT
            tiles += after.photos
        elif after.kind == ActKind.ACCEPT_REST:
            tiles += after.photos
            spent += seconds if seconds <= max(PAUSE, LONGEST_GLANCE * after.photos) else 0
            a_tile = (spent - correction * corrected) / max(tiles, 1)
            if SHORTEST_GLANCE <= a_tile <= LONGEST_GLANCE:
                glances += [a_tile] * min(tiles, TILES)
            spent, corrected, tiles = 0.0, 0, 0
        else:
            spent, corrected, tiles = 0.0, 0, 0
    return glances
