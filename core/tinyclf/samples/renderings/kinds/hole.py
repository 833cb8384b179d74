"""Holes: of pins, staples and worms."""

from __future__ import annotations

import numpy as np

from tinyclf.samples.damage.shapes import bare_paper, painted
from tinyclf.samples.fields import Field, Pixels, grid, noise, smoothstep

MOST = 9


def damage(
    pixels: Pixels, alpha: Field, strength: float, rng: np.random.Generator
) -> tuple[Pixels, Field]:
    """Pierce it: more and wider holes at greater strength, each with a raised rim."""
    height, width = alpha.shape
    unit = min(height, width)
    rim_tone = bare_paper(pixels, alpha)
    rag = noise(rng, height, width, unit * 0.03, 2)
    places = rng.uniform(0.06, 0.94, (MOST, 2))
    sizes = rng.uniform(0.4, 1.0, MOST)
    pixels, alpha = pixels.copy(), alpha.copy()
    for (u, v), size in list(zip(places, sizes, strict=True))[: 1 + round(strength * (MOST - 1))]:
        radius = unit * (0.006 + 0.035 * strength * size)
        reach = int(radius * 4) + 2
        top, left = max(0, int(v * height) - reach), max(0, int(u * width) - reach)
        part = np.s_[top : top + 2 * reach, left : left + 2 * reach]
        y, x = grid(*alpha[part].shape)
        away = np.hypot(y + top - v * height, x + left - u * width) / radius
        away = away - 1 - 0.25 * rag[part]
        rim = np.exp(-(((away - 0.3) / 0.35) ** 2))
        raised = painted(pixels[part], rim_tone, 0.8 * rim)
        pixels[part] = raised * (1 - 0.3 * np.exp(-(((away - 1.0) / 0.3) ** 2)))[..., None]
        soft = 0.8 / radius
        alpha[part] *= smoothstep(-soft, soft, away)
    return pixels, alpha
