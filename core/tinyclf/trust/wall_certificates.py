"""What is known of the mistakes a wall hides: expected ones, proved ones, and overlooked ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import GRADES, Grade
from tinyclf.trust.certificate import Certificate, Look, preset_looks
from tinyclf.trust.expectations import WORTH_OF_DOUBTS, doubts_after
from tinyclf.trust.misses import still_wrong

WORTH_AN_AUDIT = 0.5
"""Where the first look takes more of a wall than this share, looking at all of it is as quick."""


@dataclass(frozen=True, slots=True)
class WallCertificate:
    """What a wall is known to hide.

    Attributes:
        grade: The wall's grade.
        proposals: How many photos hang there as merely proposed.
        expected_wrong: How many of these are expected to be wrong, by doubts and audit; advice.
        in_bulk: Photos whose proposal was accepted with the rest, and that nobody looked at singly.
        expected_overlooked: How many of these are expected to be wrong all the same, if whoever
            accepted them had looked through all of them.
        audit: What the audit that stands proves; ``None`` without one.
        looks: What a new audit would take, and what it would prove if it finds nothing wrong.
        grades_missing: Grades never learnt from: while there are any, and no audit told more,
            ``expected_wrong`` says nothing.
        expected_wrong_in_bulk: How many of those in bulk are expected to be wrong if nobody looked
            at them: as many as were while they were proposals.
    """

    grade: Grade
    proposals: int
    expected_wrong: float
    in_bulk: int
    expected_overlooked: float
    audit: Certificate | None
    looks: tuple[Look, ...]
    grades_missing: tuple[Grade, ...] = ()
    expected_wrong_in_bulk: float = 0.0

    @property
    def to_look_at(self) -> int:
        """How many photos to look at until the next proof; 0 where none is left to be had."""
        if not self.proposals:
            return 0
        if self.audit is None:
            return self.looks[0].size if self.looks else 0
        size = self.audit.next_size
        return 0 if size is None else size - self.audit.looked_at

    @property
    def at_most_wrong(self) -> int:
        """So many of the mere proposals are wrong at most, as far as it is proved."""
        if self.audit is None:
            return self.proposals
        return min(self.proposals, self.audit.at_most_still_wrong)

    @property
    def is_audited(self) -> bool:
        """Whether an audit has come to its first look, so that its bound says something."""
        return self.audit is not None and (
            self.audit.confidence < 1 or self.audit.at_most_still_wrong == 0
        )

    @property
    def promising(self) -> tuple[Look, ...]:
        """The looks that promise less than all before them, in whole per cent, but more than 0."""
        told: dict[int, Look] = {}
        for look in self.looks:
            if look.at_most_wrong:
                told.setdefault(round(100 * look.at_most_wrong / self.proposals), look)
        return tuple(told.values())

    @property
    def is_worth_an_audit(self) -> bool:
        """Whether the first look takes much less than looking at the whole wall."""
        return bool(self.looks) and self.looks[0].size <= WORTH_AN_AUDIT * self.proposals


@dataclass(frozen=True, slots=True)
class Signing:
    """What accepting the rest of a wall signs.

    Attributes:
        grade: The wall's grade.
        photos: How many proposals become human grades.
        expected_wrong: How many of them are expected to be wrong, by doubts and audit, if nobody
            looks at them.
        expected_overlooked: How many after a look through all of them; one in ten stays unseen.
        at_most_wrong: The proof, if there is one.
        confidence: How sure that proof is.
        grades_missing: As for `WallCertificate`.
    """

    grade: Grade
    photos: int
    expected_wrong: float
    expected_overlooked: float
    at_most_wrong: int | None
    confidence: float | None
    grades_missing: tuple[Grade, ...] = ()


def wall_certificates(
    current: NDArray[Any],
    proposed: NDArray[np.bool_],
    in_bulk: NDArray[np.bool_],
    doubts: NDArray[np.float64],
    audits: Mapping[Grade, Certificate],
    grades_missing: tuple[Grade, ...] = (),
) -> tuple[WallCertificate, ...]:
    """Return what is known of each wall, worst grade first.

    Args:
        current: (n,) the grade each photo hangs under; 0 for none.
        proposed: (n,) whether it hangs there as merely proposed.
        in_bulk: (n,) whether its proposal was accepted with the rest of a wall.
        doubts: (n,) the chance that each of either is wrong, as `wall_doubts` has it.
        audits: Of the walls that have one which stands.
        grades_missing: Grades never learnt from.
    """
    certificates = []
    for grade in GRADES:
        here = current == grade
        hangs, accepted = doubts[here & proposed], doubts[here & in_bulk]
        audit = audits.get(grade)
        certificate = WallCertificate(
            grade=grade,
            proposals=len(hangs),
            expected_wrong=float(hangs.sum()),
            in_bulk=len(accepted),
            expected_wrong_in_bulk=float(accepted.sum()),
            expected_overlooked=float(still_wrong(accepted).sum()),
            audit=audit,
            looks=looks_of(len(hangs)),
            grades_missing=grades_missing if _is_untold(audit) else (),
        )
        certificates.append(certificate)
    return tuple(certificates)


def signing(
    grade: Grade,
    probabilities: NDArray[Any],
    proof: Certificate | None = None,
    grades_missing: tuple[Grade, ...] = (),
) -> Signing:
    """Return what accepting the rest of a wall signs.

    Args:
        grade: The wall's grade.
        probabilities: (n, 5) of what hangs there as merely proposed, calibrated.
        proof: Of the audit that stands, if any.
        grades_missing: Grades never learnt from.
    """
    doubts = doubts_after(1 - probabilities[:, grade - 1], proof)
    proved = proof is not None and proof.at_most_still_wrong < len(probabilities)
    return Signing(
        grade=grade,
        photos=len(probabilities),
        expected_wrong=float(doubts.sum()),
        expected_overlooked=float(still_wrong(doubts).sum()),
        at_most_wrong=proof.at_most_still_wrong if proof and proved else None,
        confidence=proof.confidence if proof and proved else None,
        grades_missing=grades_missing if _is_untold(proof) else (),
    )


def _is_untold(audit: Certificate | None) -> bool:
    """Tell whether no audit has come far enough to outweigh the doubts."""
    return audit is None or audit.looked_at < WORTH_OF_DOUBTS


@lru_cache(maxsize=256)
def looks_of(population: int) -> tuple[Look, ...]:
    """Return `preset_looks`, remembered: a wall is counted anew after every grade."""
    return preset_looks(population)
