"""Where a collection stands, counted once."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import Grade, Job, Progress, Quality, Wall
from tinyclf.project import CollectionStore, PhotoTable, StoredModel, StoredNovelty
from tinyclf.session import opinions, second_looks
from tinyclf.session.audits import latest_audits
from tinyclf.session.exams import ExamStanding, exam_standing, waits_for_training
from tinyclf.session.foresight import foresight
from tinyclf.session.label_issues import doubts
from tinyclf.session.missing_grades import missing_grades, per_grade
from tinyclf.session.photo_counts import PhotoCounts, photo_counts, table_counts
from tinyclf.session.remembered import Remembered, by_row, fitted
from tinyclf.training.gate import Gate
from tinyclf.trust.advice import Advice, next_step
from tinyclf.trust.consistency import Consistency
from tinyclf.trust.effort import EffortPlan, Pace
from tinyclf.trust.stop_advice import StopAdvice
from tinyclf.trust.wall_certificates import WallCertificate, wall_certificates
from tinyclf.trust.wall_doubts import wall_doubts
from tinyclf.trust.walls import walls_of


@dataclass(frozen=True)
class Status(PhotoCounts):
    """Where a collection stands: the photos counted, and what is known of them.

    Attributes:
        walls: One per grade, worst first.
        certificates: What is known of the mistakes on each of the walls.
        new_verdicts: Verdicts given, changed or cleared since the last training, the exam's aside.
        accepted_news: Of these, proposals accepted as they were: they correct nothing.
        corrections: Of the verdicts, the grades that are not what was proposed, whether a quick
            refit has learnt them since or not.
        unlearnt: Corrections given, and grades taken back, since anything was learnt: by that
            training or by a quick refit after it.
        quality: The latest classifier's, if any, be it a training's or a quick refit's: by the
            exam, once that is complete and was set aside before, else by cross-validation.
        gate: Whether the condition encoder was let in at the last training, if that was asked.
        exam: How far the exam is.
        consistency: How well the person agrees with themselves, once that is known.
        doubts: Grades that are more likely two or more off than not.
        disagreements: On each wall, grades that networks disagree with that did not learn them.
        grades_missing: Grades never learnt from: what is wrong on the walls cannot be told.
        grades_absent: Likewise, but the collection seems to have no such photo.
        novelty: What photos new to the last training look like to it, if any were.
        pace: Seconds a decision takes this person.
        effort: How long it takes to come so and so far; ``None`` while nothing is proposed, nor
            accepted unseen.
        stop: Whether grading more first pays; ``None`` while nothing is proposed.
        advice: The next best step.
    """

    walls: tuple[Wall, ...]
    certificates: tuple[WallCertificate, ...]
    new_verdicts: int
    accepted_news: int
    corrections: int
    unlearnt: int
    quality: Quality | None
    gate: Gate | None
    exam: ExamStanding
    consistency: Consistency | None
    doubts: int
    disagreements: tuple[int, ...]
    grades_missing: tuple[Grade, ...]
    grades_absent: tuple[Grade, ...]
    novelty: StoredNovelty | None
    pace: Pace
    effort: EffortPlan | None
    stop: StopAdvice | None
    advice: Advice


def status_of(store: CollectionStore, table: PhotoTable, remembered: Remembered) -> Status:
    """Count everything once."""
    counted = counting(store, table, remembered)
    while True:
        try:
            next(counted)
        except StopIteration as end:
            status: Status = end.value
            return status


def at_a_glance(status: Status, table: PhotoTable) -> Status:
    """Return a status with all counted anew that the table alone tells."""
    return replace(status, **vars(table_counts(table)), exam=exam_standing(table))


def counting(store: CollectionStore, table: PhotoTable, remembered: Remembered) -> Job[Status]:
    """Return a job that counts everything once, in parts: after any of them it can be dropped.

    Args:
        store: The collection's file.
        table: Its photos; off the owner's thread, a table that stays `as_it_is`.
        remembered: What was worked out before.
    """
    part = Progress("Counting", 0, 0)
    yield part
    model, training = store.latest_model(), store.latest_training()
    bulk = second_looks.in_bulk(store, table, remembered)
    yield part
    counts = photo_counts(store, table, bulk, remembered)
    missing = missing_grades(store, table, remembered)
    yield part
    walls, certificates, doubted = _walls(store, table, bulk, missing.untold, remembered)
    yield part
    new_verdicts, corrections, _, accepted = news_of(store, table, training, remembered)
    _, _, unlearnt, _ = news_of(store, table, model, remembered)
    yield part
    exam, ahead = exam_standing(table), foresight(store, table, bulk, doubted, remembered)
    yield part
    issues = doubts(store, table, remembered)
    yield part
    contrary = table.current[opinions.disagreements(store, table, remembered)]
    yield part
    return Status(
        **vars(counts),
        walls=walls,
        certificates=certificates,
        new_verdicts=new_verdicts,
        accepted_news=accepted,
        corrections=corrections,
        unlearnt=unlearnt,
        quality=model.quality if model else None,
        gate=training.gate if training else None,
        exam=exam,
        consistency=remembered.get("agreement", table.act, lambda: second_looks.agreement(store)),
        doubts=sum(one.is_flagged for one in issues),
        disagreements=per_grade(contrary),
        grades_missing=missing.untold,
        grades_absent=missing.absent,
        novelty=store.novelty_of(training.number) if training else None,
        pace=ahead.pace,
        effort=ahead.plan,
        stop=ahead.stop,
        advice=next_step(
            photos=counts.photos,
            graded=counts.starters,
            ungraded=int(np.count_nonzero(table.ungraded & ~table.exam)),
            proposed=counts.proposed,
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


def _walls(
    store: CollectionStore,
    table: PhotoTable,
    in_bulk: NDArray[np.bool_],
    missing: tuple[Grade, ...],
    remembered: Remembered,
) -> tuple[tuple[Wall, ...], tuple[WallCertificate, ...], NDArray[np.float64]]:
    """Return the walls, what is known of the mistakes on each, and each photo's doubt, (n,)."""
    audits = latest_audits(store, table)
    proofs = {grade: audit.certificate for grade, audit in audits.items() if audit.stands}
    walls = walls_of(table.current, table.human, table.verified, table.probabilities, proofs)
    proposed = table.ungraded & table.has_proposal
    earlier = np.zeros(len(table), np.bool_)
    for grade in proofs if in_bulk.any() else ():
        here = in_bulk & (table.current == grade)
        earlier |= here & ~_open_at(store, table, audits[grade].audit.act, remembered)
    probabilities = table.probabilities
    doubted = wall_doubts(table.current, proposed, in_bulk, probabilities, proofs, earlier)
    known = wall_certificates(table.current, proposed, in_bulk, doubted, proofs, missing)
    return walls, known, doubted


