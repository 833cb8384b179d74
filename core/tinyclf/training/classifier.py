"""The classifier: what is left of a training, and all that proposing needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import Job, Progress
from tinyclf.errors import ConfigError, InputError, ModelError
from tinyclf.nn.backend import Backend, NumpyBackend
from tinyclf.nn.checkpoint import Checkpoint, from_bytes, to_bytes
from tinyclf.nn.finite import all_finite, first_spoiled_row
from tinyclf.nn.formulas import LEAST_TEMPERATURE, MOST_TEMPERATURE
from tinyclf.nn.objective import Objective
from tinyclf.nn.ranges import require, settle, spelled
from tinyclf.training.config import TrainingConfig
from tinyclf.training.given import check_rows
from tinyclf.training.relay import drained
from tinyclf.training.scaling import CLIP, Standardizer
from tinyclf.training.second_opinion import SecondOpinion, mixed
from tinyclf.training.temperature import tempered

ROWS = 256
"""Photos proposed for between two reports: what several networks do with more of them no longer
fits the processor's cache, and takes longer."""

SECOND = "second"
"""The array that holds a second opinion's bytes."""

SHARE = "share of the second"


@dataclass(frozen=True, eq=False)
class Member:
    """One network of a bag, with the scale of the features it was trained on.

    Attributes:
        theta: Its parameters, flat, on the CPU.
        standardizer: Fitted on the photos it was trained on.
    """

    theta: NDArray[Any]
    standardizer: Standardizer

    def probabilities(
        self, objective: Objective, x: NDArray[Any], backend: Backend
    ) -> NDArray[Any]:
        """Return (n, classes) for features x (n, d) as they were extracted."""
        scaled = self.standardizer.apply(x, self.theta.dtype)
        theta = backend.asarray(self.theta)
        return np.asarray(objective.probabilities(theta, scaled, backend=backend))


