"""What stamps lie on when they are photographed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tinyclf.samples.fields import Pixels, grid, noise, smoothstep, tinted, triangle


def album_page(rng: np.random.Generator, height: int, width: int) -> Pixels:
    """Cream paper with the printed squares or rules of an album."""
    fibres = noise(rng, height, width, 3, 2)
    tone = np.clip(0.5 + 0.10 * fibres, 0, 1)
    page = tinted(tone, (0.84, 0.81, 0.74), (0.95, 0.93, 0.87))
    y, x = grid(height, width)
    if rng.random() < 0.6:
        step = rng.uniform(18, 34)
        shift = rng.uniform(0, step, 2)
        line = np.maximum(
            smoothstep(1.3, 0.4, np.abs((y + shift[0]) % step - step / 2)),
            smoothstep(1.3, 0.4, np.abs((x + shift[1]) % step - step / 2)),
        )
        page *= 1 - 0.10 * line[..., None]
    return page


def stock_card(rng: np.random.Generator, height: int, width: int) -> Pixels:
    """Black card with the clear strips that hold the stamps."""
    y, x = grid(height, width)
    grain = noise(rng, height, width, 2.5, 2)
    light = np.clip(0.06 + 0.018 * grain, 0, 1) + 0 * x
    step = height * rng.uniform(0.5, 0.8)
    way = (y + rng.uniform(0, step)) % step
    light = (
        light + 0.16 * smoothstep(3, 0, way) + 0.05 * smoothstep(0, 2, way) * (way < step * 0.35)
    )
    return tinted(np.clip(light, 0, 1), (0.0, 0.0, 0.01), (1.0, 1.0, 1.02))


def wood(rng: np.random.Generator, height: int, width: int) -> Pixels:
    """A table top, its grain across the picture."""
    y, _ = grid(height, width)
    bend = noise(rng, height, width, (height * 0.5, width * 0.9), 2)
    rings = triangle(y / height * rng.uniform(5, 11) + 0.9 * bend)
    rings = rings * rings * (1.6 - 0.6 * rings)
    pores = np.minimum(noise(rng, height, width, (1.5, 24)), 0.1)
    tone = np.clip(0.5 + 0.34 * (rings - 0.4) + 0.17 * pores + 0.12 * bend, 0, 1)
    dark, light = WOODS[rng.integers(len(WOODS))]
    return tinted(tone, dark, light)


WOODS = (
    ((0.22, 0.12, 0.06), (0.60, 0.40, 0.24)),
    ((0.12, 0.07, 0.05), (0.36, 0.23, 0.15)),
    ((0.48, 0.34, 0.20), (0.84, 0.68, 0.48)),
    ((0.42, 0.38, 0.34), (0.72, 0.67, 0.60)),
)


def baize(rng: np.random.Generator, height: int, width: int) -> Pixels:
    """Felt, mostly green."""
    nap = noise(rng, height, width, 2.0, 1) + 0.6 * noise(rng, height, width, 60, 2)
    dark, light = FELTS[rng.integers(len(FELTS))]
    return tinted(np.clip(0.5 + 0.22 * nap, 0, 1), dark, light)


FELTS = (
    ((0.02, 0.17, 0.11), (0.12, 0.40, 0.28)),
    ((0.02, 0.17, 0.11), (0.12, 0.40, 0.28)),
    ((0.10, 0.13, 0.26), (0.26, 0.32, 0.50)),
    ((0.26, 0.05, 0.08), (0.50, 0.16, 0.18)),
    ((0.18, 0.18, 0.19), (0.40, 0.40, 0.41)),
)


def cloth(rng: np.random.Generator, height: int, width: int) -> Pixels:
    """Woven linen with soft folds."""
    y, x = grid(height, width)
    thread = rng.uniform(4.0, 6.0)
    turn = noise(rng, height, width, 90, 2) * 1.6
    weave = np.sin((y + turn) * (2 * np.pi / thread)) * np.sin((x - turn) * (2 * np.pi / thread))
    folds = noise(rng, height, width, (height * 0.8, width * 0.35), 2)
    tone = np.clip(0.55 + 0.14 * weave + 0.20 * folds, 0, 1)
    dark, light = LINENS[rng.integers(len(LINENS))]
    return tinted(tone, dark, light)


LINENS = (
    ((0.52, 0.46, 0.38), (0.84, 0.79, 0.70)),
    ((0.62, 0.62, 0.62), (0.90, 0.90, 0.90)),
    ((0.30, 0.34, 0.42), (0.56, 0.62, 0.72)),
    ((0.46, 0.36, 0.40), (0.76, 0.66, 0.70)),
)


def desk(rng: np.random.Generator, height: int, width: int) -> Pixels:
    """A plain painted or plastic surface."""
    cloud = noise(rng, height, width, min(height, width) * 0.7, 2)
    grain = noise(rng, height, width, 2.0, 1)
    tone = np.clip(0.5 + 0.12 * cloud + 0.04 * grain, 0, 1)
    dark, light = DESKS[rng.integers(len(DESKS))]
    return tinted(tone, dark, light)


DESKS = (
    ((0.66, 0.67, 0.70), (0.88, 0.89, 0.91)),
    ((0.22, 0.24, 0.28), (0.40, 0.43, 0.48)),
    ((0.10, 0.12, 0.16), (0.22, 0.25, 0.31)),
    ((0.62, 0.56, 0.48), (0.82, 0.77, 0.69)),
    ((0.34, 0.44, 0.54), (0.56, 0.66, 0.76)),
)

BACKGROUNDS: tuple[Callable[[np.random.Generator, int, int], Pixels], ...] = (
    album_page, stock_card, wood, baize, cloth, desk,
)  # fmt: skip
"""Everything a stamp may lie on."""
