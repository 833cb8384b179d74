"""A training step that is computed operation by operation, on any backend and for any network."""

from __future__ import annotations

from dataclasses import dataclass

from tinyclf.nn.arrays import Array
from tinyclf.nn.clipping import clip_norm
from tinyclf.nn.finite import all_finite
from tinyclf.nn.steps.step import TrainingStep


@dataclass(eq=False)
class LaunchedStep(TrainingStep):
    """One step after the other, each checked as it is made; see :class:`~.step.TrainingStep`."""

    immediate = True

    def __call__(self, x: Array, targets: Array, rate: float) -> None:
        """Move the parameters by one batch."""
        self.objective.value_and_gradient_of_finite(
            self.theta, x, targets, self._gradient, backend=self.backend, rng=self.noise
        )
        clip_norm(self._gradient, self.limit, backend=self.backend)
        self.optimizer.move(self.theta, self._gradient, self.optimizer.numbers(rate))

    def check(self) -> None:
        """Raise FloatingPointError if a parameter is infinite: a compiled loop cannot tell."""
        if not all_finite(self.backend.xp, self.theta):
            raise FloatingPointError("infinity or NaN in the parameters")
