"""Commands that fit a network to any dataset, judge it, and predict."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray

from tinyclf.cli.data_options import (
    data_options,
    part_option,
    part_to_judge,
    read_parts,
    taken,
    writing_options,
    written,
)
from tinyclf.cli.fit_json import evaluation_json
from tinyclf.cli.fit_options import fit_options, settings_of
from tinyclf.cli.fit_words import (
    class_lines,
    confusion_lines,
    exact_share,
    prediction_lines,
    tested_in_words,
)
from tinyclf.cli.new_file import require_new_file
from tinyclf.cli.options import PATH, json_option, seed_option
from tinyclf.cli.speech import follow, note, note_left_out, problems_json, say, say_json
from tinyclf.cli.words import count_of
from tinyclf.data.datasets.dataset import Parts
from tinyclf.data.datasets.reading import TABLES
from tinyclf.data.datasets.table import PLAIN
from tinyclf.export.predictions_table import write_predictions
from tinyclf.fitting.evaluating import evaluate
from tinyclf.fitting.fit import Fitted, fit
from tinyclf.fitting.keeping import Kept, keep_better, require_place
from tinyclf.fitting.model_file import load_model
from tinyclf.fitting.predicting import Inputs, read_inputs
from tinyclf.fitting.record import data_key, was_learnt_from
from tinyclf.nn.backend import choose_backend


@click.command("fit")
@click.argument("data", type=PATH)
@click.option("--out", type=PATH, metavar="MODEL", help="Keep the model as one file.")
@click.option("--overwrite", is_flag=True, help="Write MODEL even over a better or another one.")
@fit_options
@data_options
@seed_option
@click.option("--device", type=click.Choice(["cpu", "cuda"]), default="cpu", show_default=True)
@json_option
def fit_command(
    data: Path,
    out: Path | None,
    overwrite: bool,
    seed: int,
    device: str,
    as_json: bool,
    **options: Any,
) -> None:
    """Fit a network to DATA and say how good it is.

    That is judged on examples it has not seen, once, when all is chosen.

    DATA is a folder of MNIST-style IDX files, a CIFAR folder, a folder per class, a table (.csv)
    with a column of labels, an archive (.npz), or a collection: its graded photos. What is not said
    is chosen by its kind.

    Where MODEL is there already and is of the same data, the better of the two is kept: by the
    validation, else by the folds, never by the test.
    """
    asked = taken(options)
    backend = choose_backend(device)
    parts = read_parts(data, asked, seed)
    settings = settings_of(parts.train, options, seed)
    if out is not None:
        require_place(out, data, data_key(parts.train), settings, overwrite=overwrite)
    fitted = follow(fit(parts, settings, backend))
    kept = None if out is None else keep_better(fitted.model, out, overwrite=overwrite)
    if as_json:
        say_json(_fit_json(parts, fitted, out, kept))
        return
    _say_fit(fitted)
    if settings.model == "mlp" and parts.train.is_pictures and parts.train.shape[0] > 1:
        note(COLOUR)
    if kept is None:
        note("The model was not kept: --out MODEL keeps one.")
    else:
        _say_kept(out, kept)


@click.command("evaluate")
@click.argument("model", type=PATH)
@click.argument("data", type=PATH)
@part_option
@data_options
@seed_option
@json_option
def evaluate_command(
    model: Path, data: Path, part: str | None, seed: int, as_json: bool, **options: Any
) -> None:
    """Judge MODEL on DATA: all in all, and class by class."""
    loaded = load_model(model)
    chosen = part_to_judge(read_parts(data, taken(options), seed, loaded), part, data)
    evaluation = follow(evaluate(loaded, chosen))
    is_known = was_learnt_from(loaded.record, chosen)
    if as_json:
        counted = {"examples": evaluation.examples, "learnt_from": is_known}
        say_json({**counted, **evaluation_json(evaluation)})
        return
    if is_known:
        note(LEARNT_FROM)
    say(tested_in_words(evaluation))
    for line in (*class_lines(evaluation), "", *confusion_lines(evaluation)):
        say(line)


@click.command("predict")
@click.argument("model", type=PATH)
@click.argument("inputs", type=PATH, nargs=-1, required=True, metavar="INPUT…")
@click.option("--invert", is_flag=True, help="Pictures are dark on light, those learnt from not.")
@click.option("--csv", "table", type=PATH, metavar="FILE", help="Write a table with all scores.")
@click.option("--overwrite", is_flag=True, help="Write FILE even over another one.")
@writing_options
@json_option
def predict_command(
    model: Path,
    inputs: tuple[Path, ...],
    invert: bool,
    table: Path | None,
    overwrite: bool,
    as_json: bool,
    **options: Any,
) -> None:
    """Tell the class of pictures, or of the rows of a table.

    An INPUT is a picture, a folder of pictures, a table with the columns that MODEL learnt from, an
    archive (.npz; its x_test, or else its x) or a file of IDX images. Pictures are brought to the
    size MODEL takes.
    """
    if table is not None:
        require_new_file(table, overwrite=overwrite, read=[model, *inputs])
    writing = written(options)
    if writing != PLAIN and not any(path.suffix.lower() in TABLES for path in inputs):
        raise click.UsageError(
            "--header, --separator and --drop-missing are of tables, and no INPUT is one"
        )
    loaded = load_model(model)
    found = follow(read_inputs(loaded, inputs, invert=invert, table=writing))
    for sentence in found.notes:
        note(sentence)
    note_left_out(found.problems)
    probabilities = follow(loaded.predicting(found.x))
    if table is not None:
        write_predictions(found.names, loaded.classes, probabilities, table)
    if as_json:
        say_json(_predictions_json(loaded.classes, found, probabilities))
        return
    if table is not None:
        say(f"{table}: {count_of(len(found.names), 'line')}")
        return
    for line in prediction_lines(loaded.classes, found.names, probabilities):
        say(line)


def _predictions_json(
    classes: tuple[str, ...], found: Inputs, probabilities: NDArray[np.float64]
) -> dict[str, object]:
    predictions = [
        {
            "input": name,
            "class": classes[row.argmax()],
            "confidence": float(row.max()),
            "scores": dict(zip(classes, row.tolist(), strict=True)),
        }
        for name, row in zip(found.names, probabilities, strict=True)
    ]
    return {"predictions": predictions, "problems": problems_json(found.problems)}


def _say_fit(fitted: Fitted) -> None:
    record = fitted.record
    one, more = (
        ("generation", "generations") if record.settings["evolution"] else ("pass", "passes")
    )
    say(
        f"{record.settings['model']}: learnt from {count_of(record.examples, 'example')} in "
        f"{record.epochs} {one if record.epochs == 1 else more}, {record.train_seconds:.1f} s"
    )
    if record.best_epoch != record.epochs:
        say(f"Kept: the best of them, {record.best_epoch}.")
    if fitted.folds is not None:
        shares = ", ".join(exact_share(share) for share in fitted.folds.accuracies)
        say(f"Folds: {shares}; mean {exact_share(fitted.folds.mean)}")
    if fitted.evaluation is not None:
        say(f"{_TESTED[record.tested_on]}: {tested_in_words(fitted.evaluation)}")


_TESTED = {
    "test part": "On the test part, which it has not seen",
    "held-out share": "On examples held out",
    "folds": "Of all, each by the network that did not see it",
}


def _say_kept(out: Path | None, kept: Kept) -> None:
    if kept.is_new:
        say(f"{out}: {kept.size / 1e3:,.0f} kB")
        return
    say(f"{out}: the model there is as good or better, so it stays ({_against(kept)}).")


def _against(kept: Kept) -> str:
    return f"{exact_share(kept.before or 0.0)} against {exact_share(kept.now or 0.0)}"


def _fit_json(
    parts: Parts, fitted: Fitted, out: Path | None, kept: Kept | None
) -> dict[str, object]:
    record = fitted.record.to_mapping()
    result: dict[str, object] = {
        name: record[name]
        for name in ("test_accuracy", "train_seconds", "epochs", "best_epoch", "tested_on")
    }
    if fitted.folds is not None:
        folds = fitted.folds
        result |= {
            "fold_accuracies": list(folds.accuracies),
            "fold_accuracy_mean": folds.mean,
            "fold_accuracy_low": folds.accuracy.low,
            "fold_accuracy_high": folds.accuracy.high,
        }
    if fitted.evaluation is not None:
        result |= {"test": evaluation_json(fitted.evaluation)}
    return result | {
        "validation_accuracy": record["validation_accuracy"],
        "examples": record["examples"],
        "tested": record["tested"],
        "classes": list(fitted.model.classes),
        "settings": record["settings"],
        "history": record["history"],
        "out": out,
        "kept": None if kept is None else kept.is_new,
        "model_bytes": None if kept is None else kept.size,
        "notes": list(parts.notes),
        "problems": problems_json(parts.problems),
    }


COLOUR = "Of pictures in colour --model cnn tells more, as a rule, and takes longer."

LEARNT_FROM = (
    "The model learnt from these examples, or from most of them: the figures tell what it "
    "remembers. How good it is, others tell, or the fold or share that tinyclf fit holds out."
)

COMMANDS = (fit_command, evaluate_command, predict_command)
