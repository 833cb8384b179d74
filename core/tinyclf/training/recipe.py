"""From the words of a configuration to the objects of `tinyclf.nn`."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.nn.architecture import mlp
from tinyclf.nn.objective import Objective
from tinyclf.nn.optimizers import Optimizer
from tinyclf.nn.schedules import Schedule
from tinyclf.training.augmentation import Augmentation, Mixup
from tinyclf.training.choices import LOSSES, OPTIMIZERS, SCHEDULES
from tinyclf.training.config import TrainingConfig


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
    make = OPTIMIZERS[config.optimizer]
    return make(config.momentum, config.weight_decay, objective.weights)


def build_schedule(config: TrainingConfig, steps: int) -> Schedule:
    """Return the learning rate's course over so many steps."""
    return SCHEDULES[config.schedule](config.learning_rate, steps)


def build_augmentations(config: TrainingConfig) -> tuple[Augmentation, ...]:
    """Return what every batch goes through before a step."""
    return (Mixup(config.mixup),) if config.mixup else ()
