"""What it still takes: how fast this person is, how long the walls are, and when to stop."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

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
        plan: What looking through the walls brings and costs; ``None`` while nothing is proposed.
        stop: Whether grading more first pays; ``None`` likewise, or before any training.
    """

    pace: Pace
    plan: EffortPlan | None
    stop: StopAdvice | None


def foresight(store: CollectionStore, table: PhotoTable, remembered: Remembered) -> Foresight:
    """Return what it still takes, by the proposals of now."""
    lately = store.last_stroke // STROKES_BETWEEN
    pace = remembered.get("pace", lately, lambda: measured(store))
    open_rows = table.ungraded & table.has_proposal
    if not open_rows.any():
        return Foresight(pace, None, None)
    probabilities = table.probabilities[open_rows]
    certain = int(np.count_nonzero(table.human))
    basis = (store.last_proposing, certain // VERDICTS_BETWEEN, pace)
    stop = remembered.get(
        "stop", basis, lambda: stop_advice(probabilities, history(store), certain, pace=pace)
    )
    return Foresight(pace, effort_plan(probabilities, certain, pace=pace), stop)


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
