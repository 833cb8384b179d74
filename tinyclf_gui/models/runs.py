"""Neighbouring numbers as ranges: what is told or selected together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def runs(positions: NDArray[np.intp]) -> list[tuple[int, int]]:
    """Return the runs of neighbouring positions as (first, last), in order."""
    if not len(positions):
        return []
    ordered = positions if (np.diff(positions) > 0).all() else np.unique(positions)
    breaks = np.flatnonzero(np.diff(ordered) > 1)
    starts = np.concatenate(([0], breaks + 1))
    ends = np.concatenate((breaks, [len(ordered) - 1]))
    return list(zip(ordered[starts].tolist(), ordered[ends].tolist(), strict=True))
