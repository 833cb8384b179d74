"""From a grade to damage: what a stamp of this grade has been through."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tinyclf.domain import Grade
from tinyclf.samples.damage import KINDS, damaged
from tinyclf.samples.fields import Field, Pixels

HIDING = ("abrasion", "fading", "smudge", "stain")
"""The kinds that can hide the picture itself; a ruined stamp has two of them."""


@dataclass(frozen=True)
class Fault:
    """One damage and how strong it is, 0 to 1."""

    kind: str
    strength: float


Range = tuple[float, float]

FAULTS: dict[Grade, tuple[Range, ...]] = {
    Grade.FLAWLESS: (),
    Grade.GOOD: ((0.20, 0.32),),
    Grade.FAIR: ((0.48, 0.62), (0.28, 0.42)),
    Grade.POOR: ((0.72, 0.88), (0.55, 0.75), (0.35, 0.55)),
    Grade.BARELY_VISIBLE: ((0.92, 1.0), (0.80, 1.0), (0.65, 0.95), (0.4, 0.9)),
}
"""The ranges its faults' strengths are drawn from, the worst first."""


def faults(grade: Grade, rng: np.random.Generator) -> tuple[Fault, ...]:
    """Draw by lot what a stamp of this grade suffers from, in the order it happened."""
    ranges = FAULTS[grade]
    kinds = [str(kind) for kind in rng.permutation(list(KINDS))]
    if grade is Grade.BARELY_VISIBLE:
        hiding = [str(kind) for kind in rng.permutation(HIDING)]
        kinds = hiding[:2] + [kind for kind in kinds if kind not in HIDING]
    drawn = [Fault(k, float(rng.uniform(*r))) for k, r in zip(kinds, ranges, strict=False)]
    return tuple(sorted(drawn, key=lambda fault: list(KINDS).index(fault.kind)))


def worn(
    pixels: Pixels, alpha: Field, suffered: tuple[Fault, ...], rng: np.random.Generator
) -> tuple[Pixels, Field]:
    """Return the stamp after all of it."""
    for fault in suffered:
        pixels, alpha = damaged(pixels, alpha, fault.kind, fault.strength, rng)
    return pixels, alpha
