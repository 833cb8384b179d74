"""Where a collection stands, counted once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import GRADES, Mark, Quality, Wall
from tinyclf.project import CollectionStore, PhotoTable, StoredModel, StoredNovelty
from tinyclf.session import second_looks
from tinyclf.session.audits import latest_audits
from tinyclf.session.doubts import doubts
from tinyclf.session.exams import ExamStanding, exam_standing, learnable
from tinyclf.session.foresight import foresight
from tinyclf.session.remembered import Remembered
from tinyclf.training.gate import Gate
from tinyclf.trust.advice import Advice, next_step
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
        human: Photos a person graded, accepted proposals included.
        proposed: Photos that have a proposal and no verdict of a person.
        verified: Of the human ones, accepted proposals.
        in_bulk: Of these, those accepted with the rest of a wall and not looked at singly since.
        unsure: Photos marked so.
        not_gradable: Photos marked so.
        graded: How many a person graded 1, 2, 3, 4, 5.
        learnable: Of these, how many a training learns from: the exam is left out.
        walls: One per grade, worst first.
        certificates: What is known of the mistakes on each of the walls.
        new_verdicts: Verdicts given, changed or cleared since the last training, the exam's aside.
        corrections: Of these, the grades that are not what it proposed.
        unlearnt: Corrections given, and grades taken back, since anything was learnt: by that
            training or by a quick refit after it.
        quality: The last training's, if any.
        gate: Whether the condition encoder was let in at the last training, if that was asked.
        exam: How far the exam is.
        consistency: How well the person agrees with themselves, once that is known.
        doubts: Grades that are more likely two or more off than not.
        novelty: What photos new to the last training look like to it, if any were.
        pace: Seconds a decision takes this person.
        effort: How long it takes to come so and so far; ``None`` while nothing is proposed.
        stop: Whether grading more first pays; ``None`` likewise.
        advice: The next best step.
    """

    photos: int
    problems: int
    human: int
    proposed: int
    verified: int
    in_bulk: int
    unsure: int
    not_gradable: int
    graded: tuple[int, ...]
    learnable: tuple[int, ...]
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
    def waiting(self) -> int:
        """Photos with neither a verdict nor a proposal."""
        return self.photos - self.human - self.proposed - self.unsure - self.not_gradable


def status_of(store: CollectionStore, table: PhotoTable, remembered: Remembered) -> Status:
    """Count everything once."""
    model, last = store.latest_model(), store.last_act
    ungraded = table.ungraded
    learnt = _per_grade(np.where(learnable(table), table.codes, 0))
    walls = walls_of(table.current, table.human, table.verified, table.probabilities)
    proposed = int(np.count_nonzero(table.has_proposal & ungraded))
    bulk = _in_bulk(store, table, remembered)
    certificates = _certificates(store, table, bulk)
    training = store.latest_training()
    new_verdicts, corrections, _ = news_of(store, table, training)
    *_, unlearnt = news_of(store, table, model)
    exam, ahead = exam_standing(table), foresight(store, table, remembered)
    doubted = remembered.get("doubts", last, lambda: doubts(store, table))
    return Status(
        photos=len(table),
        problems=len(store.problems()),
        human=int(np.count_nonzero(table.human)),
        proposed=proposed,
        verified=int(np.count_nonzero(table.verified)),
        in_bulk=int(np.count_nonzero(bulk)),
        unsure=int(np.count_nonzero(table.codes == Mark.UNSURE)),
        not_gradable=int(np.count_nonzero(table.codes == Mark.NOT_GRADABLE)),
        graded=_per_grade(table.codes),
        learnable=learnt,
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
            corrections=unlearnt,
            trained=model is not None,
            exam=exam.advised,
            certificates=certificates,
            stop=ahead.stop,
        ),
    )


def news_of(
    store: CollectionStore, table: PhotoTable, model: StoredModel | None
) -> tuple[int, int, int]:
    """Count what was said since a model; of the exam it teaches nothing, so it is no news.

    Returns:
        Verdicts given, changed or cleared; of these, grades that are not what was proposed; and
        these with the grades that were taken back.
    """
    if model is None:
        return 0, 0, 0
    rows = table.rows(store.changed_since(model.act))
    rows = rows[~table.exam[rows]]
    graded = rows[table.human[rows] & table.has_proposal[rows]]
    corrections = int(np.count_nonzero(table.codes[graded] != table.proposed[graded]))
    return len(rows), corrections, corrections + int(np.count_nonzero(~table.human[rows]))


def _in_bulk(
    store: CollectionStore, table: PhotoTable, remembered: Remembered
) -> NDArray[np.bool_]:
    """Return which photos were accepted in bulk; a grade can only take one away."""
    basis = (len(table), store.last_acceptance)
    flags = remembered.get("in bulk", basis, lambda: second_looks.in_bulk(store, table))
    return flags & table.verified


def _certificates(
    store: CollectionStore, table: PhotoTable, bulk: NDArray[np.bool_]
) -> tuple[WallCertificate, ...]:
    audits = latest_audits(store, table)
    return wall_certificates(
        table.current,
        table.ungraded & table.has_proposal,
        bulk,
        table.probabilities,
        {grade: audit.certificate for grade, audit in audits.items() if audit.stands},
    )


def _per_grade(codes: NDArray[np.int8]) -> tuple[int, ...]:
    return tuple(int(np.count_nonzero(codes == grade)) for grade in GRADES)
