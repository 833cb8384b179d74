"""Obliteration: struck, ruled or stamped over so heavily that it hides what is below."""

from __future__ import annotations

from math import cos, pi, sin

import numpy as np

from tinyclf.samples.damage.shapes import painted, streams
from tinyclf.samples.fields import Field, Pixels, grid, noise, smoothstep

TONES = ((0.08, 0.08, 0.10), (0.10, 0.10, 0.12), (0.12, 0.11, 0.24), (0.36, 0.08, 0.12))


def damage(
    pixels: Pixels, alpha: Field, strength: float, rng: np.random.Generator
) -> tuple[Pixels, Field]:
    """Strike once, at greater strength up to three times."""
    height, width = alpha.shape
    tone = np.asarray(TONES[rng.integers(len(TONES))], np.float32)
    took = np.clip(0.9 + 0.25 * noise(rng, height, width, 25, 3), 0.2, 1)
    for number, part in enumerate(streams(rng, 3)):
        force = (strength - 0.3 * number) / (1 - 0.3 * number)
        if force > 0:
            mark = _mark(part, height, width, force)
            pixels = painted(pixels, tone, mark * took * np.float32(0.5 + 0.45 * force))
    return pixels, alpha


def _mark(rng: np.random.Generator, height: int, width: int, force: float) -> Field:
    """Return bars, waves, rings or a net within a disc or a band."""
    unit = min(height, width)
    y, x = grid(height, width)
    dy = (y - rng.uniform(0.25, 0.75) * height) / unit
    dx = (x - rng.uniform(0.25, 0.75) * width) / unit
    turn = rng.uniform(0, pi)
    across, along = dy * cos(turn) - dx * sin(turn), dy * sin(turn) + dx * cos(turn)
    gap, thick, soft = rng.uniform(0.035, 0.09), rng.uniform(0.2, 0.34), 1.5 / unit
    away = np.hypot(dy, dx)
    kind, disc = rng.integers(4), rng.random() < 0.7
    row = across + (0.012 * np.sin(along * 50) if kind == 1 else 0)
    row = away if kind == 2 else row
    line = np.abs(row / gap - np.round(row / gap)) * gap
    if kind == 3:
        line = np.minimum(line, np.abs(along / gap - np.round(along / gap)) * gap * 1.3)
    ink = smoothstep(soft, -soft, line - gap * thick)
    size = 0.07 + 0.33 * force
    inside = size - (away if disc else np.maximum(np.abs(across), np.abs(along) - 0.3 * force))
    ring = smoothstep(soft, -soft, np.abs(inside) - 0.006)
    mark: Field = np.maximum(ink * smoothstep(-soft, soft, inside), ring * np.float32(disc))
    return mark
