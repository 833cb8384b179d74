"""A large figure on lathe work, as posts print when no king is at hand."""

from __future__ import annotations

import numpy as np

from tinyclf.samples.engraving import rosette
from tinyclf.samples.fields import Field, blurred, noise
from tinyclf.samples.lettering import Lettering, write
from tinyclf.samples.painting import Painting
from tinyclf.samples.plates import oval


def paint(rng: np.random.Generator, height: int, width: int) -> Painting:
    """Paint lathe work round an empty shield; the layout sets the stamp's value on it."""
    side = min(height, width)
    net = rosette(height, width, rng.uniform(6, 9), int(rng.integers(6, 20)), rng.uniform(0.6, 1.8))
    medal = oval(height, width, side * 0.12) - oval(height, width, side * 0.15)
    inside = oval(height, width, side * 0.15)
    star = rosette(height, width, 5.0, int(rng.integers(10, 40)), 2.2, 0.4)
    key = np.maximum(np.maximum(net * 0.62 * (1 - inside), medal), star * inside * 0.45)
    form = noise(rng, height, width, side * 0.3) * 2
    return Painting(key, oval(height, width, side * 0.12) * 0.7, np.zeros_like(key), form)


def set_figure(key: Field, value: str, style: Lettering) -> None:
    """Print the value large and dark in the middle, with a bare rim round it."""
    height, width = key.shape
    figure = np.zeros((height, width), np.float32)
    tall = 0.42 * min(height, width)
    write(figure, value, (width / 2, height / 2), tall, style, longest=width * 0.62)
    halo = np.clip(blurred(figure, tall * 0.035) * 5, 0, 1)
    key *= 1 - halo
    np.maximum(key, figure, out=key)
