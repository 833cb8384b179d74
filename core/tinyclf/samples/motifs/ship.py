"""Sailing ships and steamers under way."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tinyclf.samples.fields import Field, blurred, grid, mix, noise, smoothstep
from tinyclf.samples.motifs.landscape import sky
from tinyclf.samples.painting import Painting
from tinyclf.samples.sketch import Sketch

Placing = Callable[[float, float], tuple[float, float]]
"""From the ship's own coordinates to the sketch's."""


def paint(rng: np.random.Generator, height: int, width: int) -> Painting:
    """Paint a ship on the open sea."""
    waterline = rng.uniform(0.74, 0.80)
    key, tint = sky(rng, height, width, waterline)
    accent = np.zeros_like(key)
    key, tint = _sea(rng, key, tint, waterline - 0.03)
    ship, stripe = Sketch(height, width), Sketch(height, width)
    middle = ship.aspect / 2
    scale = min(1.0, ship.aspect / 1.02)
    if rng.random() < 0.55:
        _sailing(rng, ship, stripe, middle, waterline, scale)
    else:
        _steamer(rng, ship, stripe, middle, waterline, scale)
    tone, colour = ship.field(), stripe.field()
    there = smoothstep(0.02, 0.12, tone)
    key, tint = mix(key, tone, there), tint * (1 - there)
    key, tint = _bow_wave(rng, key, tint, waterline)
    accent = np.maximum(accent, colour * there)
    form = blurred(tone, height * 0.02) * height * 0.03
    painting = Painting(key, tint, accent, form)
    return painting if rng.random() < 0.5 else painting.mirrored()


def _sea(rng: np.random.Generator, key: Field, tint: Field, level: float) -> tuple[Field, Field]:
    height, width = key.shape
    y, _ = grid(height, width)
    near = np.clip((y / height - level) / (1 - level), 0, 1)
    sea = smoothstep(level, level + 2 / height, y / height)
    long = noise(rng, height, width, (height * 0.05, width * 0.22), 2)
    short = noise(rng, height, width, (height * 0.02, width * 0.07), 2)
    tone = 0.42 + 0.3 * np.tanh(1.8 * (long * near + short * (1 - 0.4 * near))) + 0.1 * near
    return mix(key, np.clip(tone, 0.06, 0.9), sea), mix(tint, 0.9, sea)


def _bow_wave(
    rng: np.random.Generator, key: Field, tint: Field, waterline: float
) -> tuple[Field, Field]:
    height, width = key.shape
    y, x = grid(height, width)
    edge = waterline + 0.012 * noise(rng, 2, width, width * 0.08, 2)[:1]
    below = smoothstep(edge - 0.004, edge + 0.004, y / height)
    foam = below * smoothstep(edge + 0.03, edge + 0.008, y / height)
    foam *= smoothstep(0.5, 0.40, np.abs(x / width - 0.5))
    wave = noise(rng, height, width, (height * 0.03, width * 0.12), 2)
    water = np.clip(0.5 + 0.3 * wave, 0.1, 0.9)
    deep = below * smoothstep(0.0, 0.06, y / height - edge)
    key = mix(key, water, np.maximum(deep, below * 0.7))
    return key * (1 - 0.85 * foam), mix(tint, 0.9, below) * (1 - foam)


def _sailing(
    rng: np.random.Generator, ship: Sketch, stripe: Sketch, x: float, water: float, s: float
) -> None:
    def at(u: float, v: float) -> tuple[float, float]:
        return x + u * s, water + v * s

    hull = [at(-0.36, -0.13), at(-0.34, -0.03), at(-0.26, 0.05), at(0.26, 0.05), at(0.36, -0.03),
            at(0.44, -0.115), at(0.2, -0.085), at(-0.2, -0.085)]  # fmt: skip
    ship.line([at(0.40, -0.10), at(0.62, -0.20)], 0.010 * s, 0.9)
    masts = rng.integers(2, 4)
    for m in range(masts):
        u = (-0.20, 0.04, 0.25)[m] if masts == 3 else (-0.12, 0.18)[m]
        tall = (0.52, 0.60, 0.50)[m] if masts == 3 else (0.58, 0.54)[m]
        ship.line([at(u, -0.08), at(u, -0.10 - tall)], 0.011 * s, 0.9)
        for deck in range(3):
            _sail(ship, stripe, at, u, tall, deck)
        stripe.fill([at(u, -0.10 - tall), at(u - 0.09, -0.125 - tall), at(u, -0.145 - tall)], 1)
        ship.fill([at(u, -0.10 - tall), at(u - 0.09, -0.125 - tall), at(u, -0.145 - tall)], 0.5)
    for jib in range(2):
        tip = 0.60 - 0.12 * jib
        sheet = [at(0.29, -0.50 + 0.09 * jib), at(tip, -0.195), at(0.38, -0.15), at(0.33, -0.30)]
        ship.fill(sheet, 0.36 - 0.2 * jib)
    ship.curve(hull, 0.88)
    ship.stroke([at(-0.35, -0.075), at(0, -0.042), at(0.40, -0.078)], 0.018 * s, 0.22)
    stripe.stroke([at(-0.35, -0.075), at(0, -0.042), at(0.40, -0.078)], 0.018 * s, 1)
    for k in range(9):
        ship.box(*at(-0.27 + 0.065 * k, -0.058), *at(-0.252 + 0.065 * k, -0.04), 0.95)
    for u in (-0.34, -0.1, 0.12):
        ship.line([at(u, -0.10), at(u + 0.12, -0.60)], 0.003 * s, 0.75)


def _sail(ship: Sketch, stripe: Sketch, at: Placing, u: float, tall: float, deck: int) -> None:
    low = -0.13 - tall * 0.31 * deck
    high = low - tall * 0.28
    w0, w1 = 0.125 - 0.022 * deck, 0.105 - 0.022 * deck
    for share, tone in ((1.0, 0.46), (0.72, 0.26), (0.42, 0.10)):
        ship.curve(
            [at(u - w0, low), at(u - w1, high), at(u + w1 * (2 * share - 1), high),
             at(u + (w0 + 0.055) * (2 * share - 1), (low + high) / 2),
             at(u + w0 * (2 * share - 1), low + 0.004)],
            tone,
        )  # fmt: skip
    ship.line([at(u - w1 - 0.01, high), at(u + w1 + 0.01, high)], 0.006, 0.9)


def _steamer(
    rng: np.random.Generator, ship: Sketch, stripe: Sketch, x: float, water: float, s: float
) -> None:
    def at(u: float, v: float) -> tuple[float, float]:
        return x + u * s, water + v * s

    funnels = int(rng.integers(1, 4))
    for k in range(7):
        drift = 0.05 + 0.055 * k
        radius = (0.025 + 0.012 * k) * s
        ship.disc(
            *at(-0.02 - drift * 1.5, -0.42 - drift * 0.45), radius * 1.5, radius, 0.55 - 0.05 * k
        )
    ship.line([at(0.27, -0.1), at(0.27, -0.52)], 0.009 * s, 0.9)
    ship.line([at(-0.33, -0.1), at(-0.33, -0.46)], 0.009 * s, 0.9)
    for u in (-0.33, 0.27):
        ship.line([at(u, -0.45), at(0.48 if u > 0 else -0.46, -0.12)], 0.003, 0.7)
        ship.line([at(u, -0.45), at(-0.02, -0.36)], 0.003, 0.7)
    for k in range(funnels):
        u = -0.02 + 0.13 * (k - (funnels - 1) / 2)
        box = [
            at(u - 0.032, -0.22),
            at(u - 0.046, -0.42),
            at(u + 0.026, -0.42),
            at(u + 0.036, -0.22),
        ]
        ship.fill(box, 0.42)
        stripe.fill(box, 1)
        ship.fill([at(u - 0.046, -0.42), at(u + 0.026, -0.42), at(u + 0.027, -0.385),
                   at(u - 0.043, -0.385)], 0.95)  # fmt: skip
    for low, left, right, tone in (
        (-0.10, -0.30, 0.30, 0.12),
        (-0.155, -0.24, 0.25, 0.2),
        (-0.205, -0.17, 0.22, 0.1),
    ):
        ship.box(*at(left, low - 0.052), *at(right, low + 0.01), tone)
        for k in range(round((right - left) / 0.042)):
            ship.box(
                *at(left + 0.012 + 0.042 * k, low - 0.036),
                *at(left + 0.032 + 0.042 * k, low - 0.014),
                0.8,
            )
    hull = [at(-0.47, -0.115), at(-0.43, 0.0), at(-0.38, 0.05), at(0.42, 0.05), at(0.47, -0.04),
            at(0.52, -0.15), at(0.40, -0.10)]  # fmt: skip
    ship.fill(hull, 0.86)
    ship.line([at(-0.46, -0.095), at(0.40, -0.083), at(0.51, -0.125)], 0.014 * s, 0.1)
    ship.line([at(-0.44, -0.012), at(0.47, -0.012)], 0.02 * s, 0.55)
    stripe.line([at(-0.44, -0.012), at(0.47, -0.012)], 0.02 * s, 1)
    for k in range(16):
        ship.disc(*at(-0.38 + 0.05 * k, -0.052), 0.007 * s, tone=0.2)
