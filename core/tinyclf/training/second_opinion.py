"""A second opinion beside a classifier's own: what it is, and how far it is heard.

It is heard as far as photos that neither of the two has seen speak for it. `second_bag` trains it;
`tinyclf.trust.calibration` asks how far, and puts the two together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.errors import ModelError
from tinyclf.nn.formulas import LEAST_PROBABILITY
from tinyclf.nn.ranges import require, settle

if TYPE_CHECKING:  # a classifier may have a second opinion, which is one of a classifier
    from tinyclf.training.classifier import Classifier

FOR_FIRST, FOR_SECOND = 20.0, 4.0
"""As if so many photos more had spoken for one of them alone: larger ones make the mixture slower
to leave five to one. `python -m tests.benchmarks quality` tells what it is worth."""

LEAST_SHARE = 0.02
"""What is heard less is not heard at all: it would only take time."""

HALVINGS = 20
"""Of the range in which the share is sought: to a millionth."""


@dataclass(frozen=True, eq=False)
class SecondOpinion:
    """Another classifier of the same photos, and how far it is heard.

    Attributes:
        classifier: Of the same features and classes, in the same precision.
        share: Of its probabilities in the mixture, 0 to 1.

    Raises:
        ConfigError: the share is out of its range.
        ModelError: the classifier hears a second opinion itself.
    """

    classifier: Classifier
    share: float

    def __post_init__(self) -> None:
        settle(self, share=require("The share of a second opinion", self.share, 0, 1))
        if self.classifier.second is not None:
            raise ModelError("A second opinion must not hear another one itself: train again.")


def share_of_second(
    first: NDArray[Any], second: NDArray[Any], y: NDArray[np.integer[Any]]
) -> float:
    """Return the share of the second opinion in the mixture that makes the true classes likeliest.

    That is stacking (Wolpert 1992) of two densities (Smyth and Wolpert 1999), under the prior
    Beta(1 + `FOR_SECOND`, 1 + `FOR_FIRST`) on the second's share. The logarithm of what it gives is
    concave in the share, so its slope is bisected to the one zero it has.

    Args:
        first: Probabilities (n, classes) of photos that it has not seen.
        second: The same of the other opinion.
        y: Their true classes (n,).

    Returns:
        0 to 1; 0 where it would be less than `LEAST_SHARE`.
    """
    rows = np.arange(len(y))
    one, other = np.maximum([first[rows, y], second[rows, y]], LEAST_PROBABILITY)
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        share = (low + high) / 2
        slope = ((other - one) / mixed(one, other, share)).sum()
        slope += FOR_SECOND / share - FOR_FIRST / (1 - share)
        low, high = (share, high) if slope > 0 else (low, share)
    return low if low >= LEAST_SHARE else 0.0


def mixed(first: NDArray[Any], second: NDArray[Any], share: float) -> NDArray[Any]:
    """Return the mixture of two opinions of one shape, the second of this share, 0 to 1."""
    mixture: NDArray[Any] = (1 - share) * first + share * second
    return mixture
