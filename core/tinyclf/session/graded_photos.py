"""Photos with a person's grade, and whether they are enough to learn from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import GRADES, PhotoId, Problem
from tinyclf.errors import TrainingError
from tinyclf.project import PhotoTable
from tinyclf.project.photo_sequence import PhotoSequence


@dataclass(frozen=True)
class GradedPhotos:
    """Photos with a person's grade: what a classifier learns from, or is judged on.

    Attributes:
        photos: The photos.
        classes: Their grades less one, int (n,).
        units: Codes (n,) that are equal where photos belong together.
    """

    photos: PhotoSequence
    classes: NDArray[np.intp]
    units: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.photos)

    @property
    def ids(self) -> list[PhotoId]:
        """The photos' identities."""
        return self.photos.ids

    def only(self, wanted: NDArray[np.bool_]) -> GradedPhotos:
        """Return some of them."""
        return GradedPhotos(self.photos.only(wanted), self.classes[wanted], self.units[wanted])


def graded_among(table: PhotoTable, wanted: NDArray[np.bool_]) -> GradedPhotos:
    """Return the photos of a collection that are wanted, (n,), all of them graded."""
    rows = np.flatnonzero(wanted)
    classes = table.codes[rows].astype(np.intp) - 1
    return GradedPhotos(table.photos(rows), classes, table.units[rows])


def examined_of(table: PhotoTable) -> GradedPhotos:
    """Return the exam's graded photos."""
    return graded_among(table, table.exam & table.human)


def require_two_grades(classes: NDArray[np.intp], left_out: Sequence[Problem] = ()) -> None:
    """Raise a TrainingError unless at least two different grades are present."""
    if len(np.unique(classes)) >= 2:
        return
    unread = ""
    if left_out:
        first = left_out[0]
        unread = f" {len(left_out)} more could not be read ({first.path.name}: {first.reason})."
    raise TrainingError(
        f"{_what_is_graded(classes)}{unread} Grade photos of at least two different grades, "
        "better 20 of each, then train."
    )


def _what_is_graded(classes: NDArray[np.intp]) -> str:
    if not len(classes):
        return "No photo is graded yet."
    only = GRADES[classes[0]]
    if len(classes) == 1:
        return f"Only one photo is graded, with a {only}."
    return f"All {len(classes)} graded photos have the grade {only}."
