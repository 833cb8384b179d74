"""The head that pages in a browser train: a dense layer and softmax, a fixed number of passes.

Like Google's Teachable Machine (Carney et al. 2020): an encoder that stays as it is, 100 units with
relu, softmax, Adam. It is what a collector would use who does not use this program.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tinyclf.data.encoder.layout import GLOBAL_AVERAGE
from tinyclf.domain import Job
from tinyclf.nn.backend import NumpyBackend
from tinyclf.simulation.graded_collection import CLASSES, GradedCollection
from tinyclf.simulation.heads import Learner, Opinion
from tinyclf.training.config import TrainingConfig
from tinyclf.training.examples import Examples
from tinyclf.training.feature_names import SMALL_EMBEDDING
from tinyclf.training.recipe import build_objective
from tinyclf.training.trainer import Trainer

DENSE = TrainingConfig(
    loss="softmax",
    features=SMALL_EMBEDDING,
    hidden=(100,),
    dropout=0.0,
    input_dropout=0.0,
    mixup=0.0,
    optimizer="adam",
    learning_rate=1e-3,
    schedule="constant",
    batch_size=16,
    epochs=50,
    least_steps=0,
)
"""Its settings; the features are those of this program's encoder at 224 pixels a side."""


class DenseHead:
    """One network on the encoder's global average, which is fed to it as it is."""

    def __init__(self, collection: GradedCollection) -> None:
        self._x = np.ascontiguousarray(collection.features[DENSE.features][:, :GLOBAL_AVERAGE])

    def begin(self, seed: int) -> Learner:
        """Return a learner whose weights and batches are drawn by the seed."""
        return _DenseLearner(self._x, seed)


class _DenseLearner:
    def __init__(self, x: NDArray[np.float32], seed: int) -> None:
        self._x, self._seed = x, seed

    def learn(self, rows: NDArray[np.intp], classes: NDArray[np.intp]) -> Job[Opinion]:
        """Return the opinions of a new network."""
        backend = NumpyBackend()
        objective = build_objective(DENSE, self._x.shape[1], classes, CLASSES)
        theta = yield from Trainer(objective, DENSE, backend).train(
            Examples(self._x[rows], classes), np.random.default_rng([self._seed, 1])
        )
        return np.asarray(objective.probabilities(theta, self._x, backend=backend))
