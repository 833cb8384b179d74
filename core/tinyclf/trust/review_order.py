"""Which proposals to look at first: the same on walls, in suggestions, plans and simulations.

By the entropy of the five probabilities (Shannon 1948): what could be most other things comes
first. Ordered by the likeliest grade's probability alone, simulated collectors take longer
(``tinyclf simulate``, the policy ``least-likely``).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.nn.formulas import LEAST_PROBABILITY


def unclearness(probabilities: NDArray[Any]) -> NDArray[np.float64]:
    """Return (n,) how little each opinion is made up: −Σ p log p, 0 to log(classes), in nats.

    Args:
        probabilities: (n, classes), each row of sum 1.
    """
    p = np.maximum(probabilities.astype(np.float64), LEAST_PROBABILITY)
    nats: NDArray[np.float64] = -(p * np.log(p)).sum(axis=1)
    return nats


def most_doubtful_first(probabilities: NDArray[Any]) -> NDArray[np.intp]:
    """Return the rows (n,) of proposals (n, classes) in the order to look at them.

    Equal ones stay as they were.
    """
    return np.argsort(-unclearness(probabilities), kind="stable")
