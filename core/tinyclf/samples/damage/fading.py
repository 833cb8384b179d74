"""Fading: the sun took the ink, the paper yellowed."""

from __future__ import annotations

import numpy as np

from tinyclf.samples.damage.shapes import bare_paper
from tinyclf.samples.fields import Field, Pixels, grid, noise, tinted


def damage(
    pixels: Pixels, alpha: Field, strength: float, rng: np.random.Generator
) -> tuple[Pixels, Field]:
    """Bleach the print towards the bare paper, unevenly, and tan the paper."""
    height, width = alpha.shape
    paper = bare_paper(pixels, alpha)
    y, x = grid(height, width)
    down, across = rng.uniform(-1, 1), rng.uniform(-1, 1)
    slope = down * (y / height - 0.5) + across * (x / width - 0.5)
    cloud = noise(rng, height, width, min(height, width) * 0.5, 2)
    uneven = 1 + 0.30 * slope + 0.10 * cloud
    lost = np.clip(strength**1.1 * 0.90 * uneven, 0, 0.93)
    tan = np.asarray((0.985, 0.955, 0.87), dtype=np.float32) ** np.float32(strength)
    share = np.minimum(tinted(lost, (0, 0, 0), (1.06, 0.97, 0.92)), 0.95)
    bleached: Pixels = pixels + (paper - pixels) * share
    return bleached * tan, alpha
