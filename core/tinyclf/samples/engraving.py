"""Tones into ink: an engraver has no greys, only lines that swell."""

from __future__ import annotations

import numpy as np

from tinyclf.samples.fields import Field, grid, triangle


def lines(tone: Field, phase: Field, period: float) -> Field:
    """Return ink coverage 0 to 1: lines at whole ``phase``, as broad as ``tone`` is dark."""
    # The edge is one pixel soft; stretched so that tone 0 still leaves the paper bare.
    level = tone * (1 + 2 / period) - 1 - 1 / period
    ink: Field = np.clip((level + triangle(phase)) * (period / 2) + 0.5, 0, 1)
    return ink


def engraved(tone: Field, form: Field, period: float, angle: float, crossing: float = 1.1) -> Field:
    """Return ink coverage of line engraving with cross-hatched shadows.

    Args:
        tone: Darkness, 0 to 1.
        form: Height in pixels that bends the lines.
        period: Pixels from line to line.
        angle: Of the first set of lines, radians.
        crossing: The second set's angle to the first, radians.
    """
    y, x = grid(*tone.shape)
    first = (y * np.cos(angle) + x * np.sin(angle) + form) / period
    second = (y * np.cos(angle + crossing) + x * np.sin(angle + crossing) - form) / period
    light = lines(np.clip(tone * 1.15 - 0.06, 0, 0.8), first, period)
    shadow = lines(np.clip(tone * 1.5 - 0.72, 0, 0.7), second, period)
    ink: Field = np.maximum(light, shadow)
    np.maximum(ink, np.clip(tone * 6 - 5.2, 0, 1), out=ink)
    return ink


def stippled(tone: Field, period: float) -> Field:
    """Return ink coverage of gravure: soft dots in a diagonal net, near to a continuous tone."""
    y, x = grid(*tone.shape)
    net = (triangle((x + y) / period) + triangle((x - y) / period)) * 0.5 - 0.5
    ink: Field = np.clip(tone + net * (0.9 * tone * (1 - tone)) * 1.6, 0, 1)
    return ink


def guilloche(
    height: int, width: int, period: float, swing: float, waves: float, thickness: float = 0.3
) -> Field:
    """Return a net of two families of waving lines, as bank notes have it.

    Args:
        height: Rows.
        width: Columns.
        period: Pixels from line to line.
        swing: How far a line swings, in periods.
        waves: Pixels from one swing to the next.
        thickness: Of a line, as a share of the period.
    """
    y, x = grid(height, width)
    turn = np.sin(x * np.float32(2 * np.pi / waves)) * swing
    tone = np.full((1, 1), thickness, np.float32)
    net: Field = np.maximum(
        lines(tone, y / period + turn, period), lines(tone, y / period - turn, period)
    )
    return net


def rosette(
    height: int, width: int, period: float, petals: int, swing: float, thickness: float = 0.3
) -> Field:
    """Return the same net wound round the middle: the rosette of a lathe."""
    y, x = grid(height, width)
    dy, dx = y - height / 2, x - width / 2
    scale = height / width
    radius = np.hypot(dy, dx * scale)
    turn = np.cos(np.arctan2(dy, dx * scale) * petals) * swing
    tone = np.full((1, 1), thickness, np.float32)
    net: Field = np.maximum(
        lines(tone, radius / period + turn, period), lines(tone, radius / period - turn, period)
    )
    return net
