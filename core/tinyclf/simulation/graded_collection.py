"""What a simulation works on: arrays, so that nothing is ever written into the collection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import GRADES, Grade, Job, Mark, PhotoId, Problem
from tinyclf.errors import InputError
from tinyclf.session.graded_photos import require_two_grades
from tinyclf.session.session import Session
from tinyclf.training.config import TrainingConfig

CLASSES = len(GRADES)

FEWEST = 20
"""Of fewer photos nothing is learned that is worth a word."""


@dataclass(frozen=True, eq=False)
class GradedCollection:
    """Photos whose true grades are known.

    Attributes:
        truth: True grades less one, int (n,).
        features: What a classifier sees of them, (n, d) each, by the name of the features.
        units: Codes (n,) that are equal where photos belong together.
    """

    truth: NDArray[np.intp]
    features: Mapping[str, NDArray[np.float32]]
    units: NDArray[np.intp]

    def __len__(self) -> int:
        return len(self.truth)


@dataclass(frozen=True)
class ReadCollection:
    """A graded collection, and what is missing in it.

    Attributes:
        collection: The photos that can be read and whose grade is known.
        untold: How many other photos have no true grade.
        left_out: Photos that could not be read, and why.
    """

    collection: GradedCollection
    untold: int
    left_out: tuple[Problem, ...]


def read_collection(
    session: Session, truth: Mapping[PhotoId, Grade | Mark], names: tuple[str, ...]
) -> Job[ReadCollection]:
    """Read the features of these names of all photos; nothing but caches is written.

    Args:
        session: The collection; who has graded what in it is not looked at.
        truth: The true grades; a mark is no grade.
        names: Of the features, as a configuration has them.

    Raises:
        InputError: too few photos have a true grade.
        TrainingError: all have the same.
        ModelError: an encoder is missing or damaged.
    """
    table = session.table
    told = np.array([truth.get(one, Mark.UNSURE) for one in table.ids], np.intp)
    known = told > 0
    _require_enough(known)
    matrices, problems = {}, dict[Problem, None]()
    for name in names:
        features = yield from session.read_features(TrainingConfig(features=name))
        matrices[name] = features.matrix
        known = known & features.ok
        problems.update(dict.fromkeys(features.problems))
    _require_enough(known)
    classes = told[known] - 1
    require_two_grades(classes)
    kept = {name: matrix[known] for name, matrix in matrices.items()}
    units = table.units[known].astype(np.intp)
    untold = int(np.count_nonzero(told <= 0))
    return ReadCollection(GradedCollection(classes, kept, units), untold, tuple(problems))


def _require_enough(known: NDArray[np.bool_]) -> None:
    count = int(np.count_nonzero(known))
    if count < FEWEST:
        raise InputError(
            f"The true grade is known of {count} photos that can be read, and a simulation takes "
            f"{FEWEST}: name more in the table."
        )
