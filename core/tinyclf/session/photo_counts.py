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


@dataclass(frozen=True)
class PhotoCounts:
    """How many photos there are.

    Attributes:
        photos: How many photos the collection holds.
        problems: Files that were found but could not be imported.
        copies: Files that hold the bytes of one of the photos, in another place.
        human: Photos a person graded, accepted proposals included.
        proposed: Photos that have a proposal and no verdict of a person.
        verified: Of the human ones, accepted proposals.
        in_bulk: Of these, those accepted with the rest of a wall and not looked at singly since.
        unsure: Photos marked so.
        not_gradable: Photos marked so.
        graded: How many a person graded 1, 2, 3, 4, 5.
        learnable: Of these, how many a training may learn from: the exam, and what belongs with
            one of its photos, is left out, and so are bad photos.
        unseen: Of the graded ones, how many are in bulk: accepted as 1, 2, 3, 4, 5, unseen.
        unseen_learnable: Likewise of the learnable ones: they are learnt from as well.
        bad: How many photos are bad: blurred, too dark, …
    """

    photos: int
    problems: int
    copies: int
    human: int
    proposed: int
    verified: int
    in_bulk: int
    unsure: int
    not_gradable: int
    graded: tuple[int, ...]
    learnable: tuple[int, ...]
    unseen: tuple[int, ...]
    unseen_learnable: tuple[int, ...]
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
    def looked_at(self) -> tuple[int, ...]:
        """How many a person looked at and graded 1, 2, 3, 4, 5."""
        return tuple(all_ - bulk for all_, bulk in zip(self.graded, self.unseen, strict=True))

    @property
    def starters(self) -> tuple[int, ...]:
        """How many of these a training may learn from."""
        pairs = zip(self.learnable, self.unseen_learnable, strict=True)
        return tuple(all_ - bulk for all_, bulk in pairs)

    @property
    def waiting(self) -> int:
        """Photos with neither a verdict nor a proposal."""
        return self.photos - self.human - self.proposed - self.unsure - self.not_gradable


def photo_counts(
    store: CollectionStore, table: PhotoTable, in_bulk: NDArray[np.bool_]
) -> PhotoCounts:
    """Count photos.

    Args:
        store: The collection's file.
        table: Its n photos.
        in_bulk: Which were accepted with the rest of a wall, not looked at singly, (n,).
    """
    good = learnable(table)
    return PhotoCounts(
        photos=len(table),
        problems=len(store.problems()),
        copies=store.count_copies(),
        human=_number(table.human),
        proposed=_number(table.has_proposal & table.ungraded),
        verified=_number(table.verified),
        in_bulk=_number(in_bulk),
        unsure=_number(table.codes == Mark.UNSURE),
        not_gradable=_number(table.codes == Mark.NOT_GRADABLE),
        graded=per_grade(table.codes),
        learnable=per_grade(np.where(good, table.codes, 0)),
        unseen=per_grade(np.where(in_bulk, table.codes, 0)),
        unseen_learnable=per_grade(np.where(in_bulk & good, table.codes, 0)),
        bad=count_bad(table, learnable(table, bad_too=True) & ~good),
    )


def _number(flags: NDArray[np.bool_]) -> int:
    return int(np.count_nonzero(flags))
