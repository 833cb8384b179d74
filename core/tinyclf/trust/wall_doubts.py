"""How probably each photo on the walls is wrong while nobody has looked at it singly."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import GRADES, Grade
from tinyclf.trust.certificate import Certificate
from tinyclf.trust.expectations import doubt, doubts_after


def wall_doubts(
    current: NDArray[Any],
    proposed: NDArray[np.bool_],
    in_bulk: NDArray[np.bool_],
    probabilities: NDArray[Any],
    audits: Mapping[Grade, Certificate],
    earlier: NDArray[np.bool_] | None = None,
) -> NDArray[np.float64]:
    """Return (n,) the chance that each proposal is wrong, by its doubt and its wall's audit.

    A proposal accepted with the rest of a wall is as doubtful as it was before: nobody looked. All
    others are 0: their grades are taken for right.

    Args:
        current: (n,) the grade each photo hangs under; 0 for none.
        proposed: (n,) whether it hangs there as merely proposed.
        in_bulk: (n,) whether its proposal was accepted with the rest of a wall.
        probabilities: (n, 5), calibrated; those of a photo accepted are as when it was accepted.
        audits: Of the walls that have one which stands.
        earlier: (n,) whether its verdict is older than the audit, which so says nothing of it; none
            if not given.
    """
    doubts = np.zeros(len(current))
    doubts[proposed] = doubt(probabilities[proposed])
    accepted = np.flatnonzero(in_bulk & np.isin(current, GRADES))
    signed = probabilities[accepted, np.asarray(current)[accepted].astype(np.intp) - 1]
    doubts[accepted] = 1 - signed.astype(np.float64)
    told = proposed | (in_bulk if earlier is None else in_bulk & ~earlier)
    for grade, audit in audits.items():
        rows = np.flatnonzero(told & (current == grade))
        doubts[rows] = doubts_after(doubts[rows], audit)
    return doubts
