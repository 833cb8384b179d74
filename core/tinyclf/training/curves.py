"""What a running training says of itself, and the curves of a whole bag."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np

from tinyclf.domain import Progress
from tinyclf.training.relay import relayed

R = TypeVar("R")

FIGURES = ("loss", "accuracy", "held_out_loss", "held_out_accuracy")

PLACES = 20
"""Members on fewer photos make more passes: they are averaged at shares of their way, so many."""


@dataclass(frozen=True)
class EpochReport(Progress):
    """How a training stands; between two measurements the figures repeat.

    Attributes:
        fold: Which member of the bag is being trained, from 1.
        folds: Of how many.
        epoch: Passes over the photos done, of this member.
        epochs: Of how many.
        measured: Whether the figures are of just this pass: a point for a chart.
        loss: On photos trained on; ``None`` until first measured.
        accuracy: Likewise, the share right, 0 to 1.
        held_out_loss: On photos never seen; ``None`` where there are none.
        held_out_accuracy: Likewise.
    """

    fold: int = 1
    folds: int = 1
    epoch: int = 0
    epochs: int = 0
    measured: bool = False
    loss: float | None = None
    accuracy: float | None = None
    held_out_loss: float | None = None
    held_out_accuracy: float | None = None


class Curves:
    """Makes one curve out of those of all members: at each place the mean of those measured there.

    So a chart is drawn once by the first member and grows steadier with every other.

    Args:
        folds: How many members there will be.
    """

    def __init__(self, folds: int) -> None:
        self.folds = folds
        self._measured: defaultdict[tuple[int, str], list[float]] = defaultdict(list)
        self._latest: dict[str, Any] = {}

    def averaged(
        self, training: Generator[EpochReport, None, R], fold: int
    ) -> Generator[EpochReport, None, R]:
        """Pass a member's reports on as the whole bag's; return what the training returns."""
        self._latest = {}  # the figures of the member before, at this one's start, are no point

        def of_the_bag(report: EpochReport) -> EpochReport:
            if report.measured:
                self._latest = self._mean(report)
            return replace(
                report,
                done=fold * report.total + report.done,
                total=self.folds * report.total,
                fold=fold + 1,
                folds=self.folds,
                **self._latest,
            )

        return (yield from relayed(training, of_the_bag))

    def _mean(self, report: EpochReport) -> dict[str, Any]:
        figures = {}
        place = round(PLACES * report.epoch / max(1, report.epochs))
        for name in FIGURES:
            values = self._measured[place, name]
            if (value := getattr(report, name)) is not None:
                values.append(value)
            if values:
                figures[name] = float(np.mean(values))
        return figures
