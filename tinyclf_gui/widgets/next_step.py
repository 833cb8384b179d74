"""The next best step as a sentence for the window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from tinyclf.domain import GRADES, Grade, Wall
from tinyclf.session import ExamStanding, Status
from tinyclf.trust.advice import Advice, Step, starters, wall_to_review
from tinyclf_gui.widgets.exam_panel import way_to_exam
from tinyclf_gui.widgets.grade_words import number


def step_in_words(advice: Advice, *, begun: bool = True, train: str = "") -> str:
    """Return what to do next, in a collector's words.

    Args:
        advice: What to do next.
        begun: Whether any photo is graded yet: before that there is no "more".
        train: Why to train, as `why_train` says it.
    """
    grades = _listed([str(int(grade)) for grade in advice.grades])
    sentences = {
        Step.IMPORT: _tr("Add a folder of photos."),
        Step.GRADE: _starters_sentence(len(advice.grades), begun=begun),
        Step.TRAIN: train or _tr("Train now."),
        Step.PROPOSE: _tr("{n} photos have no grade yet: train again to see proposals for them."),
        Step.RETRAIN: _tr("{n} corrections since the last training: retrain."),
        Step.REVIEW: _tr("Check the most doubtful of wall {grades}."),
        Step.EXAM: _tr("Grade {n} photos blind for the exam: it judges the proposals."),
        Step.AUDIT: _tr(
            "Check wall {grades} at random: {n} looks prove how many are wrong at most."
        ),
        Step.STOP: _tr("Good enough: about {n} are still wrong. Accept the rest and export."),
        Step.EXPORT: _tr("Export, or first look at those accepted unseen: about {n} are wrong.")
        if advice.count
        else _tr("The walls look right: export."),
    }
    return sentences[advice.step].format(n=advice.count, grades=grades)


def step_here(advice: Advice, wall: Grade, walls: Sequence[Wall], train: str = "") -> str:
    """Return the same for whoever stands before a wall: the next one is never that one.

    Args:
        advice: What to do next.
        wall: The grade of the wall in view.
        walls: All of them.
        train: Why to train, as `why_train` says it.
    """
    if advice.grades != (wall,) or not advice.step.is_at_a_wall:
        return step_in_words(advice, train=train)
    if advice.step is Step.AUDIT:
        return _tr("Check this wall at random: {n} looks prove how many are wrong at most.").format(
            n=advice.count
        )
    then = wall_to_review([one for one in walls if one.grade != wall])
    if then is None:
        return _tr("Go on with this wall, the most doubtful first; it is the last one in doubt.")
    words = _tr("Go on with this wall, the most doubtful first; then take wall {grade}.")
    return words.format(grade=int(then.grade))


def way_to_step(advice: Advice, exam: ExamStanding, wall: Grade) -> str:
    """Return what the button does that leads from a wall to the next step; empty: it is here."""
    match advice.step:
        case Step.EXAM:
            return way_to_exam(exam)
        case Step.GRADE:
            return _tr("Go and grade")
        case Step.REVIEW | Step.AUDIT if advice.grades != (wall,):
            return way_to_wall(advice)
        case _:
            return ""


def way_to_wall(advice: Advice) -> str:
    """Return what the button does that leads to the wall of the next step; empty of others."""
    if not advice.step.is_at_a_wall:
        return ""
    return _tr("Go to wall {grades}").format(grades=int(advice.grades[0]))


def why_train(status: Status) -> str:
    """Return what speaks for a training, if one is advised; it claims no full starter set."""
    goal = starters(status.counts.photos)
    if status.grades_missing:
        return _tr("Train again: some grades were never learnt from yet.")
    if status.quality is not None:
        return _tr("The exam is complete: train again, and it judges what comes of it.")
    if min(status.starters) >= goal:
        return _tr("Enough of each grade: train now.")
    return _tr("Enough to train a first time; {n} of each is better.").format(n=number(goal))


def train_in_words(status: Status) -> str:
    """Return on how many grades the button trains; what was accepted unseen is said apart."""
    grades, unseen = status.counts.can_learn_from, sum(status.bulk.learnable)
    if grades < 2:
        return _tr("Train")
    if not unseen:
        return _tr("Train on {n} grades").format(n=number(grades))
    words = _tr("Train on {n} grades + {unseen} unseen")
    return words.format(n=number(grades - unseen), unseen=number(unseen))


def train_at_length(status: Status) -> str:
    """Return what that leaves to be told: on hover."""
    told = [_tr("The exam's photos are never learnt from.")] if status.exam.reserved else []
    if any(status.bulk.learnable):
        told.append(_tr("What was accepted unseen with the rest of a wall is learnt from as well."))
    return "\n".join(told)


def _starters_sentence(grades: int, *, begun: bool) -> str:
    if not begun and grades == len(GRADES):
        return _tr("About {n} of each grade make a good start.")
    if grades == 1:
        return _tr("About {n} more of grade {grades} will help most.")
    if grades == len(GRADES):
        return _tr("About {n} more of each grade will help most.")
    return _tr("About {n} more each of grades {grades} will help most.")


def _listed(words: Sequence[str]) -> str:
    """Return "1", "1 and 2", "1, 2 and 3"."""
    *others, last = words or ("",)
    if not others:
        return last
    return _tr("{others} and {last}").format(others=", ".join(others), last=last)


def _tr(text: str) -> str:
    return QCoreApplication.translate("nextStep", text)
