"""Targets as one row of class shares per example: a class is the row with a single 1.

Written over rows, a loss takes mixed examples ("0.7 of a 4 and 0.3 of a 2", as mixup makes them)
and class weights without a second formula.
"""

from __future__ import annotations

import math
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from tinyclf.errors import ConfigError, InputError
from tinyclf.nn.arrays import Array
from tinyclf.nn.backend import Backend, NumpyBackend
from tinyclf.nn.ranges import is_number, require_whole, settle

MOST_CLASSES = 100_000

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
    if targets.shape[1:] == (classes,) and targets.dtype.kind in "fiub":
        return backend.asarray(targets, dtype)
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
    rows: Array = backend.xp.zeros((len(targets), classes), dtype)
    rows[backend.xp.arange(len(targets)), targets] = 1
    return rows


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


def check_shares(targets: Array, classes: int) -> None:
    """Check all targets of a training, once: a step takes rows of shares as they are.

    Args:
        targets: Classes (n,) or rows of shares (n, classes), NumPy.
        classes: How many classes there are.

    Raises:
        InputError: they are neither, or a row holds NaN or a negative share, or does not sum to 1.
    """
    rows = target_rows(targets, classes, np.float64, backend=NumpyBackend())
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
    if scores.shape != (len(targets), n_outputs):
        raise InputError(
            f"Scores of shape {scores.shape} do not fit {len(targets)} targets: "
            f"the loss takes {(len(targets), n_outputs)}."
        )


def settle_classes(loss: Any) -> None:
    """Check a new loss's classes and class weights, and make them Python's numbers.

    Raises:
        ConfigError: there are fewer than 2 classes, or the weights do not fit them.
    """
    classes = require_whole("The number of classes", loss.classes, 2, MOST_CLASSES)
    settle(loss, classes=classes)
    if loss.class_weights is None:
        return
    weights = tuple(loss.class_weights)
    if len(weights) != classes:
        raise ConfigError(f"There are {classes} classes, but {len(weights)} class weights.")
    plain = all(is_number(weight) and 0 <= weight < math.inf for weight in weights)
    if not plain or not any(weights):
        raise ConfigError("Class weights must be finite numbers, at least 0, and not all 0.")
    settle(loss, class_weights=tuple(float(weight) for weight in weights))
