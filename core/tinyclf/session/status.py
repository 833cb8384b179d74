"""Where a collection stands, counted once."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from tinyclf.domain import Grade, Job, Progress, Quality, Wall
from tinyclf.project import CollectionStore, PhotoTable, StoredNovelty
from tinyclf.session import opinions, second_looks
from tinyclf.session.exams import ExamStanding, exam_standing, waits_for_training
from tinyclf.session.foresight import Foresight, foresight, pace
from tinyclf.session.label_issues import doubts
from tinyclf.session.missing_grades import missing_grades, per_grade
from tinyclf.session.news import news_of
from tinyclf.session.photo_counts import (
    BulkCounts,
    FileCounts,
    PhotoCounts,
    bulk_counts,
    file_counts,
    photo_counts,
)
from tinyclf.session.remembered import Remembered
from tinyclf.session.wall_standing import wall_standing
from tinyclf.training.gate import Gate
from tinyclf.trust.advice import Advice, Checked, Collected, Learnt, next_step
from tinyclf.trust.consistency import Consistency
from tinyclf.trust.effort import EffortPlan, Pace
from tinyclf.trust.stop_advice import StopAdvice
from tinyclf.trust.wall_certificates import WallCertificate


@dataclass(frozen=True)
class Status:
    """Where a collection stands: the photos counted, and what is known of them.

    Attributes:
        counts: How many photos there are of each kind.
        bulk: Of the graded ones, those accepted with the rest of a wall.
        files: How many files are none of the photos.
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

    counts: PhotoCounts
    bulk: BulkCounts
    files: FileCounts
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

    @property
    def looked_at(self) -> tuple[int, ...]:
        """How many a person looked at and graded 1, 2, 3, 4, 5."""
        return self.bulk.looked_at(self.counts)

    @property
    def starters(self) -> tuple[int, ...]:
        """How many of these a training may learn from."""
        return self.bulk.starters(self.counts)


def status_of(
    store: CollectionStore, table: PhotoTable, remembered: Remembered, *, ahead: bool = True
) -> Status:
    """Count everything once; without what lies ahead, effort and stop are ``None``."""
    counted = counting(store, table, remembered, ahead=ahead)
    while True:
        try:
            next(counted)
        except StopIteration as end:
            status: Status = end.value
            return status


def at_a_glance(status: Status, table: PhotoTable) -> Status:
    """Return a status with all counted anew that the table alone tells."""
    return replace(status, counts=photo_counts(table), exam=exam_standing(table))


def counting(
    store: CollectionStore, table: PhotoTable, remembered: Remembered, *, ahead: bool = True
) -> Job[Status]:
    """Return a job that counts everything once, in parts: after any of them it can be dropped.

    Args:
        store: The collection's file.
        table: Its photos; off the owner's thread, a table that stays `as_it_is`.
        remembered: What was worked out before.
        ahead: Whether to work out, too, what it still takes: of very many photos it takes longest.
    """
    part = Progress("Counting", 0, 0)
    yield part
    model, training = store.latest_model(), store.latest_training()
    in_bulk = second_looks.in_bulk(store, table, remembered)
    yield part
    counts, bulk = photo_counts(table), bulk_counts(table, in_bulk)
    files = file_counts(store, remembered)
    missing = missing_grades(store, table, remembered)
    yield part
    standing = wall_standing(store, table, in_bulk, missing.untold, remembered)
    yield part
    news = news_of(store, table, training, remembered)
    unlearnt = news_of(store, table, model, remembered).unlearnt
    yield part
    exam = exam_standing(table)
    foreseen = Foresight(pace(store, remembered), None, None)
    if ahead:
        foreseen = foresight(store, table, in_bulk, standing.doubts, remembered)
    yield part
    doubted = doubts(store, table, remembered)
    yield part
    contrary = table.current[opinions.disagreements(store, table, remembered)]
    yield part
    collected = Collected(
        photos=counts.photos,
        graded=bulk.starters(counts),
        ungraded=int(np.count_nonzero(table.ungraded & ~table.exam)),
        proposed=counts.proposed,
    )
    learnt = Learnt(model is not None, news.corrected, missing.untold)
    waits = waits_for_training(store, exam, model)
    checked = Checked(standing.walls, standing.certificates, exam.advised, waits, foreseen.stop)
    return Status(
        counts=counts,
        bulk=bulk,
        files=files,
        walls=standing.walls,
        certificates=standing.certificates,
        new_verdicts=news.said,
        accepted_news=news.agreed,
        corrections=news.corrected,
        unlearnt=unlearnt,
        quality=model.quality if model else None,
        gate=training.gate if training else None,
        exam=exam,
        consistency=remembered.get("agreement", table.act, lambda: second_looks.agreement(store)),
        doubts=sum(one.is_flagged for one in doubted),
        disagreements=per_grade(contrary),
        grades_missing=missing.untold,
        grades_absent=missing.absent,
        novelty=store.novelty_of(training.number) if training else None,
        pace=foreseen.pace,
        effort=foreseen.plan,
        stop=foreseen.stop,
        advice=next_step(collected, learnt, checked),
    )
