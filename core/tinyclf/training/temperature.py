"""Probabilities made more or less sure of themselves, by one number."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.nn.formulas import LEAST_PROBABILITY


def tempered(probabilities: NDArray[Any], temperature: float) -> NDArray[Any]:
    """Return ``p^(1/T)``, normalised row by row (temperature scaling, Guo et al. 2017).

    Above 1 they become less sure, below 1 surer; the likeliest class stays the likeliest.

    Args:
        probabilities: (n, classes).
        temperature: Above 0.
    """
    logarithms = np.log(np.maximum(probabilities, LEAST_PROBABILITY)) / temperature
    powers = np.exp(logarithms - logarithms.max(axis=1, keepdims=True))
    scaled: NDArray[Any] = powers / powers.sum(axis=1, keepdims=True)
    return scaled
