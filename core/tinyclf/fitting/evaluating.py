"""How good a model is on examples it never saw: figures over all, and of each class."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.data.datasets.dataset import Dataset
from tinyclf.data.datasets.known_columns import as_features
from tinyclf.domain import Interval, Job
from tinyclf.errors import InputError
from tinyclf.fitting.fitted_model import FittedModel
from tinyclf.fitting.predicting import to_channels
from tinyclf.training.folds import count_groups
from tinyclf.training.intervals import wilson
from tinyclf.training.metrics import calibration_error, confusion, log_loss, matthews_correlation


@dataclass(frozen=True)
class ClassFigures:
    """How good a model is on one class.

    Attributes:
        name: The class.
        examples: How many there are.
        precision: Of those told to be of it, the share that is; ``None`` where none are told.
        recall: Of those that are of it, the share told; ``None`` where there are none.
        f1: The harmonic mean of both; ``None`` where neither can be.
    """

    name: str
    examples: int
    precision: float | None
    recall: float | None
    f1: float | None


@dataclass(frozen=True)
class Evaluation:
    """How good a model is.

    Attributes:
        accuracy: The share right, with its 95 % interval (Wilson's).
        log_loss: The mean negative logarithm of the true class's probability.
        calibration_error: The mean gap between stated and true confidence, 0 to 1.
        matthews: The correlation of truth and answers, −1 to 1.
        confusion: Counts ``[truth][told]``.
        classes: Of each class.
        examples: How many there are.
    """

    accuracy: Interval
    log_loss: float
    calibration_error: float
    matthews: float
    confusion: tuple[tuple[int, ...], ...]
    classes: tuple[ClassFigures, ...]
    examples: int


def evaluate(model: FittedModel, dataset: Dataset) -> Job[Evaluation]:
    """Judge a model on examples with their classes.

    Raises:
        InputError: the examples are not of the kind that the model learnt from.
    """
    matched = matching(model, dataset)
    told = yield from model.predicting(matched.x, "Testing")
    return judged(matched, told)


def judged(dataset: Dataset, probabilities: NDArray[Any]) -> Evaluation:
    """Return how good probabilities (n, classes) are for the examples."""
    table = confusion(dataset.y, probabilities.argmax(axis=1), len(dataset.classes))
    share = float(np.trace(table) / table.sum())
    independent = count_groups(dataset.groups, len(dataset))
    return Evaluation(
        accuracy=Interval(share, *wilson(share, independent)),
        log_loss=log_loss(dataset.y, probabilities),
        calibration_error=calibration_error(dataset.y, probabilities),
        matthews=matthews_correlation(table),
        confusion=tuple(tuple(map(int, row)) for row in table),
        classes=tuple(_figures(name, k, table) for k, name in enumerate(dataset.classes)),
        examples=len(dataset),
    )


def matching(model: FittedModel, dataset: Dataset) -> Dataset:
    """Return examples with the columns and the numbers of the classes that a model has.

    Raises:
        InputError: they are of another shape, or have a class that it does not know.
    """
    if model.features is not None and dataset.features is not None:
        dataset = as_features(dataset, model.features)
    given_shape = dataset.shape
    if model.takes_bytes and dataset.is_pictures and dataset.x.dtype == np.uint8:
        dataset = _in_channels(dataset, model)
    if dataset.shape != model.shape:
        raise InputError(
            f"The model takes examples of shape {model.shape}, but those of {dataset.source} have "
            f"the shape {given_shape}: give examples as those that it learnt from."
        )
    if model.takes_pictures and model.takes_bytes is not (dataset.x.dtype == np.uint8):
        of, given = ("bytes", "floats") if model.takes_bytes else ("floats", "bytes")
        raise InputError(
            f"The model learnt from pictures of {of}, but those of {dataset.source} are {given}: "
            f"save them as {of}."
        )
    return dataset.as_classes(model.classes)


def _in_channels(dataset: Dataset, model: FittedModel) -> Dataset:
    """Return grey pictures in colour, or the other way round, as pictures that are told are."""
    channels = dataset.shape[0]
    if {channels, model.shape[0]} != {1, 3}:
        return dataset
    pictures = dataset.x[:, 0] if channels == 1 else dataset.x.transpose(0, 2, 3, 1)
    return replace(dataset, x=np.stack([to_channels(each, model.shape[0]) for each in pictures]))


def _figures(name: str, k: int, table: NDArray[np.int64]) -> ClassFigures:
    right, there, told = int(table[k, k]), int(table[k].sum()), int(table[:, k].sum())
    return ClassFigures(
        name,
        there,
        precision=right / told if told else None,
        recall=right / there if there else None,
        f1=2 * right / (told + there) if told + there else None,
    )
