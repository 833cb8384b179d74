"""Steam locomotives seen from the side."""

from __future__ import annotations

import numpy as np

from tinyclf.samples.fields import Field, blurred, grid, mix, noise, smoothstep
from tinyclf.samples.motifs.landscape import sky
from tinyclf.samples.painting import Painting
from tinyclf.samples.sketch import Sketch

RAIL = 0.82


def paint(rng: np.random.Generator, height: int, width: int) -> Painting:
    """Paint a locomotive under steam before low hills."""
    key, tint = sky(rng, height, width, 0.8)
    accent = np.zeros_like(key)
    key, tint = _hills(rng, key, tint)
    sheet, livery = Sketch(height, width), Sketch(height, width)
    scale = min(0.98, sheet.aspect * 0.80)
    _smoke(rng, sheet, scale)
    _engine(rng, sheet, livery, scale)
    tone, colour = sheet.field(), livery.field()
    there = smoothstep(0.02, 0.10, tone)
    key = mix(key, tone, there)
    tint = tint * (1 - 0.9 * there)
    accent = np.maximum(accent, colour * there)
    form = blurred(tone, height * 0.012) * height * 0.015
    painting = Painting(key, tint, accent, form)
    return painting if rng.random() < 0.5 else painting.mirrored()


def _hills(rng: np.random.Generator, key: Field, tint: Field) -> tuple[Field, Field]:
    height, width = key.shape
    y, _ = grid(height, width)
    for depth in range(2):
        line = 0.62 + 0.09 * depth + 0.10 * noise(rng, 2, width, width * 0.4, 3)[:1]
        land = smoothstep(line, line + 0.006, y / height)
        grass = noise(rng, height, width, (height * 0.03, width * 0.05), 2)
        tone = np.clip(0.22 + 0.14 * depth + 0.10 * grass + 0.5 * (y / height - line), 0.05, 0.7)
        key, tint = mix(key, tone, land), mix(tint, 0.5 + 0.3 * depth, land)
    bed = smoothstep(RAIL, RAIL + 0.01, y / height)
    gravel = 0.42 + 0.22 * noise(rng, height, width, 5, 2)
    return mix(key, np.clip(gravel, 0.1, 0.9), bed), mix(tint, 0.3, bed)


def _smoke(rng: np.random.Generator, sheet: Sketch, s: float) -> None:
    x, y = sheet.aspect / 2 - 0.37 * s, RAIL - 0.52 * s
    for k in range(16):
        t = k / 15
        cx, cy = x + 0.75 * t**1.2 * s + rng.normal(0, 0.015), y - 0.16 * t**0.6 * s
        radius = (0.035 + 0.10 * t) * s
        sheet.disc(cx, cy, radius * 1.2, radius, 0.42 - 0.25 * t)
        sheet.disc(
            cx - radius * 0.2, cy - radius * 0.25, radius * 0.9, radius * 0.7, 0.16 - 0.08 * t
        )


def _engine(rng: np.random.Generator, sheet: Sketch, livery: Sketch, s: float) -> None:
    def at(u: float, v: float) -> tuple[float, float]:
        return sheet.aspect / 2 + u * s, RAIL + v * s

    def box(left: float, top: float, right: float, bottom: float, tone: float) -> None:
        sheet.box(*at(left, top), *at(right, bottom), tone)

    sheet.box(0, RAIL, sheet.aspect, RAIL + 0.014, 0.9)
    for k in range(40):
        sheet.box(k * 0.06, RAIL + 0.018, k * 0.06 + 0.03, RAIL + 0.034, 0.75)
    box(-0.50, -0.15, 0.56, -0.11, 0.85)
    for top, bottom, tone in (
        (-0.40, -0.16, 0.78),
        (-0.385, -0.20, 0.5),
        (-0.37, -0.28, 0.22),
        (-0.355, -0.33, 0.06),
    ):
        box(-0.46, top, 0.18, bottom, tone)
    livery.box(*at(-0.30, -0.40), *at(0.18, -0.16))
    box(-0.47, -0.41, -0.43, -0.15, 0.92)
    for u in (-0.30, -0.14, 0.02):
        box(u, -0.402, u + 0.014, -0.16, 0.12)
    sheet.fill([at(-0.41, -0.39), at(-0.43, -0.54), at(-0.31, -0.54), at(-0.33, -0.39)], 0.9)
    box(-0.44, -0.555, -0.30, -0.53, 0.7)
    for u, wide, tall in ((-0.17, 0.045, 0.09), (-0.01, 0.05, 0.075)):
        top = -0.39 - tall
        dome = [at(u - wide, -0.39), at(u - wide * 0.9, top), at(u + wide * 0.9, top),
                at(u + wide, -0.39)]  # fmt: skip
        sheet.curve(dome, 0.45)
    box(0.18, -0.47, 0.36, -0.13, 0.6)
    livery.box(*at(0.18, -0.47), *at(0.36, -0.13))
    box(0.15, -0.50, 0.39, -0.465, 0.88)
    box(0.21, -0.43, 0.27, -0.33, 0.1)
    box(0.29, -0.43, 0.34, -0.33, 0.1)
    box(0.40, -0.36, 0.60, -0.14, 0.62)
    livery.box(*at(0.40, -0.36), *at(0.60, -0.14))
    sheet.curve([at(0.40, -0.36), at(0.46, -0.43), at(0.55, -0.42), at(0.60, -0.36)], 0.9)
    sheet.fill([at(-0.50, -0.15), at(-0.60, -0.015), at(-0.48, -0.015)], 0.85)
    sheet.disc(*at(-0.465, -0.43), 0.028 * s, tone=0.15)
    drivers = int(rng.integers(2, 4))
    spots = [(-0.37, 0.055), (-0.26, 0.055)] + [(-0.06 + 0.20 * k, 0.092) for k in range(drivers)]
    for u, radius in [*spots, (0.46, 0.06), (0.56, 0.06)]:
        _wheel(sheet, at(u, -radius), radius * s)
    rod = [at(-0.42, -0.105), at(-0.06 + 0.20 * (drivers - 1), -0.075)]
    sheet.line(rod, 0.020 * s, 0.95)
    sheet.line(rod, 0.010 * s, 0.1)
    box(-0.46, -0.135, -0.36, -0.075, 0.5)


def _wheel(sheet: Sketch, middle: tuple[float, float], radius: float) -> None:
    x, y = middle
    sheet.disc(x, y, radius, tone=0.95)
    sheet.disc(x, y, radius * 0.86, tone=0.2)
    sheet.disc(x, y, radius * 0.74, tone=0.06)
    for k in range(6):
        a = np.pi * k / 6
        dx, dy = radius * 0.8 * float(np.cos(a)), radius * 0.8 * float(np.sin(a))
        sheet.line([(x - dx, y - dy), (x + dx, y + dy)], radius * 0.09, 0.85)
    sheet.disc(x, y, radius * 0.2, tone=0.95)
