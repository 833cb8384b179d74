"""Corners: bent over so that the back shows, and in the end gone."""

from __future__ import annotations

import numpy as np

from tinyclf.samples.damage.shapes import bare_paper, painted, streams
from tinyclf.samples.fields import Field, Pixels, grid, noise, smoothstep, tinted


def damage(
    pixels: Pixels, alpha: Field, strength: float, rng: np.random.Generator
) -> tuple[Pixels, Field]:
    """Bend one corner, at greater strength up to three."""
    back = bare_paper(pixels, alpha) * np.asarray((0.97, 0.95, 0.90), dtype=np.float32)
    height, width = alpha.shape
    order = rng.permutation(4)
    for number, part in enumerate(streams(rng, 3)):
        bend = (strength - 0.36 * number) / (1 - 0.36 * number) * part.uniform(0.6, 1.0)
        if bend > 0:
            slant = part.uniform(0.6, 1.6)
            rag = noise(part, height, width, min(height, width) * 0.2, 2)
            pixels, alpha = _bent(pixels, alpha, back, int(order[number]), slant, bend, rag)
    return pixels, alpha


def _bent(
    pixels: Pixels, alpha: Field, back: Pixels, which: int, slant: float, bend: float, rag: Field
) -> tuple[Pixels, Field]:
    height, width = alpha.shape
    unit = min(height, width)
    y, x = grid(height, width)
    v = (height - 1 - y if which // 2 else y) / unit
    u = (width - 1 - x if which % 2 else x) / unit
    norm = float(np.hypot(1, slant))
    inwards = (u + slant * v) / norm - (0.06 + 0.21 * bend) + 0.004 * rag
    soft = 1.2 / unit
    gone = smoothstep(soft, -soft, inwards)
    flap = _mirrored_cover(alpha, u, v, slant, norm, inwards, which, unit)
    flap = flap * smoothstep(-soft, soft, inwards)
    shadow = np.exp(-np.maximum(inwards, 0) / (0.02 + 0.05 * bend)) * (1 - gone)
    pixels = pixels * (1 - 0.32 * shadow * (1 - flap))[..., None]
    light = 0.90 + 0.10 * smoothstep(0.0, 0.06, inwards)
    return painted(pixels, tinted(light, (0, 0, 0), back), flap), alpha * (1 - gone)


def _mirrored_cover(
    alpha: Field,
    u: Field,
    v: Field,
    slant: float,
    norm: float,
    inwards: Field,
    which: int,
    unit: int,
) -> Field:
    """Return the cover of the corner folded over its crease: the alpha mirrored on that line."""
    height, width = alpha.shape
    rows = (v - 2 * inwards * slant / norm) * unit
    columns = (u - 2 * inwards / norm) * unit
    inside = (rows >= 0) & (columns >= 0) & (rows <= height - 1) & (columns <= width - 1)
    r = np.clip(rows, 0, height - 1).astype(np.intp)
    c = np.clip(columns, 0, width - 1).astype(np.intp)
    source = alpha[::-1] if which // 2 else alpha
    source = source[:, ::-1] if which % 2 else source
    folded: Field = source[r, c] * inside
    return folded
