"""What the kinds of damage have in common: where on the stamp they sit, and its bare paper."""

from __future__ import annotations

import numpy as np

from tinyclf.samples.fields import Field, Pixels, grid


def bare_paper(pixels: Pixels, alpha: Field) -> Pixels:
    """Return the colour of the unprinted paper, (3,): the bright end of what is there."""
    sample = pixels[::5, ::5][alpha[::5, ::5] > 0.9]
    if sample.size == 0:
        return np.ones(3, dtype=np.float32)
    tone: Pixels = np.percentile(sample, 96, axis=0).astype(np.float32)
    return tone


def frame_of(alpha: Field, rng: np.random.Generator) -> tuple[Field, Field]:
    """Return depth from, and way along, one side drawn by lot, both in shorter sides.

    Depth is 0 on the picture's border and grows inwards; along runs from 0 at one end.
    """
    height, width = alpha.shape
    y, x = grid(height, width)
    unit = np.float32(min(height, width))
    ones = np.ones((height, width), dtype=np.float32)
    sides = ((y, x), (height - 1 - y, x), (x, y), (width - 1 - x, y))
    depth, along = sides[rng.integers(4)]
    return ones * (depth / unit), ones * (along / unit)


def length_of(along: Field) -> float:
    """Return how long the side is, in shorter sides."""
    return float(along[-1, -1]) if along[-1, -1] > along[0, 0] else float(along.max())


def painted(pixels: Pixels, colour: Pixels, share: Field) -> Pixels:
    """Return the pixels with ``colour`` laid over them where ``share`` says, 0 to 1."""
    laid: Pixels = pixels + (colour - pixels) * share[..., None]
    return laid


def spot(rng: np.random.Generator, margin: float) -> tuple[float, float]:
    """Return a place (x, y) by lot, in widths and heights, this far from the borders."""
    return rng.uniform(margin, 1 - margin), rng.uniform(margin, 1 - margin)


def streams(rng: np.random.Generator, count: int) -> list[np.random.Generator]:
    """Return a generator for each of ``count`` parts: one that is left out changes no other."""
    return [np.random.default_rng(int(seed)) for seed in rng.integers(2**62, size=count)]
