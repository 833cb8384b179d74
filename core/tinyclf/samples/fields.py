"""Fields: pictures of one number a pixel, float32 (height, width), and what is done to them.

Everything drawn here starts as a field: a tone, an amount of ink, a height, a light.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Field = NDArray[np.floating[Any]]
"""float32 (height, width), or a shape that broadcasts to it; sums on the way may be float64."""

Colour = Sequence[float] | NDArray[np.floating[Any]]
"""Red, green, blue, 0 to 1."""

Pixels = NDArray[np.floating[Any]]
"""float32 (height, width, 3), red, green, blue, 0 to 1."""


def grid(height: int, width: int) -> tuple[Field, Field]:
    """Return the pixels' row and column numbers as open grids, (height, 1) and (1, width)."""
    rows = np.arange(height, dtype=np.float32)[:, None]
    columns = np.arange(width, dtype=np.float32)[None, :]
    return rows, columns


def smoothstep(low: float | Field, high: float | Field, x: Field) -> Field:
    """Rise smoothly from 0 at ``low`` to 1 at ``high`` (or fall, where ``high < low``)."""
    t = np.clip((x - low) / (high - low), 0, 1)
    step: Field = t * t * (3 - 2 * t)
    return step


def mix(a: Field | float, b: Field | float, share: Field | float) -> Field:
    """Return ``a`` where ``share`` is 0, ``b`` where it is 1, and between them between."""
    mixed: Field = np.asarray(a + (b - a) * share, dtype=np.float32)
    return mixed


def resized(field: Field, height: int, width: int) -> Field:
    """Resample to another size, smoothly."""
    picture = Image.fromarray(np.ascontiguousarray(field, dtype=np.float32))
    return np.asarray(picture.resize((width, height), Image.Resampling.BICUBIC), dtype=np.float32)


def noise(
    rng: np.random.Generator,
    height: int,
    width: int,
    cell: float | tuple[float, float],
    octaves: int = 1,
) -> Field:
    """Return smooth noise, mean 0, mostly within -1 and 1.

    Args:
        rng: Where the randomness comes from.
        height: Rows.
        width: Columns.
        cell: The size of its coarsest spots in pixels; two numbers stretch it (down, across).
        octaves: Each further one adds spots half as large and half as strong.
    """
    down, across = cell if isinstance(cell, tuple) else (cell, cell)
    total = np.zeros((1, 1), dtype=np.float32)
    for octave in range(octaves):
        rows = min(max(2, round(height * 2**octave / down) + 2), height)
        columns = min(max(2, round(width * 2**octave / across) + 2), width)
        spots = rng.standard_normal((rows, columns), dtype=np.float32) * np.float32(0.5**octave)
        total = spots if octave == 0 else resized(total, rows, columns) + spots
    return resized(total, height, width) * np.float32(
        0.6 / sum(0.25**k for k in range(octaves)) ** 0.5
    )


def blurred(field: Field, radius: float) -> Field:
    """Blur with a standard deviation of ``radius`` pixels (1 or more), the border repeated."""
    shrink = max(1, int(radius / 2))
    height, width = field.shape
    small = field
    if shrink > 1:
        small = resized(field, max(2, height // shrink), max(2, width // shrink))
    for _ in range(2):
        small = _box(_box(small, radius / shrink).T, radius / shrink).T
    return small if shrink == 1 else resized(small, height, width)


def _box(field: Field, radius: float) -> Field:
    """Average each column over a window whose spread is ``radius`` / √2."""
    half = max(1, round(((6 * radius * radius + 1) ** 0.5 - 1) / 2))
    padded = np.pad(field, ((half + 1, half), (0, 0)), mode="edge")
    sums = np.cumsum(padded, axis=0, dtype=np.float64)
    window = 2 * half + 1
    averages: Field = ((sums[window:] - sums[:-window]) / window).astype(np.float32)
    return averages


def triangle(phase: Field) -> Field:
    """Return the triangle wave of period 1: 1 at whole numbers, 0 halfway between."""
    wave: Field = np.abs(2 * (phase - np.floor(phase)) - 1)
    return wave


def tinted(field: Field, dark: Colour, light: Colour) -> Pixels:
    """Colour a field: ``dark`` where it is 0, ``light`` where it is 1; planar in memory."""
    low = np.asarray(dark, dtype=np.float32)[:, None, None]
    high = np.asarray(light, dtype=np.float32)[:, None, None]
    return np.moveaxis(low + (high - low) * field, 0, 2)


def filtered(field: Field, colour: Colour) -> Pixels:
    """Return what light gets through ``field`` (0 to 1) of a dye of this colour."""
    return tinted(field, (1.0, 1.0, 1.0), colour)


def planar(pixels: Pixels) -> Pixels:
    """Return the same pixels with each colour's plane in one piece of memory.

    NumPy keeps that order, and a field times such pixels takes a fifth of the time.
    """
    return np.moveaxis(np.ascontiguousarray(np.moveaxis(pixels, 2, 0)), 0, 2)
