"""What a fit is told: which network, how it learns, what it is judged on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tinyclf.errors import ConfigError
from tinyclf.nn.ranges import (
    require,
    require_flag,
    require_row,
    require_whole,
    require_word,
    settle,
)
from tinyclf.training.augmentation import Augmentation
from tinyclf.training.config import TrainingConfig
from tinyclf.training.fitness import FITNESS

MODELS = ("mlp", "cnn", "bits")
"""Fully connected layers; convolutions before them; or weights and activations of one bit."""

MOST_CHANNELS = 4_096
MOST_CONVOLUTIONS = 16
MOST_FOLDS = 50
LARGEST_SHARE = 0.9


@dataclass(frozen=True, slots=True)
class Evolution:
    """How 1-bit networks are bred instead of trained.

    Attributes:
        population: Networks in a generation.
        generations: How many follow on the first, random one.
        mutation_rate: The probability that a bit of a child turns over.
        fitness: ``"accuracy"``, or Matthews correlation, ``"mcc"``.

    Raises:
        ConfigError: a setting is out of its range.
    """

    population: int = 100
    generations: int = 50
    mutation_rate: float = 0.01
    fitness: str = "accuracy"

    def __post_init__(self) -> None:
        settle(
            self,
            population=require_whole("The population", self.population, 2, 100_000),
            generations=require_whole("The number of generations", self.generations, 0, 1_000_000),
            mutation_rate=require("The mutation rate", self.mutation_rate, 0.0, 0.4),
            fitness=require_word("The fitness", self.fitness, FITNESS),
        )


@dataclass(frozen=True, slots=True)
class FitSettings:
    """Everything that shapes a fit but the examples.

    Attributes:
        model: One of :data:`MODELS`.
        training: Hidden widths, activation, dropout, optimizer, batches and passes; its loss is
            ``"softmax"``, and its weights are ``"1-bit"`` for ``"bits"`` alone.
        convolutions: Output channels of each convolution of a ``"cnn"``; each is followed by the
            activation and a pooling that halves the picture.
        kernel: Height and width of their windows, an odd number.
        padded: Whether a convolution keeps the size of its picture.
        batch_norm: Whether a batch norm stands behind each convolution.
        augmentations: What every batch goes through.
        evolution: How ``"bits"`` are bred; ``None`` where they learn by gradient.
        validation: Share of the examples to learn from that the best pass is chosen on and the
            confidence is calibrated on, 0 to 0.9; 0 for none.
        test_share: Share held out for the test, 0 to 0.9; ``None`` for the source's own test
            part, else a fifth where there are no folds.
        folds: Of the cross-validation, 2 to 50; ``None`` for none.
        seed: The same gives the same result.

    Raises:
        ConfigError: a setting is out of its range, or does not fit the model.
    """

    model: str = "mlp"
    training: TrainingConfig = field(default=TrainingConfig(loss="softmax", second_opinion="never"))
    convolutions: tuple[int, ...] = ()
    kernel: int = 3
    padded: bool = True
    batch_norm: bool = False
    augmentations: tuple[Augmentation, ...] = ()
    evolution: Evolution | None = None
    validation: float = 0.0
    test_share: float | None = None
    folds: int | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        settle(
            self,
            model=require_word("The model", self.model, MODELS),
            convolutions=_channels(self.convolutions),
            kernel=require_whole("The kernel of convolutions", self.kernel, 1, 31),
            padded=require_flag("Whether convolutions are padded", self.padded),
            batch_norm=require_flag("Whether there are batch norms", self.batch_norm),
            validation=require("The validation share", self.validation, 0.0, LARGEST_SHARE),
            seed=require_whole("The seed", self.seed, 0, 2**32 - 1),
        )
        if self.test_share is not None:
            share = require("The test share", self.test_share, 0.0, LARGEST_SHARE)
            settle(self, test_share=share)
        if self.folds is not None:
            settle(self, folds=require_whole("The number of folds", self.folds, 2, MOST_FOLDS))
        _check_model(self)

    def to_mapping(self) -> dict[str, Any]:
        """Return the settings as plain words, numbers and lists, for a model's record."""
        training = self.training.to_mapping()
        return {
            "model": self.model,
            "convolutions": list(self.convolutions),
            "kernel": self.kernel,
            "padded": self.padded,
            "batch_norm": self.batch_norm,
            "augmentations": [str(each) for each in self.augmentations],
            "evolution": None if self.evolution is None else _plain(self.evolution),
            "validation": self.validation,
            "test_share": self.test_share,
            "folds": self.folds,
            "seed": self.seed,
        } | {name: training[name] for name in _OF_TRAINING}


_OF_TRAINING = (
    "hidden",
    "activation",
    "dropout",
    "input_dropout",
    "mixup",
    "optimizer",
    "learning_rate",
    "schedule",
    "momentum",
    "weight_decay",
    "batch_size",
    "epochs",
    "least_steps",
    "precision",
)
"""What a fit uses of a training's configuration."""


def _plain(evolution: Evolution) -> dict[str, Any]:
    return {name: getattr(evolution, name) for name in Evolution.__dataclass_fields__}


def _channels(convolutions: object) -> tuple[int, ...]:
    channels = require_row("The channels of the convolutions", convolutions, "(16, 32)")
    require_whole("The number of convolutions", len(channels), 0, MOST_CONVOLUTIONS)
    return tuple(
        require_whole("The channels of a convolution", each, 1, MOST_CHANNELS) for each in channels
    )


def _check_model(settings: FitSettings) -> None:
    model, training = settings.model, settings.training
    if training.loss != "softmax":
        raise ConfigError(f"A fit has the loss softmax, not {training.loss}.")
    if (model == "cnn") is not bool(settings.convolutions):
        raise ConfigError(
            "The model cnn needs convolutions: give channels such as 16,32."
            if model == "cnn"
            else f"The model {model} has no convolutions: leave them out, or choose cnn."
        )
    if (model == "bits") is not (training.weights == "1-bit"):
        raise ConfigError("The model bits has 1-bit weights, and no other model has.")
    if settings.evolution is not None and model != "bits":
        raise ConfigError(f"Only the model bits can be bred; {model} learns by gradient.")
    if model == "bits" and not training.hidden and settings.evolution is None:
        raise ConfigError("The model bits needs a hidden layer: give widths such as 800.")
    if settings.kernel % 2 == 0:
        raise ConfigError(f"The kernel of convolutions must be odd, not {settings.kernel}.")
