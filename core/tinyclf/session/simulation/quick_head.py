"""Linear heads that learn anew from every few corrections, the better of two by what came true.

Photos on walls are graded by the person right after they were proposed: each is an honest test of
whatever had an opinion of it (prequential, Dawid 1984). So it can be left to the collection whether
its grades are an order alone, or whether an unordered head's opinion helps.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tinyclf.data.encoder.builtin import PLAIN_DIMENSION
from tinyclf.domain import Job, Progress
from tinyclf.nn.backend import NumpyBackend
from tinyclf.session.simulation.graded_collection import CLASSES, GradedCollection
from tinyclf.session.simulation.heads import Learner, Opinion
from tinyclf.training.config import TrainingConfig
from tinyclf.training.presets import BALANCED, UNORDERED
from tinyclf.training.projection import Projection
from tinyclf.training.quick_fit import Heads, linear
from tinyclf.training.recipe import build_objective

DIRECTIONS_FROM = 1_000
"""Photos that the principal components are found from: of more, that takes longer than a second."""

RIDGES = {BALANCED: 0.5, UNORDERED: 1.0}
"""How hard heads are held; one strength for all rounds. On real stamps and cards .3 to 1 took the
least effort, 3 two points more, and the ridge of the best held-out log-loss up to six: its scores
lie so close together that some grades are never the likeliest.
"""


class QuickHead:
    """Principal components, found once from all photos, which needs no grade.

    There are two sets, without the condition encoder and with it: it sees damage, and adds noise
    where grades are about something else.
    """

    def __init__(self, collection: GradedCollection) -> None:
        x = collection.features[BALANCED.features]
        self._views = [_projected(x[:, :PLAIN_DIMENSION])]
        if x.shape[1] > PLAIN_DIMENSION:
            self._views.append(_projected(x))

    def begin(self, seed: int) -> Learner:
        """Return a learner; nothing in it is random."""
        return _QuickLearner(self._views)


def _projected(x: NDArray[np.float32]) -> NDArray[np.float64]:
    few = np.random.default_rng(0).permutation(len(x))[:DIRECTIONS_FROM]
    return Projection.fit(x[np.sort(few)], seed=0).apply(x)


class _QuickLearner:
    """Ordinal heads, and their mean with an unordered one; it says what fared better up to now."""

    def __init__(self, views: list[NDArray[np.float64]]) -> None:
        self._views = views
        self._backend = NumpyBackend()
        self._opinions: tuple[Opinion, ...] = ()
        self._learnt = np.empty(0, np.intp)
        self._came_true = np.zeros(2)

    def learn(self, rows: NDArray[np.intp], classes: NDArray[np.intp]) -> Job[Opinion]:
        """Return the opinion that gave most probability to what was said since, summed."""
        self._judge(rows, classes)
        ordered = []
        for z in self._views:
            yield Progress("Learning", 0, 0)
            ordered.append(self._opinion(z, BALANCED, rows, classes))
        yield Progress("Learning", 0, 0)
        unordered = self._opinion(self._views[0], UNORDERED, rows, classes)
        mean: Opinion = np.mean(ordered, axis=0)
        self._opinions = (mean, (mean + unordered) / 2)
        self._learnt = rows
        return self._opinions[int(self._came_true.argmax())]

    def _judge(self, rows: NDArray[np.intp], classes: NDArray[np.intp]) -> None:
        new = ~np.isin(rows, self._learnt)
        for place, opinion in enumerate(self._opinions):
            self._came_true[place] += opinion[rows[new], classes[new]].sum()

    def _opinion(
        self,
        z: NDArray[np.float64],
        config: TrainingConfig,
        rows: NDArray[np.intp],
        classes: NDArray[np.intp],
    ) -> Opinion:
        objective = build_objective(linear(config), z.shape[1], classes, CLASSES)
        theta = Heads(objective, z[rows], classes, self._backend).fit(RIDGES[config])
        return np.asarray(objective.probabilities(theta, z, backend=self._backend))
