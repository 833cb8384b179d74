"""The training set: drawn things, each rendered several times, in a file of pixels."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.lib.format import open_memmap
from numpy.typing import NDArray

from tinyclf.samples.renderings import EVERY_KIND, combined, drawn_faults, rendered, thing

HELD_OUT = ("smudge", "tape")
"""Kinds never trained on: how well is damage judged that was never seen?"""

SEEN = tuple(kind for kind in EVERY_KIND if kind not in HELD_OUT)

EACH = 12
"""Renderings of one thing, two by two: one pair may be the same damage grown, or another."""

UNTOUCHED = 0.12
"""The share without any damage."""


@dataclass(frozen=True)
class Renderings:
    """Photos and the truth about them; numbers 2k and 2k + 1 show the same thing.

    Attributes:
        photos: uint8 (n, side, side, 3).
        strength: How badly damaged, 0 to 1, (n,).
        kinds: How strong each kind in ``EVERY_KIND`` is, 0 to 1, (n, kinds).
    """

    photos: NDArray[np.uint8]
    strength: NDArray[np.float32]
    kinds: NDArray[np.float32]

    def require_drawn(self) -> None:
        """Make sure that no photo was left blank: nothing can be learnt from it, unnoticed.

        Raises:
            ValueError: some were; it names the first.
        """
        blank = [k for k, photo in enumerate(self.photos) if photo.min() == photo.max()]
        if blank:
            raise ValueError(
                f"{len(blank):,} of {len(self.photos):,} renderings are blank, the first is "
                f"number {blank[0]}: render them to the end before learning from them."
            )


def render(
    path: Path,
    seed: int,
    things: Sequence[int],
    side: int,
    kinds: Sequence[str] = SEEN,
    processes: int | None = None,
) -> Renderings:
    """Render ``EACH`` photos of each of these things into a file, on all processors.

    It returns when all are drawn: whoever learns from them meanwhile would learn from blank ones.
    """
    count = len(things) * EACH
    photos = open_memmap(path, "w+", np.uint8, (count, side, side, 3))
    strength = np.zeros(count, np.float32)
    strengths = np.zeros((count, len(EVERY_KIND)), np.float32)
    one = partial(_of_one_thing, seed, side, tuple(kinds))
    with get_context("spawn").Pool(processes or os.cpu_count()) as pool:
        for number, found in enumerate(pool.imap(one, things)):
            rows = slice(number * EACH, (number + 1) * EACH)
            photos[rows], strength[rows], strengths[rows] = found
            if number % 50 == 49:
                print(f"{(number + 1) * EACH:,} of {count:,} renderings", flush=True)
    return Renderings(photos, strength, strengths)


def _of_one_thing(
    seed: int, side: int, kinds: tuple[str, ...], index: int
) -> tuple[NDArray[np.uint8], list[float], NDArray[np.float32]]:
    drawn = thing(seed, index)
    photos, strength = [], []
    strengths = np.zeros((EACH, len(EVERY_KIND)), np.float32)
    names = list(EVERY_KIND)
    for number, (lot, worst) in enumerate(_lots(np.random.default_rng([seed, index, 1]))):
        suffered = drawn_faults(np.random.default_rng([seed, index, 2, lot]), worst, kinds)
        fate = np.random.default_rng([seed, index, 3, lot])
        scene = np.random.default_rng([seed, index, 4, number])
        photos.append(rendered(drawn, suffered, fate, scene, side))
        strength.append(combined(suffered))
        for fault in suffered:
            strengths[number, names.index(fault.kind)] = fault.strength
    return np.stack(photos), strength, strengths


def _lots(rng: np.random.Generator) -> Iterator[tuple[int, float]]:
    """Deal for each rendering which damage it gets and how strong; every other pair shares it."""
    for number in range(EACH):
        lot = number // 2 * 2 if number % 4 < 2 else number
        yield lot, 0.0 if rng.random() < UNTOUCHED else float(rng.uniform(0.03, 1.0))
