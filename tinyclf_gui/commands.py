"""One small class per deed of a person, and the words for acts that are done.

The undo history is the collection's journal: it lasts over restarts, and there is no second stack
beside it that could disagree. So a deed here knows how to be done, and the journal how to undo it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

from tinyclf.domain import ACCEPTING, GRADES, Act, ActKind, Grade, Mark, PhotoId, Verdict
from tinyclf.project import Past, PastAct
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
        rows, after = self.moves(session)
        ids, steps = session.table.ids, zip(rows.tolist(), after.tolist(), strict=True)
        return session.record(self.kind, [(ids[row], Grade(grade)) for row, grade in steps])

    def moves(self, session: Session) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Return the rows of the photos that it moves, (m,), and the grades they come to, (m,)."""
        table = session.table
        rows = table.rows(self.photo_ids)
        before = table.current[rows].astype(np.intp)
        after = np.clip(before + self.by, int(GRADES[0]), int(GRADES[-1]))
        blind = table.exam[rows] & table.ungraded[rows]
        moved = (before > 0) & (after != before) & ~blind
        return rows[moved], after[moved]


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


def act_in_words(act: Act, name: str = "", *, told: bool = True) -> str:
    """Return an act in a few words: "312 graded 4", "IMG_2055 accepted".

    Args:
        act: What was done.
        name: What the photo is called, where it is just one.
        told: Its grade may be told: it is not shown blind.
    """
    who = _who(len(act.photo_ids), name)
    if act.kind is ActKind.UNDO:
        steps = _tr("{n} steps taken back")
        return _tr("{n} taken back").format(n=who) if act.steps == 1 else steps.format(n=act.steps)
    if act.kind is ActKind.REDO:
        steps = _tr("{n} steps done again")
        return _tr("{n} done again").format(n=who) if act.steps == 1 else steps.format(n=act.steps)
    return _deed_in_words(act.kind, act.verdict, who, told)


def past_in_words(past: Past, name: str = "", *, told: bool = True) -> str:
    """Return what was done in a few words, as `act_in_words` does, or on what was trained."""
    if isinstance(past, PastAct):
        return _deed_in_words(past.kind, past.verdict, _who(past.photos, name), told)
    if past.grades is None:
        return _tr("Trained")
    return _tr("Trained on {n} grades").format(n=_number(past.grades))


def _who(photos: int, name: str) -> str:
    return name if name and photos == 1 else _number(photos)


def _deed_in_words(kind: ActKind, verdict: Verdict, who: str, told: bool) -> str:
    if kind in ACCEPTING:
        return _tr("{n} accepted").format(n=who)
    if kind is ActKind.KEEP:
        return _tr("{n} kept").format(n=who)
    if kind is ActKind.LOOK_AGAIN:
        return _tr("{n} looked at again").format(n=who)
    if kind is ActKind.FINE:
        return _tr("{n} called fine").format(n=who)
    if kind is ActKind.NOT_FINE:
        return _tr("{n} called bad again").format(n=who)
    if kind is ActKind.IMPORT:
        return _tr("{n} grades imported").format(n=who)
    if kind in (ActKind.CORRECT, ActKind.GRADE) and verdict is None:
        return _tr("{n} corrected").format(n=who)
    if not told and verdict is not None:
        return _tr("{n} graded").format(n=who)
    return _verdict_in_words(verdict, who)


def remark_in_words(remark: object, *, told: bool = True) -> str:
    """Return what was arranged in a few words; empty where nothing is to be said.

    Args:
        remark: What was done.
        told: Grades may be told: no photo of it is shown blind.
    """
    match remark:
        case SetAsideForExam():
            return _tr("Photos set aside for the exam")
        case PinExamples(photo_ids, [grade]) if told:
            words = _tr("Pinned as an example of grade {grade}")
            if len(photo_ids) > 1:
                words = _tr("{n} pinned as examples of grade {grade}")
            return words.format(n=_number(len(photo_ids)), grade=int(grade))
        case PinExamples(photo_ids) if len(photo_ids) == 1:
            return _tr("Pinned as an example of its grade")
        case PinExamples(photo_ids):
            words = _tr("{n} pinned as examples of their grades")
            return words.format(n=_number(len(photo_ids)))
        case UnpinExamples(photo_ids, [grade]) if told:
            words = _tr("No example of grade {grade} any more")
            if len(photo_ids) > 1:
                words = _tr("{n} are no examples of grade {grade} any more")
            return words.format(n=_number(len(photo_ids)), grade=int(grade))
        case UnpinExamples(photo_ids) if len(photo_ids) == 1:
            return _tr("No example any more")
        case UnpinExamples(photo_ids):
            return _tr("{n} are no examples any more").format(n=_number(len(photo_ids)))
        case ExamplesAsBefore():
            return _tr("Examples as before")
        case _:
            return ""


def _verdict_in_words(verdict: Verdict, n: str) -> str:
    match verdict:
        case Grade():
            return _tr("{n} graded {grade}").format(n=n, grade=int(verdict))
        case Mark.UNSURE:
            return _tr("{n} marked unsure").format(n=n)
        case Mark.NOT_GRADABLE:
            return _tr("{n} marked not gradable").format(n=n)
        case _:
            return _tr("{n} cleared").format(n=n)


def _number(count: int) -> str:
    return f"{count:,}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("commands", text)
