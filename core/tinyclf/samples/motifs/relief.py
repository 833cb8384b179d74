"""Flat shapes raised into relief and lit, as on a coin."""

from __future__ import annotations

import numpy as np

from tinyclf.samples.fields import Field, blurred, resized


def raised(mask: Field, reach: float) -> Field:
    """Return a height in pixels: the shape swells from its edge to about ``reach`` inside."""
    rows, columns = mask.shape
    # What swells is smooth: half the resolution says it all, and costs a quarter.
    half = resized(mask, max(2, rows // 2), max(2, columns // 2))
    height = np.zeros_like(half)
    for share, radius in ((0.22, 0.12), (0.33, 0.35), (0.45, 0.9)):
        height += share * np.clip(2 * blurred(half, reach * radius / 2) - 1, 0, 1) ** 0.6
    lifted: Field = resized(height, rows, columns) * mask * reach
    return lifted


def lit(height: Field, from_left: float = 1.0, from_above: float = 0.7) -> Field:
    """Return how bright a surface is under a light from the side (Lambert), 0 to 1."""
    down, across = np.gradient(height)
    steep = np.sqrt(1 + down * down + across * across)
    facing = (1.1 + across * from_left + down * from_above) / steep
    bright: Field = np.clip(facing / np.hypot(1.1, np.hypot(from_left, from_above)), 0, 1)
    return bright
