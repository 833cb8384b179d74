"""What every loss is: how bad scores are for known targets, and which probabilities they mean."""

from __future__ import annotations

from typing import Any, Protocol, runtime_checkable

from tinyclf.nn.arrays import Array, Shape, Views
from tinyclf.nn.backend import Backend
from tinyclf.nn.losses.targets import ClassWeights


@runtime_checkable
class Loss(Protocol):
    """A loss over classes 0 to k − 1. Losses are frozen and hold no arrays."""

    @property
    def classes(self) -> int:
        """k, the number of classes."""

    @property
    def class_weights(self) -> ClassWeights:
        """A factor on the loss of each class, or None."""

    @property
    def n_outputs(self) -> int:
        """How many scores a row it wants of the network."""

    def shapes(self) -> dict[str, Shape]:
        """Return the shapes of its own trained parameters by name."""

    def initialize(self, parameters: Views, targets: Array) -> None:
        """Fill its parameters (NumPy arrays) with the best constants for ``targets``.

        Args:
            parameters: Its parameters by name.
            targets: Classes (n,) or rows of shares (n, k), NumPy.
        """

    def value_and_gradient(
        self, parameters: Views, scores: Array, targets: Array, gradient: Views, *, backend: Backend
    ) -> tuple[Any, Array]:
        """Return the mean loss over the rows, and its gradient by the scores.

        Args:
            parameters: Its parameters by name.
            scores: The network's outputs (n, n_outputs), n ≥ 1.
            targets: Classes (n,), integers 0 to k − 1; or rows of shares (n, k) that sum to 1,
                for mixed examples. Rows are taken as they are: :func:`~.targets.check_targets`
                looks at each once, where a training begins.
            gradient: Receives ∂loss/∂parameters; what was there is overwritten.
            backend: Whose arrays these are.

        Returns:
            The loss, in nats where it is a negative log-likelihood: a number, or an array of shape
            () left on the backend, since whoever reads one waits for the card. And ∂loss/∂scores
            (n, n_outputs).

        Raises:
            InputError: the targets do not fit.
        """

    def probabilities(self, parameters: Views, scores: Array, *, backend: Backend) -> Array:
        """Return the probability of each class (n, k) for scores (n, n_outputs); rows sum to 1."""
