"""Which photos are judged by which member of a bag: stratified folds that keep groups together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.errors import InputError, TrainingError


def group_codes(groups: Sequence[object] | NDArray[Any] | None, n: int) -> NDArray[np.intp]:
    """Return each photo's group as an integer from 0; without groups every photo is its own.

    Args:
        groups: n names or numbers; equal ones belong together.
        n: How many photos.

    Raises:
        InputError: there are not n of them.
    """
    if groups is None:
        return np.arange(n)
    if len(groups) != n:
        raise InputError(f"There are {len(groups)} groups for {n} photos: name one for each.")
    return np.unique(np.asarray(groups), return_inverse=True)[1].reshape(n)


def count_groups(groups: Sequence[object] | NDArray[Any] | None, n: int) -> int:
    """Return how many groups there are among n photos.

    Raises:
        InputError: there are not n of them.
    """
    return int(group_codes(groups, n).max()) + 1


def stratified_folds(
    y: NDArray[np.integer[Any]],
    folds: int,
    rng: np.random.Generator,
    groups: NDArray[np.intp] | None = None,
) -> NDArray[np.intp]:
    """Return the fold, 0 … folds−1, that holds out each photo.

    Every class is spread evenly over the folds, and a group is never split: photos of one object
    on both sides would make a classifier look better than it is.

    Args:
        y: Classes (n,), from 0.
        folds: How many are wanted; never more than there are groups.
        rng: Decides among equals.
        groups: Group codes (n,) of `group_codes`.
    """
    codes = group_codes(groups, len(y))
    n_groups = int(codes.max()) + 1
    folds = max(1, min(folds, n_groups))
    if n_groups == len(y):
        return _deal(y, folds, rng)
    return _place(y, folds, rng, codes)


def dealt_folds(
    y: NDArray[np.integer[Any]],
    folds: int,
    seed: int,
    groups: Sequence[object] | NDArray[Any] | None,
) -> NDArray[np.intp]:
    """Return the fold that holds out each photo, from 0: of equal seeds whatever is trained.

    Raises:
        TrainingError: all photos belong to one group.
    """
    codes = group_codes(groups, len(y))
    fold_of = stratified_folds(y, folds, np.random.default_rng([seed, 0]), codes)
    if not fold_of.any():
        raise TrainingError(
            "All graded photos belong to one group, so none is left to judge by; grade photos of "
            "another one."
        )
    return fold_of


def _deal(y: NDArray[np.integer[Any]], folds: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Deal single photos like cards: shuffled, sorted by class, one to each fold in turn."""
    shuffled = rng.permutation(len(y))
    by_class = shuffled[np.argsort(y[shuffled], kind="stable")]
    fold_of = np.empty(len(y), np.intp)
    fold_of[by_class] = np.arange(len(y)) % folds
    return fold_of


def _place(
    y: NDArray[np.integer[Any]], folds: int, rng: np.random.Generator, codes: NDArray[np.intp]
) -> NDArray[np.intp]:
    """Place whole groups, largest first, each where its classes are rarest up to now."""
    n_groups = int(codes.max()) + 1
    counts = np.zeros((n_groups, int(y.max()) + 1))
    np.add.at(counts, (codes, y), 1)
    wanted = counts.sum(axis=0) / folds
    weight = 1 / np.maximum(wanted, 1e-9)
    held = np.zeros((folds, counts.shape[1]))
    fold_of_group = np.empty(n_groups, np.intp)
    shuffled = rng.permutation(n_groups)
    for group in shuffled[np.argsort(-counts[shuffled].sum(axis=1), kind="stable")]:
        # The growth of the squared distance from an even spread, class by class.
        cost = ((2 * (held - wanted) + counts[group]) * counts[group] * weight**2).sum(axis=1)
        even = held.sum(axis=1) / len(y)
        fold = int(np.argmin(cost + even))
        held[fold] += counts[group]
        fold_of_group[group] = fold
    return fold_of_group[codes]
