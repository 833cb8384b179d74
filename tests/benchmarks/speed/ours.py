"""Our side: a lane's backend, predictions, and training by a recipe."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.speed import mnist
from tests.benchmarks.speed.contender import AbsentError, Prepared
from tests.benchmarks.speed.mnist import SIDE
from tests.benchmarks.speed.recipe import CLASSES, Recipe

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
    x, y = mnist.training()
    x = np.pad(x, ((0, 0), *((chosen.shift, chosen.shift),) * 2))
    few = slice(WARM_UP_PICTURES)
    return Prepared(
        work=lambda seed: train(chosen, x, y, seed, on),
        check=lambda trained: _accuracy(trained[0], trained[1], on),
        warm_up=lambda: train(chosen, x[few], y[few], 0, on),
    )


def train(
    recipe: Recipe, x: Numbers, y: NDArray[np.int64], seed: int, on: Any
) -> tuple[Any, Numbers]:
    """Return a network and its parameters, trained on bytes x (n, side, side), padded."""
    from tinyclf.nn.losses import SoftmaxCrossEntropy
    from tinyclf.nn.losses.targets import target_rows
    from tinyclf.nn.objective import Objective

    rng = np.random.default_rng(seed)
    targets = target_rows(y, CLASSES, np.float32, backend=on)
    objective = Objective(build(recipe), SoftmaxCrossEntropy(CLASSES))
    theta = objective.initialize(y, rng, np.float32, backend=on)
    gradient, noise = np.empty_like(theta), on.generator(seed)
    step = _optimizer(recipe, objective).start(theta, backend=on)
    rates, batch = recipe.rates(len(x)), Batch(x, recipe, objective.network.input_shape, on)
    with on.raising():
        for _ in range(recipe.epochs):
            order = rng.permutation(len(x))
            for start in range(0, len(x), recipe.batch):
                rows = order[start : start + recipe.batch]
                inputs = batch.pick(rows, rng)
                objective.value_and_gradient(
                    theta, inputs, targets[rows], gradient, backend=on, rng=noise
                )
                step(theta, gradient, next(rates))
    return objective.network, theta


class Batch:
    """Pictures picked from all, as floats 0 to 1.

    Args:
        x: All of them, bytes (n, side, side), padded for shifts.
        recipe: How many at a time, and how far they are shifted.
        shape: Of one input.
        on: The backend.
    """

    def __init__(self, x: Numbers, recipe: Recipe, shape: tuple[int, ...], on: Any) -> None:
        from tinyclf.nn.kernels.gather_rows import gather_rows

        self._gather = on.kernel(gather_rows)
        self._pictures = x.reshape(len(x), -1)
        self._picked = np.empty((recipe.batch, *x.shape[1:]), np.float32)
        self._shift, self._shape = recipe.shift, shape

    def pick(self, rows: NDArray[np.int64], rng: np.random.Generator) -> Numbers:
        """Return (n, *shape): valid until the next is picked."""
        picked = self._picked[: len(rows)]
        self._gather(self._pictures, rows, 1 / 255, picked.reshape(len(rows), -1))
        if self._shift:
            down, right = rng.integers(0, 2 * self._shift + 1, 2)
            picked = picked[:, down : down + SIDE, right : right + SIDE]
        return picked.reshape(len(rows), *self._shape)


def build(recipe: Recipe) -> Any:
    """Return the network of a recipe."""
    from tinyclf.nn.architecture import mlp
    from tinyclf.nn.network import Network

    head = mlp(recipe.features, recipe.hidden, CLASSES, dropout=recipe.dropout)
    if not recipe.convolutions:
        return head
    from tinyclf.nn.layers import Conv2d, Flatten, MaxPool2d, ReLU

    layers: list[Any] = []
    channels = 1
    for more, kernel in recipe.convolutions:
        layers += [Conv2d(channels, more, kernel), ReLU(), MaxPool2d(2)]
        channels = more
    return Network((1, SIDE, SIDE), (*layers, Flatten(), *head.layers))


def _optimizer(recipe: Recipe, objective: Any) -> Any:
    from tinyclf.nn.optimizers import SGD, Adam, AdamW

    if recipe.optimizer == "sgd":
        return SGD(momentum=0.9)
    if recipe.optimizer == "adam":
        return Adam()
    return AdamW(weight_decay=recipe.weight_decay, decayed=objective.weights)


def _accuracy(network: Any, theta: Numbers, on: Any) -> float:
    x, y = mnist.test()
    inputs = (x * np.float32(1 / 255)).reshape(len(x), *network.input_shape)
    return float((network.predict(theta, inputs, backend=on).argmax(axis=1) == y).mean())
