"""Tape: a strip of it, yellowed, glossy at its borders."""

from __future__ import annotations

from math import cos, pi, sin

import numpy as np

from tinyclf.samples.damage.shapes import painted, spot, streams
from tinyclf.samples.fields import Field, Pixels, filtered, grid, noise, smoothstep


def damage(
    pixels: Pixels, alpha: Field, strength: float, rng: np.random.Generator
) -> tuple[Pixels, Field]:
    """Stick on one strip, at greater strength up to three; older ones are browner."""
    height, width = alpha.shape
    unit = min(height, width)
    y, x = grid(height, width)
    bubbles = noise(rng, height, width, unit * 0.05, 3)
    for number, part in enumerate(streams(rng, 3)):
        old = (strength - 0.35 * number) / (1 - 0.35 * number)
        if old > 0:
            (u, v), turn = spot(part, 0.15), part.uniform(0, pi)
            dy, dx = (y - v * height) / unit, (x - u * width) / unit
            across, along = dy * cos(turn) - dx * sin(turn), dy * sin(turn) + dx * cos(turn)
            half, soft = part.uniform(0.05, 0.1), 1.2 / unit
            long = 0.12 + 0.6 * old
            out = np.maximum(np.abs(across) - half, np.abs(along) - long)
            cover = smoothstep(soft, -soft, out)
            dye = np.asarray((0.80, 0.64, 0.36)) + part.normal(0, 0.04, 3)
            depth = cover * np.clip(0.35 + 0.55 * old + 0.15 * bubbles, 0, 1)
            pixels = pixels * filtered(depth, dye)
            gloss = np.exp(-((out + 0.008) ** 2) / 0.00004) * 0.35
            pixels = painted(pixels, np.ones(3, np.float32), gloss * cover + 0.07 * cover)
    return pixels, alpha
