"""How long it takes to an accuracy on MNIST: the same recipe, PyTorch's and ours.

The recipes, their schedules to the end included, were chosen with PyTorch alone on a validation
split (trained on the first 50,000 pictures of the training set, judged on its last 10,000): short
ones of the few tried whose mean over three seeds passed the target there, with 98.13 and 98.69 %.
Here they are trained on all 60,000; the test set is only for the check.
"""

from __future__ import annotations

from dataclasses import asdict, replace

from tests.benchmarks.speed import ours, pytorch
from tests.benchmarks.speed.checks import Reaches
from tests.benchmarks.speed.contender import Contender, lanes
from tests.benchmarks.speed.measure import Measure
from tests.benchmarks.speed.recipe import Recipe
from tests.benchmarks.speed.row import Comparison, Row

PYTORCH = "PyTorch, same recipe"

TO_98_0 = Recipe(
    hidden=(200, 100),
    optimizer="adamw",
    rate=5e-3,
    one_cycle=True,
    weight_decay=0.02,
    shift=1,
    batch=200,
    epochs=5,
)

TO_98_5 = replace(TO_98_0, hidden=(256, 128), epochs=10)


def rows() -> tuple[Row, ...]:
    """Return the rows of the table."""
    return row("98.0", TO_98_0, bar=0.55), row("98.5", TO_98_5, bar=0.75)


def row(
    target: str, recipe: Recipe, bar: float, what: str = "MLP", channels_last: bool = False
) -> Row:
    """Return the row of a recipe that is to reach so many per cent.

    PyTorch gets its fused optimizer, and the order in memory that is the quicker for it.
    """
    setting, best = {"recipe": asdict(recipe)}, {"fused": True, "channels_last": channels_last}
    rule = Reaches(float(target) / 100)
    return Row(
        f"mnist-to-{target}",
        f"time to {target} % test on MNIST, {what}",
        (
            Contender(PYTORCH, pytorch.training, setting | best, peer=True),
            *lanes(ours.training, **setting),
        ),
        (Comparison(PYTORCH, fast=bar, aim="half", measure=Measure.PART, rule=rule),),
        repetitions=5,
        check="{:.2%} of the test set, mean over seeds",
    )
