"""The stamp's paper and its perforation."""

from __future__ import annotations

import numpy as np

from tinyclf.samples.fields import Field, Pixels, grid, noise, tinted

TONES = (
    (0.965, 0.950, 0.915), (0.955, 0.930, 0.870), (0.945, 0.915, 0.840), (0.970, 0.965, 0.950),
    (0.940, 0.920, 0.875), (0.925, 0.885, 0.800), (0.960, 0.950, 0.930),
)  # fmt: skip
"""From white to cream: age alone is no fault."""


def sheet(rng: np.random.Generator, height: int, width: int) -> Pixels:
    """Return blank paper with its tone and fibres."""
    tone = TONES[rng.integers(len(TONES))]
    fibres = noise(rng, height, width, (5, 2)) + noise(rng, height, width, (2, 6))
    cloud = noise(rng, height, width, min(height, width) / 3, 2)
    light = 1 + 0.010 * fibres + 0.012 * cloud
    return tinted(light, (0, 0, 0), tone)


def inking(rng: np.random.Generator, height: int, width: int) -> Field:
    """Return how well each spot of the paper took the ink, about 0.8 to 1."""
    took: Field = np.clip(0.94 + 0.07 * noise(rng, height, width, (2.6, 2.2)), 0.7, 1)
    return took


def teeth(rng: np.random.Generator, height: int, width: int, mm: float) -> Field:
    """Return how much of each pixel the perforated paper covers, 0 to 1.

    Args:
        rng: Where the randomness comes from.
        height: Rows.
        width: Columns.
        mm: Pixels to the millimetre.
    """
    pitch = 20 / rng.choice([11, 11.5, 12, 12.5, 13, 14]) * mm
    radius = pitch * rng.uniform(0.27, 0.31)
    cover = np.ones((height, width), dtype=np.float32)
    for turns in range(4):
        edge = np.rot90(cover, turns)
        depth = min(edge.shape[0], int(radius * 1.8) + 3)
        strip = edge[:depth]
        np.minimum(strip, _edge(rng, depth, edge.shape[1], pitch, radius), out=strip)
    return cover


def _edge(rng: np.random.Generator, depth: int, length: int, pitch: float, radius: float) -> Field:
    """Return one edge's strip: holes punched on the border, tooth tips torn a little."""
    y, x = grid(depth, length)
    holes = max(3, round(length / pitch))
    # The corner teeth are broader: the first hole is punched a little further in.
    x = (x - length / 2) * np.float32(1 + 0.24 / holes) + length / 2
    step = length / holes
    number = np.clip(np.floor(x / step).astype(np.intp), 0, holes - 1)
    wobble = (1 + 0.03 * rng.standard_normal(holes)).astype(np.float32)
    hole = np.hypot(x - (number + np.float32(0.5)) * step, y) - radius * wobble[number]
    tooth = np.clip(np.round(x / step).astype(np.intp), 0, holes)
    lost = np.abs(rng.normal(0, 0.10 * radius, holes + 1)).astype(np.float32)
    ragged = 0.05 * radius * rng.standard_normal((1, length), dtype=np.float32)
    tip = y + 1 - lost[tooth] - ragged
    strip: Field = np.clip(np.minimum(hole, tip) + 0.5, 0, 1)
    return strip
