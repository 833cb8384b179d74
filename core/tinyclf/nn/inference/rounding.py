"""Weights in fewer bytes: float16, or whole steps of a byte with a scale for each output.

Predicting for one input reads every weight once, and memory is slower than arithmetic. So half
precision is worth up to two times the speed of single, bytes up to four.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Weights: TypeAlias = npt.NDArray[np.floating[Any]]

LARGEST_HALF = 65504.0
"""The largest float16: weights beyond become that, not infinite."""

STEPS = 127
"""The largest weight of an output is so many steps."""

LEAST_STEP = float(np.finfo(np.float32).tiny)
"""What a step is worth at least: smaller ones lose digits, at last all of them, in float32."""


def as_half(weights: Weights) -> npt.NDArray[np.float16]:
    """Return weights rounded to 11 bits."""
    return np.clip(weights, -LARGEST_HALF, LARGEST_HALF).astype(np.float16)


def as_int8(weights: Weights, outputs: int) -> tuple[npt.NDArray[np.int8], Weights]:
    """Return weights as whole steps, and what a step is worth.

    Args:
        weights: Of a layer, two or more axes.
        outputs: The axis of its outputs; each has its own scale.

    Returns:
        The steps, and the scales, whose shape broadcasts against them.
    """
    outputs %= weights.ndim
    others = tuple(axis for axis in range(weights.ndim) if axis != outputs)
    largest = np.abs(weights).max(axis=others, keepdims=True)
    scale = np.maximum(largest / STEPS, LEAST_STEP)
    return np.rint(weights / scale).astype(np.int8), scale
