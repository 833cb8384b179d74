"""One small class per deed of a person.

The undo history is the collection's journal: it lasts over restarts, and there is no second stack
beside it that could disagree. So a deed here knows how to be done, and the journal how to undo it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import GRADES, Act, ActKind, Grade, Mark, PhotoId, Verdict
from tinyclf.session import Session


@dataclass(frozen=True)
class GradePhotos:
    """Give photos a verdict: the starter set."""

    photo_ids: Sequence[PhotoId]
    verdict: Verdict

    def do(self, session: Session) -> Act | None:
        """Do it; ``None`` if it changes nothing."""
        kind = ActKind.CLEAR if self.verdict is None else ActKind.GRADE
        return session.grade(self.photo_ids, self.verdict, kind)


@dataclass(frozen=True)
class CorrectProposals:
    """Give photos another verdict than the classifier proposes: moves them to another wall."""

    photo_ids: Sequence[PhotoId]
    verdict: Verdict

    def do(self, session: Session) -> Act | None:
        """Do it; ``None`` if it changes nothing."""
        kind = ActKind.CLEAR if self.verdict is None else ActKind.CORRECT
        return session.grade(self.photo_ids, self.verdict, kind)


@dataclass(frozen=True)
class StepGrades:
    """Correct photos by so many grades, each from the one it has or is proposed.

    Grades 1 and 5 are the ends; a photo whose grade is not told, or that has none, stays.
    """

    photo_ids: Sequence[PhotoId]
    by: int
    kind: ActKind = ActKind.CORRECT

    def do(self, session: Session) -> Act | None:
        """Do it; ``None`` if none has a grade that can go so far."""
        return self.moves(session).do(session)

    def moves(self, session: Session) -> MoveGrades:
        """Return which photos it moves, and where to: a deed that need not look again."""
        table = session.table
        rows = table.rows(self.photo_ids)
        before = table.current[rows].astype(np.intp)
        after = np.clip(before + self.by, int(GRADES[0]), int(GRADES[-1]))
        blind = table.exam[rows] & table.ungraded[rows]
        moved = (before > 0) & (after != before) & ~blind
        return MoveGrades(rows[moved], after[moved], self.kind)


@dataclass(frozen=True, eq=False)
class MoveGrades:
    """Correct each photo to a grade of its own.

    Attributes:
        rows: Of the photos, (m,).
        grades: Where they come to, (m,).
        kind: What it is called.
    """

    rows: NDArray[np.intp]
    grades: NDArray[np.intp]
    kind: ActKind

    def do(self, session: Session) -> Act | None:
        """Do it; ``None`` if there is none."""
        ids, moves = session.table.ids, zip(self.rows.tolist(), self.grades.tolist(), strict=True)
        return session.record(self.kind, [(ids[row], Grade(grade)) for row, grade in moves])


@dataclass(frozen=True)
class AcceptProposals:
    """Sign the proposals of photos one has looked at."""

    photo_ids: Sequence[PhotoId]

    def do(self, session: Session) -> Act | None:
        """Do it; ``None`` if none has a proposal that waits."""
        return session.accept(self.photo_ids, ActKind.ACCEPT)


@dataclass(frozen=True)
class AcceptRest:
    """Sign all proposals of a wall that are left."""

    photo_ids: Sequence[PhotoId]

    def do(self, session: Session) -> Act | None:
        """Do it; ``None`` if none is left."""
        return session.accept(self.photo_ids, ActKind.ACCEPT_REST)


@dataclass(frozen=True)
class LookAgain:
    """Say what photos are worth that are shown again blind; their grades stay."""

    photo_ids: Sequence[PhotoId]
    verdict: Grade | Mark

    def do(self, session: Session) -> Act | None:
        """Do it; ``None`` if there is no photo."""
        return session.look_again(self.photo_ids, self.verdict)


@dataclass(frozen=True)
class KeepGrades:
    """Say that grades one has looked at once more are right."""

    photo_ids: Sequence[PhotoId]

    def do(self, session: Session) -> Act | None:
        """Do it; ``None`` if none has a grade."""
        return session.keep(self.photo_ids)


@dataclass(frozen=True)
class SetAsideForExam:
    """Set random photos aside, to be graded blind."""

    counts: ClassVar[bool] = True

    def do(self, session: Session) -> Sequence[PhotoId]:
        """Do it; return the photos set aside now."""
        return session.reserve_exam()


@dataclass(frozen=True)
class SayFine:
    """Say that photos are fine though they look bad, or no longer."""

    photo_ids: Sequence[PhotoId]
    is_fine: bool = True

    def do(self, session: Session) -> Act | None:
        """Do it; ``None`` if all that was said before."""
        return session.set_fine(self.photo_ids, self.is_fine)


@dataclass(frozen=True)
class BeginAudit:
    """Draw photos of a wall at random, to be looked at one after another."""

    counts: ClassVar[bool] = True

    grade: Grade

    def do(self, session: Session) -> Sequence[PhotoId]:
        """Do it; return the photos to look at first."""
        return session.begin_audit(self.grade).photos


@dataclass(frozen=True)
class PinExamples:
    """Hold photos up as examples of their grades.

    Attributes:
        photo_ids: Which.
        grades: The grades of these.
        before: The examples until then, in the order pinned.
    """

    counts: ClassVar[bool] = False

    photo_ids: Sequence[PhotoId]
    grades: Sequence[Grade] = ()
    before: Sequence[PhotoId] = ()

    def do(self, session: Session) -> Sequence[PhotoId]:
        """Do it; return the photos pinned."""
        return session.pin(self.photo_ids)


@dataclass(frozen=True)
class UnpinExamples:
    """Hold photos up no longer.

    Attributes:
        photo_ids: Which.
        grades: The grades of these.
        before: The examples until then, in the order pinned.
    """

    counts: ClassVar[bool] = False

    photo_ids: Sequence[PhotoId]
    grades: Sequence[Grade] = ()
    before: Sequence[PhotoId] = ()

    def do(self, session: Session) -> Sequence[PhotoId]:
        """Do it; return the photos that were examples."""
        return session.unpin(self.photo_ids)


@dataclass(frozen=True)
class ExamplesAsBefore:
    """Take back what was pinned, or was no longer: those before are the examples again."""

    counts: ClassVar[bool] = False

    photo_ids: Sequence[PhotoId]

    def do(self, session: Session) -> Sequence[PhotoId]:
        """Do it; return the photos that are, or were, examples."""
        now = _pinned(session)
        session.unpin([one for one in now if one not in self.photo_ids])
        session.pin(self.photo_ids)
        return list(dict.fromkeys([*now, *self.photo_ids]))


def _pinned(session: Session) -> list[PhotoId]:
    """Return the examples of all grades, of each in the order pinned."""
    return [one for of_grade in session.exemplars().values() for one in of_grade]


def pinning(session: Session, photo_ids: Sequence[PhotoId]) -> PinExamples | UnpinExamples | None:
    """Return what pinning photos means: unpinning, where it would change nothing.

    Args:
        session: The open collection.
        photo_ids: The photos meant; without any that has a grade it means nothing.
    """
    wanted = session.pinnable(photo_ids)
    if not wanted:
        return None
    pinned = _pinned(session)
    if not set(pinned).issuperset(wanted):
        return PinExamples(wanted, _grades(session, wanted), pinned)
    held = [one for one in photo_ids if one in set(pinned)]
    return UnpinExamples(held, _grades(session, held), pinned)


def _grades(session: Session, photo_ids: Sequence[PhotoId]) -> tuple[Grade, ...]:
    codes = session.table.codes[session.table.rows(photo_ids)]
    return tuple(Grade(code) for code in np.unique(codes).tolist())


@dataclass(frozen=True)
class ImportGrades:
    """Take over human grades from a table."""

    verdicts: Sequence[tuple[PhotoId, Verdict]]

    def do(self, session: Session) -> Act | None:
        """Do it; ``None`` if all of them are known."""
        return session.record(ActKind.IMPORT, self.verdicts)
