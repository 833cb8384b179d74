"""Photos as vectors with grades: drawn ones, as an encoder's look; or real ones, where given."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.data.encoder.layout import GLOBAL_AVERAGE

WIDTH = GLOBAL_AVERAGE
GRADES = 5
FACTORS = 60
"""What a drawn photo differs in from another; the grade is one direction among them."""

TOLD_APART = 0.35
"""Standard deviation of what the grade owes to no factor: no classifier can know it."""

HELD_OUT = 2_000


@dataclass(frozen=True, eq=False)
class Split:
    """Vectors (n, 1280) f4 and grades (n,) 0 to 4: to learn from, and held out to be judged on."""

    x: NDArray[np.float32]
    y: NDArray[np.int64]
    held_out_x: NDArray[np.float32]
    held_out_y: NDArray[np.int64]

    def share_right(self, grades: Any) -> float:
        """Return the share of the held-out grades that a prediction got right."""
        return float((np.asarray(grades) == self.held_out_y).mean())


def drawn(graded: int, seed: int) -> Split:
    """Return so many drawn photos, and others held out: vectors as a ReLU and a mean leave them."""
    rng = np.random.default_rng(seed)
    n = graded + HELD_OUT
    z = rng.standard_normal((n, FACTORS)) * np.geomspace(2, 0.5, FACTORS)
    mixing = rng.standard_normal((FACTORS, WIDTH)) / FACTORS**0.5
    x = np.maximum(0.5 * (z @ mixing + 0.7 * rng.standard_normal((n, WIDTH))) - 0.2, 0)
    direction = rng.standard_normal(FACTORS)
    u = z @ direction
    u = u / u.std() + TOLD_APART * rng.standard_normal(n)
    y = np.searchsorted(np.quantile(u, np.arange(1, GRADES) / GRADES), u)
    return _split(x, y, np.arange(n) < graded)


def real(path: str, graded: int, seed: int) -> Split:
    """Return real photos of a file with arrays x (n, ≥ 1280), y (n,) and the objects' names g (n,).

    All photos of one object are on one side; at most two thirds of all are learned from.
    """
    with np.load(Path(path)) as file:
        x, y, objects = file["x"][:, :WIDTH], file["y"], file["g"]
    names, number = np.unique(objects, return_inverse=True)
    rank = np.random.default_rng(seed).permutation(len(names))[number]
    order = np.argsort(rank, kind="stable")
    last = rank[order[min(graded, 2 * len(x) // 3) - 1]]
    return _split(x, y, rank <= last)


def _split(x: NDArray[Any], y: NDArray[Any], learned: NDArray[np.bool_]) -> Split:
    x, y = x.astype(np.float32), y.astype(np.int64)
    return Split(x[learned], y[learned], x[~learned], y[~learned])
