"""Which examples are learnt from, and which are only judged on: stratified, groups kept whole."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from tinyclf.data.datasets.dataset import Dataset
from tinyclf.errors import InputError
from tinyclf.training.folds import count_groups, group_codes, stratified_folds

FINEST = 20
"""A share is taken as a fraction of at most so many parts: 0.15 as 3 of 20, 0.01 as 1 of 20."""


def fold_of_each(dataset: Dataset, folds: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Return the fold, from 0, that holds out each example (n,).

    Every class is spread evenly over the folds, and examples of one group are in one fold.

    Raises:
        InputError: there are fewer examples, or groups of them, than folds.
    """
    codes = group_codes(dataset.groups, len(dataset))
    most = int(codes.max()) + 1
    if most < folds:
        raise InputError(
            f"{dataset.source} has {_counted(dataset, most)}, too few for {folds} parts: take "
            "fewer folds, or give more examples."
        )
    return stratified_folds(dataset.y, folds, rng, codes)


def held_out(
    dataset: Dataset, share: float, rng: np.random.Generator
) -> tuple[Dataset, Dataset | None]:
    """Return the examples to learn from, and those held out: about a share, none of a share of 0.

    Raises:
        InputError: there are too few examples, or groups of them, to be split so.
    """
    if not share:
        return dataset, None
    part = max(Fraction(share).limit_denominator(FINEST), Fraction(1, FINEST))
    if (units := count_groups(dataset.groups, len(dataset))) < part.denominator:
        raise InputError(
            f"{dataset.source} has {_counted(dataset, units)}, too few to hold {share:g} of them "
            f"out as {part.numerator} of {part.denominator} parts: hold half or none of them "
            "out, or give more examples."
        )
    is_held = fold_of_each(dataset, part.denominator, rng) < part.numerator
    return dataset.take(~is_held), dataset.take(is_held)


def _counted(dataset: Dataset, units: int) -> str:
    """Return how many examples, or groups of them, there are to be split."""
    what = "example" if dataset.groups is None else "group"
    return f"{units:,} {what}{'' if units == 1 else 's'}"


def require_classes(dataset: Dataset, whole: Dataset | None = None) -> None:
    """Make sure that there is something to tell apart.

    Args:
        dataset: What is learnt from.
        whole: That with the examples that were held out of it, if any were.

    Raises:
        InputError: all examples to learn from are of one class.
    """
    present = np.flatnonzero(dataset.counts)
    if len(present) < 2:
        if whole is not None and np.count_nonzero(whole.counts) > 1:
            raise InputError(
                f"Once others are held out of {dataset.source}, one class alone is left to learn, "
                f"{dataset.classes[present[0]]!r}: hold fewer out, or give more examples of the "
                "other classes."
            )
        raise InputError(
            f"There is but one class to learn, {dataset.classes[present[0]]!r}, in "
            f"{dataset.source}: give examples of at least two."
        )
