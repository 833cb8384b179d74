"""Damage to a stamp: one kind a file, each a function ``damage(pixels, alpha, strength, rng)``.

``pixels`` is float32 (height, width, 3) in 0 to 1 and ``alpha`` float32 (height, width), how much
of each pixel the stamp covers; the stamp stands upright and fills the picture. Neither is changed:
each kind returns new ones. ``strength`` runs from 0 (nothing happens) to 1 (ruinous); with the same
generator state, greater strength is the same damage grown. Kinds can be laid one over another.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tinyclf.samples.damage import (
    abrasion,
    corner,
    crease,
    fading,
    foxing,
    missing_teeth,
    smudge,
    stain,
    tear,
)  # fmt: skip
from tinyclf.samples.fields import Field, Pixels

Damage = Callable[[Pixels, Field, float, np.random.Generator], tuple[Pixels, Field]]

KINDS: dict[str, Damage] = {
    "abrasion": abrasion.damage,
    "corner": corner.damage,
    "crease": crease.damage,
    "fading": fading.damage,
    "foxing": foxing.damage,
    "missing teeth": missing_teeth.damage,
    "smudge": smudge.damage,
    "stain": stain.damage,
    "tear": tear.damage,
}
"""Every kind of damage by name."""


def damaged(
    pixels: Pixels, alpha: Field, kind: str, strength: float, rng: np.random.Generator
) -> tuple[Pixels, Field]:
    """Return the stamp after one kind of damage.

    Raises:
        KeyError: there is no such kind.
        ValueError: the strength is outside 0 to 1.
    """
    if not 0 <= strength <= 1:
        raise ValueError(f"A strength is between 0 and 1, not {strength}.")
    if strength == 0:
        return pixels, alpha
    pixels, alpha = KINDS[kind](pixels, alpha, strength, rng)
    return np.clip(pixels, 0, 1).astype(np.float32), np.clip(alpha, 0, 1).astype(np.float32)
