"""The settings of :mod:`tinyclf.nn.stability`, where sigmoids are computed as tanh."""

from __future__ import annotations

import math

from tinyclf.nn.kernels.activations import TANH, Activation
from tinyclf.nn.stability import Stability


def stable_tanh(stability: Stability) -> Activation:
    """Return a hyperbolic tangent that rounds off what these settings do."""
    return Activation(TANH, _largest(stability), math.sqrt(stability.epsilon_square), 0.0)


def stable_sigmoid(stability: Stability) -> Activation:
    """Return the t of a sigmoid ½ + ½ t that rounds off what these settings do."""
    if not stability.epsilon_square:
        return Activation(TANH, _largest(stability))
    least = 2 * math.sqrt(stability.epsilon_square) - 1
    return Activation(TANH, _largest(stability), least, -1.0)


def _largest(stability: Stability) -> float:
    """Return what a tanh comes to where its argument stops."""
    return math.tanh(stability.largest_exponent / 2)
