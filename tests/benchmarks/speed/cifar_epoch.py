"""One pass over pictures in colour by a wide network, 3072-4000-1000-4000-10."""

from __future__ import annotations

from dataclasses import asdict

from tests.benchmarks.speed import cifar, ours, pytorch
from tests.benchmarks.speed.checks import Reaches
from tests.benchmarks.speed.contender import Contender, lanes
from tests.benchmarks.speed.datasets import CIFAR
from tests.benchmarks.speed.limits import PEAK, PRODUCTS, peak_contender, products_contender
from tests.benchmarks.speed.measure import Measure
from tests.benchmarks.speed.recipe import Recipe
from tests.benchmarks.speed.row import Comparison, Row

RECIPE = Recipe(hidden=(4000, 1000, 4000), rate=1e-4, dataset=CIFAR)

LEARNED = Reaches(0.30)
"""What a pass must bring, to count as one; guessing brings 0.10."""

DEFAULT, FUSED = "PyTorch's Adam", "PyTorch's fused Adam"


def rows() -> tuple[Row, ...]:
    """Return the row of the table."""
    recipe, steps = {"recipe": asdict(RECIPE)}, RECIPE.steps(cifar.TRAINING)
    return (
        Row(
            "cifar-epoch",
            "epoch of 20,000 CIFAR-10 pictures, 3072-4000-1000-4000-10, batch 128, Adam",
            (
                Contender(DEFAULT, pytorch.training, recipe, peer=True),
                Contender(FUSED, pytorch.training, recipe | {"fused": True}, peer=True),
                *lanes(ours.training, **recipe),
                peak_contender(RECIPE.products(), steps),
                products_contender(RECIPE.products(), steps),
            ),
            (
                Comparison(DEFAULT, rule=LEARNED),
                Comparison(FUSED, rule=LEARNED),
                Comparison(PEAK, measure=Measure.SHARE),
                Comparison(PRODUCTS, measure=Measure.SHARE),
            ),
            repetitions=5,
            check="{:.2%} of the test set, mean over seeds",
        ),
    )
