"""Remnants: scraps of other paper, glue or hinges still sticking on it."""

from __future__ import annotations

from math import cos, pi, sin

import numpy as np

from tinyclf.samples.damage.shapes import painted, spot, streams
from tinyclf.samples.fields import Field, Pixels, grid, noise, smoothstep, tinted


def damage(
    pixels: Pixels, alpha: Field, strength: float, rng: np.random.Generator
) -> tuple[Pixels, Field]:
    """Leave one scrap, at greater strength up to three."""
    height, width = alpha.shape
    unit = min(height, width)
    y, x = grid(height, width)
    fibres = noise(rng, height, width, 3.0, 2)
    for number, part in enumerate(streams(rng, 3)):
        scrap = (strength - 0.3 * number) / (1 - 0.3 * number)
        if scrap > 0:
            (u, v), turn = spot(part, 0.05), part.uniform(0, pi)
            dy, dx = (y - v * height) / unit, (x - u * width) / unit
            across, along = dy * cos(turn) - dx * sin(turn), dy * sin(turn) + dx * cos(turn)
            rag = noise(part, height, width, unit * 0.1, 4)
            half = 0.04 + 0.22 * scrap
            out = np.maximum(np.abs(across) - half * 0.6, np.abs(along) - half) + 0.03 * rag
            soft = 1.2 / unit
            cover = smoothstep(soft, -soft, out)
            shade = smoothstep(0.03, 0.0, out) * (1 - cover)
            tone = np.asarray(part.uniform(0.55, 0.95) * part.uniform(0.85, 1.0, 3), np.float32)
            paper = tinted(1 + 0.05 * fibres + 0.08 * rag, (0, 0, 0), tone)
            pixels = pixels * (1 - 0.3 * shade)[..., None]
            pixels = painted(pixels, paper, cover * np.float32(part.uniform(0.55, 1.0)))
    return pixels, alpha
