"""Scribbles: written over with pen or crayon."""

from __future__ import annotations

import numpy as np

from tinyclf.samples.damage.shapes import painted
from tinyclf.samples.fields import Field, Pixels, noise
from tinyclf.samples.sketch import Sketch

TONES = ((0.10, 0.14, 0.45), (0.08, 0.08, 0.10), (0.65, 0.10, 0.12), (0.35, 0.35, 0.36))


def damage(
    pixels: Pixels, alpha: Field, strength: float, rng: np.random.Generator
) -> tuple[Pixels, Field]:
    """Draw one wild line, the longer the stronger."""
    height, width = alpha.shape
    sketch = Sketch(height, width)
    t = np.linspace(0, 1, 90)
    speeds, phases = rng.uniform(3, 40, (2, 3)), rng.uniform(0, 6.28, (2, 3))
    sizes = rng.uniform(0.02, 0.12, (2, 3))
    start, end = rng.uniform(0.1, 0.9, (2, 2))
    way = start[:, None] + (end - start)[:, None] * t
    way += (sizes[..., None] * np.sin(speeds[..., None] * t + phases[..., None])).sum(axis=1)
    shown = way[:, : 5 + int(85 * strength)]
    points = [(float(x) * sketch.aspect, float(y)) for x, y in shown.T]
    sketch.line(points, rng.uniform(0.006, 0.014) * (0.6 + 0.6 * strength))
    tone = np.asarray(TONES[rng.integers(len(TONES))], np.float32)
    took = np.clip(0.85 + 0.2 * noise(rng, height, width, 8, 2), 0, 1)
    return painted(pixels, tone, sketch.field() * took * np.float32(0.6 + 0.35 * strength)), alpha
