"""Graded collections to judge by: features, true grades, and what belongs together."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.shared import shared
from tinyclf.data.caches import cache_folder
from tinyclf.data.identity import photo_id
from tinyclf.domain import Photo
from tinyclf.session.features import FeatureReader
from tinyclf.training.relay import drained

COLLECTIONS = {"stamps_graded": "stamp", "cards_graded": "group"}
"""Folders with photos and a table of their true grades, and the column of what belongs together."""

TEST_SHARE = 0.3


@dataclass(frozen=True)
class Collection:
    """Photos whose true grades are known.

    Attributes:
        name: Of its folder.
        photos: In the order of its table.
        y: Their classes (n,), 0 to 4.
        groups: A number (n,) for each; photos of one number belong together.
    """

    name: str
    photos: tuple[Photo, ...]
    y: NDArray[np.intp]
    groups: NDArray[np.intp]

    def features(self, name: str) -> NDArray[np.float32]:
        """Return what a configuration's features are of each photo (n, d), from a cache."""
        if name not in self._matrices:
            reader = FeatureReader(cache_folder())
            features = drained(reader.read(self.photos, name))
            reader.close()
            assert features.ok.all(), features.problems
            self._matrices[name] = features.matrix
        return self._matrices[name]

    @cached_property
    def _matrices(self) -> dict[str, NDArray[np.float32]]:
        return {}

    def splits(self, seeds: int) -> Iterator[Split]:
        """Yield a split for each seed: whole groups of at least 30 % of the photos are held out."""
        for seed in range(seeds):
            rng = np.random.default_rng([5, seed])
            order = rng.permutation(np.unique(self.groups))
            sizes = np.cumsum([np.count_nonzero(self.groups == group) for group in order])
            held_out = order[: 1 + int(np.searchsorted(sizes, TEST_SHARE * len(self.y)))]
            test = np.isin(self.groups, held_out)
            yield Split(seed, rng.permutation(np.flatnonzero(~test)), np.flatnonzero(test))


@dataclass(frozen=True)
class Split:
    """Photos to be graded, and photos to be judged by.

    Attributes:
        seed: Of the draw.
        pool: Rows in random order: so many as are to be graded are taken from the front.
        test: Rows of which no group is in the pool.
    """

    seed: int
    pool: NDArray[np.intp]
    test: NDArray[np.intp]


def collection(name: str) -> Collection | None:
    """Return one of the collections; None where its photos are not there."""
    folder = shared(name)
    if not (folder / "truth.csv").exists():
        return None
    with (folder / "truth.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    photos = tuple(_photo(folder / "photos" / row["photo"]) for row in rows)
    groups: Any = np.unique([row[COLLECTIONS[name]] for row in rows], return_inverse=True)[1]
    return Collection(name, photos, np.array([int(row["grade"]) - 1 for row in rows]), groups)


def _photo(path: Path) -> Photo:
    about = path.stat()
    return Photo(photo_id(path), path, 0, 0, about.st_size, about.st_mtime_ns)
