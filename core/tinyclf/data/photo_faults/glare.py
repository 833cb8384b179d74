"""Glare: a compact spot so bright that nothing is left of it, fading out over what it hides."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tinyclf.data.photo_faults.edges import Floats
from tinyclf.data.photo_faults.masks import Mask, grown, joined, shrunk, touches_frame

CLIPPED = 250
"""From here on in all three colours a pixel has lost what was there."""
SMALLEST = 0.004
"""Of the picture: a smaller spot hides little."""
THINNEST = 0.012
"""Of the longer side: half the width a spot has at least where it is widest."""
SOLID = 0.7
"""Of a spot's pixels: so many are inside, not in strings between letters."""
SOFT_EDGE = 1.2
"""Pixels: an edge spread wider than this was neither cut nor printed, in a sharp picture."""
SOFT = 0.75
"""Of the spot's outline: so much is soft."""
OUTLINE = 3
"""Pixels around a spot in which its outline is looked at."""
HALO = 0.05
"""Of the longer side: so far from the spot its light has faded."""
FADED = 215
"""Grey levels: what is darker is lit as the rest."""
ALL_AROUND = 0.8
"""Of the ring so far away: so much has to have faded."""


def glare(colours: NDArray[np.uint8], grey: Floats, widths: Floats, steepness: Floats) -> float:
    """Return the share of the picture that a spot of glare has wiped out, 0 where there is none.

    What is white is not glare: paper is bounded by edges that were cut or printed, full of print,
    joined with the frame, or as bright all around. A reflection is compact, its outline is soft on
    all sides, and not far from it the picture is as dark as before. Clipped cores with a halo as
    the sign of specular light: A. Morgand, M. Tamaazousti, "Generic and real-time detection of
    specular reflections in images", VISAPP 2014; the softness is measured as `edge_widths` says.

    Args:
        colours: The picture, (h, w, 3).
        grey: The same, grey, (h, w).
        widths: Of its edges, (h, w); see `edge_widths`.
        steepness: Likewise.
    """
    clipped = _halved(colours.min(axis=2) >= CLIPPED)
    if np.count_nonzero(clipped) < SMALLEST * clipped.size:
        return 0.0
    long_side = max(clipped.shape)
    seed, depth = _deepest(clipped)
    if depth < THINNEST * long_side:
        return 0.0
    spot = joined(seed, clipped)
    share = np.count_nonzero(spot) / spot.size
    if share < SMALLEST or touches_frame(spot) or not _is_solid(spot, depth):
        return 0.0
    spot, reach = _doubled(spot, grey.shape), round(HALO * max(grey.shape))
    is_glare = _is_soft(spot, widths, steepness) and _fades(spot, grey, reach)
    return share if is_glare else 0.0


def _halved(mask: Mask) -> Mask:
    """Return a mask (h // 2, w // 2): pixels of which all four are in it; spots are large."""
    height, width = mask.shape[0] // 2, mask.shape[1] // 2
    four = mask[: 2 * height, : 2 * width].reshape(height, 2, width, 2)
    whole: Mask = np.logical_and.reduce(four, axis=(1, 3))
    return whole


def _doubled(mask: Mask, shape: tuple[int, ...]) -> Mask:
    whole = np.zeros(shape, np.bool_)
    twice = mask.repeat(2, axis=0).repeat(2, axis=1)
    whole[: twice.shape[0], : twice.shape[1]] = twice
    return whole


def _deepest(mask: Mask) -> tuple[Mask, int]:
    """Return the pixels farthest inside a mask, one spot's, and how far they are inside."""
    depth, inner = 0, mask
    while (less := shrunk(inner, 1)).any():
        depth, inner = depth + 1, less
    one = np.zeros_like(mask)
    one.flat[np.argmax(inner)] = True
    return one, depth


def _is_solid(spot: Mask, depth: int) -> bool:
    by = max(1, depth // 2)
    inside = grown(shrunk(spot, by), by) & spot
    return bool(np.count_nonzero(inside) >= SOLID * np.count_nonzero(spot))


def _is_soft(spot: Mask, widths: Floats, steepness: Floats) -> bool:
    outline = grown(spot, OUTLINE) & ~spot & (steepness > 2)
    return bool(outline.any() and np.mean(widths[outline] > SOFT_EDGE) >= SOFT)


def _fades(spot: Mask, grey: Floats, reach: int) -> bool:
    ring = grown(spot, reach) & ~grown(spot, max(reach - 3, OUTLINE))
    return bool(ring.any() and np.mean(grey[ring] < FADED) >= ALL_AROUND)
