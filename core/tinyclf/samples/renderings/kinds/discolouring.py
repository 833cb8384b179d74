"""Discolouring: part of the thing took on another colour."""

from __future__ import annotations

import numpy as np

from tinyclf.samples.fields import Field, Pixels, filtered, noise, smoothstep


def damage(
    pixels: Pixels, alpha: Field, strength: float, rng: np.random.Generator
) -> tuple[Pixels, Field]:
    """Dye patches that grow until they meet."""
    height, width = alpha.shape
    patches = noise(rng, height, width, min(height, width) * rng.uniform(0.3, 0.9), 3)
    patches -= patches.max()
    edge = rng.uniform(0.02, 0.4)
    level = -0.15 - 1.3 * strength
    share = smoothstep(level, level + edge, patches)
    dye = np.sort(rng.uniform(0.45, 1.0, 3))[rng.permutation(3)]
    return pixels * filtered(share * np.float32(0.25 + 0.65 * strength), dye), alpha
