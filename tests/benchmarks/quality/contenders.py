"""Who learns from the grades, and how: ours by its presets, and what one would take instead."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.quality.graded import Collection
from tinyclf.data.encoder.layout import GLOBAL_AVERAGE
from tinyclf.nn.architecture import mlp
from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.losses import SoftmaxCrossEntropy
from tinyclf.nn.objective import Objective
from tinyclf.training.bag import train_classifier
from tinyclf.training.config import TrainingConfig
from tinyclf.training.examples import Examples
from tinyclf.training.gate import let_in
from tinyclf.training.presets import PRESETS
from tinyclf.training.relay import drained
from tinyclf.training.trained_bag import CLASSES
from tinyclf.training.trainer import Trainer
from tinyclf.trust.calibration import calibrated

Rows: TypeAlias = NDArray[np.intp]
Probabilities: TypeAlias = NDArray[Any]

SMALL, PIXELS = "small-embedding", "pixels"


@dataclass(frozen=True)
class Contender:
    """One of them.

    Attributes:
        name: As the table calls it.
        features: What it looks at.
        propose: Of a collection, the rows graded, the rows to judge by and a seed: probabilities
            (rows to judge by, classes).
    """

    name: str
    features: str
    propose: Callable[[Collection, Rows, Rows, int], Probabilities]


def contenders() -> Iterator[Contender]:
    """Yield those that are installed."""
    for name in ("balanced", "fast"):
        config = PRESETS[name].config
        yield Contender(name, config.features, _preset(config))
    yield Contender("as Teachable Machine does", SMALL, _one_shot)
    with suppress(ImportError):
        import sklearn  # type: ignore[import-untyped]  # noqa: F401

        yield Contender("scikit-learn's MLP on pixels", PIXELS, _scikit_learn)


def _preset(config: TrainingConfig) -> Callable[[Collection, Rows, Rows, int], Probabilities]:
    def propose(of: Collection, graded: Rows, test: Rows, seed: int) -> Probabilities:
        x, y, groups = of.features(config.features), of.y[graded], of.groups[graded]
        seen, settled, _ = drained(let_in(x[graded], y, config, seed, groups=groups))
        bag = drained(train_classifier(seen, y, settled, seed, groups=groups))
        return calibrated(bag, y, "").probabilities(x[test, : seen.shape[1]])

    return propose


def _one_shot(of: Collection, graded: Rows, test: Rows, seed: int) -> Probabilities:
    """Propose by a dense layer of 100 and a softmax on the small picture's global average.

    Adam at 1e-3, 50 passes in batches of 16, as Teachable Machine's image projects train. Its
    encoder is another one: this has ours.
    """
    x = of.features(SMALL)[:, :GLOBAL_AVERAGE]
    config = TrainingConfig(
        loss="softmax", hidden=(100,), dropout=0, input_dropout=0, mixup=0, optimizer="adam",
        learning_rate=1e-3, schedule="constant", batch_size=16, epochs=50, least_steps=0,
    )  # fmt: skip
    objective = Objective(mlp(GLOBAL_AVERAGE, (100,), CLASSES), SoftmaxCrossEntropy(CLASSES))
    backend, rng = NumpyBackend(), np.random.default_rng(seed)
    examples = Examples(x[graded], of.y[graded])
    theta = drained(Trainer(objective, config, backend).train(examples, rng))
    return np.asarray(objective.probabilities(theta, x[test], backend=backend))


def _scikit_learn(of: Collection, graded: Rows, test: Rows, seed: int) -> Probabilities:
    from sklearn.neural_network import MLPClassifier
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    x = of.features(PIXELS)
    model = make_pipeline(StandardScaler(), MLPClassifier(max_iter=500, random_state=seed))
    model.fit(x[graded], of.y[graded])
    probabilities = np.zeros((len(test), CLASSES))
    probabilities[:, model.classes_] = model.predict_proba(x[test])
    return probabilities
