"""Edge wear: the rim is rubbed pale, the corners go first and round off."""

from __future__ import annotations

import numpy as np

from tinyclf.samples.damage.shapes import bare_paper, painted
from tinyclf.samples.fields import Field, Pixels, blurred, grid, noise, smoothstep


def damage(
    pixels: Pixels, alpha: Field, strength: float, rng: np.random.Generator
) -> tuple[Pixels, Field]:
    """Rub along the rim, unevenly, and round the corners."""
    height, width = alpha.shape
    unit = min(height, width)
    pale = np.minimum(bare_paper(pixels, alpha) * np.float32(rng.uniform(0.85, 1.05)), 1.0)
    rough = noise(rng, height, width, unit * 0.12, 4)
    fine = noise(rng, height, width, unit * 0.02, 2)
    reach = max(1.5, unit * (0.012 + 0.04 * strength))
    padded = np.pad(alpha, round(2 * reach))
    margin = round(2 * reach)
    inner = blurred(padded, reach)[margin : margin + height, margin : margin + width]
    y, x = grid(height, width)
    down = np.minimum(y, height - 1 - y) / unit
    across = np.minimum(x, width - 1 - x) / unit
    corner = np.exp(-np.hypot(down, across) / 0.12)
    worn = (1 - inner) * 1.9 + 0.35 * rough + 0.25 * fine + 0.7 * corner
    share = smoothstep(1.25 - 0.5 * strength, 1.45 - 0.4 * strength, worn) * (inner < 0.98)
    radius = 0.01 + 0.10 * strength
    round_off = np.hypot(np.maximum(radius - down, 0), np.maximum(radius - across, 0)) - radius
    soft = 1.2 / unit
    kept = smoothstep(soft, -soft, round_off + 0.008 * rough)
    return painted(pixels, pale, 0.9 * share), alpha * kept
