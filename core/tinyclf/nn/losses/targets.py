"""Targets as one row of class shares per example: a class is the row with a single 1.

Written over rows, a loss takes mixed examples ("0.7 of a 4 and 0.3 of a 2", as mixup makes them)
and class weights without a second formula.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from tinyclf.errors import ConfigError, InputError
from tinyclf.nn.arrays import Array, room_for
from tinyclf.nn.backend import Backend, NumpyBackend
from tinyclf.nn.ranges import is_number, require_row, require_whole, settle

MOST_CLASSES = 100_000

LARGEST_WEIGHT = 1_000_000_000
"""Of a class: far larger ones would make the loss infinite, and blame the learning rate."""

ROUNDING = 0.01
"""How far from 1 the shares of a row may sum to, which may have been rounded to half precision."""

ClassWeights: TypeAlias = tuple[float, ...] | None
"""A factor on the loss of each class, best with a mean of 1 over the examples; None for all 1."""


def target_rows(targets: Array, classes: int, dtype: npt.DTypeLike, *, backend: Backend) -> Array:
    """Return targets as rows of shares.

    Args:
        targets: Classes (n,), integers 0 to ``classes`` − 1; or rows (n, classes), taken as they
            are but for the dtype.
        classes: How many classes there are.
        dtype: Of the rows.
        backend: Where the rows should live.

    Returns:
        Rows (n, classes).

    Raises:
        InputError: the targets are neither.
    """
    targets = backend.asarray(targets)
    if _are_rows(targets, classes):
        return backend.asarray(targets, dtype)
    _check_classes(targets, classes)
    zeros, shape = backend.xp.zeros, (len(targets), classes)
    rows = room_for("The targets as rows", zeros, shape, dtype)
    rows[backend.xp.arange(len(targets)), targets] = 1
    return rows


def _are_rows(targets: Array, classes: int) -> bool:
    return targets.shape[1:] == (classes,) and targets.dtype.kind in "fiub"


def _check_classes(targets: Array, classes: int) -> None:
    if targets.ndim != 1 or targets.dtype.kind not in "iu":
        raise InputError(
            f"Targets must be integers of shape (n,) or shares of shape (n, {classes}), "
            f"not {targets.dtype} of shape {targets.shape}."
        )
    if targets.size and not 0 <= int(targets.min()) <= int(targets.max()) < classes:
        raise InputError(
            f"Targets must be from 0 to {classes - 1}, "
            f"but go from {int(targets.min())} to {int(targets.max())}."
        )


def smoothed_rows(
    targets: Array, smoothing: float, classes: int, dtype: npt.DTypeLike, *, backend: Backend
) -> Array:
    """Return :func:`target_rows` T as (1 − s) T + s / k: a share s for all classes alike.

    Label smoothing of Szegedy et al. (2016), as PyTorch defines it: the right class has its part
    of s, too.
    """
    rows = target_rows(targets, classes, dtype, backend=backend)
    return rows if smoothing == 0 else rows * (1 - smoothing) + smoothing / classes


def weighted_rows(
    targets: Array, weights: ClassWeights, classes: int, dtype: npt.DTypeLike, *, backend: Backend
) -> Array:
    """Return :func:`target_rows`, each column times its class's weight."""
    rows = target_rows(targets, classes, dtype, backend=backend)
    return rows if weights is None else rows * backend.constant(weights, dtype)


def counts(targets: Array, weights: ClassWeights, classes: int) -> npt.NDArray[np.float64]:
    """Return the column sums (classes,) of :func:`weighted_rows` in float64.

    Of classes they are counted: the rows of many classes would take much memory.

    Args:
        targets: Classes (n,) or rows of shares (n, classes), NumPy.
        weights: Of the classes.
        classes: How many there are.

    Raises:
        InputError: the targets are neither.
    """
    if _are_rows(targets, classes):
        rows = weighted_rows(targets, weights, classes, np.float64, backend=NumpyBackend())
        return np.asarray(rows.sum(axis=0))
    _check_classes(targets, classes)
    each = None if weights is None else np.asarray(weights)[targets]
    return np.bincount(targets, each, classes).astype(np.float64)


def check_targets(targets: Array, weights: ClassWeights, classes: int) -> None:
    """Check all targets of a training, once: a step takes rows of shares as they are.

    Arguments as for :func:`counts`.

    Raises:
        InputError: they are neither classes nor rows, or a row holds NaN or a negative share, or
            does not sum to 1; or there are examples, but only of classes whose weight is 0.
    """
    if _are_rows(targets, classes):
        _check_shares(np.asarray(targets, np.float64))
    if not counts(targets, weights, classes).any() and len(targets):
        raise InputError(
            "All examples are of classes whose weight is 0. Give one of them another weight."
        )


def _check_shares(rows: npt.NDArray[np.float64]) -> None:
    sums = np.where(rows >= 0, rows, np.nan).sum(axis=1)
    wrong = np.flatnonzero(~(abs(sums - 1) <= ROUNDING))
    if len(wrong):
        raise InputError(
            f"Row {wrong[0]} of the targets must be shares, at least 0, that sum to 1, "
            f"but is {np.array2string(rows[wrong[0]], precision=3, threshold=10)}."
        )


def check_rows(scores: Array, targets: Array, n_outputs: int) -> None:
    """Check that there are rows to judge, and as many targets.

    Raises:
        InputError: there are none, or the shapes do not fit; the message names both.
    """
    if len(scores) == 0:
        raise InputError("A loss needs at least one row, but the batch is empty.")
    if np.ndim(targets) == 0:
        raise InputError("A loss needs a target for each row, but is given a single value.")
    if scores.shape != (len(targets), n_outputs):
        raise InputError(
            f"Scores of shape {scores.shape} do not fit {len(targets)} targets: "
            f"the loss takes {(len(targets), n_outputs)}."
        )


def settle_classes(loss: Any) -> None:
    """Check a new loss's classes and class weights, and make them Python's numbers.

    Raises:
        ConfigError: there are fewer than 2 classes, or the weights are no row that fits them.
    """
    classes = require_whole("The number of classes", loss.classes, 2, MOST_CLASSES)
    settle(loss, classes=classes)
    if loss.class_weights is None:
        return
    weights = require_row("Class weights", loss.class_weights, "(1, 2.5), one for each class")
    if len(weights) != classes:
        raise ConfigError(f"There are {classes} classes, but {len(weights)} class weights.")
    plain = all(is_number(weight) and 0 <= weight <= LARGEST_WEIGHT for weight in weights)
    if not plain or not any(weights):
        raise ConfigError(
            f"Class weights must be finite numbers, at least 0 and at most {LARGEST_WEIGHT:,}, "
            "and not all 0."
        )
    settle(loss, class_weights=tuple(float(weight) for weight in weights))
