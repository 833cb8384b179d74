"""Planted slips in real grades: how many does the list of label issues show early?

A tenth of the known grades of real photos is moved by two or more. A classifier is trained on all
of them, as in the program, and the grades are ranked by how implausible its held-out opinions find
them. Asked for: the first fifth holds at least half of the slips. Without the photos, it says what
is missing and does nothing.
"""

from __future__ import annotations

import csv
import statistics
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.shared import shared, where_to_put
from tinyclf.data.scan import read_photos
from tinyclf.domain import Photo
from tinyclf.session.features import FeatureReader
from tinyclf.training.bag import train_classifier
from tinyclf.training.presets import BALANCED
from tinyclf.training.relay import drained
from tinyclf.trust.calibration import honest_probabilities
from tinyclf.trust.label_issues import label_issues

FOLDERS = {"stamps_graded": "stamp", "cards_graded": "group"}
"""Where photos with known grades are, and the column of what must stay together."""

TRUTH = "truth.csv"
GRADED = (200, 500)
SEEDS = 10
SHARE, FAR = 0.1, 2
ASKED = 0.5


@dataclass(frozen=True)
class Graded:
    """Photos with known grades: features (n, d), classes (n,) and groups (n,)."""

    x: NDArray[np.float32]
    y: NDArray[np.intp]
    groups: NDArray[Any]


def run() -> None:
    """Plant slips in each set, some times over, and print a line for each number of grades."""
    for folder, column in FOLDERS.items():
        if not (shared(folder) / TRUTH).exists():
            print(
                f"Not measured: {folder} takes photos whose true grades are known, which are not "
                f"part of this repository. A folder photos and a table {TRUTH} (photo, grade, "
                f"{column}): {where_to_put(folder)}."
            )
            continue
        photos = read(folder, column)
        for n in GRADED:
            shares = [found(photos, n, seed) for seed in range(SEEDS)]
            mean, low = statistics.mean(shares), min(shares)
            print(
                f"{folder}, {min(n, len(photos.y))} grades: the first fifth holds {mean:.0%} of "
                f"the slips ({low:.0%} to {max(shares):.0%}; asked for {ASKED:.0%})",
                flush=True,
            )


def found(photos: Graded, n: int, seed: int) -> float:
    """Return the share of the slips among n grades that the first fifth of the list holds."""
    rng = np.random.default_rng([n, seed])
    rows = rng.permutation(len(photos.y))[:n]
    given, moved = slipped(photos.y[rows], rng)
    bag = drained(
        train_classifier(photos.x[rows], given, BALANCED, seed, groups=photos.groups[rows])
    )
    first = label_issues(honest_probabilities(bag, given), given).rows[: round(len(rows) / 5)]
    return float(moved[first].sum() / moved.sum())


def slipped(
    y: NDArray[np.intp], rng: np.random.Generator
) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Return grades of which a share is moved by two or more, and which ones are."""
    moved = np.zeros(len(y), np.bool_)
    moved[rng.choice(len(y), round(SHARE * len(y)), replace=False)] = True
    given = y.copy()
    for row in np.flatnonzero(moved):
        given[row] = rng.choice([k for k in range(5) if abs(k - y[row]) >= FAR])
    return given, moved


def read(folder: str, column: str) -> Graded:
    """Return the photos of a folder as the program sees them."""
    with (shared(folder) / TRUTH).open(newline="") as file:
        rows = list(csv.DictReader(file))
    paths = [shared(folder) / "photos" / Path(row["photo"]).name for row in rows]
    photos = [photo for photo in read_photos(paths) if isinstance(photo, Photo)]
    with tempfile.TemporaryDirectory() as caches:
        reader = FeatureReader(Path(caches))
        features = drained(reader.read(photos, BALANCED.features))
        reader.close()
    if len(photos) < len(rows) or not features.ok.all():
        raise SystemExit(f"Some photos of {shared(folder)} cannot be read: put them there anew.")
    y = np.array([int(row["grade"]) - 1 for row in rows], np.intp)
    return Graded(features.matrix, y, np.array([row[column] for row in rows]))
