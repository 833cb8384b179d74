"""Wrinkles: damp made it wavy; the waves catch the light and bend what is printed."""

from __future__ import annotations

from math import cos, pi, sin

import numpy as np

from tinyclf.samples.fields import Field, Pixels, grid, noise


def damage(
    pixels: Pixels, alpha: Field, strength: float, rng: np.random.Generator
) -> tuple[Pixels, Field]:
    """Buckle it along one direction."""
    height, width = alpha.shape
    unit = min(height, width)
    cell = unit * rng.uniform(0.08, 0.25)
    stretched = (cell, cell * 4) if rng.random() < 0.5 else (cell * 4, cell)
    high = noise(rng, height, width, stretched, 2)
    turn = rng.uniform(0, 2 * pi)
    down, across = np.gradient(high)
    slope = (down * sin(turn) + across * cos(turn)) * np.float32(cell)
    y, x = grid(height, width)
    push = high * np.float32(unit * 0.022 * strength)
    rows = np.clip(np.rint(y + push * np.float32(sin(turn))), 0, height - 1).astype(np.intp)
    columns = np.clip(np.rint(x + push * np.float32(cos(turn))), 0, width - 1).astype(np.intp)
    light = np.asarray(1 + np.clip(0.42 * strength * slope, -0.6, 0.6), np.float32)
    return pixels[rows, columns] * light[..., None], np.minimum(alpha, alpha[rows, columns])
