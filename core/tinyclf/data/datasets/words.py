"""Names and shapes, as messages about datasets tell them."""

from __future__ import annotations

from collections.abc import Sequence


def listed(names: Sequence[str], most: int = 10) -> str:
    """Return names in quotes, the first of them where there are many."""
    shown = ", ".join(map(repr, names[:most]))
    return shown if len(names) <= most else f"{shown} and {len(names) - most:,} more"


def times(shape: tuple[int, ...]) -> str:
    """Return how many numbers an array of a shape holds, as a product: ``60,000 × 28 × 28``."""
    return " × ".join(f"{length:,}" for length in shape) or "1"
