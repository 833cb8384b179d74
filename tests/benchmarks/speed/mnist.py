"""MNIST, read from its four gzipped IDX files (LeCun & Cortes 1998)."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.shared import shared, where_to_put
from tests.benchmarks.speed.contender import AbsentError

FOLDER = "mnist"

SHAPE = (1, 28, 28)
"""One channel, then pixels down and across."""

Pictures = NDArray[np.uint8]


def training() -> tuple[Pictures, NDArray[np.int64]]:
    """Return 60,000 pictures (n, 1, 28, 28), 0 to 255, and their digits (n,).

    Raises:
        AbsentError: files are not here; says where they would have to be.
    """
    return _read("train")


def test() -> tuple[Pictures, NDArray[np.int64]]:
    """Return 10,000 other pictures and their digits; as :func:`training`."""
    return _read("t10k")


def _read(part: str) -> tuple[Pictures, NDArray[np.int64]]:
    images, labels = (
        shared(FOLDER) / f"{part}-{what}-ubyte.gz" for what in ("images-idx3", "labels-idx1")
    )
    for file in (images, labels):
        if not file.exists():
            raise AbsentError(f"no {file.name}, one of MNIST's four files: {where_to_put(FOLDER)}")
    pictures, digits = _numbers(images, header=16), _numbers(labels, header=8)
    return pictures.reshape(-1, *SHAPE), digits.astype(np.int64)


def _numbers(path: Path, header: int) -> NDArray[Any]:
    with gzip.open(path) as file:
        return np.frombuffer(file.read(), np.uint8, offset=header)
