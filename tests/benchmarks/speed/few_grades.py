"""Learning to grade from 500 graded photos: what a person waits for again and again.

The seconds include bringing the features to one scale.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np

from tests.benchmarks.speed import embeddings
from tests.benchmarks.speed.checks import AtLeastTheirs
from tests.benchmarks.speed.contender import Contender, Prepared, lanes
from tests.benchmarks.speed.embeddings import GRADES, WIDTH, Split
from tests.benchmarks.speed.measure import Measure
from tests.benchmarks.speed.ours import backend
from tests.benchmarks.speed.row import Comparison, Row

GRADED = 500

HIDDEN = 32
STEPS = 40
BATCH = 100
RATE = 0.02
WEIGHT_DECAY = 0.1
"""Chosen by accuracy on drawn vectors and real embeddings, on other draws than those measured."""

LOGISTIC = "scikit-learn's LogisticRegression"


def logistic(path: str = "") -> Prepared:
    """Fit the usual choice: standardized features, L-BFGS."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    def work(split: Split) -> tuple[Split, Any]:
        model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
        return split, model.fit(split.x, split.y)

    def check(result: tuple[Split, Any]) -> float:
        split, model = result
        return split.share_right(model.predict(split.held_out_x))

    return Prepared(work, check, stage=lambda seed: _split(path, seed))


def ours(compiled: bool, path: str = "") -> Prepared:
    """Fit a small network by AdamW and one cycle."""
    on = backend(compiled)

    def check(result: tuple[Split, Any]) -> float:
        split, grades = result
        return split.share_right(grades(split.held_out_x))

    return Prepared(
        lambda split: (split, _fit(split, on)), check, stage=lambda seed: _split(path, seed)
    )


def _fit(split: Split, on: Any) -> Any:
    """Return a function from vectors (n, 1280) to grades (n,)."""
    from tinyclf.nn.architecture import mlp
    from tinyclf.nn.losses import SoftmaxCrossEntropy
    from tinyclf.nn.objective import Objective
    from tinyclf.training.examples import Examples
    from tinyclf.training.relay import drained
    from tinyclf.training.scaling import Standardizer
    from tinyclf.training.trainer import Trainer

    scaling = Standardizer.fit(split.x)
    examples = Examples(scaling.apply(split.x), split.y)
    network = mlp(WIDTH, (HIDDEN,), GRADES, first_gain=0.1)
    objective = Objective(network, SoftmaxCrossEntropy(GRADES))
    trainer = Trainer(objective, _config(), on)
    theta = drained(trainer.train(examples, np.random.default_rng(0)))

    def grades(vectors: Any) -> Any:
        scaled = scaling.apply(vectors)
        return objective.probabilities(theta, scaled, backend=on).argmax(axis=1)

    return grades


def _config() -> Any:
    from tinyclf.training.config import TrainingConfig

    return TrainingConfig(
        mixup=0.0,
        optimizer="adamw",
        learning_rate=RATE,
        schedule="one-cycle",
        weight_decay=WEIGHT_DECAY,
        batch_size=BATCH,
        epochs=1,
        least_steps=STEPS,
    )


def _split(path: str, seed: int) -> Split:
    if path:
        return embeddings.real(path, GRADED, seed)
    return embeddings.drawn(GRADED, seed)


def rows() -> tuple[Row, ...]:
    """Return the row of drawn vectors, and one for each file that TINYCLF_EMBEDDINGS names.

    They stand apart by the system's path separator.
    """
    paths = [path for path in os.environ.get("TINYCLF_EMBEDDINGS", "").split(os.pathsep) if path]
    return _row(""), *map(_row, paths)


def _row(path: str) -> Row:
    name = Path(path).stem
    return Row(
        f"few-grades-{name}" if path else "few-grades",
        f"fit {GRADED} × {WIDTH} → {GRADES} grades" + (f", {name}" if path else ""),
        (
            Contender(LOGISTIC, logistic, {"path": path}, peer=True),
            *lanes(ours, path=path),
        ),
        (Comparison(LOGISTIC, 2.0, 1.0, "a third", measure=Measure.PART, rule=AtLeastTheirs()),),
        repetitions=41,
        check="{:.1%} of others right",
        quick=True,
    )
