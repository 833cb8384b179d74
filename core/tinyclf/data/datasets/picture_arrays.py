"""Arrays as people keep pictures in them → (n, channels, h, w), and numbers of a kind we keep."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.data.datasets.content import require_room
from tinyclf.errors import InputError

BYTE = 255
_CHANNELS = (1, 2, 3, 4)
"""Grey, grey with opacity, colour, colour with opacity."""


def as_examples(source: str, x: NDArray[Any]) -> tuple[NDArray[Any], tuple[str, ...]]:
    """Return an array as a dataset keeps it, and a sentence on whatever was decided.

    Pictures may lie as (n, h, w), (n, h, w, channels) or (n, channels, h, w); columns as (n, d),
    one as (n,). Bytes and floats stay, truth values become the bytes 0 and 255, other whole numbers
    bytes where they are a picture's and fit, else floats.

    Args:
        source: Whose it is.
        x: Real numbers.

    Raises:
        InputError: this is no array of examples.
    """
    notes: tuple[str, ...] = ()
    if x.dtype.kind not in "biuf" or x.dtype.itemsize > 8:
        raise InputError(f"The examples of {source} must be real numbers, not {x.dtype}.")
    if x.ndim == 1 or x.ndim == 3:
        x = x[:, None]
    elif x.ndim == 4:
        x, notes = _channels_first(source, x)
    elif x.ndim != 2:
        raise InputError(
            f"The examples of {source} have the shape {x.shape}. Pictures are (n, h, w), "
            "(n, h, w, channels) or (n, channels, h, w), columns (n, d)."
        )
    return np.ascontiguousarray(_kept(source, x)), notes


def _channels_first(source: str, x: NDArray[Any]) -> tuple[NDArray[Any], tuple[str, ...]]:
    first, last = x.shape[1] in _CHANNELS, x.shape[3] in _CHANNELS
    if not first and not last:
        raise InputError(
            f"The examples of {source} have the shape {x.shape}: neither the second nor the last "
            "number can be that of colour channels, 1 to 4."
        )
    if first and last:
        note = f"{source}: the pictures of shape {x.shape[1:]} are taken as (channels, h, w)."
        return x, (note,)
    return (x if first else x.transpose(0, 3, 1, 2)), ()


def _kept(source: str, x: NDArray[Any]) -> NDArray[Any]:
    kind, size = x.dtype.kind, x.dtype.itemsize
    if x.dtype == np.uint8:
        return x
    if kind == "b":
        return x.astype(np.uint8) * np.uint8(BYTE)
    if kind == "f":
        require_room(source, x.size * max(4, size))
        return x.astype(np.float64 if size == 8 else np.float32)  # in this machine's byte order
    if x.ndim == 4 and x.size and x.min() >= 0 and x.max() <= BYTE:
        return x.astype(np.uint8)
    require_room(source, x.size * 8)
    return x.astype(np.float64)
