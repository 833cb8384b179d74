"""What gives prepared examples their probabilities: a network of floats, or one of bits."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.bits import PackedNetwork
from tinyclf.nn.inference import Predictor, predictor
from tinyclf.nn.objective import Objective


class Scorer(Protocol):
    """Tells classes apart."""

    def scores(self, x: NDArray[np.float32]) -> NDArray[np.floating[Any]]:
        """Return a score for each class (n, classes) of prepared, scaled inputs (n, *shape)."""


@dataclass(frozen=True, eq=False)
class FloatScorer:
    """A network of floats.

    Attributes:
        objective: The network and its loss, softmax.
        theta: Its parameters, flat, float32.
    """

    objective: Objective
    theta: NDArray[np.floating[Any]]

    def scores(self, x: NDArray[np.float32]) -> NDArray[np.floating[Any]]:
        """Return the network's outputs.

        Raises:
            InputError: the inputs do not fit, or are not finite.
        """
        scores: NDArray[np.floating[Any]] = self._predict(x)
        return scores

    @cached_property
    def _predict(self) -> Predictor:
        own = self.theta[: self.objective.network.n_parameters]
        return predictor(self.objective.network, own, backend=NumpyBackend())


@dataclass(frozen=True, eq=False)
class PackedScorer:
    """A network of 1-bit weights and activations, packed: XNOR and popcount.

    Attributes:
        network: The network.
    """

    network: PackedNetwork

    def scores(self, x: NDArray[np.float32]) -> NDArray[np.floating[Any]]:
        """Return the network's scores.

        Raises:
            InputError: the inputs do not fit, or are not finite.
        """
        return self.network.predict(x.reshape(len(x), -1), backend=self._backend)

    @cached_property
    def _backend(self) -> NumpyBackend:
        return NumpyBackend()


def softmax(scores: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
    """Return the probabilities (n, classes) of scores, rows that sum to 1."""
    wide = scores.astype(np.float64)
    powers = np.exp(wide - wide.max(axis=1, keepdims=True))
    shares: NDArray[np.float64] = powers / powers.sum(axis=1, keepdims=True)
    return shares
