"""What it still takes: how fast this person is, how long the walls are, and when to stop."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tinyclf.project import CollectionStore, PhotoTable
from tinyclf.session.remembered import Remembered
from tinyclf.trust.effort import EffortPlan, Pace, effort_plan
from tinyclf.trust.pace import pace_of
from tinyclf.trust.stop_advice import StopAdvice, stop_advice

STROKES = 400
"""The pace is that of so many last acts."""

STROKES_BETWEEN, VERDICTS_BETWEEN = 10, 25
"""After so many acts, and verdicts, pace and stop advice are worked out anew."""


@dataclass(frozen=True)
class Foresight:
    """What it still takes.

    Attributes:
        pace: Of this person; the usual one where too little was measured.
        plan: What looking through the walls brings and costs; ``None`` while nothing is proposed,
            nor accepted unseen.
        stop: Whether grading more first pays; ``None`` while nothing is proposed.
    """

    pace: Pace
    plan: EffortPlan | None
    stop: StopAdvice | None


def foresight(
    store: CollectionStore,
    table: PhotoTable,
    in_bulk: NDArray[np.bool_],
    doubts: NDArray[np.float64],
    remembered: Remembered,
) -> Foresight:
    """Return what it still takes, by the proposals of now.

    Accepting the rest of a wall makes no grade better: those photos are as doubtful as they were,
    and wait for a look as they did.

    Args:
        store: The collection's file.
        table: Its n photos.
        in_bulk: Which were accepted with the rest of a wall, not looked at singly, (n,).
        doubts: The chance that each of them, and of the proposals, is wrong, (n,).
        remembered: What was worked out before.
    """
    now = pace(store, remembered)
    proposed = table.ungraded & table.has_proposal
    unseen = proposed | in_bulk
    if not unseen.any():
        return Foresight(now, None, None)
    probabilities, doubted, accepted = table.probabilities[unseen], doubts[unseen], in_bulk[unseen]
    certain = int(np.count_nonzero(table.human & ~in_bulk))
    plan = effort_plan(probabilities, certain, doubts=doubted, pace=now)
    if not proposed.any():
        return Foresight(now, plan, None)
    few = (certain // VERDICTS_BETWEEN, int(np.count_nonzero(accepted)) // VERDICTS_BETWEEN)
    stop = remembered.get(
        "stop",
        (store.last_proposing, *few, now),
        lambda: stop_advice(
            probabilities, history(store), certain, doubts=doubted, accepted=accepted, pace=now
        ),
    )
    return Foresight(now, plan, stop)


def pace(store: CollectionStore, remembered: Remembered) -> Pace:
    """Return how fast this person is, as of some strokes ago."""
    lately = store.last_stroke // STROKES_BETWEEN
    return remembered.get("pace", lately, lambda: measured(store))


def measured(store: CollectionStore) -> Pace:
    """Return this person's pace, by the times of their last acts."""
    return pace_of(store.strokes(STROKES))


def history(store: CollectionStore) -> list[tuple[int, float]]:
    """Return (grades, share of exact proposals) of all trainings, oldest first; of no quick refit.

    By cross-validation always: how good it is, the exam tells better, but how fast it becomes
    better shows only where all is measured alike.
    """
    return [
        (model.grades, model.cross_validated)
        for model in store.models()
        if not model.is_quick and model.grades is not None and model.cross_validated is not None
    ]
