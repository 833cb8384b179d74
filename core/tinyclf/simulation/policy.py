"""How a person goes about it: some grades by hand, then the walls, now and then a better opinion.

The person cannot know when enough is right, and does not stop early; when each level was reached is
read from the diary afterwards.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import Job
from tinyclf.session.refit import CORRECTIONS, due_after
from tinyclf.simulation.graded_collection import GradedCollection
from tinyclf.simulation.heads import Head, Learner, Opinion
from tinyclf.simulation.orders import Order, on_advised_wall
from tinyclf.simulation.person import Person
from tinyclf.simulation.quick_head import QuickHead
from tinyclf.training.presets import BALANCED
from tinyclf.trust.exam import exam_photos_among
from tinyclf.trust.misses import first_to_come_back
from tinyclf.trust.suggestions import spread

LEAST_SHARE_LEFT = 2
"""Half of a small collection at most is graded before anything is proposed."""

ROUNDS_MORE = 3
"""How often a person who overlooks things goes through what was let stand, at most."""


@dataclass(frozen=True)
class Policy:
    """A way to work.

    Attributes:
        name: For the command line.
        words: What it is, in a few words.
        starters: Photos graded by hand before anything is proposed; the rest is looked at on walls.
        suggested: Whether they are those that the program suggests: spread over the collection,
            and of a large one some at random for the exam, which are not learnt from. Else all are
            drawn at random.
        order: What is looked at next, by the proposals of what nobody spoke of.
        refit_after: Corrections after which the head learns anew; ``None`` for never.
        head: What proposes, made once for a collection.
    """

    name: str
    words: str
    starters: int = 20
    suggested: bool = True
    order: Order = on_advised_wall
    refit_after: int | None = CORRECTIONS
    head: Callable[[GradedCollection], Head] = QuickHead

    def work(
        self, collection: GradedCollection, head: Head, person: Person, seed: int
    ) -> Job[Person]:
        """Have the person grade the collection; return the person with the diary of it.

        Args:
            collection: Nobody has said anything of it yet.
            head: Made by `head` for this collection.
            person: Who works.
            seed: Of the starters, and of what the head draws.
        """
        learner = head.begin(seed)
        starters, exam = self.first(collection, seed)
        person.grade(starters)
        blind = np.isin(collection.units, collection.units[exam])
        opinion = yield from _opinion(learner, person, blind)
        while len(person.silent) and not person.done:
            self._look(person, opinion)
            if len(person.silent) and not person.done:
                opinion = yield from _opinion(learner, person, blind)
        for _ in range(ROUNDS_MORE):
            self._look_again(person)
        return person

    def first(self, collection: GradedCollection, seed: int) -> tuple[list[int], list[int]]:
        """Return the rows graded by hand to begin with, and those of them that make the exam.

        The others are of two grades at least.
        """
        count = min(self.starters, len(collection) // LEAST_SHARE_LEFT)
        others = np.random.default_rng([seed, 0]).permutation(len(collection)).tolist()
        exam: list[int] = []
        rows = others[:count]
        if self.suggested:
            exam = others[: exam_photos_among(count, photos=len(collection), answered=0)]
            x = collection.features[BALANCED.features]
            rows = spread(x, count - len(exam), exam, seed=seed).tolist()
        more = (row for row in others if row not in {*rows, *exam})
        while len(np.unique(collection.truth[rows])) < 2:
            rows.append(next(more))
        return exam + rows, exam

    def _look(self, person: Person, opinion: Opinion) -> None:
        """Look at one photo after the other, until a better opinion is due."""
        due = math.inf
        if self.refit_after is not None:
            due = due_after(len(person.spoken), self.refit_after)
        corrections = 0
        while len(rows := person.silent):
            for row in rows[self.order(opinion[rows])].tolist():
                corrections += person.look(row)
                if corrections >= due or person.done:
                    return

    def _look_again(self, person: Person) -> None:
        """Look once more at what was let stand, the most doubtful of it first."""
        let_stand = np.flatnonzero(person.signed)
        order = first_to_come_back(person.doubt[let_stand], person.signed[let_stand])
        for row in let_stand[order].tolist():
            if person.done:
                return
            person.look(row)


def _opinion(learner: Learner, person: Person, blind: NDArray[np.bool_]) -> Job[Opinion]:
    """Learn from what was said, the exam aside; tell the person what that makes of the others."""
    rows = person.spoken
    rows = rows[~blind[rows]]
    opinion = yield from learner.learn(rows, person.said[rows])
    person.is_told(opinion)
    return opinion
