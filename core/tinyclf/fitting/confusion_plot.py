"""What is taken for what, as a panel of a picture: rows are the truth, columns the answers."""

from __future__ import annotations

from typing import Any

import numpy as np

from tinyclf.fitting.evaluating import Evaluation

MOST_COUNTS = 20
"""Classes up to which every cell tells its count; beyond, colours alone do."""

MOST_NAMES = 40
LONGEST_NAME = 14
GAMMA = 0.4
"""Of the colours: below 1, so that a few mistakes are seen beside much that is right."""

DARK = 22
"""Per cent of its class from which on a cell's digits are white."""


def draw_confusion(axes: Any, evaluation: Evaluation) -> None:
    """Draw the table into axes of matplotlib; a colour is the share of its row's examples."""
    from matplotlib.colors import PowerNorm

    counts = np.array(evaluation.confusion, np.int64)
    shares = 100 * counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    image = axes.imshow(shares, cmap="Blues", norm=PowerNorm(GAMMA, 0, 100))
    ticks = (0, 1, 5, 20, 50, 100)
    bar = axes.figure.colorbar(image, ax=axes, fraction=0.046, pad=0.03, ticks=ticks)
    bar.set_label("of the class (%)")
    bar.outline.set_visible(False)
    if len(counts) <= MOST_COUNTS:
        _write_counts(axes, counts, shares)
    _write_names(axes, [each.name for each in evaluation.classes])
    axes.set_title(f"Told on {evaluation.examples:,} examples", fontsize=12)
    axes.set_xlabel("class told")
    axes.set_ylabel("true class")
    for side in axes.spines.values():
        side.set_visible(False)


def _write_counts(axes: Any, counts: Any, shares: Any) -> None:
    size = max(5.0, min(11.0, 90 / len(counts)))
    size = min(size, 330 / (len(counts) * len(f"{counts.max():,}")))
    for (row, column), count in np.ndenumerate(counts):
        if not count:
            continue
        ink = "white" if shares[row, column] > DARK else "black"
        axes.text(column, row, f"{count:,}", ha="center", va="center", color=ink, fontsize=size)


def _write_names(axes: Any, names: list[str]) -> None:
    step = -(-len(names) // MOST_NAMES)
    places = list(range(0, len(names), step))
    short = [_short(names[place]) for place in places]
    size = 9 if len(places) <= 15 else 6
    is_long = max(map(len, short)) * len(places) > 40
    axes.set_xticks(places, short, fontsize=size, rotation=45 if is_long else 0,
                    ha="right" if is_long else "center", rotation_mode="anchor")  # fmt: skip
    axes.set_yticks(places, short, fontsize=size)


def _short(name: str) -> str:
    half = LONGEST_NAME // 2
    whole = name if len(name) <= LONGEST_NAME else f"{name[:half]}…{name[1 - half :]}"
    return whole.replace("$", r"\$")
