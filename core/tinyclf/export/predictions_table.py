"""What a model tells of its inputs, as a table that any spreadsheet opens."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tinyclf.whole_file import whole_file


def write_predictions(
    names: Sequence[str], classes: Sequence[str], probabilities: NDArray[np.float64], out: Path
) -> None:
    """Write one line an input: what it is called, its class, how sure that is, every score.

    UTF-8, comma, probabilities from 0 to 1; the scores' columns are called as their classes. A name
    whose bytes are no Unicode is written as these bytes.

    Args:
        names: What the n inputs are called.
        classes: What the k classes are called.
        probabilities: (n, k).
        out: The file.

    Raises:
        StorageError: it cannot be written; what was there before still is.
    """
    with (
        whole_file(out) as part,
        part.open("w", encoding="utf-8", errors="surrogateescape", newline="") as file,
    ):
        table = csv.writer(file, lineterminator="\n")
        table.writerow(("input", "class", "confidence", *classes))
        for name, row in zip(names, probabilities, strict=True):
            shares = [f"{share:.6f}" for share in (row.max(), *row)]
            table.writerow((name, classes[row.argmax()], *shares))
