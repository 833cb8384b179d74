"""How good probabilities are against the truth: plain numbers, and a `Quality` with intervals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import Interval, JudgedOn, Quality
from tinyclf.errors import InputError
from tinyclf.nn.formulas import LEAST_PROBABILITY
from tinyclf.training.bootstrap import resampled_sums
from tinyclf.training.folds import count_groups
from tinyclf.training.intervals import kappa_interval, share_interval

Classes: TypeAlias = NDArray[np.integer[Any]]
"""Each photo's class (n,), from 0."""

Probabilities: TypeAlias = NDArray[np.floating[Any]]
"""Of each class, for each photo (n, classes)."""

Sums: TypeAlias = NDArray[np.float64]
"""Sums over photos, or what is made of them; counts are whole only where photos count once."""

BINS = 10
"""Of confidence, to measure calibration by."""


def confusion(y: Classes, proposed: Classes, classes: int) -> NDArray[np.int64]:
    """Return counts (classes, classes), ``[truth][proposed]``."""
    cells = np.bincount(y.astype(np.int64) * classes + proposed, minlength=classes**2)
    return cells.reshape(classes, classes)


def exact(y: Classes, probabilities: Probabilities) -> float:
    """Return the share of photos whose likeliest class is the true one."""
    return float(_exact(_table(y, probabilities)))


def within_one(y: Classes, probabilities: Probabilities) -> float:
    """Return the share of photos whose likeliest class is at most one off."""
    return float(_within_one(_table(y, probabilities)))


def quadratic_kappa(y: Classes, probabilities: Probabilities) -> float:
    """Return Cohen's weighted kappa with quadratic weights (Cohen 1968): 0 guessing, 1 perfect.

    Where truth and proposals are all of one and the same class it is 0: nothing was shown.
    """
    return float(_quadratic_kappa(_table(y, probabilities)))


def matthews_correlation(table: NDArray[np.integer[Any]]) -> float:
    """Return the correlation of truth and proposals over all classes: 0 guessing, 1 perfect.

    For two classes it is Matthews's (1975), for more R_K of Gorodkin (2004). Where the truth or
    the proposals are all of one class it is 0: nothing was shown.

    Args:
        table: Sums (classes, classes), ``[truth][proposed]``; see :func:`confusion`.
    """
    counts = table.astype(np.float64)
    truth, proposed = counts.sum(axis=1), counts.sum(axis=0)
    n, right = counts.sum(), np.trace(counts)
    spread = (n * n - truth @ truth) * (n * n - proposed @ proposed)
    return float((right * n - truth @ proposed) / np.sqrt(spread)) if spread > 0 else 0.0


def mean_absolute_error(y: Classes, probabilities: Probabilities) -> float:
    """Return by how many classes the likeliest one is off, on average."""
    return float(_absolute_error(_table(y, probabilities)))


def absolute_error(
    y: Classes,
    probabilities: Probabilities,
    *,
    groups: Sequence[object] | NDArray[Any] | None = None,
    seed: int = 0,
) -> Interval:
    """Return `mean_absolute_error` with its 95 % interval; arguments as of `judge`."""
    farthest = probabilities.shape[1] - 1
    sums = resampled_sums(cells(y, probabilities), groups, seed)
    errors = _absolute_error(_square(sums, farthest + 1))
    share = share_interval(
        mean_absolute_error(y, probabilities) / farthest,
        errors / farthest,
        count_groups(groups, len(y)),
    )
    return Interval(*(farthest * part for part in (share.value, share.low, share.high)))


def log_loss(y: Classes, probabilities: Probabilities) -> float:
    """Return the mean negative natural logarithm of the true class's probability."""
    likelihood = probabilities[np.arange(len(y)), y].astype(np.float64)
    return float(-np.log(np.maximum(likelihood, LEAST_PROBABILITY)).mean())


def calibration_error(y: Classes, probabilities: Probabilities, bins: int = BINS) -> float:
    """Return the gap between stated and true confidence, averaged over photos, 0 to 1.

    The expected calibration error of the likeliest class (Naeini et al. 2015), over bins that hold
    equally many photos each.
    """
    bin_of, gap = _gaps(y, probabilities, bins)
    return float(np.abs(np.bincount(bin_of, gap)).sum() / len(y))


