"""Running: water took the colours along and left them blurred and pale."""

from __future__ import annotations

import numpy as np

from tinyclf.samples.damage.shapes import spot
from tinyclf.samples.fields import Field, Pixels, blurred, grid, noise, smoothstep


def damage(
    pixels: Pixels, alpha: Field, strength: float, rng: np.random.Generator
) -> tuple[Pixels, Field]:
    """Blur and wash out a wet patch."""
    height, width = alpha.shape
    unit = min(height, width)
    y, x = grid(height, width)
    u, v = spot(rng, 0.1)
    rough = noise(rng, height, width, unit * 0.35, 3)
    away = np.hypot((y - v * height) * rng.uniform(0.5, 1), x - u * width) / unit
    wet = smoothstep(1.0, 0.75, away / (0.10 + 0.75 * strength) + 0.35 * rough)
    radius = max(1.0, unit * (0.008 + 0.03 * strength))
    soaked = np.stack([blurred(pixels[..., k], radius) for k in range(3)], axis=2)
    pale = soaked.mean(axis=(0, 1))
    soaked += (pale * 1.1 - soaked) * np.float32(0.1 + 0.35 * strength)
    return pixels + (soaked - pixels) * (wet * np.float32(strength > 0))[..., None], alpha
