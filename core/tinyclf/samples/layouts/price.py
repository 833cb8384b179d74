"""The value and its coin as one piece of lettering."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tinyclf.samples.fields import Field
from tinyclf.samples.lettering import Lettering, stamp_in, word
from tinyclf.samples.words import Words


def price(words: Words, tall: float, style: Lettering, longest: float) -> Field:
    """Return the value in large figures with the coin small beside it, on one baseline.

    Args:
        words: Where value and coin stand.
        tall: Height of the figures, pixels.
        style: How the letters are cut; figures are cut heavier.
        longest: The width the figures must fit, pixels.
    """
    figure = replace(style, weight=style.weight + 2.5, spacing=0.02, serifs=False)
    number = word(words.value, tall, figure, longest)
    coin = word(words.coin, tall * 0.45, replace(style, weight=min(style.weight, 2.0)))
    rows = round(tall * 1.6)
    ink = np.zeros((rows, number.shape[1] + coin.shape[1]), np.float32)
    stamp_in(ink, number, 0, (rows - number.shape[0]) / 2)
    stamp_in(ink, coin, number.shape[1] - tall * 0.1, rows / 2 + tall * 0.27 - coin.shape[0] / 2)
    return ink
