"""Missing teeth: the perforation is pulled off along part of an edge."""

from __future__ import annotations

import numpy as np

from tinyclf.samples.damage.shapes import bare_paper, frame_of, length_of, painted, streams
from tinyclf.samples.fields import Field, Pixels, noise, smoothstep


def damage(
    pixels: Pixels, alpha: Field, strength: float, rng: np.random.Generator
) -> tuple[Pixels, Field]:
    """Bite into one side, at greater strength into up to four."""
    height, width = alpha.shape
    unit = min(height, width)
    paper = np.minimum(bare_paper(pixels, alpha) * 1.03, 1.0)
    soft = 1.0 / unit
    for number, part in enumerate(streams(rng, 4)):
        pull = (strength - 0.22 * number) / (1 - 0.22 * number)
        if pull > 0:
            depth, along = frame_of(alpha, part)
            where = part.uniform(0.1, 0.9) * length_of(along)
            rag = noise(part, height, width, unit * 0.06, 4)
            half = 0.045 + 0.34 * pull
            far = (0.035 + 0.075 * pull) * smoothstep(half, half * 0.55, np.abs(along - where))
            bite = depth - far * (1 + 0.35 * rag)
            lost = smoothstep(soft, -soft, bite) * (far > 0)
            core = smoothstep(0.016 + 0.02 * pull, 0.004, bite - 0.006 * rag) * (far > 0.01)
            pixels = painted(pixels, paper, 0.85 * core)
            alpha = alpha * (1 - lost)
    return pixels, alpha
