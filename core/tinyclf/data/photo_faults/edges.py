"""How wide the edges of a picture are, whatever their contrast."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

FINE, COARSE = 0.8, 2.0
"""The two scales in pixels: the finer quiets noise and JPEG blocks, the coarser sees print."""

WIDEST = 20.0
"""Pixels: beyond this the two scales can hardly be told apart."""

FAINTEST = 0.75
"""Grey levels a pixel: a weaker slope is as likely noise as an edge."""

STRONG = 0.05
"""Share of the pixels that are looked at: where the picture changes most, seen coarsely."""

SHARPEST = 0.1
"""Of these the share that counts: what is in focus may be a part of the picture."""


def blurred(grey: Floats, sigma: float) -> Floats:
    """Return a picture (h, w) convolved with a Gaussian; its border goes on as it is."""
    reach = int(np.ceil(3 * sigma))
    at = np.arange(-reach, reach + 1)
    kernel = np.exp(-(at**2) / (2 * sigma**2))
    kernel = (kernel / kernel.sum()).astype(np.float32)
    for _ in range(2):
        padded = np.pad(grey, ((reach, reach), (0, 0)), "edge")
        grey = sum(weight * padded[k : k + len(grey)] for k, weight in enumerate(kernel)).T
    return np.ascontiguousarray(grey)


def slopes(grey: Floats) -> Floats:
    """Return how steep a picture (h, w) is at each pixel, in grey levels a pixel, (h, w)."""
    down, across = np.gradient(grey)
    steepness: Floats = np.hypot(down, across)
    return steepness


def edge_widths(grey: Floats) -> tuple[Floats, Floats]:
    """Return how far each edge is spread, and how steep it is at the coarse scale, (h, w) each.

    A step of any height spread by σ has, seen at scale s, a slope in proportion to 1/√(σ² + s²);
    so the ratio of the slopes at two scales tells σ and nothing else. Source: S. Zhuo, T. Sim,
    "Defocus map estimation from a single image", Pattern Recognition 44 (2011), after J. Elder,
    S. Zucker, "Local scale control for edge detection and blur estimation", PAMI 20 (1998).

    Args:
        grey: The picture, 0 to 255.

    Returns:
        σ in pixels, 0 to `WIDEST`, meaningful on edges only; and the slopes.
    """
    fine, coarse = slopes(blurred(grey, FINE)), slopes(blurred(grey, COARSE))
    square = np.square(fine / np.maximum(coarse, np.float32(1e-6)))
    spread = (COARSE**2 - square * FINE**2) / np.maximum(square - 1, np.float32(1e-6))
    return np.sqrt(np.clip(spread, 0, WIDEST**2)), coarse


def sharpest_width(widths: Floats, steepness: Floats) -> float:
    """Return how wide even the sharpest edges are, in pixels; 0 where there is no edge to tell by.

    Args:
        widths: From `edge_widths`.
        steepness: Likewise.
    """
    strong = np.partition(steepness.ravel(), -_count(steepness))[-_count(steepness)]
    if strong < FAINTEST:
        return 0.0
    return float(np.quantile(widths[steepness >= strong], SHARPEST))


def _count(steepness: Floats) -> int:
    return max(1, round(STRONG * steepness.size))
