"""What a training has said of itself so far, as curves to draw."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol, TypeAlias

Curve: TypeAlias = list[tuple[float, float]]
"""Points (epoch, value), epochs rising."""


@dataclass(frozen=True)
class ChartPoint:
    """How a training stands after an epoch; ``None`` or not a number where it is not known.

    Attributes:
        fold: Which member of the bag is trained, from 1; figures are means over those up to it.
        epoch: Passes over the photos done, of this member.
        accuracy: Share right of the photos it trains on, 0 to 1.
        held_out_accuracy: Share right of photos it has never seen.
        loss: What training lowers, on the photos it trains on.
        held_out_loss: The same on photos it has never seen.
    """

    fold: int
    epoch: float
    accuracy: float | None = None
    held_out_accuracy: float | None = None
    loss: float | None = None
    held_out_loss: float | None = None

    @property
    def figures(self) -> tuple[float | None, ...]:
        """All that was measured."""
        return self.accuracy, self.held_out_accuracy, self.loss, self.held_out_loss


class EpochLike(Protocol):
    """What a training's report tells (the core's ``EpochReport``)."""

    @property
    def fold(self) -> int: ...  # noqa: D102
    @property
    def epoch(self) -> int: ...  # noqa: D102
    @property
    def epochs(self) -> int: ...  # noqa: D102
    @property
    def loss(self) -> float | None: ...  # noqa: D102
    @property
    def accuracy(self) -> float | None: ...  # noqa: D102
    @property
    def held_out_loss(self) -> float | None: ...  # noqa: D102
    @property
    def held_out_accuracy(self) -> float | None: ...  # noqa: D102


def chart_point_of(report: EpochLike, length: int | None = None) -> ChartPoint:
    """Return a training's report as a point of the chart.

    Args:
        report: The report.
        length: Passes on the chart's axis: a member on fewer photos makes more passes, and its
            curve is drawn as long as the others'. ``None``: as many as it makes.
    """
    scale = 1.0 if length is None else length / max(1, report.epochs)
    return ChartPoint(
        fold=report.fold,
        epoch=report.epoch * scale,
        accuracy=report.accuracy,
        held_out_accuracy=report.held_out_accuracy,
        loss=report.loss,
        held_out_loss=report.held_out_loss,
    )


def merged_curve(
    points: Iterable[ChartPoint], value: Callable[[ChartPoint], float | None]
) -> Curve:
    """Return one curve: as far as the newest fold has come its figures, beyond those before it.

    A later fold's figures are means over more folds, so the curve is drawn once by the first and
    grows steadier with every other. Points where the value is not known are left out.
    """
    curve: Curve = []
    for fold in _by_fold(points, value):
        reached = fold[-1][0]
        curve = fold + [point for point in curve if point[0] > reached]
    return curve


def _by_fold(
    points: Iterable[ChartPoint], value: Callable[[ChartPoint], float | None]
) -> list[Curve]:
    folds: dict[int, dict[float, float]] = {}
    for point in points:
        height = value(point)
        if height is not None and math.isfinite(height):
            folds.setdefault(point.fold, {})[float(point.epoch)] = height
    return [sorted(folds[fold].items()) for fold in sorted(folds)]


def nice_top(highest: float) -> float:
    """Return a round number not below ``highest``, for the top of an axis from 0."""
    if highest <= 0:
        return 1.0
    magnitude: float = 10.0 ** math.floor(math.log10(highest))
    steps = (1.0, 1.2, 1.6, 2.0, 2.4, 3.2, 4.0, 6.0, 8.0, 10.0)
    return next(step * magnitude for step in steps if step * magnitude >= highest * (1 - 1e-9))
