"""Where a collection stands, counted once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import Grade, Mark, Quality, Wall
from tinyclf.project import CollectionStore, PhotoTable, StoredModel, StoredNovelty
from tinyclf.session import second_looks
from tinyclf.session.audits import latest_audits
from tinyclf.session.exams import ExamStanding, exam_standing, learnable, waits_for_training
from tinyclf.session.foresight import foresight
from tinyclf.session.label_issues import label_issues
from tinyclf.session.missing_grades import missing_grades, per_grade
from tinyclf.session.photo_gate import BadPhotos, count_bad
from tinyclf.session.remembered import Remembered
from tinyclf.training.gate import Gate
from tinyclf.trust.advice import Advice, next_step
from tinyclf.trust.certificate import Certificate
from tinyclf.trust.consistency import Consistency
from tinyclf.trust.effort import EffortPlan, Pace
from tinyclf.trust.stop_advice import StopAdvice
from tinyclf.trust.wall_certificates import WallCertificate, wall_certificates
from tinyclf.trust.walls import walls_of


@dataclass(frozen=True)
class Status:
    """Where a collection stands.

    Attributes:
        photos: How many photos it holds.
        problems: Files that were found but could not be imported.
        copies: Files that hold the bytes of one of the photos, in another place.
        human: Photos a person graded, accepted proposals included.
        proposed: Photos that have a proposal and no verdict of a person.
        verified: Of the human ones, accepted proposals.
        in_bulk: Of these, those accepted with the rest of a wall and not looked at singly since.
        unsure: Photos marked so.
        not_gradable: Photos marked so.
        graded: How many a person graded 1, 2, 3, 4, 5.
        learnable: Of these, how many a training may learn from: the exam, and what belongs with
            one of its photos, is left out, and so are bad photos.
        bad: How many photos are bad: blurred, too dark, …
        walls: One per grade, worst first.
        certificates: What is known of the mistakes on each of the walls.
        new_verdicts: Verdicts given, changed or cleared since the last training, the exam's aside.
        corrections: Of these, the grades that are not what was proposed, whether a quick refit
            has learnt them since or not.
        unlearnt: Corrections given, and grades taken back, since anything was learnt: by that
            training or by a quick refit after it.
        quality: The latest classifier's, if any, be it a training's or a quick refit's: by the
            exam, once that is complete and was set aside before, else by cross-validation.
        gate: Whether the condition encoder was let in at the last training, if that was asked.
        exam: How far the exam is.
        consistency: How well the person agrees with themselves, once that is known.
        doubts: Grades that are more likely two or more off than not.
        grades_missing: Grades never learnt from: what is wrong on the walls cannot be told.
        grades_absent: Likewise, but the collection seems to have no such photo.
        novelty: What photos new to the last training look like to it, if any were.
        pace: Seconds a decision takes this person.
        effort: How long it takes to come so and so far; ``None`` while nothing is proposed.
        stop: Whether grading more first pays; ``None`` likewise.
        advice: The next best step.
    """

    photos: int
    problems: int
    copies: int
    human: int
    proposed: int
    verified: int
    in_bulk: int
    unsure: int
    not_gradable: int
    graded: tuple[int, ...]
    learnable: tuple[int, ...]
    bad: BadPhotos
    walls: tuple[Wall, ...]
    certificates: tuple[WallCertificate, ...]
    new_verdicts: int
    corrections: int
    unlearnt: int
    quality: Quality | None
    gate: Gate | None
    exam: ExamStanding
    consistency: Consistency | None
    doubts: int
    grades_missing: tuple[Grade, ...]
    grades_absent: tuple[Grade, ...]
    novelty: StoredNovelty | None
    pace: Pace
    effort: EffortPlan | None
    stop: StopAdvice | None
    advice: Advice

    @property
    def can_train(self) -> bool:
        """Whether photos of at least two different grades can be learnt from."""
        return sum(1 for count in self.learnable if count) >= 2

    @property
    def can_learn_from(self) -> int:
        """On how many grades a training of now would train, but for files that are gone."""
        return sum(self.learnable)

    @property
    def waiting(self) -> int:
        """Photos with neither a verdict nor a proposal."""
        return self.photos - self.human - self.proposed - self.unsure - self.not_gradable


def status_of(store: CollectionStore, table: PhotoTable, remembered: Remembered) -> Status:
    """Count everything once."""
    model, last = store.latest_model(), table.act
    ungraded = table.ungraded
    good = learnable(table)
    learnt = per_grade(np.where(good, table.codes, 0))
    missing = missing_grades(store, table, remembered)
    proofs = _proofs(store, table)
    walls = walls_of(table.current, table.human, table.verified, table.probabilities, proofs)
    proposed = int(np.count_nonzero(table.has_proposal & ungraded))
    bulk = second_looks.in_bulk(store, table, remembered)
    certificates = wall_certificates(
        table.current,
        ungraded & table.has_proposal,
        bulk,
        table.probabilities,
        proofs,
        missing.untold,
    )
    training = store.latest_training()
    new_verdicts, corrections, _ = news_of(store, table, training, remembered)
    *_, unlearnt = news_of(store, table, model, remembered)
    exam, ahead = exam_standing(table), foresight(store, table, remembered)
    doubted = remembered.get("doubts", last, lambda: label_issues(store, table))
    return Status(
        photos=len(table),
        problems=len(store.problems()),
        copies=store.count_copies(),
        human=int(np.count_nonzero(table.human)),
        proposed=proposed,
        verified=int(np.count_nonzero(table.verified)),
        in_bulk=int(np.count_nonzero(bulk)),
        unsure=int(np.count_nonzero(table.codes == Mark.UNSURE)),
        not_gradable=int(np.count_nonzero(table.codes == Mark.NOT_GRADABLE)),
        graded=per_grade(table.codes),
        learnable=learnt,
        bad=count_bad(table, learnable(table, bad_too=True) & ~good),
        walls=walls,
        certificates=certificates,
        new_verdicts=new_verdicts,
        corrections=corrections,
        unlearnt=unlearnt,
        quality=model.quality if model else None,
        gate=training.gate if training else None,
        exam=exam,
        consistency=remembered.get("agreement", last, lambda: second_looks.agreement(store)),
        doubts=sum(one.is_flagged for one in doubted),
        grades_missing=missing.untold,
        grades_absent=missing.absent,
        novelty=store.novelty_of(training.number) if training else None,
        pace=ahead.pace,
        effort=ahead.plan,
        stop=ahead.stop,
        advice=next_step(
            photos=len(table),
            graded=learnt,
            ungraded=int(np.count_nonzero(ungraded & ~table.exam)),
            proposed=proposed,
            walls=walls,
            corrections=corrections,
            trained=model is not None,
            exam=exam.advised,
            certificates=certificates,
            stop=ahead.stop,
            missing=missing.untold,
            exam_waits=waits_for_training(store, exam, model),
        ),
    )


def news_of(
    store: CollectionStore, table: PhotoTable, model: StoredModel | None, remembered: Remembered
) -> tuple[int, int, int]:
    """Count what was said since a model; of exam and bad photos it teaches nothing: no news.

    Returns:
        Verdicts given, changed or cleared; of these, grades that are not what was proposed; and
        these with the grades that were taken back.
    """
    if model is None:
        return 0, 0, 0
    question = f"codes after the {'quick refit' if model.is_quick else 'training'}"
    codes = remembered.get(question, model.act, lambda: _codes_after(store, table, model.act))
    news = np.not_equal(table.codes, 0)  # of photos that came in since
    news[: len(codes)] = table.codes[: len(codes)] != codes
    news &= ~(table.exam | table.bad)
    corrections = news & table.human & table.has_proposal & (table.codes != table.proposed)
    counts = (news, corrections, corrections | (news & ~table.human))
    said, corrected, unlearnt = (int(np.count_nonzero(one)) for one in counts)
    return said, corrected, unlearnt


def _codes_after(store: CollectionStore, table: PhotoTable, act: int) -> NDArray[np.int8]:
    """Return the verdicts on the photos right after an act, (n,)."""
    codes = table.codes.copy()
    for photo_id, code in store.codes_after(act).items():
        row = table.row_of[photo_id]
        if row < len(codes):  # else it came in, and was spoken of, while this is being counted
            codes[row] = code
    return codes


def _proofs(store: CollectionStore, table: PhotoTable) -> dict[Grade, Certificate]:
    """Return what the audits that stand prove."""
    audits = latest_audits(store, table)
    return {grade: audit.certificate for grade, audit in audits.items() if audit.stands}
