"""Commands that fill a collection: with photos, and with a person's grades."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from tinyclf.cli.copy_words import copies_in_words, copies_json, say_copies
from tinyclf.cli.fault_words import bad_in_words, bad_json
from tinyclf.cli.opening import created, opened
from tinyclf.cli.options import PATH, collection_argument, json_option
from tinyclf.cli.speech import follow, note, problems_json, say, say_json, say_problems
from tinyclf.cli.words import count_of
from tinyclf.domain import ActKind, ImportReport, Problem
from tinyclf.project.grades_csv import read_grades
from tinyclf.project.groups_csv import read_groups
from tinyclf.session import Session, require_photos
from tinyclf.session.photo_gate import BadPhotos

table_option = partial(click.option, "--csv", "csv_path", type=PATH, required=True)


class _New(click.Command):
    """Says where ``--photos`` goes when the folder stands there without it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        given = list(args)
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            match given:
                case [file, folder] if not any(one.startswith("-") for one in given):
                    raise click.UsageError(
                        f"Put --photos before the folder: tinyclf new {file} --photos {folder}", ctx
                    ) from error
            raise


@click.command(cls=_New)
@collection_argument
@click.option("--photos", type=PATH, required=True, help="The folder of photos.")
@json_option
def new(file: Path, photos: Path, as_json: bool) -> None:
    """Make the collection FILE of a folder of photos.

    The photos stay where they are; nothing is copied, moved or written there.
    """
    require_photos(photos)
    with created(file) as session:
        report, bad = _imported(session, photos)
    _tell_import(file, report, bad, as_json)


@click.command("import")
@collection_argument
@click.argument("folder", type=PATH)
@json_option
def import_(file: Path, folder: Path, as_json: bool) -> None:
    """Add the photos in FOLDER to the collection FILE.

    Photos that were moved or renamed are recognised by their bytes and keep their grades; a file
    with the bytes of a photo that is there as well is a copy, and shares its grade.
    """
    with opened(file) as session:
        report, bad = _imported(session, folder)
    _tell_import(file, report, bad, as_json)


@click.command()
@collection_argument
@click.argument("folder", type=PATH)
@json_option
def relink(file: Path, folder: Path, as_json: bool) -> None:
    """Find photos of FILE that were moved, in FOLDER.

    Only photos that are not where they were are looked for, by their content: a file that has
    merely the name of one is told, and never linked. No file is changed, and no grade.
    """
    with opened(file) as session:
        report = follow(session.relink(folder))
    if as_json:
        say_json(
            {
                "missing": report.missing,
                "found": report.found,
                "still_missing": [photo.path for photo in report.still_missing],
                "not_linked": problems_json(report.namesakes),
            }
        )
        return
    if not report.missing:
        say("Every photo is where it was.")
        return
    say(
        f"{count_of(report.missing, 'photo')} not where they were: {report.found:,} found in "
        f"{folder}, {len(report.still_missing):,} still missing."
    )
    words = {True: "not found: another picture has its name now", False: "not found"}
    gone = [
        Problem(photo.path, words[photo.photo_id in report.replaced])
        for photo in report.still_missing
    ]
    say_problems([*report.namesakes, *gone])


@click.command()
@collection_argument
@table_option(
    help="Rows of photo,grade; a photo is a path within the photo folder, an absolute path, "
    "or a file name if it is unique; a copy stands for its photo."
)
@click.option("--skip-bad", is_flag=True, help="Apply the good rows though others are bad.")
@json_option
def grade(file: Path, csv_path: Path, skip_bad: bool, as_json: bool) -> None:
    """Give photos the human grades of a CSV file.

    A row that cannot be used is named with its line; then nothing is applied, unless --skip-bad.
    """
    with opened(file) as session:
        grades = read_grades(csv_path, session.table, session.folders, session.copies)
        verdicts = grades.said if skip_bad else grades.require_all()
        act = session.record(ActKind.IMPORT, verdicts)
    changed = len(act.photo_ids) if act else 0
    for row in grades.bad:
        note(f"{csv_path}, line {row.line}: {row.reason}")
    if as_json:
        bad = [{"line": row.line, "reason": row.reason} for row in grades.bad]
        say_json({"graded": len(verdicts), "changed": changed, "bad_rows": bad})
        return
    skipped = f"; {count_of(len(grades.bad), 'bad row')} skipped" if grades.bad else ""
    say(f"{count_of(len(verdicts), 'grade')} read, {changed:,} of them new or changed{skipped}.")


@click.command()
@collection_argument
@table_option(
    help="Rows of photo,group; photos of one group show the same thing. A photo is named as for "
    "tinyclf grade."
)
@json_option
def group(file: Path, csv_path: Path, as_json: bool) -> None:
    """Say which photos belong together, such as front and back.

    A training never learns from one of them and is judged on another. The groups replace those
    named before; near-duplicates are found at import anyway.
    """
    with opened(file) as session:
        table = read_groups(csv_path, session.table, session.folders, session.copies)
        groups = dict(table.require_all())
        session.group(groups)
    names = len(set(groups.values()))
    if as_json:
        say_json({"photos": len(groups), "groups": names})
        return
    say(f"{count_of(len(groups), 'photo')} in {count_of(names, 'group')}.")


def _imported(session: Session, folder: Path) -> tuple[ImportReport, BadPhotos]:
    """Import a folder, and look for what is wrong with the photos."""
    report = follow(session.import_photos(folder))
    session.refresh()
    follow(session.look_for_bad_photos())
    session.refresh()
    return report, session.status().counts.bad


def _tell_import(file: Path, report: ImportReport, bad: BadPhotos, as_json: bool) -> None:
    if as_json:
        say_json(
            {
                "found": report.found,
                "imported": report.imported,
                "new": report.new,
                "moved": report.moved,
                "copies": copies_json(report.copies),
                "problems": problems_json(report.problems),
            }
            | bad_json(bad)
        )
        return
    details = f"{report.new:,} new" + (f", {report.moved:,} moved" if report.moved else "")
    copies = [copies_in_words(len(report.copies))] * bool(report.copies)
    problems = count_of(len(report.problems), "problem")
    say(
        f"{file}: {report.found:,} found = "
        + " + ".join([f"{report.imported:,} imported ({details})", *copies, problems])
    )
    say_copies(report.copies)
    say_problems(report.problems)
    if bad.photos:
        say(f"{bad_in_words(bad)}.")
    if not report.imported:
        note("None of these files can be read as a photo.")


COMMANDS = (new, import_, relink, grade, group)
