"""Which photos have no grade to take out, and why."""

from __future__ import annotations

from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import Mark
from tinyclf.project import PhotoTable


@dataclass(frozen=True, slots=True)
class WithoutGrade:
    """How many photos have neither a person's grade nor a proposed one, by the reason.

    Attributes:
        exam: They are set aside for the exam and not graded yet: nothing is proposed for them.
        unsure: A person marked them so.
        not_gradable: Likewise.
        not_proposed: Nothing was proposed for them yet, or could be.
    """

    exam: int
    unsure: int
    not_gradable: int
    not_proposed: int

    @property
    def photos(self) -> int:
        """How many they are."""
        return sum(astuple(self))


def without_grade(table: PhotoTable) -> WithoutGrade:
    """Count the photos without a grade."""
    untold = table.ungraded & ~table.has_proposal
    return WithoutGrade(
        exam=_number(untold & table.exam),
        unsure=_number(table.codes == Mark.UNSURE),
        not_gradable=_number(table.codes == Mark.NOT_GRADABLE),
        not_proposed=_number(untold & ~table.exam),
    )


def _number(flags: NDArray[np.bool_]) -> int:
    return int(np.count_nonzero(flags))
