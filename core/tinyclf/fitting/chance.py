"""What is drawn at random in a fit, each purpose by a generator of its own."""

from __future__ import annotations

from enum import IntEnum

import numpy as np


class Purpose(IntEnum):
    """What is drawn; a number once given is kept, so that a seed gives what it gave."""

    FOLDS = 0
    SPLITS = 1
    LEARNING = 2
    TEST = 3
    TRANSFORMS = 7


def generator(seed: int, purpose: Purpose, part: int = 0) -> np.random.Generator:
    """Return the random generator of one purpose: what one draws changes nothing of another.

    Args:
        seed: Of the fit.
        purpose: What it draws.
        part: Which of several, such as a fold.
    """
    return np.random.default_rng([seed, purpose, part])
