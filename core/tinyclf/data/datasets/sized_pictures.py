"""Pictures brought to one size, cut to its proportion first: as examples of a dataset."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import BinaryIO, TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from tinyclf.data.ahead import map_ahead
from tinyclf.data.decode import decode_file, read_size
from tinyclf.data.files import open_regular
from tinyclf.domain import Job, Problem, Progress

T = TypeVar("T")
Pixels = NDArray[np.uint8]

SIDE = 32
"""Pixels to which pictures of several sizes are brought, both ways, where no size is said."""

LARGEST_SIDE = 2_000

_BATCH = 16
"""Pictures that a thread reads at a time: small ones take less than handing them over."""


def read_pictures(
    items: Sequence[T], read: Callable[[T], Pixels | Problem], workers: int
) -> Job[tuple[list[Pixels | None], list[Problem]]]:
    """Return each item's pixels, (h, w) where it is grey, else (h, w, 3); and those without.

    Args:
        items: The pictures, such as files.
        read: Gives the pixels of one, all of one size, or says why it cannot; on any thread.
        workers: How many threads read.
    """

    def read_some(some: Sequence[T]) -> list[Pixels | Problem]:
        return [read(item) for item in some]

    pictures: list[Pixels | None] = []
    problems: list[Problem] = []
    batches = [items[start : start + _BATCH] for start in range(0, len(items), _BATCH)]
    with closing(map_ahead(read_some, batches, workers)) as results:
        for result in chain.from_iterable(results):
            if isinstance(result, Problem):
                problems.append(result)
            pictures.append(None if isinstance(result, Problem) else result)
            if len(pictures) % _BATCH == 0 or len(pictures) == len(items):
                yield Progress("Reading pictures", len(pictures), len(items))
    return pictures, problems


def read_picture(path: Path, size: tuple[int, int]) -> Pixels:
    """Return a picture as a dataset of class folders has it: (h, w) if it is grey, else (h, w, 3).

    Args:
        path: The file.
        size: Width and height that it gets; its middle is cut out in their proportion first.

    Raises:
        PhotoError: it is no picture, or not a whole one; the message is the reason.
    """
    with open_regular(path) as file:
        return picture_in(file, size)


def picture_in(file: BinaryIO, size: tuple[int, int]) -> Pixels:
    """Return the picture in an open file, from its beginning, as :func:`read_picture` does."""
    around = _long_side(read_size(file), size)
    file.seek(0)
    image = decode_file(file, long_side=around).image
    if image.size != size:
        image = ImageOps.fit(image, size, Image.Resampling.BICUBIC)
    pixels = np.asarray(image)
    red, green, blue = (pixels[:, :, channel] for channel in range(3))
    is_grey = bool((red == green).all() and (green == blue).all())
    return red.copy() if is_grey else pixels


def _long_side(whole: tuple[int, int], size: tuple[int, int]) -> int:
    """Return the longer side of the smallest picture that covers the size."""
    scale = max(size[0] / whole[0], size[1] / whole[1])
    return max(math.ceil(max(whole) * scale), max(size))


def stacked(pictures: Sequence[Pixels]) -> NDArray[np.uint8]:
    """Return pictures as (n, channels, h, w): one channel if all are grey, else three."""
    h, w = pictures[0].shape[:2]
    channels = 1 if all(picture.ndim == 2 for picture in pictures) else 3
    x = np.empty((len(pictures), channels, h, w), np.uint8)
    for place, picture in zip(x, pictures, strict=True):
        place[:] = picture if picture.ndim == 2 else picture.transpose(2, 0, 1)
    return x
