"""Which grades the latest model never learnt from."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import GRADES
from tinyclf.project import CollectionStore, PhotoTable
from tinyclf.session.exams import learnable
from tinyclf.session.remembered import Remembered
from tinyclf.trust import missing_grades as trust
from tinyclf.trust.missing_grades import MissingGrades


def missing_grades(
    store: CollectionStore, table: PhotoTable, remembered: Remembered
) -> MissingGrades:
    """Return the grades the latest model never learnt from; none while there is no model."""
    model = store.latest_model()
    if model is None:
        return MissingGrades()
    learnt = remembered.get("learnt", model.number, lambda: _learnt(store, table))
    return trust.missing_grades(learnt, per_grade(table.codes), len(table))


def per_grade(codes: NDArray[np.integer]) -> tuple[int, ...]:
    """Count the grades 1, 2, 3, 4, 5 among codes (n,)."""
    return tuple(int(np.count_nonzero(codes == grade)) for grade in GRADES)


def _learnt(store: CollectionStore, table: PhotoTable) -> tuple[int, ...]:
    """Return how many of each grade it learnt from; where that was not kept, how many it could."""
    opinions = store.out_of_fold()
    if opinions is None:
        return per_grade(np.where(learnable(table), table.codes, 0))
    return per_grade(opinions.grades)