@dataclass(frozen=True, eq=False)
class Classifier:
    """A bag of networks that agree on one opinion, and how sure it may be.

    Attributes:
        extractor_key: Of the features it understands.
        objective: Network and loss of every member.
        members: The networks.
        class_names: Of the columns it gives, in order.
        temperature: Each member's probabilities are tempered by it, then averaged; 0.001 to 1,000.
        config: How it was trained.
        second: Another one that has a say in every opinion; ``None`` for most.

    Raises:
        ConfigError: the temperature is out of its range.
        ModelError: the second one is of other features, classes or precision.
    """

    extractor_key: str
    objective: Objective
    members: tuple[Member, ...]
    class_names: tuple[str, ...]
    temperature: float = 1.0
    config: TrainingConfig = field(default_factory=TrainingConfig)
    second: SecondOpinion | None = None

    def __post_init__(self) -> None:
        least, most = LEAST_TEMPERATURE, MOST_TEMPERATURE
        settle(self, temperature=require("The temperature", self.temperature, least, most))
        if self.second is not None and self._kind != self.second.classifier._kind:
            raise ModelError(
                f"The second opinion is of {self.second.classifier._kind}, but the first of "
                f"{self._kind}: train again."
            )

    @property
    def _kind(self) -> tuple[object, ...]:
        """What two classifiers must have in common to speak of the same photos."""
        return (
            self.extractor_key,
            self.class_names,
            self.dimension,
            str(self.members[0].theta.dtype),
        )

    @property
    def dimension(self) -> int:
        """The width d of the features."""
        return len(self.members[0].standardizer.mean)

    def probabilities(self, x: NDArray[Any], backend: Backend | None = None) -> NDArray[np.float32]:
        """Return (n, classes) float32 for features x (n, d); rows sum to 1.

        Raises:
            InputError: a feature is no real number, or NaN or infinite in the networks' precision;
                the message names the photo.
            ModelError: the features are of another width than those it was trained on.
        """
        return drained(self.propose(x, backend))

    def propose(self, x: NDArray[Any], backend: Backend | None = None) -> Job[NDArray[np.float32]]:
        """Return `probabilities`, as a job that reports every `ROWS` photos.

        Raises:
            InputError: a feature is no real number, or NaN or infinite in the networks' precision;
                the message names the photo.
            ModelError: the features are of another width than those it was trained on.
        """
        self._check(x)
        proposed = np.empty((len(x), len(self.class_names)), np.float32)
        for start in range(0, len(x), ROWS):
            yield Progress("Proposing grades", start, len(x))
            proposed[start : start + ROWS] = self._opinion(self._features(x, start), backend)
        yield Progress("Proposing grades", len(x), len(x))
        return proposed

    def to_bytes(self) -> bytes:
        """Return the whole classifier as one checkpoint."""
        return to_bytes(self._checkpoint())

    @classmethod
    def from_bytes(cls, blob: bytes) -> Classifier:
        """Return the classifier of a checkpoint.

        Raises:
            ModelError: the bytes are damaged, no checkpoint, or one of something else.
        """
        return cls._of(from_bytes(blob))

    def to_onnx(self) -> bytes:
        """Return the whole classifier as an ONNX file: ``inputs`` are features, as extracted.

        See :func:`tinyclf.nn.onnx_model.to_onnx`. No runtime refuses features that are infinite,
        as `probabilities` does: there they count as far from the mean, and look like any others.

        Raises:
            ModelError: it is larger than such files can be.
        """
        from tinyclf.nn.onnx_model import Second, Standardize, to_onnx  # takes a while to import

        second = None
        if self.second is not None:
            other, share = self.second.classifier, self.second.share
            second = Second(other._checkpoint(), share, other.temperature)
        return to_onnx(
            self._checkpoint(),
            standardize=Standardize(CLIP),
            temperature=self.temperature,
            second=second,
        )

    @classmethod
    def from_onnx(cls, blob: bytes) -> Classifier:
        """Return the classifier of an ONNX file that this program exported.

        Raises:
            ModelError: the bytes are damaged, of another program, or of something else.
        """
        from tinyclf.nn.onnx_model import from_onnx  # onnx takes a while to import

        return cls._of(from_onnx(blob))

    def _checkpoint(self) -> Checkpoint:
        scalings = [member.standardizer for member in self.members]
        training: dict[str, Any] = {
            "config": self.config.to_mapping(),
            "temperature": self.temperature,
        }
        arrays: dict[str, NDArray[Any]] = {
            "mean": np.stack([scaling.mean for scaling in scalings]),
            "scale": np.stack([scaling.scale for scaling in scalings]),
        }
        if self.second is not None:
            training[SHARE] = self.second.share
            arrays[SECOND] = np.frombuffer(self.second.classifier.to_bytes(), np.uint8)
        return Checkpoint(
            network=self.objective.network,
            loss=self.objective.loss,
            thetas=np.stack([member.theta for member in self.members]),
            classes=self.class_names,
            preprocessing={"extractor": self.extractor_key},
            training=training,
            arrays=arrays,
        )

    @classmethod
    def _of(cls, checkpoint: Checkpoint) -> Classifier:
        try:
            scales = _scales(checkpoint)
            return cls(
                extractor_key=_extractor(checkpoint.preprocessing["extractor"]),
                objective=Objective(checkpoint.network, checkpoint.loss),
                members=tuple(map(Member, checkpoint.thetas, scales)),
                class_names=tuple(checkpoint.classes),
                temperature=checkpoint.training["temperature"],
                config=TrainingConfig.from_mapping(checkpoint.training["config"]),
                second=_second(checkpoint),
            )
        except (ConfigError, KeyError, TypeError, ValueError) as error:
            reason = f"it lacks {error}" if isinstance(error, KeyError) else str(error)
            raise ModelError(
                "This model is not a classifier of photos, or a newer version wrote it: "
                f"{reason.rstrip('.')}. Choose one this program exported, or update it."
            ) from error

    def _opinion(self, x: NDArray[Any], backend: Backend | None) -> NDArray[Any]:
        chosen = backend or NumpyBackend()
        opinions = [
            tempered(member.probabilities(self.objective, x, chosen), self.temperature)
            for member in self.members
        ]
        mean: NDArray[Any] = np.mean(opinions, axis=0)
        if self.second is None:
            return mean
        return mixed(mean, self.second.classifier._opinion(x, backend), self.second.share)

    def _features(self, x: NDArray[Any], start: int) -> NDArray[Any]:
        """Return the features of `ROWS` photos in the precision of the networks, all finite."""
        precision = self.members[0].theta.dtype
        with np.errstate(all="ignore"):
            rows = x[start : start + ROWS].astype(precision)
            finite = all_finite(np, rows)
        if not finite:
            photo = start + first_spoiled_row(np, rows)
            # Clipped to one scale, infinity would pass for an opinion.
            raise InputError(
                f"The features of photo {photo} hold NaN or infinity, or a number too large for "
                f"{precision}; read them again, or leave the photo out."
            )
        return rows

    def _check(self, x: NDArray[Any]) -> None:
        check_rows("Features", x)
        if x.ndim != 2 or x.shape[1] != self.dimension:
            raise ModelError(
                f"This classifier understands features of width {self.dimension}, not of shape "
                f"{x.shape}; train again with the present feature extractor."
            )


def _scales(checkpoint: Checkpoint) -> list[Standardizer]:
    """Return the members' scales."""
    (width,) = checkpoint.network.input_shape
    mean, scale = checkpoint.arrays["mean"], checkpoint.arrays["scale"]
    for array in (mean, scale):
        if array.shape != (len(checkpoint.thetas), width) or array.dtype.kind != "f":
            raise ValueError(f"its scales are {array.dtype} of shape {array.shape}")
    if not (np.isfinite(mean).all() and np.isfinite(scale).all()):
        raise ModelError(
            "This model is damaged: its scales hold NaN or infinity. Export it or train it again."
        )
    return [Standardizer(*pair) for pair in zip(mean, scale, strict=True)]


def _second(checkpoint: Checkpoint) -> SecondOpinion | None:
    """Return the second opinion, whose bytes are one of the arrays."""
    held = checkpoint.arrays.get(SECOND)
    if held is None:
        return None
    return SecondOpinion(Classifier.from_bytes(held.tobytes()), checkpoint.training[SHARE])


def _extractor(name: object) -> str:
    if not isinstance(name, str):
        raise TypeError(f"its extractor is called {spelled(name)}")
    return name
