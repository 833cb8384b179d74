"""What is alike in all bags: the examples they are made from, the folds, and what comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import GRADES
from tinyclf.errors import InputError, TrainingError
from tinyclf.nn.objective import Objective
from tinyclf.training.classifier import Classifier, Member
from tinyclf.training.config import TrainingConfig
from tinyclf.training.folds import group_codes, stratified_folds
from tinyclf.training.given import check_classes, check_rows

CLASSES = len(GRADES)


@dataclass(frozen=True, eq=False)
class TrainedBag:
    """What a training made.

    Attributes:
        objective: Network and loss of every member.
        members: The networks that propose together.
        out_of_fold: (n, classes): for each photo trained on, the opinion of the one network that
            never saw it.
        fold_of: (n,) the fold that held it out, from 0.
        config: How they were trained.
        seconds: How long it took.
        second: Another bag, on the same folds, that may be heard as well; ``None`` if none is.
    """

    objective: Objective
    members: tuple[Member, ...]
    out_of_fold: NDArray[np.float64]
    fold_of: NDArray[np.intp]
    config: TrainingConfig
    seconds: float
    second: TrainedBag | None = field(default=None, kw_only=True)

    def classifier(self, extractor_key: str, temperature: float = 1.0) -> Classifier:
        """Return this bag alone as a classifier of photos with features of this extractor."""
        classes = self.out_of_fold.shape[1]
        names = tuple(str(number) for number in range(1, classes + 1))
        return Classifier(
            extractor_key, self.objective, self.members, names, temperature, self.config
        )


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


def check_examples(
    x: NDArray[Any], y: NDArray[np.integer[Any]], classes: int, precision: str
) -> None:
    """Make sure that a classifier can be trained on features (n, d) and classes (n,).

    Raises:
        TrainingError: fewer than two grades are present, or a feature is not finite.
        InputError: shapes or classes do not fit, or are no numbers.
    """
    check_rows("The features", x)
    check_classes(y)
    if x.ndim != 2 or len(x) != len(y):
        raise InputError(
            f"There are features of shape {x.shape} for {len(y)} grades: give a row for each."
        )
    if len(y) and not 0 <= y.min() <= y.max() < classes:
        raise InputError(
            f"Classes must be from 0 to {classes - 1}, not {y.min()} to {y.max()}: subtract 1 from "
            "grades, or say how many classes there are."
        )
    if len(np.unique(y)) < 2:
        only = f"only grade {y[0] + 1} is" if len(y) else "no grade is"
        raise TrainingError(
            f"A classifier needs photos of at least two grades, but {only} given; grade some "
            "photos that look clearly better or worse."
        )
    with np.errstate(all="ignore"):  # what is too large for the precision is refused
        broken = np.flatnonzero(~np.isfinite(x.astype(precision, copy=False)).all(axis=1))
    if len(broken):
        raise TrainingError(
            f"The features of {len(broken)} of {len(x)} graded photos hold NaN or infinity, the "
            f"first of photo {broken[0]}; read the features again, or leave these photos out."
        )
