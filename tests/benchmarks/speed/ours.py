"""Our side: a lane's backend, predictions, and training by a recipe, each by its public door."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.speed import datasets
from tests.benchmarks.speed.contender import AbsentError, Prepared
from tests.benchmarks.speed.recipe import CLASSES, MOMENTUM, Recipe

WARM_UP_PICTURES = 5_000

Numbers = NDArray[Any]


def backend(compiled: bool) -> Any:
    """Return a lane's backend.

    Raises:
        AbsentError: it needs numba, which is not installed.
    """
    from tinyclf.errors import DeviceError
    from tinyclf.nn.backend import NumpyBackend

    try:
        return NumpyBackend(compiled=compiled)
    except DeviceError as error:
        raise AbsentError(str(error)) from error


def predictor(
    network: Any, theta: Numbers, on: Any, precision: str = "f4"
) -> Callable[[Numbers], Numbers]:
    """Return a function from inputs (n, *input_shape) to outputs."""
    from tinyclf.nn import inference

    predict: Callable[[Numbers], Numbers] = inference.predictor(
        network, theta, backend=on, precision=precision
    )
    return predict


def training(recipe: dict[str, Any], compiled: bool) -> Prepared:
    """Train a fresh network, its seed the number of the repetition; checks test accuracy.

    Args:
        recipe: The fields of a :class:`Recipe`.
        compiled: Whether kernels are compiled.
    """
    chosen, on = Recipe(**recipe), backend(compiled)
    x, y = datasets.training(chosen.dataset)
    few = slice(WARM_UP_PICTURES)
    return Prepared(
        work=lambda seed: train(chosen, x, y, seed, on),
        check=lambda trained: _accuracy(chosen, *trained, on),
        warm_up=lambda: train(chosen, x[few], y[few], 0, on),
    )


def train(
    recipe: Recipe, x: Numbers, y: NDArray[np.int64], seed: int, on: Any
) -> tuple[Any, Numbers]:
    """Return a network and its parameters, trained on bytes x (n, channels, down, across).

    Beyond the recipe, the trainer looks whether all is finite, cuts gradients that are far too long
    and measures how it goes.
    """
    from tinyclf.nn.losses import SoftmaxCrossEntropy
    from tinyclf.nn.objective import Objective
    from tinyclf.training.augmentation import Shift
    from tinyclf.training.examples import Examples
    from tinyclf.training.relay import drained
    from tinyclf.training.trainer import Trainer

    examples = Examples(x, y, scale=1 / 255)
    objective = Objective(build(recipe), SoftmaxCrossEntropy(CLASSES))
    augmentations = (Shift(recipe.shift),) if recipe.shift else ()
    trainer = Trainer(objective, _config(recipe), on, augmentations)
    return objective.network, drained(trainer.train(examples, np.random.default_rng(seed)))


def build(recipe: Recipe) -> Any:
    """Return the network of a recipe."""
    from tinyclf.nn.architecture import mlp
    from tinyclf.nn.layers import Conv2d, Flatten, MaxPool2d, ReLU
    from tinyclf.nn.network import Network

    layers: list[Any] = []
    shape = datasets.shape(recipe.dataset)
    channels = shape[0]
    for more, kernel in recipe.convolutions:
        layers += [Conv2d(channels, more, kernel), ReLU(), MaxPool2d(2)]
        channels = more
    head = mlp(recipe.features, recipe.hidden, CLASSES, dropout=recipe.dropout)
    return Network(shape, (*layers, Flatten(), *head.layers))


def _config(recipe: Recipe) -> Any:
    from tinyclf.training.config import TrainingConfig

    return TrainingConfig(
        mixup=0.0,
        optimizer=recipe.optimizer,
        learning_rate=recipe.rate,
        schedule="one-cycle" if recipe.one_cycle else "constant",
        momentum=MOMENTUM,
        weight_decay=recipe.weight_decay,
        batch_size=recipe.batch,
        epochs=recipe.epochs,
        least_steps=0,
    )


def _accuracy(recipe: Recipe, network: Any, theta: Numbers, on: Any) -> float:
    x, y = datasets.test(recipe.dataset)
    inputs = x * np.float32(1 / 255)
    return float((network.predict(theta, inputs, backend=on).argmax(axis=1) == y).mean())
