"""Smudges: grime and ink wiped over the stamp."""

from __future__ import annotations

from math import cos, pi, sin

import numpy as np

from tinyclf.samples.damage.shapes import spot
from tinyclf.samples.fields import Field, Pixels, grid, noise, smoothstep

COLOURS = ((0.30, 0.28, 0.27), (0.34, 0.30, 0.24), (0.24, 0.26, 0.36))


def damage(
    pixels: Pixels, alpha: Field, strength: float, rng: np.random.Generator
) -> tuple[Pixels, Field]:
    """Wipe grime over part of the stamp, in streaks."""
    height, width = alpha.shape
    unit = min(height, width)
    y, x = grid(height, width)
    (u, v), turn = spot(rng, 0.2), rng.uniform(0, pi)
    dy, dx = (y - v * height) / unit, (x - u * width) / unit
    across = dy * cos(turn) - dx * sin(turn)
    along = dy * sin(turn) + dx * cos(turn)
    streaks = noise(rng, 2, 1024, 22, 4)[0]
    way = np.clip(across * 300 + 512, 0, 1023).astype(np.intp)
    cloud = noise(rng, height, width, unit * 0.3, 3)
    size = 0.12 + 0.44 * strength
    reach = np.hypot(across / size, along / (size * 1.6)) + 0.30 * cloud
    film = smoothstep(1.0, 0.35, reach) * np.clip(0.75 + 0.40 * streaks[way] + 0.2 * cloud, 0.1, 1)
    colour = np.asarray(COLOURS[rng.integers(len(COLOURS))], dtype=np.float32)
    thick = film * np.float32((0.22 + 0.62 * strength) * (strength > 0))
    return pixels + (colour - pixels) * thick[..., None], alpha
