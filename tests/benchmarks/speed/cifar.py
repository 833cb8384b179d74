"""Part of CIFAR-10 (Krizhevsky 2009), read from an archive of JPEG files, a folder a class."""

from __future__ import annotations

import tarfile
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.shared import shared, where_to_put
from tests.benchmarks.speed.contender import AbsentError

ARCHIVE = "cifar10_part.tar.xz"

SHAPE = (3, 32, 32)
"""Colours, then pixels down and across."""

TRAINING = 20_000


def training() -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Return 20,000 pictures (n, 3, 32, 32), 0 to 255, and their classes (n,), by name.

    Raises:
        AbsentError: the archive is not here; says where it would have to be.
    """
    return _read("train")


def test() -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Return 5,000 other pictures and their classes; as :func:`training`."""
    return _read("test")


def _read(part: str) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    place = shared(ARCHIVE)
    if not place.exists():
        raise AbsentError(f"no {ARCHIVE}: {where_to_put(ARCHIVE)}")
    pictures, names = [], []
    with tarfile.open(place) as archive:
        for file in archive:
            path = PurePosixPath(file.name)
            if file.isfile() and path.parent.parent.name == part:
                pictures.append(_pixels(archive.extractfile(file).read()))  # type: ignore[union-attr]
                names.append(path.parent.name)
    return np.stack(pictures), np.unique(names, return_inverse=True)[1].astype(np.int64)


def _pixels(jpeg: bytes) -> NDArray[Any]:
    from PIL import Image

    return np.asarray(Image.open(BytesIO(jpeg)).convert("RGB")).transpose(2, 0, 1)
