"""A few stamps are photographed twice, as people do: pictures that are nearly the same."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageEnhance

from tinyclf.samples.stamp import DEAL, grade_of

EVERY = 50
"""One stamp in so many is an earlier one again: 2 %."""
FIRST = 40
"""The first that is, counted from 0; the others follow at the distance of `EVERY`."""


def first_shot_of(seed: int, index: int) -> int | None:
    """Return which earlier stamp number ``index`` shows again; ``None`` where it is one of its own.

    It is the last before it of the grade that is dealt to ``index``: the truth stays as dealt.
    """
    if index % EVERY != FIRST:
        return None
    grade = grade_of(seed, index)
    earlier = (one for one in range(index - 1, index - 2 * DEAL, -1) if one % EVERY != FIRST)
    return next(one for one in earlier if grade_of(seed, one) == grade)


def shot_again(photo: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Return the photo of a thing as taken once more a moment later.

    It is turned a little, a little nearer, and in other light; its size is the same.

    Args:
        photo: The first, RGB.
        rng: Where the randomness comes from.
    """
    width, height = photo.size
    turned = photo.rotate(
        float(rng.uniform(-0.5, 0.5)), Image.Resampling.BICUBIC, fillcolor=photo.getpixel((0, 0))
    )
    left, top, right, bottom = rng.uniform(0.008, 0.014, 4).tolist()
    box = (left * width, top * height, (1 - right) * width, (1 - bottom) * height)
    nearer = turned.resize(photo.size, Image.Resampling.BICUBIC, box=box)
    return ImageEnhance.Brightness(nearer).enhance(float(rng.uniform(0.88, 1.1)))