def _open_at(
    store: CollectionStore, table: PhotoTable, act: int, remembered: Remembered
) -> NDArray[np.bool_]:
    """Return which photos that were accepted since had no verdict right after an act, (n,)."""
    known = remembered.get(
        f"open at {act}",
        (store.last_acceptance, len(table)),
        lambda: _codes_after(store, table, act) == 0,
    )
    flags = np.zeros(len(table), np.bool_)
    flags[: len(known)] = known
    return flags


def news_of(
    store: CollectionStore, table: PhotoTable, model: StoredModel | None, remembered: Remembered
) -> tuple[int, int, int, int]:
    """Count what was said since a model; of exam and bad photos it teaches nothing: no news.

    Returns:
        Verdicts given, changed or cleared; of these, grades that are not what was proposed;
        these with the grades that were taken back; and of the first, proposals that were accepted.
    """
    if model is None:
        return 0, 0, 0, 0
    question = f"codes after the {'quick refit' if model.is_quick else 'training'}"
    # A table from before the model does not tell what was said between the two.
    basis = (model.act, len(table), max(model.act - table.act, 0))
    codes = remembered.get(question, basis, lambda: _codes_after(store, table, model.act))
    news = np.not_equal(table.codes, codes)
    news &= ~(table.exam | table.bad)
    corrections = news & table.human & table.has_proposal & (table.codes != table.proposed)
    accepted = news & table.verified
    counts = (news, corrections, corrections | (news & ~table.human), accepted & ~corrections)
    said, corrected, unlearnt, agreed = (int(np.count_nonzero(one)) for one in counts)
    return said, corrected, unlearnt, agreed


def _codes_after(store: CollectionStore, table: PhotoTable, act: int) -> NDArray[np.int8]:
    """Return the verdicts on the photos right after an act, (n,)."""
    before = store.codes_after(act)
    spoken_of = fitted(by_row(table, before, values=True, dtype=np.bool_), table)
    codes = fitted(by_row(table, before, list(before.values()), np.int8), table)
    return np.where(spoken_of, codes, table.codes)
