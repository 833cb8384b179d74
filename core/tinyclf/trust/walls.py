"""The five walls: what hangs on each, who said so, and how much of it may be wrong."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import GRADES, Wall
from tinyclf.trust.expectations import expected_wrong


def walls_of(
    current: NDArray[Any],
    human: NDArray[np.bool_],
    verified: NDArray[np.bool_],
    probabilities: NDArray[Any],
) -> tuple[Wall, ...]:
    """Return the walls, worst grade first.

    Args:
        current: (n,) the grade each photo hangs under; 0 for none.
        human: (n,) whether a person graded it.
        verified: (n,) whether that grade is an accepted proposal.
        probabilities: (n, 5), calibrated; read only of photos that hang there as proposed.
    """
    return tuple(
        Wall(
            grade=grade,
            photos=int(np.count_nonzero(hangs)),
            human=int(np.count_nonzero(hangs & human)),
            verified=int(np.count_nonzero(hangs & verified)),
            expected_wrong=expected_wrong(probabilities[hangs & ~human]),
        )
        for grade in GRADES
        for hangs in [current == grade]
    )
