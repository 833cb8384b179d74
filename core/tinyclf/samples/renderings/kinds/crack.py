"""Cracks: dark branching lines with a light lip."""

from __future__ import annotations

from math import cos, pi, sin

import numpy as np

from tinyclf.samples.damage.shapes import painted
from tinyclf.samples.fields import Field, Pixels
from tinyclf.samples.sketch import Sketch

BRANCHES = 9
STEPS = 14


def damage(
    pixels: Pixels, alpha: Field, strength: float, rng: np.random.Generator
) -> tuple[Pixels, Field]:
    """Let a crack grow and branch."""
    height, width = alpha.shape
    sketch = Sketch(height, width)
    paths = _paths(rng, sketch.aspect)
    for path in paths[: 1 + int(strength * (len(paths) - 1))]:
        shown = path[: 2 + int(strength * (len(path) - 2))]
        sketch.line(shown, 0.003 + 0.008 * strength)
    line = sketch.field()
    lip = np.roll(line, (2, 1), axis=(0, 1))
    pixels = painted(pixels, np.minimum(pixels * 1.3 + 0.1, 1), 0.6 * lip)
    dark = np.asarray(rng.uniform(0.05, 0.25, 3), np.float32)
    return painted(pixels, dark, line * np.float32(0.45 + 0.5 * strength)), alpha


def _paths(rng: np.random.Generator, aspect: float) -> list[list[tuple[float, float]]]:
    """Return crooked ways; each further one leaves an earlier one."""
    paths: list[list[tuple[float, float]]] = []
    for _ in range(BRANCHES):
        (x, y), turn = (
            (rng.uniform(0.1, 0.9) * aspect, rng.uniform(0.1, 0.9)),
            rng.uniform(0, 2 * pi),
        )
        if paths:
            parent = paths[int(rng.integers(len(paths)))]
            x, y = parent[int(rng.integers(1, max(2, len(parent) // 2)))]
        path = [(x, y)]
        for _ in range(STEPS):
            turn += rng.normal(0, 0.4)
            x, y = x + 0.05 * cos(turn), y + 0.05 * sin(turn)
            path.append((x, y))
        paths.append(path)
    return paths
