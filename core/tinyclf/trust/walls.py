"""The five walls: what hangs on each, who said so, and how much of it may be wrong."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import GRADES, Grade, Wall
from tinyclf.trust.certificate import Certificate
from tinyclf.trust.expectations import doubt, doubts_after

NO_AUDITS: Mapping[Grade, Certificate] = MappingProxyType({})


def walls_of(
    current: NDArray[Any],
    human: NDArray[np.bool_],
    verified: NDArray[np.bool_],
    probabilities: NDArray[Any],
    audits: Mapping[Grade, Certificate] = NO_AUDITS,
) -> tuple[Wall, ...]:
    """Return the walls, worst grade first.

    Args:
        current: (n,) the grade each photo hangs under; 0 for none.
        human: (n,) whether a person graded it.
        verified: (n,) whether that grade is an accepted proposal.
        probabilities: (n, 5), calibrated; read only of photos that hang there as proposed.
        audits: Of the walls that have one which stands.
    """
    return tuple(
        _wall(grade, current == grade, human, verified, probabilities, audits.get(grade))
        for grade in GRADES
    )


def _wall(
    grade: Grade,
    hangs: NDArray[np.bool_],
    human: NDArray[np.bool_],
    verified: NDArray[np.bool_],
    probabilities: NDArray[Any],
    audit: Certificate | None,
) -> Wall:
    return Wall(
        grade=grade,
        photos=int(np.count_nonzero(hangs)),
        human=int(np.count_nonzero(hangs & human)),
        verified=int(np.count_nonzero(hangs & verified)),
        expected_wrong=float(doubts_after(doubt(probabilities[hangs & ~human]), audit).sum()),
    )
