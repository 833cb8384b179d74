"""How well the reading ranks renderings of things that it never saw."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from reader import Reader, image
from renderings import Renderings

BATCH = 16
SIZE = 224
TELLS_APART = 0.05
"""Pairs nearer to each other than this in strength are not asked about."""


def examine(reader: Reader, found: Renderings) -> tuple[float, float]:
    """Return the score's rank correlation with the strength, and the share of pairs in order."""
    found.require_drawn()
    reader.eval()
    with torch.no_grad():
        parts = [
            reader(image(found.photos[k : k + BATCH], SIZE))[:, 0].numpy()
            for k in range(0, len(found.strength), BATCH)
        ]
    score = np.concatenate(parts)
    apart = found.strength[0::2] - found.strength[1::2]
    right = np.sign(score[0::2] - score[1::2]) == np.sign(apart)
    asked = np.abs(apart) > TELLS_APART
    return rank_correlation(score, found.strength), float(right[asked].mean())


def rank_correlation(a: NDArray[np.floating], b: NDArray[np.floating]) -> float:
    """Return Spearman's correlation; ties share their middle rank."""
    ranks = []
    for values in (a, b):
        _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
        ranks.append((np.cumsum(counts) - (counts - 1) / 2)[inverse])
    return float(np.corrcoef(*ranks)[0, 1])
