"""How far the grades can be trusted and what it still takes, in words and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from tinyclf.cli.words import count_of, per_cent, share_in_words, time_in_words
from tinyclf.project import StoredNovelty
from tinyclf.session import ExamStanding, Status
from tinyclf.trust.certificate import Certificate
from tinyclf.trust.stop_advice import StopAdvice, Way
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


def trust_in_words(now: Status, file: Path) -> list[str]:
    """Return what else is known of how far the grades can be trusted."""
    lines = []
    if now.in_bulk:
        overlooked = sum(wall.expected_overlooked for wall in now.certificates)
        lines.append(
            f"{count_of(now.in_bulk, 'proposal')} accepted in bulk: about {overlooked:.0f} of them "
            "are wrong all the same."
        )
    if now.doubts:
        lines.append(
            f"{count_of(now.doubts, 'grade')} of yours may be a slip: tinyclf doubts {file}"
        )
    if now.consistency is not None:
        lines.append(
            f"You agree with yourself {per_cent(now.consistency.exact)}, seen on "
            f"{count_of(now.consistency.photos, 'photo')}: no classifier can do better."
        )
    if now.novelty is not None and now.novelty.is_unlike:
        lines.append(f"Warning: {novelty_in_words(now.novelty)}")
    return lines


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
    right = f"About {share_in_words(now.effort.exact_now)} of the grades are right now."
    plan = f" Looking through the walls, doubt first: {', '.join(points)}." if points else ""
    return [right + plan, *([stop_in_words(now.stop)] if now.stop else [])]


def stop_in_words(stop: StopAdvice) -> str:
    """Return whether grading more photos first pays, and how sure that is."""
    target = share_in_words(stop.target)
    if stop.saved is None:
        saved = ""
    else:
        low, high = (_saved_in_words(end) for end in (stop.saved.low, stop.saved.high))
        saved = f" (grading {stop.more:,} more first: between {low} and {high})"
    match stop.way:
        case Way.STOP:
            return f"{target} right is reached, as far as can be expected."
        case Way.GRADE:
            return f"Grading {stop.more:,} more first is the shorter way to {target} right{saved}."
        case Way.REVIEW:
            return f"Looking through the walls is the shortest way to {target} right{saved}."
        case Way.NOT_SURE:
            return f"Whether grading more first is shorter, nobody can tell yet{saved}."


def _saved_in_words(seconds: float) -> str:
    return f"{time_in_words(abs(seconds))} {'saved' if seconds >= 0 else 'lost'}"


def trust_json(now: Status) -> dict[str, object]:
    """Return all of it as ``--json`` has it."""
    return {
        "learnable": now.learnable,
        "in_bulk": now.in_bulk,
        "doubts": now.doubts,
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
