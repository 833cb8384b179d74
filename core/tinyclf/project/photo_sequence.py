"""Photos of a table, each made only when it is asked for: 100,000 would take a second."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import overload

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import Photo, PhotoId


class PhotoSequence(Sequence[Photo]):
    """Some rows of a table as they are now; any thread may read it while the table grows.

    Attributes:
        ids: The photos' identities.
        places: The photo folder of each, absolute, and its path within.
        sizes: Width, height, bytes and time of change, ``(n, 4)``.
    """

    def __init__(
        self, ids: list[PhotoId], places: list[tuple[str, str]], sizes: NDArray[np.int64]
    ) -> None:
        """Take what photos are made of, ``n`` of each.

        Args:
            ids: Their identities.
            places: The photo folder, absolute, and the path within it.
            sizes: Width, height, bytes and time of change, ``(n, 4)``.
        """
        self.ids = ids
        self.places = places
        self.sizes = sizes

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, index: int) -> Photo: ...
    @overload
    def __getitem__(self, index: slice) -> PhotoSequence: ...
    def __getitem__(self, index: int | slice) -> Photo | PhotoSequence:
        if isinstance(index, slice):
            return PhotoSequence(self.ids[index], self.places[index], self.sizes[index])
        path = Path(os.path.join(*self.places[index]))  # noqa: PTH118 (twice as fast)
        return Photo(self.ids[index], path, *self.sizes[index].tolist())

    def only(self, wanted: NDArray[np.bool_]) -> PhotoSequence:
        """Return some of them, by a flag each, (n,)."""
        rows = np.flatnonzero(wanted).tolist()
        ids, places = [self.ids[row] for row in rows], [self.places[row] for row in rows]
        return PhotoSequence(ids, places, self.sizes[wanted])
