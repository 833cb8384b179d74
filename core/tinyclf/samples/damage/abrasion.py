"""Abrasion: the printed surface is rubbed or scraped off down to the fibres."""

from __future__ import annotations

import numpy as np

from tinyclf.samples.damage.shapes import bare_paper, painted, spot
from tinyclf.samples.fields import Field, Pixels, grid, noise, smoothstep


def damage(
    pixels: Pixels, alpha: Field, strength: float, rng: np.random.Generator
) -> tuple[Pixels, Field]:
    """Scrape patches along one direction."""
    height, width = alpha.shape
    unit = min(height, width)
    paper = np.minimum(bare_paper(pixels, alpha) * 1.01, 1.0)
    u, v = spot(rng, 0.25)
    y, x = grid(height, width)
    away = np.hypot(y - v * height, x - u * width) / unit
    down, across = (0.28, 0.11) if rng.random() < 0.5 else (0.11, 0.28)
    patches = noise(rng, height, width, (unit * down, unit * across), 5)
    fibres = noise(rng, height, width, 3.0, 2)
    centred = 1.25 - away / (0.06 + 0.86 * strength) * 1.25
    level = 0.85 * patches + centred + 0.12 * fibres
    bare = smoothstep(0.30, 0.52, level) * min(0.96, 0.55 + 0.7 * strength)
    bare = bare * np.clip(0.88 + 0.20 * fibres, 0, 1)
    rim = np.exp(-(((level - 0.28) / 0.10) ** 2)) * 0.10 * np.float32(strength > 0)
    return painted(pixels * (1 - rim)[..., None], paper, bare), alpha
