"""The command that takes the results out."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from tinyclf.cli.opening import opened
from tinyclf.cli.options import PATH, collection_argument, json_option
from tinyclf.cli.speech import follow, problems_json, say, say_json, say_problems
from tinyclf.cli.words import count_of
from tinyclf.session import Session
from tinyclf.session.exporting import (
    export_csv,
    export_folders,
    export_model,
    export_onnx,
    export_walls,
    require_places,
)
from tinyclf.session.without_grade import WithoutGrade, without_grade


@click.command()
@collection_argument
@click.option("--csv", type=PATH, help="Write all grades as a table.")
@click.option("--folders", type=PATH, help="Copy the photos into folders 1 to 5 of this one.")
@click.option("--walls", type=PATH, help="Draw the walls as pictures into this folder.")
@click.option("--model", type=PATH, help="Write the classifier as one file.")
@click.option("--onnx", type=PATH, help="Write it as ONNX, from pixels to probabilities.")
@json_option
def export(
    file: Path,
    csv: Path | None,
    folders: Path | None,
    walls: Path | None,
    model: Path | None,
    onnx: Path | None,
    as_json: bool,
) -> None:
    """Take grades, walls or the classifier out of FILE."""
    if not (csv or folders or walls or model or onnx):
        raise click.UsageError("Say what to export: --csv, --folders, --walls, --model or --onnx")
    done: dict[str, object] = {}
    with opened(file) as session:
        require_places(session, files=(csv, model, onnx), folders=(folders, walls))
        if csv:
            done |= _csv(session, csv, as_json)
        if model:
            done |= _model(session, model, as_json)
        if onnx:
            done |= _onnx(session, onnx, as_json)
        if folders:
            done |= _folders(session, folders, as_json)
        if walls:
            done |= _walls(session, walls, as_json)
    if as_json:
        say_json(done)


def _csv(session: Session, out: Path, quiet: bool) -> dict[str, object]:
    report, without = follow(export_csv(session, out)), without_grade(session.table)
    if not quiet:
        copies = report.copies
        parts = [count_of(report.photos, "photo")]
        parts += ["1 exact copy" if copies == 1 else f"{copies:,} exact copies"] * bool(copies)
        parts += [count_of(len(report.problems), "problem")] * bool(report.problems)
        say(f"{out}: {', '.join(parts)}")
        if without.photos:
            say(f"  {count_of(without.photos, 'photo')} without a grade: {_reasons(without)}")
        say_problems(report.problems)
    return {
        "csv_rows": report.photos + report.copies,
        "csv_problems": problems_json(report.problems),
        "csv_without_grade": asdict(without),
    }


def _reasons(without: WithoutGrade) -> str:
    """Return why photos have no grade."""
    parts = (
        (without.exam, "of the exam, for which nothing is proposed until you grade them"),
        (without.unsure, "unsure"),
        (without.not_gradable, "not gradable"),
        (without.not_proposed, "not proposed yet"),
    )
    return ", ".join(f"{count:,} {words}" for count, words in parts if count)


def _model(session: Session, out: Path, quiet: bool) -> dict[str, object]:
    size = export_model(session, out)
    if not quiet:
        say(f"{out}: {size / 1e6:.1f} MB")
    return {"model_bytes": size}


def _onnx(session: Session, out: Path, quiet: bool) -> dict[str, object]:
    size = export_onnx(session, out)
    if not quiet:
        say(f"{out}: {size / 1e6:.1f} MB")
    return {"onnx_bytes": size}


def _folders(session: Session, out: Path, quiet: bool) -> dict[str, object]:
    report = follow(export_folders(session, out))
    if not quiet:
        parts = [f"{count_of(report.copied, 'photo')} copied"]
        parts += [f"{report.already_there:,} there already"] * bool(report.already_there)
        parts += [f"{report.without_grade:,} without a grade"] * bool(report.without_grade)
        parts += [count_of(len(report.problems), "problem")] * bool(report.problems)
        say(f"{out}: {', '.join(parts)}")
        say_problems(report.problems)
    return {
        "copied": report.copied,
        "already_there": report.already_there,
        "without_grade": report.without_grade,
        "problems": problems_json(report.problems),
    }


def _walls(session: Session, out: Path, quiet: bool) -> dict[str, object]:
    pictures = follow(export_walls(session, out))
    if not quiet:
        say(f"{out}: {count_of(len(pictures), 'picture')}")
    return {"walls": pictures}


COMMANDS = (export,)
