"""Weights in fewer bytes: float16, or whole steps of a byte, with a scale for each output.

Predicting for one input reads every weight once, and memory is slower than arithmetic. So half
precision is worth up to two times the speed of single, bytes up to four.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Weights: TypeAlias = npt.NDArray[np.floating[Any]]

LARGEST_POWER = 15
"""The largest weight of an output is scaled to less than 2¹⁵; float16 ends at 65,504."""

LEAST_POWER = -126
"""The least exponent of a scale, that of the least normal float32."""

STEPS = 127
"""The largest weight of an output is so many steps."""

LEAST_STEP = float(np.finfo(np.float32).tiny)
"""What a step is worth at least: smaller ones lose digits, at last all of them, in float32."""


def as_half(weights: Weights, outputs: int) -> tuple[npt.NDArray[np.float16], Weights]:
    """Return weights rounded to 11 bits, and what they are to be multiplied by: powers of two.

    Weights of less than 2⁻²⁹ of the largest of their output keep fewer bits, from 2⁻⁴⁰ on none.

    Args:
        weights: Of a layer, two or more axes.
        outputs: The axis of its outputs; each has its own scale.

    Returns:
        The rounded weights, and the scales, whose shape broadcasts against them.
    """
    _, powers = np.frexp(_largest(weights, outputs))
    scale = np.ldexp(np.ones((), weights.dtype), np.maximum(powers - LARGEST_POWER, LEAST_POWER))
    return (weights / scale).astype(np.float16), scale


def as_int8(weights: Weights, outputs: int) -> tuple[npt.NDArray[np.int8], Weights]:
    """Return weights as whole steps, and what a step is worth.

    Args:
        weights: Of a layer, two or more axes.
        outputs: The axis of its outputs; each has its own scale.

    Returns:
        The steps, and the scales, whose shape broadcasts against them.
    """
    scale = np.maximum(_largest(weights, outputs) / STEPS, LEAST_STEP)
    return np.rint(weights / scale).astype(np.int8), scale


def _largest(weights: Weights, outputs: int) -> Weights:
    """Return the size of the largest weight of each output; its shape broadcasts."""
    outputs %= weights.ndim
    others = tuple(axis for axis in range(weights.ndim) if axis != outputs)
    largest: Weights = np.abs(weights).max(axis=others, keepdims=True)
    return largest
