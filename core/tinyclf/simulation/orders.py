"""What a person looks at next, of the photos nobody spoke of: from probabilities (n, classes).

Each returns the rows to look at, in turn; when they were looked at, it is asked again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tinyclf.trust.advice import wall_to_review
from tinyclf.trust.expectations import doubt
from tinyclf.trust.review_order import most_doubtful_first
from tinyclf.trust.walls import walls_of

Order: TypeAlias = Callable[[NDArray[Any]], NDArray[np.intp]]

SCREENFUL = 20
"""After so many photos of a wall the person reads again which wall is advised."""


def on_advised_wall(
    probabilities: NDArray[Any], within: Order = most_doubtful_first
) -> NDArray[np.intp]:
    """Take a screenful of the wall that `tinyclf.trust.advice` names, as the window does.

    Args:
        probabilities: (n, classes), calibrated; n is at least 1.
        within: The order on the wall.
    """
    grades, nobody = probabilities.argmax(axis=1) + 1, np.zeros(len(probabilities), np.bool_)
    walls = walls_of(grades, nobody, nobody, probabilities)
    wall = wall_to_review(walls) or max(walls, key=lambda one: (one.expected_wrong, one.photos))
    hanging = np.flatnonzero(grades == wall.grade)
    return hanging[within(probabilities[hanging])][:SCREENFUL]


def least_likely_first(probabilities: NDArray[Any]) -> NDArray[np.intp]:
    """Take first what is most probably wrong, whatever else it could be."""
    return np.argsort(-doubt(probabilities), kind="stable")


def surest_first(probabilities: NDArray[Any]) -> NDArray[np.intp]:
    """Take what is probably right, and leave the hard ones to a better classifier."""
    return most_doubtful_first(probabilities)[::-1]


def wall_by_wall(probabilities: NDArray[Any]) -> NDArray[np.intp]:
    """Take one proposed grade after the other, each in the order of the files."""
    return np.argsort(probabilities.argmax(axis=1), kind="stable")
