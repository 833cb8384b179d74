"""Figures as the table and what stands under it write them."""

from __future__ import annotations


def seconds(number: float) -> str:
    """Return a time in words, in the unit that suits it."""
    for factor, unit in ((1, "s"), (1e3, "ms")):
        if number * factor >= 1:
            return f"{number * factor:.3g} {unit}"
    return f"{number * 1e6:.3g} µs"
