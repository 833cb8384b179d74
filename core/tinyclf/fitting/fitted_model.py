"""A model that is fitted: all that it takes to predict, and the record of how it came to be."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import Job, Progress
from tinyclf.errors import InputError
from tinyclf.fitting.preprocessing import Preprocessing
from tinyclf.fitting.scorers import PackedScorer, Scorer, softmax
from tinyclf.nn.arrays import Shape

ROWS = 1_024
"""Examples predicted at a time, at most."""

NUMBERS = 1 << 22
"""Numbers of inputs predicted at a time: of large pictures fewer, so that memory stays flat."""


@dataclass(frozen=True, eq=False)
class FittedModel:
    """A network with all around it.

    Attributes:
        scorer: The network.
        preprocessing: What is done to examples first, as it was fitted.
        classes: The names of the classes.
        shape: Of one example, as a dataset has it: (channels, h, w) of a picture, (d,) of a row.
        features: What the columns of a table are called, if it learnt from one.
        takes_bytes: Whether it learnt from bytes, as the pictures of files are.
        temperature: By which its confidence was made honest; 1 where nothing spoke of it.
        record: How it came to be, plain data.
    """

    scorer: Scorer
    preprocessing: Preprocessing
    classes: tuple[str, ...]
    shape: Shape
    features: tuple[str, ...] | None = None
    takes_bytes: bool = False
    temperature: float = 1.0
    record: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_packed(self) -> bool:
        """Whether it is a network of bits."""
        return isinstance(self.scorer, PackedScorer)

    @property
    def takes_pictures(self) -> bool:
        """Whether an example is a picture."""
        return len(self.shape) == 3

    def predict(self, x: NDArray[Any]) -> NDArray[np.float64]:
        """Return the probability of each class (n, classes); rows sum to 1.

        Args:
            x: Examples (n, *shape) as a dataset has them: bytes or floats, not prepared yet.

        Raises:
            InputError: they have another shape, or one is not finite.
        """
        if x.shape[1:] != self.shape:
            raise InputError(
                f"The model takes examples of shape {self.shape}, but is given {x.shape[1:]}."
            )
        told = np.empty((len(x), len(self.classes)))
        for rows in self._chunks(len(x)):
            told[rows] = softmax(self._scores(x[rows]) / self.temperature)
        return told

    def predicting(self, x: NDArray[Any], what: str = "Predicting") -> Job[NDArray[np.float64]]:
        """Predict as :meth:`predict` does, as a job."""
        parts = []
        for rows in self._chunks(len(x)):
            yield Progress(what, rows.start, len(x))
            parts.append(self.predict(x[rows]))
        return np.concatenate(parts) if parts else np.empty((0, len(self.classes)))

    def _chunks(self, n: int) -> Iterator[slice]:
        step = max(1, min(ROWS, NUMBERS // math.prod(self.shape)))
        return (slice(start, start + step) for start in range(0, n, step))

    def _scores(self, x: NDArray[Any]) -> NDArray[np.floating[Any]]:
        prepared = self.preprocessing.prepare(x).astype(np.float32)
        return self.scorer.scores(prepared * np.float32(self.preprocessing.scale))
