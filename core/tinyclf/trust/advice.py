"""What a person should do next, from the counts and what is known of the walls."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tinyclf.domain import GRADES, Grade, Wall
from tinyclf.trust.stop_advice import StopAdvice, Way
from tinyclf.trust.wall_certificates import WallCertificate

STARTERS_A_GRADE = 20
"""So many of each grade make a good starter set."""

STARTERS_SHARE = 0.1
"""Of a small collection, this share of the photos is enough of a grade."""

FEWEST_STARTERS = 2
"""With fewer of a grade nothing can be learnt of it."""

ENOUGH_CORRECTIONS = 25
"""From so many corrections since the last training on, another one is worth its seconds, also where
quick refits have learnt them meanwhile: a refit is less than a training."""

LEAST_WRONG = 0.5
"""A wall on which less than this is expected to be wrong is not worth a look."""


LEAST_PART = 0.25
"""A wall with less than this part of what is wrong on the worst wall waits: one doubtful photo left
on a wall is a large share of it. `resources/docs/CHOICES.md` tells what else was tried."""


class Step(StrEnum):
    """The kinds of next step."""

    IMPORT = "import"
    GRADE = "grade"
    TRAIN = "train"
    PROPOSE = "propose"
    RETRAIN = "retrain"
    EXAM = "exam"
    REVIEW = "review"
    AUDIT = "audit"
    STOP = "stop"
    EXPORT = "export"

    @property
    def is_at_a_wall(self) -> bool:
        """Whether it is taken before the wall that the advice names."""
        return self in (Step.REVIEW, Step.AUDIT)


@dataclass(frozen=True, slots=True)
class Advice:
    """The next best step.

    Attributes:
        step: What to do. `Step.EXAM` is to grade photos blind that are set aside for it; to
            `Step.STOP` is to accept the rest of the walls and to take the grades out.
        grades: The grades it concerns: those shortest of starters, or the wall to review or audit.
        count: How many photos it takes (of each grade; blind; to look at), how many corrections
            were made since the last training, or how many proposals are expected to be wrong still:
            those accepted unseen among them, before the end.
    """

    step: Step
    grades: tuple[Grade, ...] = ()
    count: int = 0


@dataclass(frozen=True, slots=True)
class Collected:
    """What a collection holds.

    Attributes:
        photos: How many.
        graded: How many a person graded 1, 2, 3, 4, 5 that can be learnt from.
        ungraded: How many a person has said nothing of yet, the exam's aside.
        proposed: How many of these have a proposal.
    """

    photos: int
    graded: Sequence[int]
    ungraded: int
    proposed: int


@dataclass(frozen=True, slots=True)
class Learnt:
    """What was learnt from it.

    Attributes:
        trained: There is a classifier.
        corrections: Grades given since the last training that are not what was proposed.
        missing: Grades never learnt from, those aside that the collection seems to have none of.
    """

    trained: bool
    corrections: int = 0
    missing: Sequence[Grade] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """What is known of how right the proposals are.

    Attributes:
        walls: The walls as they are now.
        certificates: What is known of the walls, beyond what is expected.
        exam: How many answers the exam lacks, if one is begun or worth beginning.
        exam_waits: The exam is complete, and no classifier was trained since it was set aside.
        stop: Whether grading more pays, if that was asked.
    """

    walls: Sequence[Wall]
    certificates: Sequence[WallCertificate] = ()
    exam: int = 0
    exam_waits: bool = False
    stop: StopAdvice | None = None


def next_step(has: Collected, learnt: Learnt, checked: Checked) -> Advice:
    """Return the next best step."""
    if not has.photos:
        return Advice(Step.IMPORT)
    if not has.ungraded:
        return Advice(Step.EXAM, count=checked.exam) if checked.exam else _export(checked)
    if not learnt.trained:
        return _starter_set(has.photos, has.graded)
    if learnt.missing:
        return _missing_ones(learnt.missing, starters(has.photos), has.graded)
    return _before_the_walls(has, learnt, checked) or _at_the_walls(checked)


def _before_the_walls(has: Collected, learnt: Learnt, checked: Checked) -> Advice | None:
    """Return what makes the proposals better or judges them; ``None`` where nothing does."""
    if learnt.corrections >= ENOUGH_CORRECTIONS:
        return Advice(Step.RETRAIN, count=learnt.corrections)
    if has.proposed < has.ungraded / 2:  # a few may never get one: their files are gone
        return Advice(Step.PROPOSE, count=has.ungraded - has.proposed)
    if checked.exam:
        return Advice(Step.EXAM, count=checked.exam)
    return Advice(Step.TRAIN) if checked.exam_waits else None


def _at_the_walls(checked: Checked) -> Advice:
    """Return what to do once there are proposals: finish what is begun, review, prove, or stop."""
    walls, certificates, stop = checked.walls, checked.certificates, checked.stop
    for begun in certificates:
        if begun.audit is not None and not begun.is_audited and begun.to_look_at:
            return Advice(Step.AUDIT, (begun.grade,), begun.to_look_at)
    if stop is not None and stop.way is Way.GRADE:
        return Advice(Step.GRADE, GRADES, max(round(stop.more / len(GRADES)), 1))
    if stop is None or stop.way is not Way.STOP:
        doubtful = wall_to_review(walls)
        if doubtful is None:
            return _export(checked)
        return Advice(Step.REVIEW, (doubtful.grade,), round(doubtful.expected_wrong))
    unproved = [one for one in certificates if one.is_worth_an_audit and not one.is_audited]
    if unproved:
        hides_most = max(unproved, key=lambda one: one.expected_wrong)
        return Advice(Step.AUDIT, (hides_most.grade,), hides_most.to_look_at)
    wrong = sum(wall.expected_wrong for wall in walls)
    return Advice(Step.STOP, count=round(wrong + _wrong_unseen(checked)))


def _export(checked: Checked) -> Advice:
    """Return to take the grades out, and how many of them were accepted unseen and are wrong."""
    return Advice(Step.EXPORT, count=round(_wrong_unseen(checked)))


def _wrong_unseen(checked: Checked) -> float:
    return sum(wall.expected_wrong_in_bulk for wall in checked.certificates)


def wall_to_review(walls: Sequence[Wall]) -> Wall | None:
    """Return the wall of whose proposals the largest share is expected to be wrong, if any is.

    There a glance finds most. Simulated collectors who go by the number instead, which a large wall
    of sure proposals may have, take longer; but a wall that is nearly done waits for fuller ones.
    """
    most = max((wall.expected_wrong for wall in walls), default=0.0)
    least = max(LEAST_WRONG, LEAST_PART * most)
    worth = [wall for wall in walls if wall.expected_wrong >= least]
    return max(
        worth, key=lambda wall: wall.expected_wrong / (wall.photos - wall.human), default=None
    )


def starters(photos: int) -> int:
    """Return how many of each grade make a good starter set of a collection of so many photos."""
    return max(FEWEST_STARTERS, min(STARTERS_A_GRADE, round(STARTERS_SHARE * photos)))


def _starter_set(photos: int, graded: Sequence[int]) -> Advice:
    enough = starters(photos)
    missing = {
        grade: enough - count for grade, count in zip(GRADES, graded, strict=True) if count < enough
    }
    if not missing or _is_enough_without(missing, enough, graded):
        return Advice(Step.TRAIN)
    most = max(missing.values())
    scarce = tuple(grade for grade, count in missing.items() if count == most)
    return Advice(Step.GRADE, scarce, most)


def _missing_ones(missing: Sequence[Grade], enough: int, graded: Sequence[int]) -> Advice:
    """Return to grade photos of the grades never learnt from, or to train on those given since."""
    few = tuple(grade for grade in missing if graded[grade - 1] < FEWEST_STARTERS)
    if not few:
        return Advice(Step.TRAIN)
    return Advice(Step.GRADE, few, enough - min(graded[grade - 1] for grade in few))


def _is_enough_without(missing: Collection[Grade], enough: int, graded: Sequence[int]) -> bool:
    """Tell whether a grade seems to be rare here: plenty of the others, and still too few of it."""
    return len(missing) <= len(GRADES) - 2 and sum(graded) >= len(GRADES) * enough
