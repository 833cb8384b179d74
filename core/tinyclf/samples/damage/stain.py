"""Stains: water, coffee or glue dried in and left a darker border."""

from __future__ import annotations

import numpy as np

from tinyclf.samples.damage.shapes import spot, streams
from tinyclf.samples.fields import Field, Pixels, filtered, grid, noise, smoothstep

COLOURS = ((0.70, 0.54, 0.34), (0.62, 0.44, 0.26), (0.76, 0.66, 0.46), (0.60, 0.56, 0.52),
           (0.68, 0.50, 0.42))  # fmt: skip
"""What the dried liquid lets through."""


def damage(
    pixels: Pixels, alpha: Field, strength: float, rng: np.random.Generator
) -> tuple[Pixels, Field]:
    """Let one blot dry, at greater strength up to three, one over another."""
    height, width = alpha.shape
    unit = min(height, width)
    y, x = grid(height, width)
    colour = COLOURS[rng.integers(len(COLOURS))]
    for number, part in enumerate(streams(rng, 3)):
        wet = (strength - 0.3 * number) / (1 - 0.3 * number)
        if wet > 0:
            u, v = spot(part, 0.1)
            rough = noise(part, height, width, unit * 0.35, 4)
            radius = (0.09 + 0.40 * wet) * (1 + 0.30 * rough)
            away = np.hypot(y - v * height, x - u * width) / unit
            inside = smoothstep(0.012, -0.012, away - radius)
            tide = np.exp(-(((away - radius + 0.012) / 0.016) ** 2))
            depth = inside * (0.24 + 0.38 * wet) + tide * (0.22 + 0.36 * wet)
            pixels = pixels * filtered(np.clip(depth, 0, 1), colour)
    return pixels, alpha
