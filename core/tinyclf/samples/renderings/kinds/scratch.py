"""Scratches: fine bright or dark lines."""

from __future__ import annotations

from math import cos, pi, sin

import numpy as np

from tinyclf.samples.damage.shapes import painted
from tinyclf.samples.fields import Field, Pixels
from tinyclf.samples.sketch import Sketch

MOST = 22


def damage(
    pixels: Pixels, alpha: Field, strength: float, rng: np.random.Generator
) -> tuple[Pixels, Field]:
    """Scratch it: more, longer and deeper at greater strength, mostly in one direction."""
    height, width = alpha.shape
    sketch = Sketch(height, width)
    main, spread = rng.uniform(0, pi), rng.uniform(0.1, 1.5)
    drawn = rng.uniform(0, 1, (MOST, 5))
    for x, y, turn, long, bend in drawn[: 1 + int(strength * (MOST - 1))]:
        angle = main + (turn - 0.5) * spread
        reach = (0.05 + 0.5 * long) * (0.4 + 0.6 * strength)
        middle = (x * sketch.aspect, y)
        off = (bend - 0.5) * 0.15 * reach
        sketch.stroke(
            [
                (middle[0] - reach / 2 * cos(angle), middle[1] - reach / 2 * sin(angle)),
                (middle[0] - off * sin(angle), middle[1] + off * cos(angle)),
                (middle[0] + reach / 2 * cos(angle), middle[1] + reach / 2 * sin(angle)),
            ],
            0.0025 + 0.005 * strength * long,
        )
    line = sketch.field() * np.float32(0.5 + 0.45 * strength)
    tone = rng.uniform(0.8, 1.0, 3) if rng.random() < 0.75 else rng.uniform(0.1, 0.3, 3)
    return painted(pixels, np.asarray(tone, np.float32), line), alpha
