"""What a collection is worth after each second of a person's work."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

NOBODY = -9
"""The current class of a photo that nobody, neither person nor classifier, has an opinion of."""


class Diary:
    """The current grade of every photo, and how long it took to get there.

    Attributes:
        current: (n,) the classes now: a person's word, else what is proposed.
        seconds: The person's time up to now.
    """

    def __init__(self, truth: NDArray[np.intp]) -> None:
        self._truth = truth
        self.current = np.full(len(truth), NOBODY)
        self.seconds = 0.0
        self._right = self._near = 0
        self._pages: list[tuple[float, int, int]] = []

    @property
    def exact(self) -> float:
        """The share of the whole collection whose current grade is right, 0 to 1."""
        return self._right / len(self._truth)

    def decided(self, row: int, grade: int, seconds: float) -> None:
        """Note that the person spent these seconds, after which the photo has this class."""
        before, now = (abs(int(one) - self._truth[row]) for one in (self.current[row], grade))
        self._right += int(now == 0) - int(before == 0)
        self._near += int(now <= 1) - int(before <= 1)
        self.current[row] = grade
        self.seconds += seconds
        self._turn_page()

    def proposed(self, rows: NDArray[np.intp], grades: NDArray[np.integer[Any]]) -> None:
        """Note new proposals, which cost the person nothing."""
        self.current[rows] = grades
        off = np.abs(self.current - self._truth)
        self._right, self._near = (int(np.count_nonzero(off <= most)) for most in (0, 1))
        self._turn_page()

    def seconds_to(self, level: float, within: int = 0) -> float | None:
        """Return the seconds after which so large a share was right first; ``None`` if never.

        Args:
            level: The share of the whole collection, 0 to 1.
            within: How many grades off still counts as right, 0 or 1.
        """
        pages = np.array(self._pages)
        shares = pages[:, 1 + within] / len(self._truth)
        reached = np.flatnonzero(shares >= level - 1e-9)  # .95 of 20 is 19, however it is rounded
        return float(pages[reached[0], 0]) if len(reached) else None

    def _turn_page(self) -> None:
        self._pages.append((self.seconds, self._right, self._near))
