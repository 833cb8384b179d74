"""The recipe: three cycles of learning, each going on from the weights of the one before."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Cycle:
    """What one cycle of the training is made of.

    Attributes:
        seed: Of everything drawn by lot: the things, their photos, the order of learning.
        things: How many are drawn; each is rendered ``renderings.EACH`` times.
        rate: The encoder's greatest learning rate.
        reading_rate: That of the linear reading.
        frozen: How many stages stay as published, besides the stem.
        sizes: Pixels on a side, drawn by lot for each batch; multiples of 32.
    """

    seed: int
    things: int
    rate: float
    reading_rate: float
    frozen: int
    sizes: tuple[int, ...]


RECIPE = (
    Cycle(seed=20, things=750, rate=3e-4, reading_rate=1e-4, frozen=2, sizes=(192, 224)),
    Cycle(seed=21, things=900, rate=4e-4, reading_rate=2e-4, frozen=1, sizes=(192, 224, 256)),
    Cycle(seed=20, things=750, rate=3e-4, reading_rate=2e-4, frozen=1, sizes=(192, 224, 256)),
)
"""The third learns from the first one's photos once more."""
