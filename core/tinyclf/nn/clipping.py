"""Gradient clipping: one wild batch cannot throw the parameters far."""

from __future__ import annotations

import math

from tinyclf.nn.arrays import Array
from tinyclf.nn.backend import Backend


def clip_norm(gradient: Array, limit: float, *, backend: Backend) -> float:
    """Shorten a gradient to a length of at most ``limit``, in place (Pascanu et al. 2013).

    Args:
        gradient: The flat gradient (n,).
        limit: The longest Euclidean length allowed, more than 0.
        backend: Whose array it is.

    Returns:
        The length before.

    Raises:
        FloatingPointError: the gradient holds NaN or infinity.
    """
    length = _length(gradient, backend)
    if not math.isfinite(length):
        raise FloatingPointError("infinity or NaN in the gradient")
    if length > limit:
        gradient *= limit / length
    return length


def _length(vector: Array, backend: Backend) -> float:
    """Return the Euclidean length; scaled by the largest part, so that no square overflows."""
    largest = float(abs(vector).max()) if vector.size else 0.0
    if largest == 0 or not math.isfinite(largest):
        return largest
    scaled = vector / largest
    return largest * math.sqrt(float(backend.xp.dot(scaled, scaled)))
