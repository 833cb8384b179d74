"""Examples that somebody names: a file of arrays, looked at before anything large is read."""

from __future__ import annotations

import math
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from tinyclf.data.datasets.npz import array_header
from tinyclf.errors import ConfigError

MOST_EXAMPLES = 10_000_000
MOST_INPUTS = 65_536
MOST_CLASSES = 1000

LONGEST_NUMBER = 8
"""Bytes of a number of the file, at most."""

BYTE = 255
"""What the bytes of pictures are divided by."""

REMEMBERED = 16
"""Files whose sizes are: every case of a grid asks for them."""


@dataclass(frozen=True)
class Sizes:
    """How much a file holds.

    Attributes:
        examples: How many there are.
        inputs: Numbers of an example.
        classes: One more than the highest class.
    """

    examples: int
    inputs: int
    classes: int

    def __str__(self) -> str:
        return f"{self.examples:,} examples of {self.inputs:,} numbers in {self.classes:,} classes"

    def as_settings(self) -> dict[str, int]:
        """Return them by the names that settings give them."""
        return asdict(self)


def sizes_of(path: Path) -> Sizes:
    """Return how much a file of arrays holds. Of the inputs only the header is read.

    Args:
        path: Of a file as :func:`numpy.savez` writes it, with inputs x (n, …), which are real
            numbers, and classes y (n,), whole numbers from 0.

    Raises:
        ConfigError: there is no such file, it holds something else, or more than is allowed; the
            message names it.
    """
    with _reading(path):
        status = path.stat()
    if not stat.S_ISREG(status.st_mode):  # a pipe would be waited for
        raise ConfigError(f"{path} is no ordinary file. Name one that numpy.savez has written.")
    return _sizes(path, status.st_mtime_ns, status.st_size)


def arrays_of(path: Path, sizes: Sizes, precision: str) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """Return inputs (examples, inputs) and classes (examples,). Bytes become numbers from 0 to 1.

    Args:
        path: Of the file.
        sizes: How much it held when it was asked for.
        precision: Of the inputs that are returned, ``"f4"`` or ``"f8"``.

    Raises:
        ConfigError: the file is gone, damaged, or another one by now.
    """
    if (found := sizes_of(path)) != sizes:
        raise ConfigError(f"{path} has {found}, but {sizes} were asked for: measure it anew.")
    with _reading(path), np.load(path, allow_pickle=False) as arrays:
        x, y = arrays["x"], arrays["y"]
    rows = x.reshape(sizes.examples, sizes.inputs).astype(precision, copy=False)
    if x.dtype == np.uint8:
        rows /= BYTE
    return rows, y.astype(np.int64)


@dataclass(frozen=True)
class _Header:
    """What is known of an array before it is read."""

    shape: tuple[int, ...]
    dtype: np.dtype[Any]

    def __str__(self) -> str:
        return f"{self.dtype} of shape {self.shape}"


@lru_cache(REMEMBERED)
def _sizes(path: Path, _changed: int, _length: int) -> Sizes:
    """Return the sizes of a file as it was at a time; it is read again when it has changed."""
    with _reading(path), zipfile.ZipFile(path) as file:
        x, y = (_header(file, path, name) for name in ("x", "y"))
        _check_headers(path, x, y)
        classes = _array(file, "y")
    low, high = int(classes.min()), int(classes.max())
    if low < 0 or high >= MOST_CLASSES:
        raise ConfigError(
            f"The classes in y of {path} go from {low} to {high}. "
            f"Number them from 0 to {MOST_CLASSES - 1} at most."
        )
    if high == 0:
        raise ConfigError(f"All examples of {path} have the class 0. Give at least two classes.")
    return Sizes(len(classes), math.prod(x.shape[1:]), high + 1)


def _check_headers(path: Path, x: _Header, y: _Header) -> None:
    """Check that two arrays are examples, and not too many."""
    if x.dtype.kind not in "biuf" or x.dtype.itemsize > LONGEST_NUMBER or not x.shape:
        raise ConfigError(
            f"x of {path} must be real numbers of at most {8 * LONGEST_NUMBER} bits, "
            f"of shape (n, …), not {x}."
        )
    if y.dtype.kind not in "iu" or len(y.shape) != 1:
        raise ConfigError(f"y of {path} must be whole numbers of shape (n,), not {y}.")
    if x.shape[0] != y.shape[0]:
        raise ConfigError(
            f"{path} has {x.shape[0]:,} examples in x, but {y.shape[0]:,} classes in y: "
            "give one for each."
        )
    inputs = math.prod(x.shape[1:])
    if not 1 <= y.shape[0] <= MOST_EXAMPLES:
        raise ConfigError(
            f"{path} has {y.shape[0]:,} examples; from 1 to {MOST_EXAMPLES:,} are allowed."
        )
    if not 1 <= inputs <= MOST_INPUTS:
        raise ConfigError(
            f"An example of {path} has {inputs:,} numbers; from 1 to {MOST_INPUTS:,} are allowed."
        )


def _header(file: zipfile.ZipFile, path: Path, name: str) -> _Header:
    """Return the header of an array, which must have the bytes that it tells of."""
    if f"{name}.npy" not in file.namelist():
        raise ConfigError(
            f"{path} has no array {name}. It must have x, a row for each example, and y, the "
            "class of each."
        )
    with file.open(f"{name}.npy") as part:
        shape, dtype = array_header(part)
    if math.prod(shape) * dtype.itemsize > file.getinfo(f"{name}.npy").file_size:
        raise ValueError("it promises more than it has")
    return _Header(shape, dtype)


def _array(file: zipfile.ZipFile, name: str) -> NDArray[Any]:
    with file.open(f"{name}.npy") as part:
        array: NDArray[Any] = npy.read_array(part, allow_pickle=False)
    return array


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Tell in a sentence why a file cannot be read."""
    try:
        yield
    except (ConfigError, MemoryError):
        raise
    except OSError as error:
        raise ConfigError(
            f"{path} cannot be read: {error.strerror or error}. Check its name."
        ) from error
    except Exception as error:  # of whatever is read by zipfile, zlib and NumPy from any bytes
        raise ConfigError(
            f"{path} is damaged, or no file of arrays at all. Write one with numpy.savez."
        ) from error
