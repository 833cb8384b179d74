"""How many photos of a collection there are of each kind."""

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
class TableCounts:
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
class PhotoCounts(TableCounts):
    """How many photos there are, and files that are none.

    Attributes:
        problems: Files that were found but could not be imported.
        copies: Files that hold the bytes of one of the photos, in another place.
        in_bulk: Accepted proposals of photos that were accepted with the rest of a wall and not
            looked at singly since.
        unseen: Of the graded ones, how many are in bulk: accepted as 1, 2, 3, 4, 5, unseen.
        unseen_learnable: Likewise of the learnable ones: they are learnt from as well.
    """

    problems: int
    copies: int
    in_bulk: int
    unseen: tuple[int, ...]
    unseen_learnable: tuple[int, ...]

    @property
    def looked_at(self) -> tuple[int, ...]:
        """How many a person looked at and graded 1, 2, 3, 4, 5."""
        return tuple(
            max(0, all_ - bulk) for all_, bulk in zip(self.graded, self.unseen, strict=True)
        )

    @property
    def starters(self) -> tuple[int, ...]:
        """How many of these a training may learn from."""
        pairs = zip(self.learnable, self.unseen_learnable, strict=True)
        return tuple(max(0, all_ - bulk) for all_, bulk in pairs)


def photo_counts(
    store: CollectionStore,
    table: PhotoTable,
    in_bulk: NDArray[np.bool_],
    remembered: Remembered,
) -> PhotoCounts:
    """Count photos.

    Args:
        store: The collection's file.
        table: Its n photos.
        in_bulk: Which were accepted with the rest of a wall, not looked at singly, (n,).
        remembered: What is remembered of the files, until the next import.
    """
    files = (store.count_problems, store.count_copies)
    problems, copies = remembered.get(
        "files", store.last_file_news, lambda: tuple(count() for count in files)
    )
    bulk = np.where(in_bulk, table.codes, 0)
    return PhotoCounts(
        **vars(table_counts(table)),
        problems=problems,
        copies=copies,
        in_bulk=_number(in_bulk),
        unseen=per_grade(bulk),
        unseen_learnable=per_grade(np.where(learnable(table), bulk, 0)),
    )


def table_counts(table: PhotoTable) -> TableCounts:
    """Count what the table alone tells."""
    gradable = learnable(table, bad_too=True)
    good = gradable & ~table.bad
    return TableCounts(
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


def _number(flags: NDArray[np.bool_]) -> int:
    return int(np.count_nonzero(flags))
