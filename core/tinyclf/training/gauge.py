"""How good the parameters are while they move: the points of a training's curves."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import DTypeLike, NDArray

from tinyclf.errors import InputError
from tinyclf.nn.arrays import Array
from tinyclf.nn.backend import Backend
from tinyclf.nn.finite import all_finite
from tinyclf.nn.objective import Objective
from tinyclf.training.curves import EpochReport
from tinyclf.training.descent import Descent
from tinyclf.training.examples import Examples
from tinyclf.training.metrics import log_loss

MEASUREMENTS = 40
"""Points of a training's curves at most: more would show no more."""

MEASURED_EXAMPLES = 512
"""Of those trained on, how many their own curve is measured on at most."""

MEASURING = 0.1
"""The share of a training's time that its curves may take, but for the last point."""

MEASURED_PER_TRAINED = 3
"""How many examples are measured in the time of training on one: there is no way back."""


def stride(epochs: int, trained_on: int, measured: int) -> int:
    """Return after how many passes to measure again.

    Args:
        epochs: Passes over the examples.
        trained_on: Examples of a pass.
        measured: Examples of a measurement.
    """
    cost = measured / (MEASURED_PER_TRAINED * trained_on)  # in passes
    return math.ceil(max(epochs / MEASUREMENTS, cost / MEASURING))


class Gauge:
    """Measures parameters that a descent moves.

    Args:
        objective: Network and loss.
        descent: What moves the parameters; it says after which step they were spoiled.
        theta: The parameters, flat, moved in place.
        precision: Of the arithmetic.
        backend: Where it happens.
    """

    def __init__(
        self,
        objective: Objective,
        descent: Descent,
        theta: Array,
        precision: DTypeLike,
        backend: Backend,
    ) -> None:
        self._objective, self._descent, self._theta = objective, descent, theta
        self._precision, self._backend = precision, backend

    def report(self, report: EpochReport, seen: Examples, watched: Examples | None) -> EpochReport:
        """Return the report with new figures.

        Args:
            report: Any of this training.
            seen: Examples trained on.
            watched: Examples held out, if there are any.

        Raises:
            DivergedError: a parameter or a score is infinite or NaN.
        """
        # By themselves, too: a sign makes a plain number of infinity.
        if not all_finite(self._backend.xp, self._theta):
            raise self._descent.spoiled("infinity or NaN in the parameters")
        loss, accuracy = self.figures(seen)
        report = replace(report, loss=loss, accuracy=accuracy)
        if watched is None:
            return report
        loss, accuracy = self.figures(watched)
        return replace(report, held_out_loss=loss, held_out_accuracy=accuracy)

    def figures(self, examples: Examples) -> tuple[float, float]:
        """Return (log-loss, share right) of examples, which fit the network.

        Raises:
            DivergedError: a score is infinite or NaN; the message names the layer.
        """
        opinions = [self._opinion(x) for x in examples.chunks(self._precision)]
        probabilities = np.concatenate(opinions)
        right = probabilities.argmax(axis=1) == examples.y
        return log_loss(examples.y, probabilities), float(right.mean())

    def _opinion(self, x: Array) -> NDArray[np.floating]:
        """Return the probabilities (n, classes) of inputs, which are known to be right."""
        theta, backend = self._theta, self._backend
        try:
            with np.errstate(all="ignore"):  # what comes of it is looked at
                return self._objective.probabilities(theta, x, backend=backend)
        except (InputError, FloatingPointError) as error:
            network = self._objective.network
            own, x = theta[: network.n_parameters], backend.asarray(x, theta.dtype)
            place = network.first_overflow(own, x, backend=backend)
            raise self._descent.spoiled(f"infinity or NaN in {place}") from error
