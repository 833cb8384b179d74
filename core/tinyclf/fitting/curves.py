"""The curves of a training as its record has them: what a plot shows, and in which words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from tinyclf.errors import ModelError
from tinyclf.fitting.history import Point

Curve = tuple[float | None, ...]

LARGEST = 1e300
"""What is more, or is NaN, is no figure of a training."""

_COLUMNS = tuple(field.name for field in fields(Point) if field.name != "epoch")


@dataclass(frozen=True)
class Curves:
    """What a record tells of a training.

    Attributes:
        epochs: Where the curves have points: passes made, or generations bred.
        columns: The curves, by the names of :class:`~tinyclf.fitting.history.Point`; only those
            that were measured, each as long as ``epochs``.
        kept: The pass or generation that became the model; ``None`` where that is not known.
        is_evolution: Whether these are generations, not passes.
        fitness: What the fitness of an evolution is, ``"accuracy"`` or ``"mcc"``.
        folds: The share right of each fold; empty without cross-validation.
    """

    epochs: tuple[int, ...]
    columns: Mapping[str, Curve]
    kept: int | None
    is_evolution: bool
    fitness: str
    folds: tuple[float, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not self.columns and not self.folds

    def of(self, name: str) -> Curve | None:
        """Return a curve; ``None`` if it was not measured."""
        return self.columns.get(name)


def curves_of(record: Mapping[str, Any]) -> Curves:
    """Return the curves in a model's record.

    Raises:
        ModelError: what stands there are no curves.
    """
    history = record.get("history") or {}
    settings = record.get("settings") or {}
    if not isinstance(history, Mapping) or not isinstance(settings, Mapping):
        raise _no_curves("history")
    evolution = settings.get("evolution") or {}
    if not isinstance(evolution, Mapping):
        raise _no_curves("evolution")
    epochs = _column("epoch", history.get("epoch", []), None)
    best = record.get("best_epoch")
    return Curves(
        epochs=tuple(int(each or 0) for each in epochs),
        columns={
            name: _column(name, history[name], len(epochs)) for name in _COLUMNS if name in history
        },
        kept=best if isinstance(best, int) else None,
        is_evolution=bool(evolution),
        fitness=str(evolution.get("fitness", "accuracy")) if evolution else "accuracy",
        folds=tuple(
            each or 0.0 for each in _column("folds", record.get("fold_accuracies") or [], None)
        ),
    )


def _column(name: str, values: object, length: int | None) -> Curve:
    is_fit = isinstance(values, list) and length in (None, len(values))
    if not is_fit or not all(map(_is_figure, values)):  # type: ignore[call-overload]
        raise _no_curves(name)
    return tuple(values)  # type: ignore[arg-type]


def _is_figure(value: object) -> bool:
    return value is None or (isinstance(value, int | float) and abs(value) < LARGEST)


def _no_curves(name: str) -> ModelError:
    return ModelError(
        f"The model's record has no curves that can be read ({name}). Fit it again: tinyclf fit."
    )
