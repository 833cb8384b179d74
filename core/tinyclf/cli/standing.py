"""Commands that tell where a collection stands, and what is worth grading next."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click
import numpy as np

from tinyclf.cli.copy_words import copies_in_words, copies_json, say_copies
from tinyclf.cli.fault_words import bad_in_words, bad_json
from tinyclf.cli.opening import opened
from tinyclf.cli.options import WholeNumber, collection_argument, json_option
from tinyclf.cli.speech import follow, note, problems_json, say, say_json, say_problems
from tinyclf.cli.trust_words import (
    certificates_in_words,
    exam_in_words,
    foresight_in_words,
    missing_in_words,
    trust_in_words,
    trust_json,
)
from tinyclf.cli.words import advice_in_words, count_of, gate_in_words, quality_in_words
from tinyclf.domain import Copy, PhotoId, Problem
from tinyclf.session import Session, Status
from tinyclf.training.presets import DEFAULT_PRESET, preset

PROBLEMS_SHOWN = 5


@click.command()
@collection_argument
@click.option("-n", "--count", default=20, show_default=True, type=WholeNumber(1, 100_000))
@click.option(
    "--worn",
    is_flag=True,
    help="Instead those that look most worn: a guess without any grade, right for things "
    "photographed like stamps; for others, such as cards, it can be the wrong way round.",
)
@json_option
def suggest(file: Path, count: int, worn: bool, as_json: bool) -> None:
    """Name the photos most worth grading next, one path a line.

    Before the first training these are photos as different as can be, so the first time every photo
    is looked at; of a large collection some are random ones, set aside for the exam from then on.
    Later they are the most doubtful proposals.
    """
    with opened(file) as session:
        table = session.table
        photo_ids = most_worn(session, count) if worn else most_worth(session, count)
        paths = [table.path(row) for row in table.rows(photo_ids).tolist()]
    if not paths:
        note("There is no photo without a verdict.")
    if as_json:
        say_json({"photos": paths})
        return
    for path in paths:
        say(str(path))


def most_worth(session: Session, count: int) -> list[PhotoId]:
    """Return the photos most worth grading next; where nothing is proposed, all are looked at."""
    table = session.table
    if table.ungraded.any() and not (table.ungraded & table.has_proposal).any():
        follow(session.read_features(preset(DEFAULT_PRESET).config))
    return follow(session.suggest(count))


def most_worn(session: Session, count: int) -> list[PhotoId]:
    """Return photos without a verdict, those that look most worn first; the exam's stay blind."""
    table, wear = session.table, follow(session.wear())
    rows = np.flatnonzero(table.ungraded & ~table.exam).tolist()
    free = [table.ids[row] for row in rows if table.ids[row] in wear]
    return sorted(free, key=lambda photo_id: -wear[photo_id])[:count]


@click.command()
@collection_argument
@json_option
def status(file: Path, as_json: bool) -> None:
    """Tell what is graded, what proposed, and what to do next."""
    with opened(file) as session:
        for _ in session.recall_bad_photos():
            pass  # it is over in a moment
        session.refresh()
        now, problems, copies = session.status(), session.problems, session.copies
        trained = _training_in_words(session, now)
        known_before = _count_known_before(session, problems)
    if as_json:
        say_json(_status_json(now, problems, copies))
        return
    copied = [copies_in_words(now.files.copies)] * bool(copies)
    told = [count_of(now.counts.photos, "photo"), *copied, count_of(len(problems), "problem")]
    if known_before:
        photos = "a photo" if known_before == 1 else "photos"
        told.append(f"{known_before:,} of them {photos} that could be read before")
    say(f"{file}: {', '.join(told)}")
    say_copies(copies)
    say_problems(problems, PROBLEMS_SHOWN)
    for line in _counts(now):
        say(f"  {line}")
    if now.counts.human or now.counts.proposed:
        say()
        _say_walls(now)
        for line in certificates_in_words(now.certificates, file):
            say(f"  {line}")
    say()
    for line in trained:
        say(line)
    for line in (*missing_in_words(now), *trust_in_words(now, file), *foresight_in_words(now)):
        say(line)
    say(f"Next: {advice_in_words(now.advice)}")


def _count_known_before(session: Session, problems: Sequence[Problem]) -> int:
    """Return how many files that cannot be read were photos when they still could."""
    unread = {os.fspath(problem.path) for problem in problems}
    places = session.table.places if unread else ()
    return len(unread.intersection(f"{folder}/{path}" for folder, path in places))


def _counts(now: Status) -> list[str]:
    counts = now.counts
    accepted = f", {counts.verified:,} of them accepted proposals" if counts.verified else ""
    lines = [f"{counts.human:,} graded by hand{accepted}"]
    lines += [f"{counts.proposed:,} with a proposed grade"] * bool(counts.proposed)
    lines += [f"{counts.waiting:,} without any grade"] * bool(counts.waiting)
    lines += [f"{counts.unsure:,} marked unsure"] * bool(counts.unsure)
    if now.exam.reserved:
        lines.append(exam_in_words(now.exam))
    lines += [bad_in_words(counts.bad)] * bool(counts.bad.photos)
    lines += [f"{counts.not_gradable:,} marked not gradable"] * bool(counts.not_gradable)
    return lines


def _say_walls(now: Status) -> None:
    say(f"  wall{'photos':>14}{'by hand':>12}{'proposed':>12}   wrong proposals")
    for wall, known in zip(reversed(now.walls), reversed(now.certificates), strict=True):
        proposed = wall.photos - wall.human
        told = "cannot be told" if known.grades_missing else f"about {wall.expected_wrong:.0f}"
        wrong = told if proposed else ""
        say(
            f"  {f'grade {wall.grade:d}':10}{wall.photos:8,}{wall.human:12,}{proposed:12,}"
            f"{wrong:>18}".rstrip()
        )


def _training_in_words(session: Session, now: Status) -> list[str]:
    model = session.model
    if model is None or now.quality is None:
        return []
    last = "Last training" if not model.is_quick else "Last training, refitted to corrections since"
    lines = [f"{last}, {model.preset}: {quality_in_words(now.quality)}."]
    if now.gate is not None:
        lines.append(gate_in_words(now.gate))
    if now.new_verdicts:
        verdicts = count_of(now.new_verdicts, "verdict")
        lines.append(f"Since then {verdicts}, {now.corrections:,} of them corrections.")
    return lines


def _status_json(now: Status, problems: list[Problem], copies: list[Copy]) -> dict[str, object]:
    return {
        "photos": now.counts.photos,
        "problems": now.files.problems,
        "copies": now.files.copies,
        "human": now.counts.human,
        "proposed": now.counts.proposed,
        "verified": now.counts.verified,
        "unsure": now.counts.unsure,
        "not_gradable": now.counts.not_gradable,
        "waiting": now.counts.waiting,
        "graded": now.counts.graded,
        "new_verdicts": now.new_verdicts,
        "corrections": now.corrections,
        "unlearnt": now.unlearnt,
        "gate": now.gate and asdict(now.gate),
        "walls": [asdict(wall) for wall in now.walls],
        "problem_files": problems_json(problems),
        "copy_files": copies_json(copies),
        "next": asdict(now.advice),
    } | (bad_json(now.counts.bad) | trust_json(now))


COMMANDS = (suggest, status)
