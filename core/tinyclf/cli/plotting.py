"""The command that draws how a model learnt, and what it takes for what."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from tinyclf.cli.data_options import (
    NOTHING_ASKED,
    data_options,
    part_option,
    part_to_judge,
    read_parts,
    taken,
)
from tinyclf.cli.fit_json import evaluation_json
from tinyclf.cli.fit_words import exact_share, tested_in_words
from tinyclf.cli.new_file import PNG, require_picture_place
from tinyclf.cli.options import PATH, json_option, seed_option
from tinyclf.cli.speech import follow, say, say_json
from tinyclf.data.datasets.dataset import Dataset
from tinyclf.fitting.curves import Curves, curves_of
from tinyclf.fitting.evaluating import Evaluation, evaluate
from tinyclf.fitting.fitted_model import FittedModel
from tinyclf.fitting.model_file import load_model
from tinyclf.fitting.plotting import plot, require_matplotlib
from tinyclf.fitting.record import was_learnt_from


@click.command("plot")
@click.argument("model", type=PATH)
@click.argument("data", type=PATH, required=False)
@click.option("--out", type=PATH, metavar="PNG", help="The picture; else beside MODEL.")
@click.option("--overwrite", is_flag=True, help="Write PNG even over another one.")
@part_option
@data_options
@seed_option
@json_option
def plot_command(
    model: Path,
    data: Path | None,
    out: Path | None,
    overwrite: bool,
    part: str | None,
    seed: int,
    as_json: bool,
    **options: Any,
) -> None:
    """Draw how MODEL learnt, and what it takes for what.

    That is its loss and accuracy, pass by pass, or the fitness of each generation; its folds, if
    there were any; and with DATA the table of confusion there. The picture is a PNG beside MODEL
    unless --out says otherwise; --json alone draws none. It takes matplotlib, the extra "plot".
    """
    asked = taken(options)
    if data is None and (part is not None or asked != NOTHING_ASKED):
        raise click.UsageError("What is said of DATA takes DATA: name it, or leave that out")
    loaded = load_model(model)
    target = out if out is not None or as_json else model.with_suffix(PNG)
    if target is not None:
        require_matplotlib()
        require_picture_place(target, overwrite=overwrite, read=[model, *filter(None, [data])])
    curves = curves_of(loaded.record)
    evaluation = None
    caption = [_learnt(loaded.record), _judged(loaded.record)]
    if data is not None:
        chosen = part_to_judge(read_parts(data, asked, seed, loaded), part, data)
        evaluation = follow(evaluate(loaded, chosen))
        caption.append(f"{_where(loaded.record, chosen)}: {tested_in_words(evaluation)}")
    lines = [line for line in caption if line]
    if target is not None:
        plot(curves, evaluation, f"{model.name}: {_kind(loaded)}", lines, target)
    if as_json:
        say_json(_plot_json(loaded, curves, evaluation, target))
        return
    for line in (*lines, f"Drawn: {target}"):
        say(line)


def _where(record: Mapping[str, Any], judged_on: Dataset) -> str:
    is_known = was_learnt_from(record, judged_on)
    return "On the examples of its fit, held-out ones included" if is_known else "On the data given"


def _kind(model: FittedModel) -> str:
    settings = model.record.get("settings") or {}
    widths = [
        f"{name} {', '.join(map(str, settings[name]))}"
        for name in ("convolutions", "hidden")
        if isinstance(settings.get(name), list) and settings[name]
    ]
    name = str(settings.get("model", "model"))
    return "; ".join([name, *widths, f"{len(model.classes)} classes"])


def _learnt(record: Mapping[str, Any]) -> str:
    try:
        unit = "generations" if record["settings"]["evolution"] else "passes"
        count = "1 pass" if record["epochs"] == 1 else f"{record['epochs']:,} {unit}"
        return (
            f"Learnt from {record['examples']:,} examples in {count}, "
            f"{record['train_seconds']:.1f} s ({record['source']})"
        )
    except (KeyError, TypeError, ValueError):
        return ""


def _judged(record: Mapping[str, Any]) -> str:
    shares = []
    share, tested = record.get("test_accuracy"), record.get("tested")
    if isinstance(share, float) and isinstance(tested, int):
        shares.append(f"{exact_share(share)} right of {tested:,} ({record.get('tested_on')})")
    if isinstance(share := record.get("validation_accuracy"), float):
        shares.append(f"validation {exact_share(share)}")
    return "; ".join(shares)


def _plot_json(
    model: FittedModel, curves: Curves, evaluation: Evaluation | None, out: Path | None
) -> dict[str, object]:
    record = model.record
    names = ("settings", "source", "examples", "epochs", "train_seconds", "test_accuracy",
             "tested_on", "tested", "validation_accuracy")  # fmt: skip
    return {
        **{name: record.get(name) for name in names},
        "best_epoch": curves.kept,
        "history": {"epoch": curves.epochs, **curves.columns} if curves.epochs else {},
        "fold_accuracies": curves.folds,
        "classes": model.classes,
        "test": None if evaluation is None else evaluation_json(evaluation),
        "out": out,
    }


COMMANDS = (plot_command,)
