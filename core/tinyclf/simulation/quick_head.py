"""The heads of `tinyclf.training.quick_fit`, as the window refits them between corrections."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import Job
from tinyclf.simulation.graded_collection import GradedCollection
from tinyclf.simulation.heads import Learner, Opinion
from tinyclf.training.presets import BALANCED
from tinyclf.training.quick_fit import Views, quick_heads
from tinyclf.training.views import views_of


class QuickHead:
    """Principal components, found once from all photos, which needs no grade."""

    def __init__(self, collection: GradedCollection) -> None:
        x = collection.features[BALANCED.features]
        self._views = [view.apply(x) for view in views_of(x)]

    def begin(self, seed: int) -> Learner:
        """Return a learner; nothing in it is random."""
        return _QuickLearner(self._views)


class _QuickLearner:
    def __init__(self, views: Views) -> None:
        self._views = views

    def learn(self, rows: NDArray[np.intp], classes: NDArray[np.intp]) -> Job[Opinion]:
        """Return the opinions of heads fitted to all that was said."""
        heads = yield from quick_heads([z[rows] for z in self._views], classes)
        return heads.opinions(self._views)
