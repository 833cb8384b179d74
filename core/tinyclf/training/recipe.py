"""From the words of a configuration to the objects of `tinyclf.nn`."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.errors import TrainingError
from tinyclf.nn.architecture import binary_mlp, mlp
from tinyclf.nn.network import Network
from tinyclf.nn.objective import Objective
from tinyclf.nn.optimizers import Optimizer
from tinyclf.nn.schedules import Schedule
from tinyclf.training.attention import before_map, both_judged, map_standardizer, with_attention
from tinyclf.training.augmentation import Augmentation, Mixup
from tinyclf.training.choices import LOSSES, OPTIMIZERS, SCHEDULES
from tinyclf.training.config import TrainingConfig
from tinyclf.training.scaling import Standardizer

FEWEST_FOR_BITS = 3
"""Photos, one of which may be held out: a batch norm needs two."""


def build_objective(
    config: TrainingConfig, inputs: int, y: NDArray[np.integer[Any]], classes: int
) -> Objective:
    """Return the network and loss for features of this width, weighted by the classes of y.

    Of features with a map there are two networks, beside each other, and two opinions.

    Raises:
        TrainingError: there are too few photos for a network of 1-bit weights.
        InputError: the features should end in a map, and are too short for one.
    """
    if config.weights == "1-bit" and len(y) < FEWEST_FOR_BITS:
        raise TrainingError(
            f"A 1-bit network learns from {FEWEST_FOR_BITS} grades or more: it compares photos "
            "with each other. Grade more, or choose another configuration."
        )
    loss = LOSSES[config.loss](classes, class_weights(y, classes, config.balance))
    if not config.looks_at_places:
        return Objective(build_network(config, inputs, loss.n_outputs), loss)
    vector = build_network(config, before_map(inputs), loss.n_outputs)
    both = with_attention(vector, inputs, loss.n_outputs, config.dropout)
    return Objective(both, both_judged(loss))


def build_standardizer(config: TrainingConfig, x: NDArray[Any]) -> Standardizer:
    """Return what brings features (n, d) to one scale, fitted on them."""
    return map_standardizer(x) if config.looks_at_places else Standardizer.fit(x)


def build_network(config: TrainingConfig, inputs: int, outputs: int) -> Network:
    """Return the layers from a vector of this width to so many scores."""
    if config.weights == "1-bit":
        return binary_mlp(
            inputs,
            config.hidden,
            outputs,
            dropout=config.dropout,
            input_dropout=config.input_dropout,
        )
    return mlp(
        inputs,
        config.hidden,
        outputs,
        activation=config.activation,
        dropout=config.dropout if config.hidden else 0.0,
        input_dropout=config.input_dropout,
    )


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
