"""Flowers with stem and leaves."""

from __future__ import annotations

import numpy as np

from tinyclf.samples.fields import Field, grid, mix, noise, smoothstep, triangle
from tinyclf.samples.motifs.relief import lit, raised
from tinyclf.samples.painting import Painting
from tinyclf.samples.sketch import Sketch


def paint(rng: np.random.Generator, height: int, width: int) -> Painting:
    """Paint one large bloom, or three."""
    aspect = width / height
    key = np.zeros((height, width), np.float32)
    tint, accent, form = key.copy(), key.copy(), key.copy()
    if rng.random() < 0.5:
        tint += 0.55
    blooms = [(aspect * rng.uniform(0.44, 0.56), 0.36, min(0.30, aspect * 0.36))]
    if rng.random() < 0.5:
        blooms = [
            (aspect * 0.30, 0.44, 0.17),
            (aspect * 0.70, 0.52, 0.16),
            (aspect * 0.52, 0.26, 0.20),
        ]
    key, tint, form = _greens(rng, blooms, key, tint, form)
    petals = int(rng.choice([5, 6, 8, 12, 16]))
    shape = rng.choice(["round", "pointed", "heart"])
    for x, y, radius in blooms:
        bloom = _bloom(rng, height, width, x, y, radius, petals, str(shape))
        key, tint, accent, form = _over(bloom, key, tint, accent, form)
    return Painting(key, tint, accent, form)


def _over(
    bloom: tuple[Field, Field, Field], key: Field, tint: Field, accent: Field, form: Field
) -> tuple[Field, Field, Field, Field]:
    tone, there, heart = bloom
    return (
        mix(key, tone, there),
        tint * (1 - there) + heart,
        np.maximum(accent, there * (1 - heart)),
        mix(form, tone * 7, there),
    )


def _greens(
    rng: np.random.Generator,
    blooms: list[tuple[float, float, float]],
    key: Field,
    tint: Field,
    form: Field,
) -> tuple[Field, Field, Field]:
    """Draw stems and leaves."""
    height, width = key.shape
    sheet, veins = Sketch(height, width), Sketch(height, width)
    foot = (sheet.aspect * rng.uniform(0.42, 0.58), 1.02)
    for x, y, radius in blooms:
        bend = ((x + foot[0]) / 2 + rng.uniform(-0.06, 0.06), (y + 1) / 2)
        sheet.stroke([(x, y), bend, foot], 0.018, 1.0)
        for side in (-1, 1):
            _leaf(rng, sheet, veins, bend, side, radius)
    mask = sheet.field()
    bright = lit(raised(mask, height * 0.05), 0.8, 0.7)
    tone = np.clip(0.35 + 1.1 * (0.80 - bright), 0.1, 0.95)
    tone = np.maximum(tone, veins.field())
    return mix(key, tone, mask), mix(tint, 1.0, mask), mix(form, bright * 8, mask)


def _leaf(
    rng: np.random.Generator,
    sheet: Sketch,
    veins: Sketch,
    root: tuple[float, float],
    side: int,
    size: float,
) -> None:
    long = size * rng.uniform(0.9, 1.35)
    angle = rng.uniform(-0.5, 0.45)
    ux, uy = side * np.cos(angle), np.sin(angle)
    x0, y0 = root[0], root[1] + rng.uniform(0.0, 0.22)
    broad = long * rng.uniform(0.17, 0.26)

    def at(t: float, off: float) -> tuple[float, float]:
        droop = 0.12 * long * t * t
        return float(x0 + ux * long * t - uy * off), float(
            y0 + uy * long * t + ux * off * side + droop
        )

    upper = [at(t, broad * float(np.sin(np.pi * t**0.8))) for t in (0, 0.2, 0.4, 0.6, 0.8, 1.0)]
    lower = [at(t, -broad * float(np.sin(np.pi * t**0.8))) for t in (0.8, 0.6, 0.4, 0.2)]
    sheet.fill([*upper, *lower])
    veins.line([at(0, 0), at(0.5, 0), at(0.97, 0)], 0.006, 0.9)
    for t in (0.2, 0.36, 0.52, 0.68):
        for sign in (-1, 1):
            veins.line([at(t, 0), at(t + 0.16, sign * broad * 0.7)], 0.004, 0.75)


def _bloom(
    rng: np.random.Generator,
    height: int,
    width: int,
    x: float,
    y: float,
    radius: float,
    petals: int,
    shape: str,
) -> tuple[Field, Field, Field]:
    """Return a bloom's tone, its cover, and its heart's cover."""
    rows, columns = grid(height, width)
    dy, dx = rows / height - y, columns / height - x
    turn = rng.uniform(0, 2 * np.pi)
    tilt = rng.uniform(0.75, 1.0)
    away = np.hypot(dx, dy / tilt) / radius
    angle = np.arctan2(dy / tilt, dx) + turn
    tone = np.full((height, width), 0.5, np.float32)
    there = np.zeros((height, width), np.float32)
    for ring, reach in enumerate((1.0, 0.72) if petals < 12 else (1.0, 0.8, 0.6)):
        local = np.abs(triangle((angle + ring * np.pi / petals) * (petals / (2 * np.pi))))
        edge = reach * _outline(local, shape) * (1 + 0.04 * np.sin(5 * angle))
        cover = smoothstep(0, 0.02 / radius, edge - away)
        streak = 0.5 + 0.5 * np.sin(local * 22 + 2 * np.sin(away * 5))
        depth = 0.10 + 0.50 * np.exp(-away / (0.26 * reach)) + 0.16 * streak * away
        depth = depth + 0.55 * smoothstep(0.30, 0.02, local) * smoothstep(0.15, 0.5, away)
        shade = 0.40 * np.exp(-np.maximum(away - edge, 0) / 0.06) * there
        tone = np.minimum(tone + shade, 0.95)
        tone = mix(tone, np.clip(depth + 0.30 * (dx + dy) / radius * 0.5, 0.03, 0.95), cover)
        rim = np.exp(-(((edge - away) / 0.022) ** 2)) * 0.75
        tone = np.maximum(tone, rim * cover)
        there = np.maximum(there, cover)
    heart = smoothstep(0.24, 0.21, away)
    dots = noise(rng, height, width, height * radius * 0.05, 1)
    tone = mix(tone, np.clip(0.45 + 0.5 * dots + 0.5 * (dx + dy) / radius * 3, 0.05, 1), heart)
    return tone, there, heart


def _outline(local: Field, shape: str) -> Field:
    """Return a petal's reach for 0 (between two petals) to 1 (along its middle)."""
    if shape == "pointed":
        reach: Field = 0.42 + 0.58 * local**0.9
    elif shape == "heart":
        reach = 0.50 + 0.50 * np.sin(np.clip(local * 1.35, 0, 1.35) * np.pi / 2)
    else:
        reach = 0.45 + 0.55 * np.sqrt(np.clip(1 - (1 - local) ** 2, 0, 1))
    return reach
