"""How badly a rendering is damaged, and by what."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import numpy as np

from tinyclf.samples.fields import Field, Pixels
from tinyclf.samples.renderings.kinds import EVERY_KIND
from tinyclf.samples.wear import Fault

HOW_MANY = (0.40, 0.28, 0.20, 0.12)
"""How often a thing has 1, 2, 3, 4 faults."""

RUIN = 1.5
"""Strengths whose squares add up to this number's square are a ruin."""


def drawn_faults(
    rng: np.random.Generator, worst: float, kinds: Sequence[str] = tuple(EVERY_KIND)
) -> tuple[Fault, ...]:
    """Draw faults by lot: one of strength ``worst``, up to three weaker ones beside it.

    Args:
        rng: Where the randomness comes from; as much is drawn whatever ``worst`` is.
        worst: 0 (no fault at all) to 1.
        kinds: Those to draw from, names in ``EVERY_KIND``.
    """
    count = int(rng.choice(len(HOW_MANY), p=HOW_MANY)) + 1
    shares = (1.0, *rng.uniform(0.3, 1.0, len(HOW_MANY) - 1))
    chosen = rng.permutation(list(kinds))[:count]
    if worst == 0:
        return ()
    return tuple(Fault(str(k), worst * s) for k, s in zip(chosen, shares, strict=False))


def combined(suffered: Sequence[Fault]) -> float:
    """Return how badly a thing with these faults is damaged altogether, 0 to 1."""
    return min(1.0, sqrt(sum(fault.strength**2 for fault in suffered)) / RUIN)


def suffer(
    pixels: Pixels, alpha: Field, suffered: Sequence[Fault], rng: np.random.Generator
) -> tuple[Pixels, Field]:
    """Return the thing after these faults; with the same generator, stronger ones grow."""
    for fault, seed in zip(suffered, rng.integers(2**62, size=len(suffered)), strict=True):
        part = np.random.default_rng(int(seed))
        pixels, alpha = EVERY_KIND[fault.kind](pixels, alpha, fault.strength, part)
        pixels = np.clip(pixels, 0, 1).astype(np.float32)
        alpha = np.clip(alpha, 0, 1).astype(np.float32)
    return pixels, alpha
