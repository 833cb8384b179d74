"""From the words of a configuration to the objects of `tinyclf.nn`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.nn.architecture import mlp
from tinyclf.nn.losses import (
    Corn,
    CumulativeLink,
    Hinge,
    Loss,
    SoftmaxCrossEntropy,
    SquaredError,
)
from tinyclf.nn.losses.targets import ClassWeights
from tinyclf.nn.objective import Objective
from tinyclf.nn.optimizers import SGD, Adam, AdamW, Optimizer
from tinyclf.nn.schedules import Constant, Cosine, OneCycle, Schedule
from tinyclf.training.augmentation import Augmentation, Mixup
from tinyclf.training.config import TrainingConfig

LOSSES: dict[str, Callable[[int, ClassWeights], Loss]] = {
    "ordinal": CumulativeLink,
    "corn": Corn,
    "softmax": SoftmaxCrossEntropy,
    "hinge": Hinge,
    "squared-error": SquaredError,
}
"""What makes each, of the number of classes and their weights."""


def build_objective(
    config: TrainingConfig, inputs: int, y: NDArray[np.integer[Any]], classes: int
) -> Objective:
    """Return the network and loss for features of this width, weighted by the classes of y."""
    loss = LOSSES[config.loss](classes, class_weights(y, classes, config.balance))
    network = mlp(
        inputs,
        config.hidden,
        loss.n_outputs,
        activation=config.activation,
        dropout=config.dropout if config.hidden else 0.0,
        input_dropout=config.input_dropout,
    )
    return Objective(network, loss)


def class_weights(
    y: NDArray[np.integer[Any]], classes: int, balance: float
) -> tuple[float, ...] | None:
    """Return weights by frequency to the power −balance, of mean 1 over the photos.

    Absent classes weigh nothing; without balance there are no weights.
    """
    if balance == 0:
        return None
    counts = np.bincount(y, minlength=classes)
    weights = np.where(counts, np.maximum(counts, 1.0) ** -balance, 0.0)
    return tuple((weights * len(y) / (weights @ counts)).tolist())


def build_optimizer(config: TrainingConfig, objective: Objective) -> Optimizer:
    """Return the rule for steps; only the weight matrices of the objective decay."""
    if config.optimizer == "sgd":
        return SGD(momentum=config.momentum, nesterov=True)
    if config.optimizer == "adam":
        return Adam()
    return AdamW(weight_decay=config.weight_decay, decayed=objective.weights)


def build_schedule(config: TrainingConfig, steps: int) -> Schedule:
    """Return the learning rate's course over so many steps."""
    if config.schedule == "constant":
        return Constant(config.learning_rate)
    if config.schedule == "cosine":
        return Cosine(config.learning_rate, steps)
    return OneCycle(config.learning_rate, steps)


def build_augmentations(config: TrainingConfig) -> tuple[Augmentation, ...]:
    """Return what every batch goes through before a step."""
    return (Mixup(config.mixup),) if config.mixup else ()
