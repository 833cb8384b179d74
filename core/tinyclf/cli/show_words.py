"""What a dataset holds, in words and columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from tinyclf.cli.fit_words import exact_share
from tinyclf.cli.words import count_of
from tinyclf.data.datasets.columns import parts_of_feature
from tinyclf.data.datasets.dataset import Dataset, Parts
from tinyclf.fitting.sheet import Answer

MOST_CLASSES = 100
MOST_COLUMNS = 8
"""Of a table: more do not fit beside each other."""

LONGEST = 16


def dataset_lines(parts: Parts) -> Iterator[str]:
    """Yield what both parts hold, and a line for each class."""
    train, test = parts.train, parts.test
    yield source_line(train)
    held = "" if test is None else f", and {len(test):,} for the test"
    groups = ""
    if train.groups is not None:
        groups = f" in {count_of(len(np.unique(train.groups)), 'group')}"
    yield f"{count_of(len(train), 'example')} to learn from{groups}{held}"
    width = max(10, *(len(_short(name)) + 2 for name in train.classes))
    yield f"{'class':{width}}{'examples':>10}{'share':>10}" + (
        "" if test is None else f"{'test':>10}"
    )
    for k, name in enumerate(train.classes[:MOST_CLASSES]):
        count = int(train.counts[k])
        tested = "" if test is None else f"{int(test.counts[k]):>10,}"
        yield f"{_short(name):{width}}{count:>10,}{exact_share(count / len(train)):>10}{tested}"
    if len(train.classes) > MOST_CLASSES:
        yield f"… and {len(train.classes) - MOST_CLASSES:,} more classes; --json lists all"


def source_line(dataset: Dataset) -> str:
    """Return what a dataset is, in a line."""
    return f"{capital(dataset.source)}: {_shape(dataset)}"


def capital(text: str) -> str:
    """Return a text that begins a line."""
    return text[:1].upper() + text[1:]


def answered_in_words(right: int | None, examples: int) -> str:
    """Return how many examples a model tells right; nothing without a model."""
    if right is None:
        return ""
    return f"the model tells {right:,} of {examples:,} right ({exact_share(right / examples)})"


def row_lines(
    dataset: Dataset, rows: Sequence[int], answers: Sequence[Answer] | None
) -> Iterator[str]:
    """Yield examples of a table as lines: where they stand, their class, what is told, numbers."""
    flat = dataset.x.reshape(len(dataset), -1)
    features = dataset.features or tuple(f"column {k + 1}" for k in range(flat.shape[1]))
    more = len(features) - MOST_COLUMNS
    columns = [
        ["row", *(f"{row + 1:,}" for row in rows)],
        ["class", *(_short(dataset.classes[k]) for k in dataset.y)],
    ]
    if answers is not None:
        columns += [
            ["told", *(_short(each.told) for each in answers)],
            ["", *("" if each.is_right else "wrong" for each in answers)],
        ]
    columns += [
        [_short(name), *(f"{value:.6g}" for value in flat[:, k])]
        for k, name in enumerate(features[:MOST_COLUMNS])
    ]
    widths = [max(map(len, column)) + 2 for column in columns]
    for line in zip(*columns, strict=True):
        cells = (f"{cell:>{width}}" for cell, width in zip(line, widths, strict=True))
        yield "".join(cells) + ("  …" if more > 0 else "")
    if more > 0:
        yield f"… and {count_of(more, 'more column')}"


def _shape(dataset: Dataset) -> str:
    if not dataset.is_pictures:
        columns = {parts_of_feature(each)[0] for each in dataset.features or ()}
        of = f" from {count_of(len(columns), 'column')}" if columns else ""
        return f"rows of {count_of(dataset.x[0].size, 'number')}{of}"
    channels, h, w = dataset.shape
    look = {1: "grey", 3: "colour"}.get(channels, f"{channels}-channel")
    values = "" if dataset.x.dtype == np.uint8 else f", {_range(dataset)}"
    return f"{look} pictures, {w} × {h} pixels{values}"


def _range(dataset: Dataset) -> str:
    return f"{dataset.x.dtype}, values from {dataset.x.min():.4g} to {dataset.x.max():.4g}"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
