"""How a training went, pass by pass: what a plot is drawn from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

DIGITS = 5
"""Of a figure that is kept: more would only make files larger."""

MOST_KEPT = 50
"""Points kept of long histories, evenly spread, the last among them."""


@dataclass(frozen=True)
class Point:
    """A point of a training's curves.

    Attributes:
        epoch: Passes made, or generations bred.
        loss: On examples learnt from; ``None`` of an evolution, which has none.
        accuracy: Likewise, the share right.
        held_out_loss: On examples of the validation; ``None`` where there are none.
        held_out_accuracy: Likewise.
        best_fitness: Of an evolution, the highest fitness of the generation; else ``None``.
        mean_fitness: Likewise, the mean of the generation.
        fitness_spread: Likewise, its standard deviation.
    """

    epoch: int
    loss: float | None
    accuracy: float | None
    held_out_loss: float | None = None
    held_out_accuracy: float | None = None
    best_fitness: float | None = None
    mean_fitness: float | None = None
    fitness_spread: float | None = None


def as_columns(points: Sequence[Point]) -> dict[str, list[float | None]]:
    """Return curves as plain data: a list for each figure that was measured, and the passes."""
    kept = _spread(points)
    columns = {
        field.name: [_rounded(getattr(point, field.name)) for point in kept]
        for field in fields(Point)
    }
    return {name: values for name, values in columns.items() if any(v is not None for v in values)}


def _spread(points: Sequence[Point]) -> Sequence[Point]:
    if len(points) <= MOST_KEPT:
        return points
    last = len(points) - 1
    return [points[round(k * last / (MOST_KEPT - 1))] for k in range(MOST_KEPT)]


def _rounded(value: float | None) -> float | None:
    return value if value is None or isinstance(value, int) else float(f"{value:.{DIGITS}g}")
