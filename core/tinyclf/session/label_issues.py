"""Label issues: a person's grades that the latest training, which never saw them, finds odd."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tinyclf.domain import GRADES, Grade, PhotoId
from tinyclf.project import CollectionStore, PhotoTable
from tinyclf.session.remembered import Remembered
from tinyclf.trust import label_issues as trust

FEWEST_GRADES = 30
"""Who learnt from fewer grades is in no position to call one of them a slip."""


@dataclass(frozen=True, slots=True)
class LabelIssue:
    """A grade worth a second look.

    Attributes:
        photo_id: The photo.
        grade: What the person said.
        believed: What the classifier holds likeliest.
        far: How probable it is that the grade is two or more off, by the classifier's opinion.
        is_told_well: Whether the classifier knows enough to call a grade a slip.
    """

    photo_id: PhotoId
    grade: Grade
    believed: Grade
    far: float
    is_told_well: bool = True

    @property
    def is_flagged(self) -> bool:
        """Whether it is a probable slip: by who can tell, more likely two or more off than not."""
        return self.is_told_well and self.far > 0.5


def doubts(
    store: CollectionStore, table: PhotoTable, remembered: Remembered
) -> tuple[LabelIssue, ...]:
    """Return `label_issues`, remembered until the next act."""
    basis = (table.act, len(table))
    return remembered.get("doubts", basis, lambda: label_issues(store, table))


def label_issues(store: CollectionStore, table: PhotoTable) -> tuple[LabelIssue, ...]:
    """Return the grades trained on that still stand, the likeliest to be two or more off first.

    A grade that was changed since, or that a second look confirmed, is no issue any more. A slip is
    claimed only by a model that learnt from enough grades and is surely better than guessing.
    """
    opinions = store.out_of_fold()
    if opinions is None:
        return ()
    codes = table.codes_of(opinions.photo_ids)
    issues = trust.label_issues(opinions.probabilities, opinions.grades - 1)
    model = store.latest_model()
    knows = (
        len(opinions.photo_ids) >= FEWEST_GRADES
        and model is not None
        and model.quality is not None
        and model.quality.kappa.low > 0
    )
    kept = {
        (look.photo_id, look.first) for look in store.second_looks() if look.first == look.second
    }
    still = np.flatnonzero(codes[issues.rows] == opinions.grades[issues.rows]).tolist()
    found = (
        LabelIssue(
            opinions.photo_ids[issues.rows[place]],
            GRADES[opinions.grades[issues.rows[place]] - 1],
            GRADES[issues.believed[place]],
            float(issues.far[place]),
            knows,
        )
        for place in still
    )
    return tuple(one for one in found if (one.photo_id, one.grade) not in kept)
