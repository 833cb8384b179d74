"""One training configuration: every setting, its range, and its way to and from a YAML mapping."""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from tinyclf.errors import ConfigError
from tinyclf.nn.architecture import ACTIVATIONS
from tinyclf.training.augmentation import LEAST_ALPHA, MOST_ALPHA
from tinyclf.training.choices import LOSSES, OPTIMIZERS, SCHEDULES

CHOICES: dict[str, tuple[str, ...]] = {
    "loss": tuple(LOSSES),
    "activation": tuple(ACTIVATIONS),
    "optimizer": tuple(OPTIMIZERS),
    "schedule": tuple(SCHEDULES),
    "precision": ("f4", "f8"),
}
"""The settings that are a word, and the words each may be."""

FEATURES = ("embedding", "pixels")
"""What a photo can be to the network, besides the path of an ONNX encoder."""

ENCODER_SUFFIX = ".onnx"

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

WHOLE = frozenset({"batch_size", "epochs", "least_steps", "patience", "folds"})
"""The settings that are whole numbers."""

MAX_WIDTH = 8192
MAX_LAYERS = 32


@dataclass(frozen=True, slots=True)
class TrainingConfig:
    """Everything that shapes a training but the grades and the seed; the defaults are `balanced`.

    Attributes:
        loss: For ordered classes ``"ordinal"``: one score, ordered thresholds; or ``"corn"``: a
            score for each step up. For classes without order ``"softmax"``, or for comparison
            ``"hinge"`` and ``"squared-error"``.
        features: What a photo is to the network: the pretrained ``"embedding"``, ``"pixels"``, or
            the path of an ONNX image encoder with its manifest beside it, ending in ``.onnx``.
        hidden: Widths of the hidden layers; empty for a linear classifier.
        activation: What follows each hidden layer.
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
        precision: Of the arithmetic, ``"f4"`` or ``"f8"``.

    Raises:
        ConfigError: a setting is out of its range.
    """

    loss: str = "ordinal"
    features: str = "embedding"
    hidden: tuple[int, ...] = (32,)
    activation: str = "relu"
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
    precision: str = "f4"

    def __post_init__(self) -> None:
        for name, words in CHOICES.items():
            _check_word(name, getattr(self, name), words)
        features: object = self.features  # of a mapping it may be anything
        if not (isinstance(features, str) and features.endswith(ENCODER_SUFFIX)):
            _check_word("features", self.features, (*FEATURES, "a path that ends in .onnx"))
        for name, (low, high) in RANGES.items():
            value = getattr(self, name)
            if not (name == "patience" and value is None):
                _check_number(name, value, low, high)
        if 0 < self.mixup < LEAST_ALPHA:
            raise ConfigError(
                f"mixup is {self.mixup!r}; it must be 0, or a number from {LEAST_ALPHA:g} to "
                f"{MOST_ALPHA:g}."
            )
        object.__setattr__(self, "hidden", _widths(self.hidden))

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> TrainingConfig:
        """Return the configuration a mapping (of YAML or JSON) describes; what it omits is default.

        Raises:
            ConfigError: a name is unknown (the nearest known one is named), or a value is out of
                range.
        """
        known = [field.name for field in fields(cls)]
        for name in mapping:
            if name not in known:
                raise ConfigError(no_such("setting", _shown(name, str), known))
        return cls(**mapping)

    def to_mapping(self) -> dict[str, Any]:
        """Return all settings as plain words, numbers and lists, for YAML or JSON."""
        return asdict(self) | {"hidden": list(self.hidden)}

    def steps(self, photos: int) -> tuple[int, int]:
        """Return (passes, steps a pass) for a training on so many photos."""
        steps_per_epoch = max(1, math.ceil(photos / self.batch_size))
        return max(self.epochs, math.ceil(self.least_steps / steps_per_epoch)), steps_per_epoch


def no_such(kind: str, name: str, known: Iterable[str]) -> str:
    """Return the sentence that there is no such name, with the nearest one, else all there are."""
    known = list(known)
    near = difflib.get_close_matches(name, known, n=1)
    cure = f"did you mean '{near[0]}'?" if near else f"known are {', '.join(known)}."
    return f"There is no {kind} '{name}': {cure}"


def _check_word(name: str, value: object, words: tuple[str, ...]) -> None:
    if value not in words:
        raise ConfigError(f"{name} is {_shown(value)}; it must be one of {', '.join(words)}.")


def _check_number(name: str, value: object, low: float, high: float) -> None:
    kind = "a whole number" if name in WHOLE else "a number"
    allowed = (int,) if name in WHOLE else (int, float)
    right = isinstance(value, allowed) and not isinstance(value, bool)
    # Written so that NaN fails, too.
    if not (right and isinstance(value, int | float) and low <= value <= high):
        raise ConfigError(f"{name} is {_shown(value)}; it must be {kind} from {low:g} to {high:g}.")


def _shown(value: object, show: Callable[[object], str] = repr) -> str:
    try:
        return show(value)
    except ValueError:  # Python writes no whole numbers of thousands of digits
        return "a number of thousands of digits"


def _widths(hidden: object) -> tuple[int, ...]:
    widths = tuple(hidden) if isinstance(hidden, list | tuple) else (None,)
    right = all(type(width) is int and 1 <= width <= MAX_WIDTH for width in widths)
    if not right or len(widths) > MAX_LAYERS:
        raise ConfigError(
            f"hidden is {_shown(hidden)}; it must be a list of at most {MAX_LAYERS} whole numbers "
            f"from 1 to {MAX_WIDTH}, such as [64]."
        )
    return widths
