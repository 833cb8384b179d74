"""Foxing: rusty spots that grow in old paper."""

from __future__ import annotations

import numpy as np

from tinyclf.samples.fields import Field, Pixels, filtered, smoothstep

MOST = 46
"""Spots at full strength."""


def damage(
    pixels: Pixels, alpha: Field, strength: float, rng: np.random.Generator
) -> tuple[Pixels, Field]:
    """Grow spots: more, larger and darker ones at greater strength."""
    height, width = alpha.shape
    unit = min(height, width)
    spots = rng.uniform(0, 1, (MOST, 4))
    rust = np.zeros((height, width), dtype=np.float32)
    for x, y, large, dark in spots[: int(np.ceil(7 * (strength > 0) + (MOST - 7) * strength**1.3))]:
        radius = unit * (0.008 + 0.034 * large**2.5) * (0.9 + 0.7 * strength)
        _grow(rust, x * width, y * height, radius, 0.35 + 0.45 * dark + 0.2 * strength)
    return pixels * filtered(np.clip(rust, 0, 0.95), (0.60, 0.38, 0.18)), alpha


def _grow(rust: Field, x: float, y: float, radius: float, depth: float) -> None:
    """Add one spot: a dark core in a soft halo."""
    reach = int(radius * 2.6) + 2
    top, left = max(0, int(y) - reach), max(0, int(x) - reach)
    part = rust[top : int(y) + reach, left : int(x) + reach]
    rows = np.arange(part.shape[0], dtype=np.float32)[:, None] + top - y
    columns = np.arange(part.shape[1], dtype=np.float32)[None, :] + left - x
    away = np.hypot(rows, columns) / radius
    core = smoothstep(1.1, 0.5, away) * 0.6 + np.exp(-((away / 1.1) ** 2)) * 0.4
    np.maximum(part, core * depth, out=part)
