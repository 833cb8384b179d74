"""The classifier: what is left of a training, and all that proposing needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import Job, Progress
from tinyclf.errors import ModelError
from tinyclf.nn.backend import Backend, NumpyBackend
from tinyclf.nn.checkpoint import Checkpoint, from_bytes, to_bytes
from tinyclf.nn.objective import Objective
from tinyclf.training.config import TrainingConfig
from tinyclf.training.relay import drained
from tinyclf.training.scaling import CLIP, Standardizer
from tinyclf.training.temperature import tempered

ROWS = 1024
"""Photos proposed for between two reports."""


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
        temperature: Each member's probabilities are tempered by it, then averaged.
        config: How it was trained.
    """

    extractor_key: str
    objective: Objective
    members: tuple[Member, ...]
    class_names: tuple[str, ...]
    temperature: float = 1.0
    config: TrainingConfig = field(default_factory=TrainingConfig)

    @property
    def dimension(self) -> int:
        """The width d of the features."""
        return len(self.members[0].standardizer.mean)

    def probabilities(self, x: NDArray[Any], backend: Backend | None = None) -> NDArray[np.float32]:
        """Return (n, classes) float32 for features x (n, d); rows sum to 1.

        Raises:
            ModelError: the features are of another width than those it was trained on.
        """
        return drained(self.propose(x, backend))

    def propose(self, x: NDArray[Any], backend: Backend | None = None) -> Job[NDArray[np.float32]]:
        """Return `probabilities`, as a job that reports every thousand photos.

        Raises:
            ModelError: the features are of another width than those it was trained on.
        """
        self._check(x)
        proposed = np.empty((len(x), len(self.class_names)), np.float32)
        for start in range(0, len(x), ROWS):
            yield Progress("Proposing grades", start, len(x))
            proposed[start : start + ROWS] = self._opinion(x[start : start + ROWS], backend)
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

        See :func:`tinyclf.nn.onnx_model.to_onnx`.

        Raises:
            ModelError: it is larger than such files can be.
        """
        from tinyclf.nn.onnx_model import Standardize, to_onnx  # onnx takes a while to import

        return to_onnx(
            self._checkpoint(), standardize=Standardize(CLIP), temperature=self.temperature
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
        return Checkpoint(
            network=self.objective.network,
            loss=self.objective.loss,
            thetas=np.stack([member.theta for member in self.members]),
            classes=self.class_names,
            preprocessing={"extractor": self.extractor_key},
            training={"config": self.config.to_mapping(), "temperature": self.temperature},
            arrays={
                "mean": np.stack([scaling.mean for scaling in scalings]),
                "scale": np.stack([scaling.scale for scaling in scalings]),
            },
        )

    @classmethod
    def _of(cls, checkpoint: Checkpoint) -> Classifier:
        try:
            _check_numbers(checkpoint)
            scalings = zip(checkpoint.arrays["mean"], checkpoint.arrays["scale"], strict=True)
            return cls(
                extractor_key=checkpoint.preprocessing["extractor"],
                objective=Objective(checkpoint.network, checkpoint.loss),
                members=_members(checkpoint.thetas, [Standardizer(*pair) for pair in scalings]),
                class_names=checkpoint.classes,
                temperature=float(checkpoint.training["temperature"]),
                config=TrainingConfig.from_mapping(checkpoint.training["config"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(
                "This model is not a classifier of photos; choose one this program exported."
            ) from error

    def _opinion(self, x: NDArray[Any], backend: Backend | None) -> NDArray[Any]:
        chosen = backend or NumpyBackend()
        opinions = [
            tempered(member.probabilities(self.objective, x, chosen), self.temperature)
            for member in self.members
        ]
        mean: NDArray[Any] = np.mean(opinions, axis=0)
        return mean

    def _check(self, x: NDArray[Any]) -> None:
        if x.ndim != 2 or x.shape[1] != self.dimension:
            raise ModelError(
                f"This classifier understands features of width {self.dimension}, not of shape "
                f"{x.shape}; train again with the present feature extractor."
            )


def _check_numbers(checkpoint: Checkpoint) -> None:
    mean, scale = checkpoint.arrays["mean"], checkpoint.arrays["scale"]
    wanted = len(checkpoint.thetas), *checkpoint.network.input_shape
    if not mean.shape == scale.shape == wanted:
        raise ValueError(f"scales of shape {mean.shape} and {scale.shape}, not {wanted}")
    temperature = np.float64(checkpoint.training["temperature"])
    if not (np.isfinite(mean).all() and np.isfinite(scale).all() and 0 < temperature < np.inf):
        raise ModelError(
            "This model is damaged: its scales hold NaN or infinity, or its temperature is not "
            "more than 0. Export it or train it again."
        )


def _members(thetas: NDArray[Any], scalings: Sequence[Standardizer]) -> tuple[Member, ...]:
    return tuple(Member(theta, scaling) for theta, scaling in zip(thetas, scalings, strict=True))
