"""Parameters on their way down: the state of one training, moved one batch at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tinyclf.errors import DivergedError, InputError
from tinyclf.nn.arrays import Array
from tinyclf.nn.backend import Backend
from tinyclf.nn.divergence import diverged, guarded
from tinyclf.nn.schedules import Schedule
from tinyclf.nn.steps import TrainingStep
from tinyclf.training.augmentation import Augmentation


class Descent:
    """Batches made more varied, then one step each, at the rate of a schedule.

    Args:
        move: What moves the parameters by one batch.
        schedule: The learning rate's course.
        augmentations: What every batch goes through first.
        rng: Of the augmentations.
        backend: Where the batches live.
        wary: Whether to look at what the augmentations make: a sign would hide it from the loss.
    """

    def __init__(
        self,
        move: TrainingStep,
        schedule: Schedule,
        augmentations: Sequence[Augmentation],
        rng: np.random.Generator,
        backend: Backend,
        *,
        wary: bool = False,
    ) -> None:
        self._move, self._schedule, self._augmentations = move, schedule, augmentations
        self._rng, self._backend, self._wary = rng, backend, wary
        self._finite: Any = True  # or what the backend makes of it: read back from no card
        self._number = 0

    def step(self, x: Array, targets: Array) -> None:
        """Move the parameters by one batch.

        Args:
            x: Inputs (n, *input_shape), scaled; the batch is this step's to overwrite.
            targets: Rows of class shares (n, k), likewise.

        Raises:
            DivergedError: the loss or the gradient ran into infinity; the message names the step.
            InputError: an augmentation made NaN or infinity of the inputs.
        """
        for augmentation in self._augmentations:
            x, targets = augmentation(x, targets, self._rng, backend=self._backend)
        if self._wary and self._augmentations:
            self._look(x)
        rate = self._schedule(self._number)
        with guarded(self._backend, self._number, immediate=self._move.immediate):
            self._move(x, targets, rate)
        self._number += 1

    def spoiled(self, what: str) -> DivergedError:
        """Return the error that the parameters, as the last step left them, lead to infinity.

        Args:
            what: Where infinity or NaN is, in words.
        """
        return diverged(f"after step {self._number - 1}", what)

    def check(self) -> None:
        """Raise DivergedError if a step not yet checked ran into infinity.

        Raises:
            InputError: an augmentation had made it.
        """
        self._require_finite("by", self._number - 1)
        with guarded(self._backend, self._number - 1, immediate=False):
            self._move.check()

    def _look(self, x: Array) -> None:
        self._finite = self._finite & self._backend.xp.isfinite(x).all()
        if self._move.immediate:
            self._require_finite("at", self._number)

    def _require_finite(self, when: str, step: int) -> None:
        if not self._finite:
            names = ", ".join(map(str, self._augmentations))
            raise InputError(
                f"The inputs held NaN or infinity {when} step {step}, after the augmentations: "
                f"mend or leave out {names}."
            )
