"""MNIST, read from its four gzipped IDX files (LeCun & Cortes 1998)."""

from __future__ import annotations

import gzip
import os
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.speed.contender import AbsentError

BESIDE = Path(__file__).parents[4] / "shared" / "data"

SIDE = 28
"""Pixels along an edge of a picture."""

Pictures = NDArray[np.uint8]


def training() -> tuple[Pictures, NDArray[np.int64]]:
    """Return 60,000 pictures (n, 28, 28), 0 to 255, and their digits (n,).

    Raises:
        AbsentError: the files are not here; says where they are looked for.
    """
    return _read("train")


def test() -> tuple[Pictures, NDArray[np.int64]]:
    """Return 10,000 other pictures and their digits; as :func:`training`."""
    return _read("t10k")


def _read(part: str) -> tuple[Pictures, NDArray[np.int64]]:
    folder = Path(os.environ.get("TINYCLF_SHARED", BESIDE)) / "mnist"
    if not folder.exists():
        raise AbsentError(f"no MNIST in {folder}: set TINYCLF_SHARED to the folder that holds it")
    pictures = _numbers(folder / f"{part}-images-idx3-ubyte.gz", header=16)
    digits = _numbers(folder / f"{part}-labels-idx1-ubyte.gz", header=8)
    return pictures.reshape(-1, SIDE, SIDE), digits.astype(np.int64)


def _numbers(path: Path, header: int) -> NDArray[Any]:
    with gzip.open(path) as file:
        return np.frombuffer(file.read(), np.uint8, offset=header)
