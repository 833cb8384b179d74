"""Gradient clipping: one wild batch cannot throw the parameters far."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from tinyclf.errors import InputError
from tinyclf.nn.arrays import PRECISIONS, Array, check_array
from tinyclf.nn.backend import Backend
from tinyclf.nn.ranges import require_positive

LIMIT = "The longest gradient allowed"

TINIEST = 1e-30
"""Sums of squares below it may have lost some to underflow, in float32."""


def clip_norm(gradient: Array, limit: float, *, backend: Backend) -> float:
    """Shorten a gradient to a length of at most ``limit``, in place (Pascanu et al. 2013).

    Args:
        gradient: The flat gradient (n,).
        limit: The longest Euclidean length allowed, more than 0.
        backend: Whose array it is.

    Returns:
        The length before.

    Raises:
        ConfigError: the limit is not more than 0.
        InputError: the gradient is no flat vector of floats.
        FloatingPointError: the gradient holds NaN or infinity.
    """
    require_positive(LIMIT, limit)
    check_array("The gradient", gradient)
    if gradient.ndim != 1 or gradient.dtype not in PRECISIONS:
        raise InputError(
            "The gradient must be a flat vector of float32 or float64, "
            f"not {gradient.dtype} of shape {gradient.shape}."
        )
    with np.errstate(all="ignore"):  # what comes of it is looked at
        return _clipped(gradient, limit, backend)


def _clipped(gradient: Array, limit: float, backend: Backend) -> float:
    length = _length(gradient, backend)
    if not math.isfinite(length):
        raise FloatingPointError("infinity or NaN in the gradient")
    if length > limit:
        gradient *= limit / length
    return length


def clip_norm_unchecked(gradient: Array, limit: float, *, backend: Backend) -> Array:
    """Do as :func:`clip_norm`, but look at no number: none is read back from a card.

    Arguments as there, and the limit is checked as there.

    Returns:
        The length before, an array of a single number; where the gradient held NaN or infinity it
        is not finite, and the gradient is spoiled.
    """
    require_positive(LIMIT, limit)
    xp = backend.xp
    limit = min(limit, float(np.finfo(gradient.dtype).max))
    largest = xp.maximum(abs(gradient).max(), np.finfo(gradient.dtype).tiny)
    length: Array = largest * _relative_length(gradient, largest, backend)
    gradient *= limit / xp.maximum(length, limit)
    return length


def _length(vector: Array, backend: Backend) -> float:
    """Return the Euclidean length."""
    squares = float(backend.xp.dot(vector, vector))
    if TINIEST < squares < math.inf:
        return math.sqrt(squares)
    # Zero, not finite, or squares that overflowed or vanished.
    largest = float(abs(vector).max()) if vector.size else 0.0
    if largest == 0 or not math.isfinite(largest):
        return largest
    return largest * float(_relative_length(vector, largest, backend))


def _relative_length(vector: Array, largest: Any, backend: Backend) -> Any:
    """Return the length in units of the largest part, so that no square overflows or vanishes."""
    xp = backend.xp
    return xp.sqrt(xp.square(vector / largest).sum())
