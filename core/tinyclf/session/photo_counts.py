"""How many photos of a collection there are of each kind, and of files that are none."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import Mark
from tinyclf.project import CollectionStore, PhotoTable
from tinyclf.session.exams import learnable
from tinyclf.session.missing_grades import per_grade
from tinyclf.session.photo_gate import BadPhotos, count_bad
from tinyclf.session.remembered import Remembered


@dataclass(frozen=True)
class PhotoCounts:
    """How many photos there are, by the table alone.

    Attributes:
        photos: How many photos the collection holds.
        human: Photos a person graded, accepted proposals included.
        proposed: Photos that have a proposal and no verdict of a person.
        verified: Of the human ones, accepted proposals.
        unsure: Photos marked so.
        not_gradable: Photos marked so.
        graded: How many a person graded 1, 2, 3, 4, 5.
        learnable: Of these, how many a training may learn from: the exam, and what belongs with
            one of its photos, is left out, and so are bad photos.
        bad: How many photos are bad: blurred, too dark, …
    """

    photos: int
    human: int
    proposed: int
    verified: int
    unsure: int
    not_gradable: int
    graded: tuple[int, ...]
    learnable: tuple[int, ...]
    bad: BadPhotos

    @property
    def can_train(self) -> bool:
        """Whether photos of at least two different grades can be learnt from."""
        return sum(1 for count in self.learnable if count) >= 2

    @property
    def can_learn_from(self) -> int:
        """On how many grades a training of now would train, but for files that are gone."""
        return sum(self.learnable)

    @property
    def waiting(self) -> int:
        """Photos with neither a verdict nor a proposal."""
        return self.photos - self.human - self.proposed - self.unsure - self.not_gradable


@dataclass(frozen=True)
class BulkCounts:
    """What a person signed but did not look at: accepted with the rest of a wall.

    Attributes:
        photos: How many, of those that were not looked at singly since.
        graded: Accepted so as 1, 2, 3, 4, 5.
        learnable: Likewise of those a training may learn from: they are learnt from as well.
    """

    photos: int
    graded: tuple[int, ...]
    learnable: tuple[int, ...]

    def looked_at(self, counts: PhotoCounts) -> tuple[int, ...]:
        """Return how many of all photos a person looked at and graded 1, 2, 3, 4, 5."""
        return _less(counts.graded, self.graded)

    def starters(self, counts: PhotoCounts) -> tuple[int, ...]:
        """Return how many of these a training may learn from."""
        return _less(counts.learnable, self.learnable)


@dataclass(frozen=True)
class FileCounts:
    """How many files were found that are none of the photos.

    Attributes:
        problems: They could not be imported.
        copies: They hold the bytes of one of the photos, in another place.
    """

    problems: int
    copies: int


def file_counts(store: CollectionStore, remembered: Remembered) -> FileCounts:
    """Count files; the counts are remembered until the next import."""
    return remembered.get(
        "files",
        store.last_file_news,
        lambda: FileCounts(store.count_problems(), store.count_copies()),
    )


def bulk_counts(table: PhotoTable, in_bulk: NDArray[np.bool_]) -> BulkCounts:
    """Count the photos that were accepted with the rest of a wall, ``in_bulk`` (n,)."""
    codes = np.where(in_bulk, table.codes, 0)
    learnt = np.where(learnable(table), codes, 0)
    return BulkCounts(_number(in_bulk), per_grade(codes), per_grade(learnt))


def photo_counts(table: PhotoTable) -> PhotoCounts:
    """Count what the table alone tells, in a few ms."""
    gradable = learnable(table, bad_too=True)
    good = gradable & ~table.bad
    return PhotoCounts(
        photos=len(table),
        human=_number(table.human),
        proposed=_number(table.has_proposal & table.ungraded),
        verified=_number(table.verified),
        unsure=_number(table.codes == Mark.UNSURE),
        not_gradable=_number(table.codes == Mark.NOT_GRADABLE),
        graded=per_grade(table.codes),
        learnable=per_grade(np.where(good, table.codes, 0)),
        bad=count_bad(table, gradable & ~good),
    )


def _less(all_of: tuple[int, ...], some: tuple[int, ...]) -> tuple[int, ...]:
    """Take some away from all; which may have been counted earlier, when there were fewer."""
    return tuple(max(0, every - few) for every, few in zip(all_of, some, strict=True))


def _number(flags: NDArray[np.bool_]) -> int:
    return int(np.count_nonzero(flags))
