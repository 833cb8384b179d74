"""Dirt: specks and grains stuck to the surface."""

from __future__ import annotations

import numpy as np

from tinyclf.samples.damage.shapes import painted
from tinyclf.samples.fields import Field, Pixels, noise, smoothstep


def damage(
    pixels: Pixels, alpha: Field, strength: float, rng: np.random.Generator
) -> tuple[Pixels, Field]:
    """Strew specks, denser in some places."""
    height, width = alpha.shape
    unit = min(height, width)
    grains = noise(rng, height, width, max(2.0, unit * rng.uniform(0.008, 0.022)))
    where = noise(rng, height, width, unit * 0.4, 2)
    level = 1.75 - 1.05 * strength - 0.35 * where
    specks = smoothstep(level, level + 0.15, grains)
    tone = np.asarray(rng.uniform(0.08, 0.3) * rng.uniform(0.8, 1.2, 3), np.float32)
    return painted(pixels, tone, specks * np.float32(0.85 * (strength > 0))), alpha
