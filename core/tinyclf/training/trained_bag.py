"""What every training of a bag makes, whatever its members are."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import GRADES
from tinyclf.nn.objective import Objective
from tinyclf.training.classifier import Classifier, Member
from tinyclf.training.config import TrainingConfig

CLASSES = len(GRADES)
"""How many there are, unless somebody says otherwise."""


@dataclass(frozen=True, eq=False)
class TrainedBag:
    """What a training made.

    Attributes:
        objective: Network and loss of every member.
        members: The networks that propose together.
        out_of_fold: (n, classes): for each photo trained on, the opinion of the one network that
            never saw it.
        fold_of: (n,) the fold that held it out, from 0.
        config: How they were trained.
        seconds: How long it took.
        second: Another bag, on the same folds, that may be heard as well; ``None`` if none is.
    """

    objective: Objective
    members: tuple[Member, ...]
    out_of_fold: NDArray[np.float64]
    fold_of: NDArray[np.intp]
    config: TrainingConfig
    seconds: float
    second: TrainedBag | None = field(default=None, kw_only=True)

    def classifier(self, extractor_key: str, temperature: float = 1.0) -> Classifier:
        """Return this bag alone as a classifier of photos with features of this extractor."""
        classes = self.out_of_fold.shape[1]
        names = tuple(str(number) for number in range(1, classes + 1))
        return Classifier(
            extractor_key, self.objective, self.members, names, temperature, self.config
        )
