"""Rows of numbers in a file of no name, read back where memory would be too much."""

from __future__ import annotations

import tempfile
import weakref
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from tinyclf.data.cache_file import IN_MEMORY
from tinyclf.errors import StorageError

READ_AT_ONCE = 4096
"""Rows in memory at a time beside those asked for."""


class RowFile:
    """Rows of one width, written once in order; for one thread at a time.

    The system removes the file as soon as this object goes, or the program ends, however.
    """

    def __init__(self, folder: Path, width: int, dtype: DTypeLike = np.float32) -> None:
        """Make an empty file.

        Args:
            folder: On a disk with room, made if missing; `IN_MEMORY` for the system's folder of
                temporary files.
            width: Numbers a row.
            dtype: Of the numbers.

        Raises:
            StorageError: no file can be made there.
        """
        self._folder = folder
        self._dtype = np.dtype(dtype)
        self._width = width
        self._count = 0
        try:
            place = None if folder == IN_MEMORY else folder
            if place is not None:
                place.mkdir(parents=True, exist_ok=True)  # caches may be removed at any time
            self._file = tempfile.TemporaryFile(dir=place)  # noqa: SIM115 (closed with this object)
        except OSError as error:
            raise self._failed(error) from error
        weakref.finalize(self, self._file.close)

    def __len__(self) -> int:
        return self._count

    def append(self, rows: NDArray[Any]) -> None:
        """Write rows (n, width) behind those that are there.

        Raises:
            StorageError: the disk is full or gone.
        """
        if rows.shape[1:] != (self._width,):
            raise ValueError(f"rows of {self._width} numbers are kept here, not {rows.shape}")
        if not len(rows):
            return
        try:
            self._file.seek(self._count * self._row_bytes)
            self._file.write(np.ascontiguousarray(rows, self._dtype).data.cast("B"))
        except OSError as error:
            raise self._failed(error) from error
        self._count += len(rows)

    def take(self, places: NDArray[np.intp]) -> NDArray[Any]:
        """Return the rows (n, width) of some places (n,), in whatever order they stand.

        Raises:
            IndexError: there is no such place.
            StorageError: the disk is gone.
        """
        if len(places) and not 0 <= places.min() <= places.max() < self._count:
            raise IndexError(f"there are {self._count} rows, and none of {places.max()}")
        taken = np.empty((len(places), self._width), self._dtype)
        order = np.argsort(places, kind="stable")
        ordered, start = places[order], 0
        while start < len(places):
            first = int(ordered[start])
            stop = int(np.searchsorted(ordered, first + READ_AT_ONCE))
            block = self._read(first, int(ordered[stop - 1]) + 1)
            taken[order[start:stop]] = block[ordered[start:stop] - first]
            start = stop
        return taken

    def _read(self, first: int, stop: int) -> NDArray[Any]:
        block = np.empty((stop - first, self._width), self._dtype)
        try:
            self._file.seek(first * self._row_bytes)
            self._file.readinto(block.data.cast("B"))
        except OSError as error:
            raise self._failed(error) from error
        return block

    @property
    def _row_bytes(self) -> int:
        return self._width * self._dtype.itemsize

    @property
    def width(self) -> int:
        """Numbers a row."""
        return self._width

    def _failed(self, error: OSError) -> StorageError:
        return StorageError(
            f"The disk that holds {self._folder} is full or does not answer ({error.strerror}). "
            "Free some space and try again."
        )


@dataclass(frozen=True, eq=False)
class ChosenRows:
    """Some rows of a file, to be indexed as a matrix (n, width); only what is asked for is read.

    Attributes:
        file: Where they stand.
        places: At which places, int (n,).
    """

    file: RowFile
    places: NDArray[np.intp]

    def __len__(self) -> int:
        return len(self.places)

    @property
    def shape(self) -> tuple[int, int]:
        """That of the matrix."""
        return len(self.places), self.file.width

    def __getitem__(self, rows: slice | NDArray[np.intp] | NDArray[np.bool_]) -> NDArray[Any]:
        """Return some rows.

        Raises:
            StorageError: the disk is gone.
        """
        return self.file.take(self.places[rows])
