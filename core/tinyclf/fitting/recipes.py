"""What a model is where a person says no more than its name.

Chosen by what the examples are: rows of a table, grey pictures, pictures in colour. The numbers
were found on a validation split of training sets, never on their test examples.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tinyclf.data.datasets.dataset import Dataset
from tinyclf.errors import ConfigError
from tinyclf.fitting.settings import Evolution, FitSettings
from tinyclf.nn.ranges import require_word
from tinyclf.training.augmentation import Augmentation, Mirror, Shift, Warp
from tinyclf.training.config import TrainingConfig

MANY = 2_000
"""Examples from which on a share is spared for the validation, and augmentation pays."""

VALIDATION = 0.05
SMALL_PICTURE = 16
"""Pixels of the shorter side below which a picture is not moved about."""

SMALLEST = 3
"""Pixels of the shorter side that a convolution is still given something by."""

TABLE = TrainingConfig(
    loss="softmax",
    second_opinion="never",
    hidden=(64,),
    activation="tanh",
    dropout=0.0,
    input_dropout=0.0,
    mixup=0.0,
    optimizer="adamw",
    learning_rate=1e-2,
    schedule="one-cycle",
    weight_decay=0.3,
    batch_size=32,
    epochs=30,
    least_steps=600,
)
"""Of rows: few examples, so steps are counted and not passes."""

GREY = replace(
    TABLE,
    hidden=(128, 128),
    activation="relu",
    learning_rate=1e-2,
    weight_decay=0.05,
    batch_size=200,
    epochs=5,
    least_steps=300,
)
GREY_LONG = replace(GREY, hidden=(400, 200), batch_size=500, epochs=17)
COLOUR = replace(
    GREY,
    hidden=(512, 256),
    dropout=0.2,
    learning_rate=2e-3,
    weight_decay=0.05,
    batch_size=128,
    epochs=20,
)
BITS = replace(
    GREY,
    weights="1-bit",
    hidden=(800, 800),
    optimizer="adam",
    learning_rate=1e-2,
    schedule="cosine",
    weight_decay=0.0,
    batch_size=200,
    epochs=15,
)
FEW_BITS: dict[str, Any] = {
    "hidden": (800,),
    "learning_rate": 3e-3,
    "batch_size": 60,
    "epochs": 7,
    "least_steps": 70,
}
BRED = (800,)
GREY_CNN = replace(GREY, hidden=(128,), dropout=0.3, learning_rate=4e-3, batch_size=128, epochs=16)
COLOUR_CNN = replace(GREY_CNN, hidden=(), batch_size=64, epochs=8)


def recipe(
    dataset: Dataset, model: str, *, augment: bool = False, genetic: bool = False
) -> FitSettings:
    """Return the settings of a model for a dataset.

    Args:
        dataset: What is to be learnt from.
        model: ``"mlp"``, ``"cnn"`` or ``"bits"``.
        augment: Whether a longer training on more varied pictures is worth its time.
        genetic: Whether ``"bits"`` are bred instead of trained.

    Raises:
        ConfigError: there is no such model, or it does not fit the examples.
    """
    require_word("The model", model, _RECIPES)
    if not dataset.is_pictures:
        if augment:
            raise ConfigError("Only pictures are augmented, but these examples are rows.")
        if model == "cnn":
            raise ConfigError("A cnn looks at pictures, but these examples are rows: choose mlp.")
    if genetic and model != "bits":
        raise ConfigError(f"Only the model bits can be bred; {model} learns by gradient.")
    if genetic:
        if augment:
            raise ConfigError("Bred networks see their examples as they are: leave --augment out.")
        settings = FitSettings("bits", replace(BITS, hidden=BRED), evolution=Evolution())
    else:
        settings = _RECIPES[model](dataset, augment)
    return replace(settings, validation=VALIDATION if len(dataset) >= MANY else 0.0)


def _mlp(dataset: Dataset, augment: bool) -> FitSettings:
    if not dataset.is_pictures:
        return FitSettings("mlp", _for_rows(dataset))
    if dataset.shape[0] > 1:
        training = replace(COLOUR, epochs=2 * COLOUR.epochs) if augment else COLOUR
        return FitSettings("mlp", training, augmentations=_moved(dataset, 2, mirror=True))
    if augment:
        return FitSettings("mlp", GREY_LONG, augmentations=_warped(dataset))
    return FitSettings("mlp", GREY, augmentations=_moved(dataset, 1))


def _cnn(dataset: Dataset, augment: bool) -> FitSettings:
    is_grey = dataset.shape[0] == 1
    training = GREY_CNN if is_grey else COLOUR_CNN
    if augment:
        training = replace(training, epochs=2 * training.epochs)
    return FitSettings(
        "cnn",
        training,
        convolutions=_convolutions(dataset, (16, 32) if is_grey else (32, 64, 128)),
        padded=not is_grey or min(dataset.shape[1:]) < SMALL_PICTURE,
        batch_norm=not is_grey,
        augmentations=_moved(dataset, 2 if is_grey else 4, mirror=not is_grey),
    )


def _bits(dataset: Dataset, augment: bool) -> FitSettings:
    training = replace(BITS, epochs=2 * BITS.epochs) if augment else BITS
    moved = _moved(dataset, 1) if dataset.is_pictures else ()
    if len(dataset) < MANY:
        training = replace(training, **FEW_BITS)
    return FitSettings("bits", training, augmentations=moved)


_RECIPES: dict[str, Callable[[Dataset, bool], FitSettings]] = {
    "mlp": _mlp,
    "cnn": _cnn,
    "bits": _bits,
}


def _for_rows(dataset: Dataset) -> TrainingConfig:
    return TABLE if len(dataset) < MANY else replace(TABLE, hidden=(128, 128), batch_size=128)


def _convolutions(dataset: Dataset, channels: tuple[int, ...]) -> tuple[int, ...]:
    """Return as many of them as halve the pictures to no less than two pixels."""
    side, kept = min(dataset.shape[1:]), 0
    while kept < len(channels) and side >= 2 * SMALLEST:
        side, kept = side // 2, kept + 1
    return channels[: max(1, kept)]


def _moved(dataset: Dataset, pixels: int, mirror: bool = False) -> tuple[Augmentation, ...]:
    if min(dataset.shape[1:]) < SMALL_PICTURE:
        return ()
    return (*([Mirror()] if mirror else []), Shift(pixels))


def _warped(dataset: Dataset) -> tuple[Augmentation, ...]:
    if min(dataset.shape[1:]) < SMALL_PICTURE:
        return ()
    return (Warp(15.0, 0.15, 2.0),)
