"""In which order a person looks through the walls: from probabilities (n, classes) to rows (n,)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tinyclf.nn.formulas import LEAST_PROBABILITY
from tinyclf.trust.suggestions import doubtful

Order: TypeAlias = Callable[[NDArray[Any]], NDArray[np.intp]]


def least_clear_first(probabilities: NDArray[Any]) -> NDArray[np.intp]:
    """Take first what could be most other things: by the entropy of its probabilities."""
    p = np.maximum(probabilities, LEAST_PROBABILITY)
    return np.argsort((p * np.log(p)).sum(axis=1), kind="stable")


def most_doubtful_first(probabilities: NDArray[Any]) -> NDArray[np.intp]:
    """Leave what is most certain to the end, where it may never be looked at."""
    return doubtful(probabilities, len(probabilities))


def surest_first(probabilities: NDArray[Any]) -> NDArray[np.intp]:
    """Take what is probably right, and leave the hard ones to a better classifier."""
    return doubtful(probabilities, len(probabilities))[::-1]


def wall_by_wall(probabilities: NDArray[Any]) -> NDArray[np.intp]:
    """Take one proposed grade after the other, each in the order of the files."""
    return np.argsort(probabilities.argmax(axis=1), kind="stable")
