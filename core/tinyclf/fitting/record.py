"""What a model says of how it came to be, as plain data in its file."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any

from tinyclf.data.datasets.dataset import Dataset
from tinyclf.fitting.history import Point, as_columns


@dataclass(frozen=True)
class FitRecord:
    """The record of a fit.

    Attributes:
        settings: Of the fit, as plain data.
        source: What it learnt from, in a few words.
        data_key: Hash of the examples to learn from, before any were held out.
        examples: How many were learnt from, held-out ones not counted.
        epochs: Passes made, or generations bred.
        best_epoch: The one kept.
        train_seconds: How long the training took.
        test_accuracy: The share right of examples never learnt from; ``None`` where none were.
        tested_on: ``"test part"``, ``"held-out share"``, ``"folds"`` or ``"nothing"``.
        tested: How many examples that is.
        validation_accuracy: The share right of the examples the best pass was chosen on.
        fold_accuracies: Of the cross-validation; empty without one.
        history: The curves.
        when: When it was fitted, in UTC, to the second.
    """

    settings: dict[str, Any]
    source: str
    data_key: str
    examples: int
    epochs: int
    best_epoch: int
    train_seconds: float
    test_accuracy: float | None
    tested_on: str
    tested: int
    validation_accuracy: float | None
    fold_accuracies: tuple[float, ...]
    history: tuple[Point, ...]
    when: str

    def to_mapping(self) -> dict[str, Any]:
        """Return it as plain data, for a model file or ``--json``."""
        told = {each.name: getattr(self, each.name) for each in fields(self)}
        return told | {
            "fold_accuracies": list(self.fold_accuracies),
            "history": as_columns(self.history),
        }


def choosing_figure(record: Mapping[str, Any]) -> float | None:
    """Return by what two models judged alike are compared, never what they were tested on.

    It is the share right on the validation, else the mean of the folds, as a record's plain data
    has them; ``None`` where there is neither.
    """
    if isinstance(found := record.get("validation_accuracy"), float):
        return found
    folds = record.get("fold_accuracies")
    return sum(folds) / len(folds) if isinstance(folds, list) and folds else None


def chosen_by(settings: object) -> str | None:
    """Return in words what that figure is of a fit with these settings, as a record has them.

    ``None`` for nothing. Another seed or share for the test has other examples for the same.
    """
    if not isinstance(settings, Mapping):
        return None
    share, folds = settings.get("validation"), settings.get("folds")
    if isinstance(share, float) and share:
        return f"a validation share of {share:g}"
    return f"{folds} folds" if isinstance(folds, int) and folds else None


def was_learnt_from(record: Mapping[str, Any], dataset: Dataset) -> bool:
    """Return whether a model with this record had these examples before it, all or most of them."""
    return record.get("data_key") == data_key(dataset)


def data_key(dataset: Dataset) -> str:
    """Return the hash of a dataset's examples and classes: the same data gives the same."""
    digest = hashlib.blake2b(digest_size=16)
    digest.update(repr((dataset.x.shape, dataset.x.dtype.str, dataset.classes)).encode())
    for start in range(0, len(dataset), 4_096):
        digest.update(dataset.x[start : start + 4_096].tobytes())
    digest.update(dataset.y.tobytes())
    return digest.hexdigest()


def now_in_utc() -> str:
    """Return the time in UTC, to the second, as ISO 8601 has it."""
    return datetime.now(UTC).isoformat(timespec="seconds")
