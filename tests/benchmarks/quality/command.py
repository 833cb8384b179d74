"""From 50, 100, 200 … grades: how good are the proposals for photos of other objects?

Groups of photos that belong together are never on both sides; 30 % of the photos are held out to
judge by. Every contender is given the same grades. Figures are the medians of five draws; the
calibration error is that of their test photos together, for of a hundred photos alone even perfect
probabilities seem to be wrong by .1. Without the photos, it says what is missing and does nothing.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.quality.contenders import Contender, Probabilities, contenders
from tests.benchmarks.quality.graded import COLLECTIONS, Collection, collection
from tests.benchmarks.shared import where_to_put
from tinyclf.training.metrics import calibration_error, exact, quadratic_kappa, within_one

GRADES = (50, 100, 200, 500)
SEEDS = 5


@dataclass(frozen=True)
class Score:
    """How good probabilities are: shares from 0 to 1, and seconds.

    Attributes:
        y: The true classes (n,).
        probabilities: (n, classes).
    """

    y: NDArray[np.intp]
    probabilities: Probabilities

    exact: float
    within_one: float
    kappa: float
    balanced: float
    seconds: float

    @classmethod
    def of(cls, y: NDArray[np.intp], probabilities: Probabilities, seconds: float) -> Score:
        """Judge probabilities (n, classes) by the true classes (n,)."""
        proposed = probabilities.argmax(axis=1)
        return cls(
            y,
            probabilities,
            exact(y, probabilities),
            within_one(y, probabilities),
            quadratic_kappa(y, probabilities),
            float(np.mean([(proposed[y == k] == k).mean() for k in np.unique(y)])),
            seconds,
        )


def run() -> None:
    """Print a table for each collection."""
    for name in COLLECTIONS:
        found = collection(name)
        if found is None:
            print(f"{name} is not measured: the photos are not there; {where_to_put(name)}.")
            continue
        print(f"\n{name}, {len(found.y):,} photos; {SEEDS} draws, medians\n")
        for line in table(found):
            print(line, flush=True)


def table(of: Collection) -> Iterator[str]:
    """Yield the lines of a Markdown table."""
    yield "| grades | | right | within one | kappa | right, grades alike | calibration error | s |"
    yield "|---|---|---|---|---|---|---|---|"
    for grades in sizes(of):
        for contender in contenders():
            scores = measured(of, contender, grades)
            yield f"| {grades} | {contender.name} | {_row(scores)} |"


def sizes(of: Collection) -> list[int]:
    """Return how many photos are graded: the usual numbers, and as many as every draw allows."""
    most = min(len(split.pool) for split in of.splits(SEEDS))
    return [*(count for count in GRADES if count < most), most]


def measured(of: Collection, contender: Contender, grades: int) -> list[Score]:
    """Return a score for each draw."""
    of.features(contender.features)  # so that reading the photos is no part of the seconds
    scores = []
    for split in of.splits(SEEDS):
        graded = split.pool[:grades]
        started = time.perf_counter()
        probabilities = contender.propose(of, graded, split.test, split.seed)
        scores.append(Score.of(of.y[split.test], probabilities, time.perf_counter() - started))
    return scores


def _row(scores: list[Score]) -> str:
    def median(name: str) -> float:
        return statistics.median(getattr(score, name) for score in scores)

    y = np.concatenate([score.y for score in scores])
    probabilities = np.concatenate([score.probabilities for score in scores])
    shares = (f"{100 * median(name):.0f} %" for name in ("exact", "within_one"))
    return " | ".join(
        [
            *shares,
            f"{median('kappa'):.2f}",
            f"{100 * median('balanced'):.0f} %",
            f"{calibration_error(y, probabilities):.2f}",
            f"{median('seconds'):.1f}",
        ]
    )
