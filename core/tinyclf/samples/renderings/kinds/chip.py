"""Chips: bites out of the outline, pale where they broke."""

from __future__ import annotations

import numpy as np

from tinyclf.samples.damage.shapes import bare_paper, painted, streams
from tinyclf.samples.fields import Field, Pixels, grid, noise, smoothstep


def damage(
    pixels: Pixels, alpha: Field, strength: float, rng: np.random.Generator
) -> tuple[Pixels, Field]:
    """Break off one piece of the rim, at greater strength up to five."""
    height, width = alpha.shape
    unit = min(height, width)
    core = bare_paper(pixels, alpha) * np.float32(rng.uniform(0.75, 1.0))
    rag = noise(rng, height, width, unit * 0.08, 3)
    y, x = grid(height, width)
    for number, part in enumerate(streams(rng, 5)):
        bite = (strength - 0.18 * number) / (1 - 0.18 * number)
        if bite > 0:
            v, u = _on_the_rim(alpha, part)
            radius = unit * (0.03 + 0.13 * bite * part.uniform(0.5, 1))
            away = (np.hypot((y - v) * part.uniform(0.6, 1), x - u) / radius) - 1 - 0.45 * rag
            soft = 1.2 / radius
            pixels = painted(pixels, core, 0.9 * smoothstep(0.35, 0.15, away))
            alpha = alpha * smoothstep(-soft, soft, away)
    return pixels, alpha


def _on_the_rim(alpha: Field, rng: np.random.Generator) -> tuple[float, float]:
    """Return where a ray drawn by lot from the middle leaves the thing: row and column."""
    height, width = alpha.shape
    turn, way = rng.uniform(0, 2 * np.pi), np.linspace(0, 1, 100)
    reach = 0.5 / max(abs(np.sin(turn)), abs(np.cos(turn)))
    rows = np.clip(height * (0.5 + way * reach * np.sin(turn)), 0, height - 1)
    columns = np.clip(width * (0.5 + way * reach * np.cos(turn)), 0, width - 1)
    covered = np.flatnonzero(alpha[rows.astype(np.intp), columns.astype(np.intp)] > 0.5)
    last = covered[-1] if covered.size else 0
    return float(rows[last]), float(columns[last])
