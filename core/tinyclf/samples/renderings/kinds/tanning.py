"""Tanning: air and light brown the thing from its rim inwards."""

from __future__ import annotations

import numpy as np

from tinyclf.samples.fields import Field, Pixels, filtered, grid, noise


def damage(
    pixels: Pixels, alpha: Field, strength: float, rng: np.random.Generator
) -> tuple[Pixels, Field]:
    """Brown it, most at the rim."""
    height, width = alpha.shape
    unit = min(height, width)
    y, x = grid(height, width)
    rim = np.minimum(np.minimum(y, height - 1 - y), np.minimum(x, width - 1 - x)) / unit
    cloud = noise(rng, height, width, unit * 0.4, 3)
    reach = rng.uniform(0.06, 0.3)
    brown = np.exp(-rim / (reach * (0.5 + strength))) * (1 + 0.5 * cloud)
    brown = brown + rng.uniform(0.05, 0.4) * strength
    dye = np.asarray((0.66, 0.48, 0.28)) + rng.normal(0, 0.05, 3)
    return pixels * filtered(np.clip(brown, 0, 1) * np.float32(0.95 * strength), dye), alpha
