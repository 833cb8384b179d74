"""Butterflies with spread wings."""

from __future__ import annotations

import numpy as np

from tinyclf.samples.fields import Field, blurred, grid, mix, noise, smoothstep
from tinyclf.samples.painting import Painting
from tinyclf.samples.sketch import Points, Sketch

FORE: Points = (
    (0.015, -0.06), (0.10, -0.20), (0.24, -0.31), (0.40, -0.34), (0.455, -0.28), (0.42, -0.15),
    (0.34, -0.02), (0.18, 0.03), (0.03, 0.03),
)  # fmt: skip
HIND: Points = (
    (0.02, 0.0), (0.16, 0.0), (0.30, 0.02), (0.355, 0.12), (0.31, 0.25), (0.22, 0.31),
    (0.12, 0.28), (0.05, 0.16),
)  # fmt: skip


def paint(rng: np.random.Generator, height: int, width: int) -> Painting:
    """Paint one butterfly, symmetrical, over plain paper or leaves."""
    aspect = width / height
    zoom = min(1.12, aspect * 0.98)
    tail = rng.random() < 0.4
    change = 1 + rng.normal(0, 0.07, (2, 1, 2))
    fore = [(float(x), float(y)) for x, y in np.asarray(FORE) * change[0]]
    hind = [(float(x), float(y)) for x, y in np.asarray(HIND) * change[1]]
    if tail:
        hind[5:5] = [(0.275, 0.33), (0.29, 0.43), (0.265, 0.43), (0.235, 0.33)]
    wings = [_wing(rng, height, width, zoom, shape) for shape in (hind, fore)]
    key, tint, accent = _ground(rng, height, width)
    for tone, colour, there in wings:
        key = mix(key, tone, there)
        tint = mix(tint, 0.65 * (1 - colour), there)
        accent = mix(accent, colour, there)
    body, there = _body(height, width, zoom)
    key = mix(key, body, there)
    tint, accent = tint * (1 - there), accent * (1 - there)
    form = blurred(key, height * 0.015) * 8
    return Painting(key, tint, accent, form)


def _ground(rng: np.random.Generator, height: int, width: int) -> tuple[Field, Field, Field]:
    key = np.zeros((height, width), np.float32)
    if rng.random() < 0.4:
        return key, key.copy(), key.copy()
    leaves = noise(rng, height, width, height * 0.35, 3)
    key = np.clip(0.14 + 0.10 * leaves, 0.02, 0.4)
    return key, np.clip(0.75 + 0.25 * leaves, 0.2, 1), np.zeros_like(key)


def _wing(
    rng: np.random.Generator, height: int, width: int, zoom: float, shape: Points
) -> tuple[Field, Field, Field]:
    """Return tone, colour and cover of a pair of wings."""
    half = Sketch(height, width)
    middle = half.aspect / 2
    half.curve([(middle + zoom * x, 0.5 + zoom * y) for x, y in shape])
    mask = half.field()
    border = smoothstep(0.93, 0.70, blurred(mask, height * 0.03))
    veins, spots = _markings(rng, height, width, zoom, shape)
    far = shape[len(shape) // 2]
    share = rng.uniform(0.5, 0.62)
    eye = (middle + zoom * far[0] * share, 0.5 + zoom * far[1] * share)
    y, x = grid(height, width)
    away = np.hypot(x / height - middle, y / height - 0.5) / zoom
    ring = np.hypot(x / height - eye[0], y / height - eye[1]) / zoom
    tone: Field = 0.18 + 0.5 * smoothstep(0.22, 0.02, away) + 0.10 * np.sin(away * 60)
    tone = np.maximum(np.maximum(tone, 0.92 * border), 0.75 * veins)
    tone = mix(tone, 0.95, smoothstep(0.05, 0.045, ring))
    tone = mix(tone, 0.05, smoothstep(0.022, 0.018, ring))
    tone = np.clip(mix(tone, 0.06, spots), 0, 1)
    return _both(tone * mask), _both((1 - border) * mask), _both(mask)


def _markings(
    rng: np.random.Generator, height: int, width: int, zoom: float, shape: Points
) -> tuple[Field, Field]:
    """Return the veins of the right wing, and its light spots."""
    veins, spots = Sketch(height, width), Sketch(height, width)
    middle = veins.aspect / 2
    inwards = rng.uniform(0.80, 0.86)
    every = int(rng.integers(1, 3))
    for number, (x, y) in enumerate(shape[2:-1]):
        veins.line([(middle + zoom * 0.03, 0.5), (middle + zoom * x, 0.5 + zoom * y)], 0.006)
        if number % every == 0:
            spot = (middle + zoom * x * inwards, 0.5 + zoom * y * inwards)
            spots.disc(*spot, 0.022 * zoom)
    return veins.field(), spots.field()


def _both(right: Field) -> Field:
    """Mirror the right half onto the left."""
    return np.maximum(right, right[:, ::-1])


def _body(height: int, width: int, zoom: float) -> tuple[Field, Field]:
    sheet = Sketch(height, width)
    x = sheet.aspect / 2

    def at(u: float, v: float) -> tuple[float, float]:
        return x + zoom * u, 0.5 + zoom * v

    for side in (-1, 1):
        sheet.stroke(
            [at(0.005 * side, -0.13), at(0.05 * side, -0.24), at(0.11 * side, -0.30)], 0.007, 0.9
        )
        sheet.disc(*at(0.11 * side, -0.30), 0.011, tone=0.9)
    sheet.curve([at(0, -0.13), at(0.024, -0.06), at(0.020, 0.06), at(0.008, 0.24), at(-0.008, 0.24),
                 at(-0.020, 0.06), at(-0.024, -0.06)], 0.8)  # fmt: skip
    for k in range(6):
        y = 0.05 + 0.03 * k
        sheet.line([at(-0.016 + 0.002 * k, y), at(0.016 - 0.002 * k, y)], 0.005, 0.35)
    sheet.disc(*at(0, -0.125), 0.022 * zoom, tone=0.9)
    body = sheet.field()
    return body, smoothstep(0.03, 0.2, body)
