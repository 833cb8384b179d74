"""Options of the commands that read a dataset: how a table is written, what is made of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, TypeVar

import click

from tinyclf.cli.options import WholeNumber
from tinyclf.cli.speech import follow, note, note_left_out
from tinyclf.data.datasets.dataset import Dataset, Parts
from tinyclf.data.datasets.known_columns import columns_of_texts
from tinyclf.data.datasets.reading import ReadOptions, read_dataset, require_meant
from tinyclf.data.datasets.table import TableOptions
from tinyclf.data.datasets.table_head import SEPARATORS
from tinyclf.data.datasets.transforms import (
    Binarise,
    NoiseClass,
    Noisy,
    Only,
    SampleByFraction,
    Transform,
    transformed,
)
from tinyclf.fitting.chance import Purpose, generator
from tinyclf.fitting.fitted_model import FittedModel
from tinyclf.whole_file import COLLECTION

F = TypeVar("F", bound=Callable[..., Any])

WRITING = (
    click.option("--header/--no-header", default=None, help="Whether the first row names columns."),
    click.option("--separator", metavar="CHARACTER", help="Between the cells of a table."),
    click.option("--drop-missing", is_flag=True, help="Leave out rows in which a cell is missing."),
)
TABLE = (
    click.option("--label", metavar="COLUMN", help="The column of the labels, by name or number."),
    click.option(
        "--group",
        metavar="COLUMN",
        help="A column whose equal cells belong on one side of every split; not learnt from.",
    ),
    click.option(
        "--without", multiple=True, metavar="COLUMN", help="Leave a column out; several times."
    ),
)
PICTURES = (
    click.option("--side", type=WholeNumber(1, 2_000), help="Bring pictures to so many pixels."),
)
TRANSFORMS = (
    click.option("--only", metavar="A,B,…", help="Take only examples of these classes."),
    click.option(
        "--sample", metavar="A,B:SHARE:N", help="Learn from N of two classes, SHARE of the second."
    ),
    click.option("--binarise", is_flag=True, help="Pixels above their picture's mean, the others."),
    click.option("--noise", type=float, metavar="P", help="Flip each pixel with probability P."),
    click.option(
        "--noise-class", type=float, metavar="P", help="A further class, of noisy pictures."
    ),
)
part_option = click.option(
    "--part", type=click.Choice(["test", "train"]), help="Of DATA; else test, if any."
)


@dataclass(frozen=True)
class Asked:
    """What was said of a dataset.

    Attributes:
        read: How it is read.
        transforms: What is made of it, in this order.
    """

    read: ReadOptions
    transforms: tuple[Transform, ...]


NOTHING_ASKED = Asked(ReadOptions(), ())


def data_options(command: F) -> F:
    """Give a command these options; :func:`taken` takes them out of its arguments."""
    return _with_options(command, (*TABLE, *WRITING, *PICTURES, *TRANSFORMS))


def writing_options(command: F) -> F:
    """Give a command those of them that say how a table is written; :func:`written` takes them."""
    return _with_options(command, WRITING)


def written(options: dict[str, Any]) -> TableOptions:
    """Take out of all that a command was given how a table is written."""
    missing: Literal["drop", "refuse"] = "drop" if options.pop("drop_missing") else "refuse"
    return TableOptions(
        header=options.pop("header"),
        separator=_separator(options.pop("separator")),
        missing=missing,
    )


def _with_options(command: F, options: Sequence[Callable[[F], F]]) -> F:
    for option in reversed(options):
        command = option(command)
    return command


def taken(options: dict[str, Any]) -> Asked:
    """Take these options out of all that a command was given."""
    table = replace(
        written(options),
        label=options.pop("label"),
        group=options.pop("group"),
        without=options.pop("without"),
    )
    read = ReadOptions(table, options.pop("side"))
    return Asked(read, tuple(_transforms(options)))


def read_parts(path: Path, asked: Asked, seed: int, model: FittedModel | None = None) -> Parts:
    """Read a dataset and make of it what was asked; say on standard error what was decided.

    Args:
        path: Where it lies.
        asked: How it is read, and what is made of it.
        seed: Of what is random in that.
        model: What is to judge it: where no size was said, pictures get the one it takes.

    Raises:
        InputError: it cannot be read, or what was said is not of its kind.
    """
    require_meant(path, asked.read)
    read = asked.read if model is None else _as_taken(asked.read, model)
    if path.suffix.lower() == COLLECTION:
        parts = _graded_photos(path, read.side)
    else:
        parts = follow(read_dataset(path, read))
    for sentence in parts.notes:
        note(sentence)
    note_left_out(parts.problems)
    return transformed(parts, asked.transforms, generator(seed, Purpose.TRANSFORMS))


def _as_taken(read: ReadOptions, model: FittedModel) -> ReadOptions:
    texts = columns_of_texts(model.features or ())
    read = replace(read, table=replace(read.table, texts=texts))
    is_square = model.takes_pictures and model.shape[1] == model.shape[2]
    return replace(read, side=model.shape[1]) if is_square and read.side is None else read


def _graded_photos(path: Path, side: int | None) -> Parts:
    from tinyclf.cli.opening import opened  # only for collections: it takes a while

    with opened(path) as session:
        return follow(session.examples(side))


def part_to_judge(parts: Parts, part: str | None, path: Path) -> Dataset:
    """Return the part that was asked for; else what is for the test, if anything is.

    Raises:
        UsageError: the test part is asked for, but there is none.
    """
    if part == "test" and parts.test is None:
        raise click.UsageError(f"{path} has no test part of its own: leave --part out")
    return parts.train if part == "train" or parts.test is None else parts.test


def _separator(text: str | None) -> str | None:
    spelled = {"tab": "\t", "\\t": "\t"}
    return text if text is None or text in tuple(SEPARATORS) else spelled.get(text.lower(), text)


def _transforms(options: dict[str, Any]) -> list[Transform]:
    only, sample = options.pop("only"), options.pop("sample")
    binarise, noise, noise_class = (options.pop(k) for k in ("binarise", "noise", "noise_class"))
    made: list[Transform] = []
    if only is not None:
        made.append(Only(tuple(word.strip() for word in only.split(","))))
    if sample is not None:
        made.append(SampleByFraction.parse(sample))
    if binarise:
        made.append(Binarise())
    if noise_class is not None:
        made.append(NoiseClass(noise_class))
    if noise is not None:
        made.append(Noisy(noise))
    return made
