"""One training configuration: every setting, its range, and its way to and from a YAML mapping."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from tinyclf.errors import ConfigError
from tinyclf.nn.architecture import ACTIVATIONS
from tinyclf.nn.ranges import no_such, require, require_whole, require_word, settle, spelled
from tinyclf.training.augmentation import LEAST_ALPHA, MOST_ALPHA
from tinyclf.training.choices import LOSSES, OPTIMIZERS, SCHEDULES
from tinyclf.training.feature_names import ATTENTION_MAP, EMBEDDING, ENCODER_SUFFIX, FEATURES

CHOICES: dict[str, tuple[str, ...]] = {
    "loss": tuple(LOSSES),
    "activation": tuple(ACTIVATIONS),
    "weights": ("real", "1-bit"),
    "optimizer": tuple(OPTIMIZERS),
    "schedule": tuple(SCHEDULES),
    "second_opinion": ("where-it-helps", "never"),
    "precision": ("f4", "f8"),
}
"""The settings that are a word, and the words each may be."""

ORDERED = ("ordinal", "corn")
"""The losses of classes that have an order."""

RANGES: dict[str, tuple[float, float]] = {
    "dropout": (0.0, 0.9),
    "input_dropout": (0.0, 0.9),
    "mixup": (0.0, MOST_ALPHA),
    "balance": (0.0, 1.0),
    "learning_rate": (1e-6, 10.0),
    "momentum": (0.0, 0.999),
    "weight_decay": (0.0, 1.0),
    "batch_size": (1, 65536),
    "epochs": (1, 10_000),
    "least_steps": (0, 100_000),
    "patience": (1, 10_000),
    "validation_fraction": (0.05, 0.5),
    "folds": (2, 50),
}
"""The settings that are a number, and the range of each, both ends included."""

WHOLE_NUMBERS = frozenset({"batch_size", "epochs", "least_steps", "patience", "folds"})
"""Those of them that are whole."""

MAX_WIDTH = 8192
MAX_LAYERS = 32


@dataclass(frozen=True, slots=True)
class TrainingConfig:
    """Everything that shapes a training but the grades and the seed; the defaults are `balanced`.

    Attributes:
        loss: For ordered classes ``"ordinal"``: one score, ordered thresholds; or ``"corn"``: a
            score for each step up. For classes without order ``"softmax"``, or for comparison
            ``"hinge"`` and ``"squared-error"``.
        features: What a photo is to the network: the pretrained ``"embedding"``, beside which the
            condition encoder is let in where it helps; without it, ``"plain-embedding"``; that of a
            smaller picture, there in a quarter of the time, ``"small-embedding"``; the embedding
            and what is seen at each place, where a second network looks, ``"attention-map"``;
            ``"pixels"``; or the path of an ONNX image encoder with its manifest beside it, ending
            in ``.onnx``.
        hidden: Widths of the hidden layers; empty for a linear classifier.
        activation: What follows each hidden layer; with ``"1-bit"`` weights the sign does.
        weights: Of the hidden layers: ``"real"`` numbers, or ``"1-bit"``, where every weight and
            every activation is +1 or −1, trained by straight-through gradients.
        dropout: Share of hidden activations dropped in training.
        input_dropout: Share of inputs dropped in training.
        mixup: Alpha of the Beta distribution by which pairs of photos are blended, at least 0.001;
            or 0 for never.
        balance: Rare classes weigh more, by their frequency to the power ``-balance``.
        optimizer: ``"sgd"``, ``"adam"`` or ``"adamw"``.
        learning_rate: The peak of the schedule.
        schedule: How the learning rate runs over the steps.
        momentum: Nesterov's, of ``"sgd"`` alone.
        weight_decay: Decoupled from the gradient with ``"adamw"``, of ``"adamw"`` alone.
        batch_size: Photos a step.
        epochs: Passes over the photos trained on.
        least_steps: With few photos there are more passes, until this many steps are made.
        patience: Passes without a better validation loss until training stops; ``None`` for never.
        validation_fraction: Share of the photos that stopping early is judged on.
        folds: Networks in the bag, each trained without its fold of the photos.
        second_opinion: ``"where-it-helps"``: linear heads that care less for the order of classes
            are trained as well, and heard as far as photos that neither saw speak for them;
            ``"never"``; of classes without order it never is.
        precision: Of the arithmetic, ``"f4"`` or ``"f8"``.

    Raises:
        ConfigError: a setting is out of its range.
    """

    loss: str = "ordinal"
    features: str = EMBEDDING
    hidden: tuple[int, ...] = (32,)
    activation: str = "relu"
    weights: str = "real"
    dropout: float = 0.5
    input_dropout: float = 0.3
    mixup: float = 0.4
    balance: float = 0.0
    optimizer: str = "adamw"
    learning_rate: float = 1.5e-2
    schedule: str = "cosine"
    momentum: float = 0.9
    weight_decay: float = 0.1
    batch_size: int = 32
    epochs: int = 30
    least_steps: int = 300
    patience: int | None = None
    validation_fraction: float = 0.2
    folds: int = 5
    second_opinion: str = "where-it-helps"
    precision: str = "f4"

    def __post_init__(self) -> None:
        for name, words in CHOICES.items():
            require_word(name, getattr(self, name), words)
        features: object = self.features  # of a mapping it may be anything
        if not (isinstance(features, str) and features.endswith(ENCODER_SUFFIX)):
            path = f"a path that ends in {ENCODER_SUFFIX}"
            require_word("features", self.features, (*FEATURES, path))
        for name, (low, high) in RANGES.items():
            value = getattr(self, name)
            if not (name == "patience" and value is None):
                settle(self, **{name: _number(name, value, low, high)})
        if self.mixup:
            settle(
                self, mixup=require("mixup, if it is not 0,", self.mixup, LEAST_ALPHA, MOST_ALPHA)
            )
        settle(self, hidden=_widths(self.hidden))

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> TrainingConfig:
        """Return the configuration a mapping (of YAML or JSON) describes; what it omits is default.

        Raises:
            ConfigError: a name is unknown (the nearest known one is named), or a value is out of
                range.
        """
        known = [field.name for field in fields(cls)]
        names: Iterable[object] = mapping  # of YAML they may be anything
        for name in names:
            if name not in known:
                told = name if isinstance(name, str) else spelled(name)
                raise ConfigError(no_such("setting", told, known))
        return cls(**mapping)

    @property
    def looks_at_places(self) -> bool:
        """Whether a photo is to the network also what is seen at each place of it."""
        return self.features == ATTENTION_MAP

    @property
    def hears_second(self) -> bool:
        """Whether a second opinion is asked for, and makes sense."""
        return self.second_opinion != "never" and self.loss in ORDERED

    def to_mapping(self) -> dict[str, Any]:
        """Return all settings as plain words, numbers and lists, for YAML or JSON."""
        return asdict(self) | {"hidden": list(self.hidden)}

    def steps(self, photos: int, least: int = 1) -> tuple[int, int]:
        """Return (passes, steps a pass) for a training on so many photos.

        Args:
            photos: How many.
            least: Photos that every step needs: where a pass would be split into smaller batches,
                it has fewer steps.
        """
        wanted = math.ceil(photos / self.batch_size)
        steps_per_epoch = max(1, min(wanted, photos // least))
        return max(self.epochs, math.ceil(self.least_steps / steps_per_epoch)), steps_per_epoch


def _number(name: str, value: Any, low: float, high: float) -> float:
    if name in WHOLE_NUMBERS:
        return require_whole(name, value, int(low), int(high))
    return require(name, value, low, high)


def _widths(hidden: object) -> tuple[int, ...]:
    if not isinstance(hidden, list | tuple):
        raise ConfigError(f"hidden must be a list such as [64], not {spelled(hidden)}.")
    require_whole("The number of widths in hidden", len(hidden), 0, MAX_LAYERS)
    return tuple(require_whole("A width in hidden", width, 1, MAX_WIDTH) for width in hidden)
