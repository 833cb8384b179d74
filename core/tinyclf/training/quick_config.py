"""The configurations of quick heads, made from that of the training they stand beside or in for."""

from __future__ import annotations

from dataclasses import replace

from tinyclf.training.config import TrainingConfig
from tinyclf.training.presets import BALANCED

UNORDERED = "softmax"
"""The loss of configurations for classes that have no order."""


def linear_config(config: TrainingConfig) -> TrainingConfig:
    """Return the configuration of linear networks with the loss, balance and folds of this one."""
    return replace(
        config,
        hidden=(),
        weights="real",
        second_opinion="never",
        dropout=0.0,
        input_dropout=0.0,
        mixup=0.0,
        patience=None,
    )


def quick_config(config: TrainingConfig) -> TrainingConfig:
    """Return the configuration of the quick heads that stand in for one.

    Instead of each place of a photo they look at the embedding, which comes before it.
    """
    features = BALANCED.features if config.looks_at_places else config.features
    return replace(linear_config(config), loss=UNORDERED, features=features)


def refit_config(trained: TrainingConfig, *, gated: bool) -> TrainingConfig:
    """Return the configuration whose quick heads stand in for a training until the next one.

    What the gate kept out they see all the same: two heads, with the condition encoder and without
    it, agree on the mean.

    Args:
        trained: As what it was trained.
        gated: Whether the gate was asked, whatever it said.
    """
    return replace(trained, features=BALANCED.features) if gated else trained
