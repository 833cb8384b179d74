"""The bag that is a second opinion: linear heads that care less for the order of the classes.

How far it is heard is another matter: see `second_opinion`.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.training.attention import before_map
from tinyclf.training.config import TrainingConfig
from tinyclf.training.curves import EpochReport
from tinyclf.training.linear_heads import Ridge
from tinyclf.training.projection import Projection
from tinyclf.training.quick_fit import QuickBag, quick_bag
from tinyclf.training.trained_bag import CLASSES
from tinyclf.training.views import View

SECOND_RIDGE = Ridge(along=1.0, across=10.0)
"""Of its head: the nearer the two are, the less the order of the classes counts.
`python -m tests.benchmarks quality` tells what it is worth."""


def second_bag(
    x: NDArray[Any],
    y: NDArray[np.integer[Any]],
    config: TrainingConfig,
    seed: int,
    *,
    groups: Sequence[object] | NDArray[Any] | None = None,
    classes: int = CLASSES,
) -> Generator[EpochReport, None, QuickBag]:
    """Fit the bag that is a second opinion beside the one of a configuration, on the same folds.

    What fits in between, one score with the classes in order along it, misses what some grades are
    about: some only the worst photos have, or the best.

    Args:
        x: Features (n, d) of the graded photos.
        y: Classes (n,).
        config: Of the first opinion.
        seed: As of the first.
        groups: As of the first.
        classes: How many there may be.
    """
    wide = x.shape[1]
    told = x[:, : before_map(wide)] if config.looks_at_places else x
    view = View(wide, Projection.fit(told, seed))
    bag = yield from quick_bag(
        [view],
        [view.apply(x)],
        y,
        seed,
        config=config,
        groups=groups,
        classes=classes,
        ridge=SECOND_RIDGE,
    )
    return bag
