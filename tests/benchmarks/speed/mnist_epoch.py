"""One pass over MNIST by a network 784-128-128-10."""

from __future__ import annotations

import warnings
from dataclasses import asdict
from typing import Any

import numpy as np

from tests.benchmarks.speed import mnist, ours, pytorch
from tests.benchmarks.speed.checks import Reaches
from tests.benchmarks.speed.contender import Contender, Prepared, lanes
from tests.benchmarks.speed.limits import PEAK, PRODUCTS, peak_contender, products_contender
from tests.benchmarks.speed.measure import Measure
from tests.benchmarks.speed.recipe import Recipe
from tests.benchmarks.speed.row import Comparison, Row

RECIPE = Recipe(hidden=(128, 128), optimizer="adam", rate=1e-3, batch=128, epochs=1)

PICTURES = 60_000

LEARNED = Reaches(0.93)
"""What a pass must bring, to count as one."""

DEFAULT, FUSED, SCIKIT = "PyTorch's Adam", "PyTorch's fused Adam", "scikit-learn's MLPClassifier"


def scikit() -> Prepared:
    """Fit scikit-learn's network for one pass, its seed the number of the repetition."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier

    warnings.simplefilter("ignore", ConvergenceWarning)
    (x, y), (held_out_x, held_out_y) = map(_rows, (mnist.training(), mnist.test()))

    def work(seed: int, n: int = len(x)) -> Any:
        model = MLPClassifier(
            RECIPE.hidden,
            batch_size=RECIPE.batch,
            learning_rate_init=RECIPE.rate,
            max_iter=RECIPE.epochs,
            random_state=seed,
        )
        return model.fit(x[:n], y[:n])

    return Prepared(
        work,
        lambda model: model.score(held_out_x, held_out_y),
        warm_up=lambda: work(0, pytorch.WARM_UP_PICTURES),
    )


def _rows(part: tuple[Any, Any]) -> tuple[Any, Any]:
    pictures, digits = part
    return pictures.reshape(len(pictures), -1) * np.float32(1 / 255), digits


def rows() -> tuple[Row, ...]:
    """Return the row of the table."""
    recipe, steps = {"recipe": asdict(RECIPE)}, RECIPE.steps(PICTURES)
    return (
        Row(
            "mnist-epoch",
            "MNIST epoch 784-128-128-10, batch 128, Adam",
            (
                Contender(DEFAULT, pytorch.training, recipe, peer=True),
                Contender(FUSED, pytorch.training, recipe | {"fused": True}, peer=True),
                Contender(SCIKIT, scikit, peer=True),
                *lanes(ours.training, **recipe),
                peak_contender(RECIPE.products(), steps),
                products_contender(RECIPE.products(), steps),
            ),
            (
                Comparison(DEFAULT, 1.4, 2.0, "2.5×", rule=LEARNED),
                Comparison(FUSED, 1.15, 1.7, rule=LEARNED),
                Comparison(SCIKIT, 1.4, 1.9, rule=LEARNED),
                Comparison(PEAK, fast=0.70, measure=Measure.SHARE),
                Comparison(PRODUCTS, measure=Measure.SHARE),
            ),
            check="{:.2%} of the test set, mean over seeds",
        ),
    )
