"""Doubts: a person's grades that the latest training, which never saw them, finds implausible."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tinyclf.domain import GRADES, Grade, PhotoId
from tinyclf.project import CollectionStore, PhotoTable
from tinyclf.trust.label_issues import label_issues


@dataclass(frozen=True, slots=True)
class Doubt:
    """A grade worth a second look.

    Attributes:
        photo_id: The photo.
        grade: What the person said.
        believed: What the classifier holds likeliest.
        far: How probable it is that the grade is two or more off, by the classifier's opinion.
    """

    photo_id: PhotoId
    grade: Grade
    believed: Grade
    far: float

    @property
    def is_flagged(self) -> bool:
        """Whether it is more likely two or more grades off than not."""
        return self.far > 0.5


def doubts(store: CollectionStore, table: PhotoTable) -> tuple[Doubt, ...]:
    """Return the grades trained on that still stand, the least plausible first.

    A grade that was changed since, or that a second look confirmed, is no longer doubted.
    """
    opinions = store.out_of_fold()
    if opinions is None:
        return ()
    codes = table.codes[table.rows(opinions.photo_ids)]
    issues = label_issues(opinions.probabilities, opinions.grades - 1)
    kept = {
        (look.photo_id, look.first) for look in store.second_looks() if look.first == look.second
    }
    still = np.flatnonzero(codes[issues.rows] == opinions.grades[issues.rows]).tolist()
    found = (
        Doubt(
            opinions.photo_ids[issues.rows[place]],
            GRADES[opinions.grades[issues.rows[place]] - 1],
            GRADES[issues.believed[place]],
            float(issues.far[place]),
        )
        for place in still
    )
    return tuple(one for one in found if (one.photo_id, one.grade) not in kept)
