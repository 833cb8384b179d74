"""Where a collection stands, counted once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tinyclf.domain import GRADES, Mark, Quality, Wall
from tinyclf.project import CollectionStore, PhotoTable
from tinyclf.trust.advice import Advice, next_step
from tinyclf.trust.walls import walls_of


@dataclass(frozen=True)
class Status:
    """Where a collection stands.

    Attributes:
        photos: How many photos it holds.
        problems: Files that were found but could not be imported.
        human: Photos a person graded, accepted proposals included.
        proposed: Photos that have a proposal and no verdict of a person.
        verified: Of the human ones, accepted proposals.
        unsure: Photos marked so.
        not_gradable: Photos marked so.
        graded: How many a person graded 1, 2, 3, 4, 5.
        walls: One per grade, worst first.
        new_verdicts: Verdicts given, changed or cleared since the last training.
        corrections: Of these, the grades that are not what it proposed.
        quality: The last training's, if any.
        advice: The next best step.
    """

    photos: int
    problems: int
    human: int
    proposed: int
    verified: int
    unsure: int
    not_gradable: int
    graded: tuple[int, ...]
    walls: tuple[Wall, ...]
    new_verdicts: int
    corrections: int
    quality: Quality | None
    advice: Advice

    @property
    def can_train(self) -> bool:
        """Whether photos of at least two different grades are graded."""
        return sum(1 for count in self.graded if count) >= 2

    @property
    def waiting(self) -> int:
        """Photos with neither a verdict nor a proposal."""
        return self.photos - self.human - self.proposed - self.unsure - self.not_gradable


def status_of(store: CollectionStore, table: PhotoTable) -> Status:
    """Count everything once."""
    model = store.latest_model()
    graded = tuple(int(np.count_nonzero(table.codes == grade)) for grade in GRADES)
    walls = walls_of(table.current, table.human, table.verified, table.probabilities)
    proposed = int(np.count_nonzero(table.has_proposal & table.ungraded))
    new_verdicts, corrections = news_of(store, table)
    return Status(
        photos=len(table),
        problems=len(store.problems()),
        human=sum(graded),
        proposed=proposed,
        verified=int(np.count_nonzero(table.verified)),
        unsure=int(np.count_nonzero(table.codes == Mark.UNSURE)),
        not_gradable=int(np.count_nonzero(table.codes == Mark.NOT_GRADABLE)),
        graded=graded,
        walls=walls,
        new_verdicts=new_verdicts,
        corrections=corrections,
        quality=model.quality if model else None,
        advice=next_step(
            photos=len(table),
            graded=graded,
            ungraded=int(np.count_nonzero(table.ungraded)),
            proposed=proposed,
            walls=walls,
            corrections=corrections,
            trained=model is not None,
        ),
    )


def news_of(store: CollectionStore, table: PhotoTable) -> tuple[int, int]:
    """Count the verdicts since the last training, and the grades that are not what it proposed."""
    model = store.latest_model()
    if model is None:
        return 0, 0
    rows = table.rows(store.changed_since(model.act))
    graded = rows[table.human[rows] & table.has_proposal[rows]]
    return len(rows), int(np.count_nonzero(table.codes[graded] != table.proposed[graded]))
