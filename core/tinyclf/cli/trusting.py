"""Commands that check the grades: the exam, audits of walls, and doubts."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from tinyclf.cli.opening import opened
from tinyclf.cli.options import WholeNumber, collection_argument, json_option
from tinyclf.cli.speech import follow, note, say, say_json
from tinyclf.cli.trust_words import exam_in_words, proof_in_words, quality_json
from tinyclf.cli.words import advice_in_words, count_of, quality_in_words, share_in_words
from tinyclf.domain import Grade, PhotoId
from tinyclf.errors import InputError
from tinyclf.project.photo_names import PhotoNames
from tinyclf.session import AuditStanding, Session
from tinyclf.session.exams import require_room, room_for_exam
from tinyclf.session.label_issues import FEWEST_GRADES
from tinyclf.trust.exam import EXAM_PHOTOS


@click.command()
@collection_argument
@click.option(
    "-n",
    "--count",
    show_default=str(EXAM_PHOTOS),
    type=WholeNumber(1, 100_000),
    help="How many photos the exam shall have; those set aside before are counted.",
)
@json_option
def exam(file: Path, count: int | None, as_json: bool) -> None:
    """Name random photos to grade blind: the exam.

    They are set aside, and named one path a line. No training ever learns from them and no
    grade is proposed for them. Once 40 are graded, they tell how good the classifier really is:
    then this command tells it, too.
    """
    with opened(file) as session:
        taken = _set_aside(session, count)
        waiting = session.exam_to_grade()
        now = session.status()
        standing = now.exam
        quality = follow(session.judge()) if not waiting and session.model else None
        paths = _paths(session, waiting)
    if as_json:
        told = {"photos": paths, "set_aside_now": len(taken), "to_grade": standing.to_grade}
        say_json(asdict(standing) | told | quality_json(quality))
        return
    for path in paths:
        say(str(path))
    if not standing.reserved:
        note("No photo can be set aside: every one is graded, or belongs with one that is.")
    elif waiting:
        note(
            f"{exam_in_words(standing)}, without seeing any proposal: write their grades into a "
            f"table with the columns photo and grade, then tinyclf grade {file} --csv TABLE.csv"
        )
    elif quality is not None:
        say(f"On the exam: {quality_in_words(quality)}.")
    elif standing.lacking:
        note(f"{exam_in_words(standing)}; {standing.wanted} grades are needed: use -n.")
    else:
        note(
            f"{exam_in_words(standing)}; no classifier was trained since it was set aside. "
            f"Next: {advice_in_words(now.advice)}"
        )


@click.command()
@collection_argument
@click.option("--grade", required=True, type=WholeNumber(1, 5), help="Whose wall.")
@json_option
def audit(file: Path, grade: int, as_json: bool) -> None:
    """Prove how few of a wall's proposals are wrong.

    That takes a random sample of them. Names the photos to look at next, in their order, and what
    the grades up to now prove. Grade each of them, right ones too. A new sample is drawn only when
    there is none, or when grades were proposed anew since.
    """
    wall = Grade(grade)
    with opened(file) as session:
        standing = session.audit(wall)
        is_void = standing is not None and not standing.stands
        if standing is None or is_void:
            standing = session.begin_audit(wall)
        paths = _paths(session, standing.photos)
    if as_json:
        say_json(_audit_json(standing, paths, is_void))
        return
    if is_void:
        note("The audit before is void, as its wall has changed since. This is a new one.")
    proof = standing.certificate
    say(f"The wall of grade {grade}: {proof_in_words(proof)}.")
    if proof.next_size is None:
        say("No further proof is to be had from this sample.")
    elif not paths:
        say("The rest of the sample was accepted unseen, so nothing more can be proved from it.")
    else:
        say(f"Grade these {len(paths):,}, in this order, for the next proof:")
    for path in paths:
        say(str(path))


@click.command()
@collection_argument
@click.option("-n", "--count", default=20, show_default=True, type=WholeNumber(1, 100_000))
@click.option(
    "--keep",
    "kept",
    multiple=True,
    metavar="PHOTO",
    help="You looked again, and the grade is right: take it off the list. May be given again.",
)
@json_option
def doubts(file: Path, count: int, kept: tuple[str, ...], as_json: bool) -> None:
    """Name your grades that look like slips.

    The likeliest to be two or more grades off comes first; more likely so than not, it is a
    probable slip. They are judged by classifiers of the latest training that never saw the photo;
    from 30 grades on, and where these are better than guessing. Change a grade by tinyclf grade, or
    keep it by --keep.
    """
    with opened(file) as session:
        session.keep(_named(session, kept))
        found = session.label_issues()
        paths = _paths(session, [one.photo_id for one in found])
        trained = session.model is not None
    told = list(zip(paths, found, strict=True))[:count]
    flagged = sum(one.is_flagged for one in found)
    if as_json:
        rows = [
            {
                "path": path,
                "grade": one.grade,
                "believed": one.believed,
                "far": one.far,
                "flagged": one.is_flagged,
            }
            for path, one in told
        ]
        say_json({"doubts": rows, "flagged": flagged, "grades": len(found)})
        return
    if not trained:
        note("There is no classifier yet that could doubt a grade. Train first.")
    for path, one in told:
        far = share_in_words(one.far)
        slip = ": a probable slip" if one.is_flagged else ""
        looks = f"graded {one.grade:d}, looks like {one.believed:d}"
        say(f"{path}: {looks}, {far} likely two or more off{slip}")
    if not found:
        return
    if not found[0].is_told_well:
        note(
            f"No slip is claimed: that takes a training on {FEWEST_GRADES} grades that is surely "
            "better than guessing."
        )
    else:
        note(f"{count_of(flagged, 'probable slip')} among {count_of(len(found), 'grade')}.")


def _set_aside(session: Session, count: int | None) -> list[PhotoId]:
    """Set photos aside; where no number is asked for, an exam begun may stay as small as it is."""
    follow(session.compare_photos())
    session.refresh()
    table = session.table
    try:
        require_room(table, count or EXAM_PHOTOS)
    except InputError:
        if count is None and (table.exam.any() or not room_for_exam(table)):
            return []
        raise
    return session.reserve_exam(count or EXAM_PHOTOS)


def _paths(session: Session, photo_ids: list[PhotoId] | tuple[PhotoId, ...]) -> list[Path]:
    return [session.table.path(row) for row in session.table.rows(photo_ids).tolist()]


def _named(session: Session, names: tuple[str, ...]) -> list[PhotoId]:
    known = PhotoNames(session.table, session.folders, session.copies)
    photos = []
    for name in names:
        found = known.find(name)
        if len(found) != 1:
            why = f"{len(found):,} photos go by that name" if found else "there is no such photo"
            raise InputError(f"--keep {name}: {why}. Give its path as tinyclf doubts prints it.")
        photos += found
    return photos


def _audit_json(standing: AuditStanding, paths: list[Path], is_void: bool) -> dict[str, object]:
    return {
        "photos": paths,
        "audit": standing.audit.number,
        "sizes": standing.audit.sizes,
        "certificate": asdict(standing.certificate),
        "previous_void": is_void,
    }


COMMANDS = (exam, audit, doubts)
