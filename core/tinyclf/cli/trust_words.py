"""How far the grades can be trusted and what it still takes, in words and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from tinyclf.cli.words import count_of, per_cent, share_in_words, time_in_words
from tinyclf.domain import Grade, Interval, Quality
from tinyclf.project import StoredNovelty
from tinyclf.session import ExamStanding, Status
from tinyclf.trust.certificate import Certificate
from tinyclf.trust.consistency import Consistency
from tinyclf.trust.stop_advice import ENOUGH_GRADES, StopAdvice, Way
from tinyclf.trust.wall_certificates import WallCertificate


def exam_in_words(exam: ExamStanding) -> str:
    """Return how far the exam is."""
    marked = f", {exam.marked:,} marked" if exam.marked else ""
    return (
        f"{exam.reserved:,} set aside for the exam: {exam.answered:,} graded{marked}, "
        f"{exam.to_grade:,} to grade"
    )


def proof_in_words(proof: Certificate) -> str:
    """Return what an audit proves of a wall up to now."""
    looked = f"{count_of(proof.looked_at, 'photo')} looked at, {proof.found_wrong:,} wrong"
    if proof.confidence == 1 and proof.looked_at < proof.population:
        return f"nothing is proved yet ({looked})"
    sure = "counted" if proof.confidence == 1 else f"{share_in_words(proof.confidence)} sure"
    return (
        f"at most {proof.at_most_wrong:,} of {count_of(proof.population, 'proposal')} were wrong, "
        f"{sure} ({looked}, and corrected)"
    )


def certificates_in_words(certificates: Sequence[WallCertificate], file: Path) -> list[str]:
    """Return what is proved of each wall, or what it takes."""
    lines = []
    for wall in reversed(certificates):
        more = f"{count_of(wall.to_look_at, 'more look')} to the next proof"
        if wall.audit is not None:
            ahead = f"; {more}" if wall.to_look_at else ""
            lines.append(f"grade {wall.grade:d}: {proof_in_words(wall.audit)}{ahead}")
        elif wall.is_worth_an_audit:
            first = wall.looks[0]
            lines.append(
                f"grade {wall.grade:d}: {count_of(first.size, 'random look')} would prove that at "
                f"most {first.at_most_wrong:,} are wrong, if none is found: "
                f"tinyclf audit {file} --grade {wall.grade:d}"
            )
    return lines


def missing_in_words(now: Status) -> list[str]:
    """Return which grades were never learnt from, and what that means."""
    lines = []
    if now.grades_missing:
        has = no_photo_has(now.grades_missing, now.counts.graded)
        lines.append(f"{has}: what is wrong here cannot be told, nor how good the proposals are.")
    if now.grades_absent:
        has = no_photo_has(now.grades_absent, now.counts.graded)
        lines.append(f"{has}. Should there be one, another grade is proposed for it.")
    return lines


def no_photo_has(missing: Sequence[Grade], graded: Sequence[int]) -> str:
    """Return ``"No photo has the grade 3 yet"``, or that none was learnt from where there is one.

    Args:
        missing: The grades never learnt from.
        graded: How many photos a person graded 1, 2, 3, 4, 5.
    """
    *others, last = (str(int(grade)) for grade in missing)
    which = f"{', '.join(others)} or {last}" if others else last
    if any(graded[grade - 1] for grade in missing):
        return f"No photo of the grade {which} was learnt from yet"
    return f"No photo has the grade {which} yet"


def trust_in_words(now: Status, file: Path) -> list[str]:
    """Return what else is known of how far the grades can be trusted."""
    lines = []
    if now.bulk.photos:
        wrong = sum(wall.expected_wrong_in_bulk for wall in now.certificates)
        left = sum(wall.expected_overlooked for wall in now.certificates)
        lines.append(
            f"{count_of(now.bulk.photos, 'proposal')} accepted in bulk: about {wrong:.0f} of them "
            f"are wrong, about {left:.0f} if you looked through all."
        )
    if now.doubts:
        lines.append(
            f"{count_of(now.doubts, 'grade')} of yours may be a slip: tinyclf doubts {file}"
        )
    if now.consistency is not None:
        lines.append(consistency_in_words(now.consistency))
    if now.novelty is not None and now.novelty.is_unlike:
        lines.append(f"Warning: {novelty_in_words(now.novelty)}")
    return lines


def consistency_in_words(consistency: Consistency) -> str:
    """Return how alike a person grades, and what follows from it."""
    so = "too few to tell" if consistency.is_too_little else "no classifier can do better"
    seen = count_of(consistency.photos, "photo")
    return f"You agree with yourself {per_cent(consistency.exact)}, seen on {seen}: {so}."


def novelty_in_words(novelty: StoredNovelty) -> str:
    """Return the warning that new photos look unlike those trained on."""
    return (
        f"of {count_of(novelty.photos, 'photo')} proposed for the first time, "
        f"{share_in_words(novelty.share)} look unlike those trained on "
        f"({share_in_words(novelty.usual)} would be usual). Grade some of them, then train again."
    )


def foresight_in_words(now: Status) -> list[str]:
    """Return what it still takes, and whether grading more first pays."""
    if now.effort is None:
        return []
    points = [
        f"{time_in_words(point.seconds)}: {share_in_words(point.exact)} right"
        for point in now.effort.points
        if point.looks
    ]
    if now.grades_missing:  # the doubts know nothing of these
        return []
    right = f"About {share_in_words(now.effort.exact_now)} of the grades are right now."
    plan = f" Looking through the walls, doubt first: {', '.join(points)}." if points else ""
    return [right + plan, *([stop_in_words(now.stop)] if now.stop else [])]


def stop_in_words(stop: StopAdvice) -> str:
    """Return whether grading more photos first pays, and how sure that is."""
    target = share_in_words(stop.target)
    saved = ""
    if stop.saved is not None:
        saved = f" (grading {stop.more:,} more first: {_saved_in_words(stop.saved)})"
    match stop.way:
        case Way.STOP:
            return f"{target} right is reached, as far as can be expected."
        case Way.GRADE:
            return f"Grading {stop.more:,} more first is the shorter way to {target} right{saved}."
        case Way.REVIEW:
            return f"Looking through the walls is the shortest way to {target} right{saved}."
        case Way.NOT_SURE if stop.saved is not None and stop.saved.low < 0 < stop.saved.high:
            return f"Whether grading more first is shorter, nobody can tell yet{saved}."
        case Way.NOT_SURE:  # what would be saved or lost is known, but from too little
            return (
                "Whether grading more first is shorter, nobody can tell yet: that takes a training "
                f"on {ENOUGH_GRADES} grades."
            )


def _saved_in_words(saved: Interval) -> str:
    """Return ``"between 20 s lost and 5 s saved"``, or ``"10 s to 29 s lost"``."""
    if saved.low < 0 < saved.high:
        low, high = time_in_words(-saved.low), time_in_words(saved.high)
        return f"between {low} lost and {high} saved"
    least, most = (time_in_words(end) for end in sorted((abs(saved.low), abs(saved.high))))
    which = "saved" if saved.low >= 0 else "lost"
    return f"about {most} {which}" if least == most else f"{least} to {most} {which}"


def trust_json(now: Status) -> dict[str, object]:
    """Return all of it as ``--json`` has it."""
    return {
        "learnable": now.counts.learnable,
        "in_bulk": now.bulk.photos,
        "doubts": now.doubts,
        "grades_missing": now.grades_missing,
        "grades_absent": now.grades_absent,
        "certificates": [
            asdict(wall)
            | {
                "to_look_at": wall.to_look_at,
                "at_most_wrong": wall.at_most_wrong,
                "audited": wall.is_audited,
            }
            for wall in now.certificates
        ],
        "effort": {
            "pace": asdict(now.pace),
            "plan": now.effort and asdict(now.effort),
            "stop": now.stop and asdict(now.stop),
        },
        "consistency": now.consistency and asdict(now.consistency),
        "exam": asdict(now.exam) | {"to_grade": now.exam.to_grade},
        "novelty": now.novelty and asdict(now.novelty),
    }


def quality_json(quality: Quality | None) -> dict[str, object]:
    """Return how good a classifier is as ``--json`` has it; all null where that is unknown."""
    figures: dict[str, object] = {
        "judged_on": quality and quality.judged_on,
        "judged_photos": quality and quality.photos,
    }
    for name in ("exact", "within_one", "kappa", "calibration_error"):
        interval: Interval | None = getattr(quality, name) if quality else None
        figures |= {
            name: interval and interval.value,
            f"{name}_low": interval and interval.low,
            f"{name}_high": interval and interval.high,
        }
    return figures | {"confusion": quality and quality.confusion}
