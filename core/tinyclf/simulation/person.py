"""The simulated collector: knows every grade when looking, and does not see every mistake."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.simulation.diary import NOBODY, Diary
from tinyclf.trust.effort import Pace
from tinyclf.trust.expectations import doubt

WORTH_LOOKING = 0.99
"""With so large a share right the work is done: no level above it is asked for."""


class Person:
    """Grades by hand, glances at proposed grades, and corrects those that are seen to be wrong.

    Attributes:
        diary: What came of it, second by second.
        said: (n,) the class the person has given, or let stand, of each photo; else `NOBODY`.
        signed: (n,) whether that was a proposal that was let stand.
        doubt: (n,) how doubtful the proposal was when the person first looked at it, 0 to 1.
    """

    def __init__(
        self,
        truth: NDArray[np.intp],
        rng: np.random.Generator,
        pace: Pace | None = None,
        overlook: float = 0.0,
    ) -> None:
        """Begin with a collection nobody has looked at.

        Args:
            truth: True classes (n,).
            rng: Decides which mistakes are overlooked.
            pace: Seconds a decision takes; the usual ones if not given.
            overlook: The share of mistakes glanced at that are not seen, 0 to 1.
        """
        self._truth, self._rng, self._overlook = truth, rng, overlook
        self._pace = pace or Pace()
        self.diary = Diary(truth)
        self.said = np.full(len(truth), NOBODY)
        self.signed = np.zeros(len(truth), np.bool_)
        self.doubt = np.zeros(len(truth))
        self._doubt_now = np.zeros(len(truth))

    @property
    def silent(self) -> NDArray[np.intp]:
        """The rows of the photos that nothing was said of."""
        return np.flatnonzero(self.said == NOBODY)

    @property
    def spoken(self) -> NDArray[np.intp]:
        """The rows of the photos that the person graded, corrected or let stand."""
        return np.flatnonzero(self.said != NOBODY)

    @property
    def done(self) -> bool:
        """Whether there is nothing left that anybody asks for; the person cannot know."""
        return self.diary.exact >= WORTH_LOOKING

    def grade(self, rows: Iterable[int]) -> None:
        """Give each photo its true grade by hand."""
        for row in rows:
            self._say(row, int(self._truth[row]), self._pace.grade)

    def is_told(self, probabilities: NDArray[Any]) -> None:
        """Take notice of proposals (n, classes): they stand wherever nothing was said."""
        rows = self.silent
        self._doubt_now = doubt(probabilities)
        self.diary.proposed(rows, probabilities[rows].argmax(axis=1))

    def look(self, row: int) -> bool:
        """Glance at a photo under its current grade; return whether that had to be corrected."""
        shown, true = int(self.diary.current[row]), int(self._truth[row])
        if self.said[row] == NOBODY:
            self.doubt[row] = self._doubt_now[row]
        if shown == true or self._rng.random() < self._overlook:
            self._say(row, shown, self._pace.glance)
            self.signed[row] = True
            return False
        self._say(row, true, self._pace.glance + self._pace.correction)
        self.signed[row] = False
        return True

    def _say(self, row: int, grade: int, seconds: float) -> None:
        self.said[row] = grade
        self.diary.decided(row, grade, seconds)