def judge(
    y: Classes,
    probabilities: Probabilities,
    judged_on: JudgedOn,
    *,
    groups: Sequence[object] | NDArray[Any] | None = None,
    seed: int = 0,
) -> Quality:
    """Return how good honest probabilities are, with 95 % intervals that few photos widen.

    Args:
        y: True classes (n,).
        probabilities: (n, classes), made without having seen these photos.
        judged_on: What the photos are, as in `Quality`.
        groups: n group names; groups are drawn whole, as their photos are not independent.
        seed: Of the bootstrap.

    Raises:
        InputError: there is no photo, or the shapes do not belong together.
    """
    if not len(y) or len(y) != len(probabilities):
        raise InputError(
            f"There are {len(probabilities)} rows of probabilities for {len(y)} photos: give one "
            "for each of at least one photo."
        )
    classes = probabilities.shape[1]
    addends = _addends(y, probabilities)
    sums = resampled_sums(addends, groups, seed)
    whole = addends.sum(axis=0)

    n, independent = len(y), count_groups(groups, len(y))
    table, tables = (_square(s[..., : classes**2], classes) for s in (whole, sums))
    gap, gaps = (np.abs(s[..., classes**2 :]).sum(axis=-1) / n for s in (whole, sums))

    def share(measure: Callable[[Sums], Sums]) -> Interval:
        return share_interval(float(measure(table)), measure(tables), independent)

    return Quality(
        exact=share(_exact),
        within_one=share(_within_one),
        kappa=kappa_interval(float(_quadratic_kappa(table)), _quadratic_kappa(tables), independent),
        calibration_error=share_interval(float(gap), gaps, independent),
        confusion=tuple(tuple(int(c) for c in row) for row in table),
        judged_on=judged_on,
        photos=n,
    )


def kappas(sums: Sums, classes: int) -> Sums:
    """Return the quadratic kappa of each row of flattened confusion tables (…, classes²)."""
    return _quadratic_kappa(_square(sums, classes))


def cells(y: Classes, probabilities: Probabilities) -> Sums:
    """Return (n, classes²): each photo's one in the flattened confusion table."""
    classes = probabilities.shape[1]
    one: Sums = np.eye(classes**2)[y.astype(np.int64) * classes + probabilities.argmax(axis=1)]
    return one


def _addends(y: Classes, probabilities: Probabilities) -> Sums:
    """Return what each photo adds to the confusion table and to the gaps of the bins."""
    bin_of, gap = _gaps(y, probabilities, BINS)
    return np.hstack([cells(y, probabilities), np.eye(BINS)[bin_of] * gap[:, None]])


def _gaps(y: Classes, probabilities: Probabilities, bins: int) -> tuple[NDArray[np.intp], Sums]:
    """Return each photo's bin by confidence, and its confidence minus its being right (0 or 1)."""
    confidence = probabilities.max(axis=1).astype(np.float64)
    rank = np.argsort(np.argsort(confidence, kind="stable"), kind="stable")
    right = probabilities.argmax(axis=1) == y
    return rank * bins // len(y), confidence - right


def _table(y: Classes, probabilities: Probabilities) -> Sums:
    classes = probabilities.shape[1]
    return confusion(y, probabilities.argmax(axis=1), classes).astype(np.float64)


def _square(sums: Sums, classes: int) -> Sums:
    return sums.reshape(*sums.shape[:-1], classes, classes)


def _distance(classes: int) -> Sums:
    return np.abs(np.subtract.outer(np.arange(classes), np.arange(classes))).astype(np.float64)


def _exact(table: Sums) -> Sums:
    share: Sums = np.einsum("...kk->...", table) / table.sum(axis=(-2, -1))
    return share


def _within_one(table: Sums) -> Sums:
    near = _distance(table.shape[-1]) <= 1
    share: Sums = (table * near).sum(axis=(-2, -1)) / table.sum(axis=(-2, -1))
    return share


def _absolute_error(table: Sums) -> Sums:
    error: Sums = (table * _distance(table.shape[-1])).sum(axis=(-2, -1)) / table.sum(axis=(-2, -1))
    return error


def _quadratic_kappa(table: Sums) -> Sums:
    weight = _distance(table.shape[-1]) ** 2
    truth, proposed = table.sum(axis=-1), table.sum(axis=-2)
    by_chance = np.einsum("...i,ij,...j->...", truth, weight, proposed)
    seen = (table * weight).sum(axis=(-2, -1)) * table.sum(axis=(-2, -1))
    # No spread at all: truth and proposals are one class, and agreement means nothing.
    shown = by_chance > 0
    return np.where(shown, 1 - seen / np.where(shown, by_chance, 1), 0.0)
