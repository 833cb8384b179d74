"""Tears: from an edge inwards, a ragged gap with the paper's white core on its lips."""

from __future__ import annotations

import numpy as np

from tinyclf.samples.damage.shapes import bare_paper, frame_of, length_of, painted, streams
from tinyclf.samples.fields import Field, Pixels, noise, smoothstep


def damage(
    pixels: Pixels, alpha: Field, strength: float, rng: np.random.Generator
) -> tuple[Pixels, Field]:
    """Tear once, at greater strength a second time from another place."""
    height, width = alpha.shape
    unit = min(height, width)
    paper = np.minimum(bare_paper(pixels, alpha) * 1.04, 1.0)
    for number, part in enumerate(streams(rng, 2)):
        pull = (strength - 0.45 * number) / (1 - 0.45 * number)
        if pull > 0:
            depth, along = frame_of(alpha, part)
            where = part.uniform(0.15, 0.85) * length_of(along)
            lean, bend = part.uniform(-0.5, 0.5), part.uniform(-0.5, 0.5)
            rag = noise(part, height, width, unit * 0.07, 4)
            reach = 0.09 + 0.60 * pull
            off = along - where - lean * depth - bend * depth * depth - 0.022 * rag
            left = np.clip(1 - depth / reach, 0, 1)
            gap = (0.008 + 0.036 * pull) * left**0.8 * (left > 0)
            lip = gap + (0.010 + 0.014 * pull) * left**0.5 * np.clip(0.8 + 0.6 * rag, 0.1, 2)
            soft = 1.2 / unit
            white = smoothstep(soft, -soft, np.abs(off + 0.3 * lip) - lip) * (left > 0)
            open_ = smoothstep(soft, -soft, np.abs(off) - gap) * (left > 0)
            shade = np.exp(-(((off - lip) / 0.02) ** 2)) * left * 0.3 * pull
            pixels = painted(pixels * (1 - shade)[..., None], paper, 0.9 * white)
            alpha = alpha * (1 - open_)
    return pixels, alpha
