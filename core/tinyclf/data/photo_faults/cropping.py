"""Whether the frame cuts the subject off, where a plain ground shows what is subject."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tinyclf.data.photo_faults.masks import joined

SIDE = 80
"""Pixels of the longer side at which ground and subject are told apart: grain does not matter."""
ALIKE = 20
"""Grey levels in the colour that differs most: what is nearer to the ground's colour is ground."""
APART = 48
"""Likewise: what is farther is subject."""
PLAIN = 0.5
"""Of the frame: so much is ground, or there is no plain ground."""
CLEAN = 0.01
"""Of a margin: where no more is subject, it is ground."""
MARGIN = 0.04
"""Of the longer side: so wide a margin is ground on the three sides where nothing is cut."""
BETWEEN = 0.05
"""Of the side that cuts: no more is neither ground nor subject; a shadow has no edge."""
LARGEST = 0.9
"""Of a side: what runs all along it is a table's edge, no subject."""
ONE_THING = 0.8
"""Of all that is subject: so much hangs together with what is cut."""
SMALLEST = 0.12
"""Of the picture: the subject is at least so large."""


def cut_off(image: Image.Image) -> float:
    """Return how much of a side of the picture the subject takes where the frame cuts it, 0 to 1.

    The ground is what most of the frame's pixels are like. It is said only where the subject lies
    clear of three sides and is cut by the fourth: what runs off at several is a pattern, a tight
    crop, or a part taken on purpose. Taking the border for the ground is the boundary prior of
    Y. Wei et al., "Geodesic saliency using background priors", ECCV 2012.

    Args:
        image: The picture, RGB.
    """
    far = _from_ground(image)
    if far is None:
        return 0.0
    turned = [np.rot90(far, turns) for turns in range(4)]
    deep = max(1, round(MARGIN * SIDE))
    cut = [one for one in turned if np.mean(one[:deep] > APART) > CLEAN]
    if len(cut) != 1:
        return 0.0
    across = cut[0] > APART
    if np.mean((cut[0][0] > ALIKE) & ~across[0]) > BETWEEN:
        return 0.0
    share = float(np.mean(across[0]))
    first = np.zeros_like(across)
    first[0] = across[0]
    part, whole = np.count_nonzero(joined(first, across)), np.count_nonzero(across)
    is_subject = share <= LARGEST and part >= max(ONE_THING * whole, SMALLEST * across.size)
    return share if is_subject else 0.0


def _from_ground(image: Image.Image) -> NDArray[np.int16] | None:
    """Return how far each pixel is from the ground, (h, w); ``None`` without a plain ground."""
    scale = SIDE / max(image.size)
    size = max(4, round(image.width * scale)), max(4, round(image.height * scale))
    small = np.asarray(image.resize(size, Image.Resampling.BOX), np.int16)
    frame = np.concatenate([small[0], small[-1], small[1:-1, 0], small[1:-1, -1]])
    ground = _commonest(frame)
    if np.mean(_far(frame, ground) <= ALIKE) < PLAIN:
        return None
    return _far(small, ground)


def _commonest(frame: NDArray[np.int16]) -> NDArray[np.int16]:
    """Return the colour (3,) that most of the others (n, 3) are like."""
    alike = _far(frame[:, None], frame[None]) <= ALIKE
    near = alike[np.argmax(alike.sum(axis=1))]
    middle: NDArray[np.int16] = np.median(frame[near], axis=0).astype(np.int16)
    return middle


def _far(colours: NDArray[np.int16], ground: NDArray[np.int16]) -> NDArray[np.int16]:
    far: NDArray[np.int16] = np.abs(colours - ground).max(axis=-1)
    return far
