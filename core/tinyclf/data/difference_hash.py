"""What near-duplicates are known by, however they are turned: difference hashes of poses.

64 bits tell whether each of 8 × 8 places is brighter than its neighbour on the left, 64 more than
the one above. They are taken upright, and once more with the picture turned so that it is brighter
on the right than on the left, brighter below than above, and more so across than down: each of the
eight ways to turn and mirror it comes to the same. Where it is hard to tell which is brighter, both
poses count. With a thin edge cut off it is hashed again, for near-duplicates that were trimmed.

Sources: N. Krawetz, "Kind of Like That", hackerfactor.com, 2013 (dHash, across alone; both ways as
B. Hoyt's package ``dhash`` has it).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Hashes = NDArray[np.uint64]

SIDE = 8

PLAIN = 2.0
"""Levels of 255: a picture whose 9 × 8 places deviate less from their mean shows nothing by which
two of its kind could be told apart. It is like no other."""

TRIM = 0.015
"""Of the longer side: so thick an edge is cut off all round for the trimmed poses."""

TRIMMED = 2
"""So many bits fewer may differ for each of two poses that is trimmed: more poses, more chances to
be alike by accident."""

HARD_TO_TELL = 0.04
"""Of the standard deviation of its places: so little brighter, and a near-duplicate may be it on
the other side. With half of it one mirrored in 25 of real stamps is lost, with more none is won."""

_RAMP = np.linspace(-1, 1, SIDE + 1) / (SIDE + 1)

_Grids = tuple[NDArray[Any], NDArray[Any]]
"""The same picture (8, 9), for its rows, and (9, 8), for its columns."""


def hashes_of_poses(image: Image.Image) -> Hashes:
    """Return the difference hashes of a picture that is not plain, each once, uint64 ``(k, 3)``.

    The first is that of the picture as it is. The last column is 0, or `TRIMMED` of a trimmed pose.
    """
    grey = image.convert("L")
    whole, trimmed = _grids(grey), _grids(grey, TRIM)
    found = [(*_hash(pose), 0) for pose in (whole, *_turned(whole))]
    found += [(*_hash(pose), TRIMMED) for pose in _turned(trimmed)]
    return np.array(list(dict.fromkeys(found)), np.uint64)


def is_plain(image: Image.Image) -> bool:
    """Return whether a picture is of one brightness nearly all over."""
    return bool(_grids(image.convert("L"))[0].std() < PLAIN)


def _grids(grey: Image.Image, trim: float = 0.0) -> _Grids:
    width, height = grey.size
    edge = min(trim * max(width, height), min(width, height) / 4)
    box = (edge, edge, width - edge, height - edge)
    one, other = (
        np.asarray(grey.resize(size, Image.Resampling.LANCZOS, box))
        for size in ((SIDE + 1, SIDE), (SIDE, SIDE + 1))
    )
    return one, other


def _turned(grids: _Grids) -> Iterator[_Grids]:
    """Yield the pose that is brightest on the right, then below; several where that is close."""
    across, down = grids
    close = HARD_TO_TELL * across.std()
    right, below = float(across.mean(axis=0) @ _RAMP), float(down.mean(axis=1) @ _RAMP)
    for mirror, flip, swap in product(
        _either(right, close), _either(below, close), _either(abs(right) - abs(below), close)
    ):
        rows, columns = slice(None, None, -1 if flip else 1), slice(None, None, -1 if mirror else 1)
        one, other = across[rows, columns], down[rows, columns]
        yield (other.T, one.T) if swap else (one, other)


def _either(more: float, close: float) -> tuple[bool, ...]:
    """Return whether to turn it round; both where that is close."""
    return (False, True) if abs(more) < close else (more < 0,)


def _hash(grids: _Grids) -> Hashes:
    """Return the difference hash across and down, uint64 ``(2,)``."""
    across, down = grids
    brighter = np.stack([across[:, 1:] > across[:, :-1], down[1:] > down[:-1]])
    packed = np.packbits(brighter.reshape(2, -1), axis=1)
    return packed.view(np.uint64)[:, 0]
