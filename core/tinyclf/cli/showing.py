"""The command that shows what a dataset holds: counts, and examples with their classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np

from tinyclf.cli.data_options import (
    data_options,
    part_option,
    part_to_judge,
    read_parts,
    taken,
)
from tinyclf.cli.new_file import require_picture_place
from tinyclf.cli.options import PATH, WholeNumber, json_option, seed_option
from tinyclf.cli.show_words import answered_in_words, capital, dataset_lines, row_lines, source_line
from tinyclf.cli.speech import follow, problems_json, say, say_json
from tinyclf.data.datasets.dataset import Dataset
from tinyclf.errors import InputError
from tinyclf.fitting.evaluating import matching
from tinyclf.fitting.fitted_model import FittedModel
from tinyclf.fitting.model_file import load_model
from tinyclf.fitting.sheet import Answer, draw_sheet

MOST = 1_000
OF_EXAMPLES = 11
"""What the random generator is for that draws the examples shown."""


@dataclass(frozen=True)
class _Shown:
    """What is looked at.

    Attributes:
        examples: Those drawn, as few as were asked for.
        rows: Their places in the part they are of, from 0.
        answers: What a model says of each; ``None`` without one.
        right: How many of the part the model tells right.
    """

    examples: Dataset
    rows: list[int]
    answers: list[Answer] | None = None
    right: int | None = None


@click.command("show")
@click.argument("data", type=PATH)
@click.option("--out", type=PATH, metavar="PNG", help="Draw the examples, if they are pictures.")
@click.option("--overwrite", is_flag=True, help="Write PNG even over another one.")
@click.option("--count", type=WholeNumber(1, MOST), help="So many examples; else 40, or 10 rows.")
@click.option("--first", is_flag=True, help="The first ones, instead of some drawn at random.")
@click.option("--model", type=PATH, help="Show beside each what this model tells of it.")
@click.option("--wrong", is_flag=True, help="Only what the model tells wrong.")
@part_option
@data_options
@seed_option
@json_option
def show_command(
    data: Path,
    out: Path | None,
    overwrite: bool,
    count: int | None,
    first: bool,
    model: Path | None,
    wrong: bool,
    part: str | None,
    seed: int,
    as_json: bool,
    **options: Any,
) -> None:
    """Show what DATA holds: its classes, and some examples.

    Rows of a table are printed. Pictures are drawn with --out, each above the name of its class.
    Without --model the examples are of the part to learn from, with it of the test part, if any.
    """
    asked = taken(options)
    if wrong and model is None:
        raise click.UsageError("--wrong needs --model: name the one whose mistakes you want")
    if out is not None:
        require_picture_place(out, overwrite=overwrite, read=[data, *filter(None, [model])])
    loaded = None if model is None else load_model(model)
    parts = read_parts(data, asked, seed, loaded)
    chosen = part_to_judge(parts, part or ("train" if loaded is None else None), data)
    if out is not None and not chosen.is_pictures:
        raise InputError(f"{data} has rows of numbers, which are printed: leave out --out.")
    most = count or (40 if chosen.is_pictures else 10)
    rng = None if first else np.random.default_rng([seed, OF_EXAMPLES])
    shown = _drawn(chosen, loaded, most, rng, wrong=wrong)
    name = "test part" if chosen is parts.test else "part to learn from"
    if out is not None:
        draw_sheet(shown.examples, *_titles(chosen, shown, name), out, shown.answers)
    if as_json:
        found = _show_json(chosen, shown, "test" if chosen is parts.test else "train")
        say_json(found | {"problems": problems_json(parts.problems), "out": out})
        return
    for line in dataset_lines(parts) if loaded is None else [source_line(chosen)]:
        say(line)
    _say_shown(shown, chosen, name, out)


def _drawn(
    dataset: Dataset,
    model: FittedModel | None,
    most: int,
    rng: np.random.Generator | None,
    *,
    wrong: bool,
) -> _Shown:
    """Return examples in their order; a model tells all, for how many of them it tells right."""
    places = np.arange(len(dataset))
    if model is None:
        rows = _some(places, most, rng)
        return _Shown(dataset.take(rows), rows)
    matched = matching(model, dataset)
    told = follow(model.predicting(matched.x))
    best = told.argmax(axis=1)
    is_right = best == matched.y
    right = int(np.count_nonzero(is_right))
    if wrong and right == len(dataset):
        raise InputError(f"The model tells all {right:,} examples of {dataset.source} right.")
    rows = _some(places[~is_right] if wrong else places, most, rng)
    answers = [
        Answer(model.classes[best[row]], float(told[row].max()), bool(is_right[row]))
        for row in rows
    ]
    return _Shown(dataset.take(rows), rows, answers, right)


def _some(places: Any, most: int, rng: np.random.Generator | None) -> list[int]:
    if rng is None or len(places) <= most:
        chosen: list[int] = places[:most].tolist()
        return chosen
    drawn: list[int] = np.sort(rng.choice(places, most, replace=False)).tolist()
    return drawn


def _titles(dataset: Dataset, shown: _Shown, part: str) -> tuple[str, str]:
    count = f"{len(shown.rows):,} of {len(dataset):,} examples, {part}"
    told = answered_in_words(shown.right, len(dataset))
    return capital(dataset.source), f"{count}{'; ' if told else ''}{told}"


def _say_shown(shown: _Shown, dataset: Dataset, part: str, out: Path | None) -> None:
    if told := answered_in_words(shown.right, len(dataset)):
        say(capital(told))
    if not dataset.is_pictures:
        say()
        for line in row_lines(shown.examples, shown.rows, shown.answers):
            say(line)
    elif out is None:
        say("To see examples: --out PNG")
    else:
        say(f"Drawn: {out}, {len(shown.rows):,} of the {part}")


def _show_json(dataset: Dataset, shown: _Shown, part: str) -> dict[str, object]:
    names = dataset.classes
    return {
        "source": dataset.source,
        "part": part,
        "examples": len(dataset),
        "shape": dataset.shape,
        "kind": str(dataset.x.dtype),
        "features": dataset.features,
        "groups": None if dataset.groups is None else len(np.unique(dataset.groups)),
        "counts": dict(zip(names, dataset.counts.tolist(), strict=True)),
        "told_right": shown.right,
        "shown": [
            {"row": row, "name": _name_of(shown.examples, k), "class": names[shown.examples.y[k]]}
            | _answer_json(shown.answers, k)
            for k, row in enumerate(shown.rows)
        ],
    }


def _name_of(dataset: Dataset, place: int) -> str | None:
    return None if dataset.names is None else dataset.names[place]


def _answer_json(answers: Sequence[Answer] | None, place: int) -> dict[str, object]:
    if answers is None:
        return {}
    answer = answers[place]
    return {"told": answer.told, "confidence": answer.confidence, "right": answer.is_right}


COMMANDS = (show_command,)
