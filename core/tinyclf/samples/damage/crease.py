"""Creases: the paper was folded and the ink broke along the line."""

from __future__ import annotations

from math import cos, pi, sin
from typing import NamedTuple

import numpy as np

from tinyclf.samples.damage.shapes import bare_paper, spot, streams
from tinyclf.samples.fields import Field, Pixels, grid, noise, smoothstep


class Line(NamedTuple):
    """A line through a point, in widths and heights, at an angle in radians."""

    x: float
    y: float
    angle: float


def damage(
    pixels: Pixels, alpha: Field, strength: float, rng: np.random.Generator
) -> tuple[Pixels, Field]:
    """Fold along one line, at greater strength along up to three."""
    height, width = alpha.shape
    unit = min(height, width)
    paper = bare_paper(pixels, alpha)
    wobble = 0.010 * unit * noise(rng, height, width, unit * 0.3, 3)
    grain = noise(rng, height, width, 3.0, 2)
    for number, part in enumerate(streams(rng, 3)):
        fold = (strength - 0.33 * number) / (1 - 0.33 * number)
        if fold > 0:
            line = Line(*spot(part, 0.25), part.uniform(0, pi))
            pixels = _folded(pixels, paper, line, fold, wobble, grain)
    return pixels, alpha


def _folded(
    pixels: Pixels, paper: Pixels, line: Line, fold: float, wobble: Field, grain: Field
) -> Pixels:
    height, width = wobble.shape
    unit = min(height, width)
    y, x = grid(height, width)
    dy, dx = y - line.y * height, x - line.x * width
    off = dx * sin(line.angle) + dy * cos(line.angle) + wobble
    way = np.abs(dx * cos(line.angle) - dy * sin(line.angle)) / unit
    reach = smoothstep(0.28 + 1.1 * fold, 0.16 + 0.9 * fold, way)
    breadth = unit * (0.0032 + 0.006 * fold)
    broken = np.exp(-((off / breadth) ** 2)) * reach
    broken = broken * np.clip(0.60 + 0.8 * fold + 0.5 * grain, 0, 1) * (0.62 + 0.35 * fold)
    slope = off / (unit * 0.018) * np.exp(-((off / (unit * 0.018)) ** 2)) * reach
    shaded = pixels * (1 - (0.14 + 0.24 * fold) * slope)[..., None]
    dark = np.exp(-(((off - breadth * 1.6) / (breadth * 0.8)) ** 2)) * reach * (0.22 + 0.25 * fold)
    shaded *= (1 - dark)[..., None]
    result: Pixels = shaded + (paper * 1.01 - shaded) * broken[..., None]
    return result
