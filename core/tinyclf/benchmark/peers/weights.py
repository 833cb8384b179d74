"""The weights that every library gets for a forward pass."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

from tinyclf.nn.backend import NumpyBackend

if TYPE_CHECKING:
    from tinyclf.benchmark.kinds import Inference


def matrices(case: Inference) -> Iterator[tuple[NDArray[Any], NDArray[Any]]]:
    """Yield the weights (inputs, outputs) and biases (outputs,) of each layer, views of one array.

    The core draws them, in f8 or f4.
    """
    views = case.network().layout.views(case.theta(NumpyBackend()))
    for layer in views:
        if layer:  # activations have no parameters
            yield layer["W"], layer["b"]
