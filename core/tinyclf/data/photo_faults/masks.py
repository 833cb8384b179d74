"""Parts of a picture as truth values, grown and shrunk by Pillow's filters, which are quick."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

Mask = NDArray[np.bool_]


def grown(mask: Mask, by: int) -> Mask:
    """Return a mask (h, w) with all pixels up to so many away."""
    return _filtered(mask, ImageFilter.MaxFilter(2 * by + 1)) if by else mask


def shrunk(mask: Mask, by: int) -> Mask:
    """Return a mask (h, w) without the pixels up to so many from its outside; the frame is none."""
    return _filtered(mask, ImageFilter.MinFilter(2 * by + 1)) if by else mask


def joined(seed: Mask, within: Mask) -> Mask:
    """Return the parts of a mask (h, w) that hang together with a seed, over corners as well."""
    part = seed & within
    while True:
        more = grown(part, 1) & within
        if np.array_equal(more, part):
            return part
        part = more


def touches_frame(mask: Mask) -> bool:
    """Tell whether a mask (h, w) reaches the border of the picture."""
    return bool(mask[[0, -1]].any() or mask[:, [0, -1]].any())


def _filtered(mask: Mask, rank: ImageFilter.RankFilter) -> Mask:
    picture = Image.fromarray(mask.astype(np.uint8) * np.uint8(255))
    return np.asarray(picture.filter(rank)) > 0
