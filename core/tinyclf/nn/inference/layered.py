"""Networks that cannot be folded to matrices, layer by layer, from parameters of any precision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from tinyclf.nn.arrays import Array, Views
from tinyclf.nn.backend import Backend
from tinyclf.nn.finite import check_in_precision
from tinyclf.nn.inference.rounding import as_half, as_int8
from tinyclf.nn.layers import BinaryLinear, Layer
from tinyclf.nn.layers.sign import signs
from tinyclf.nn.network import Network


@dataclass(frozen=True, eq=False)
class Rounded:
    """One parameter rounded to fewer bytes: steps · scale.

    Attributes:
        steps: float16 or int8, the parameter's shape.
        scale: What a step is worth; its shape broadcasts.
    """

    steps: Array
    scale: Array

    @property
    def n_bytes(self) -> int:
        """The memory it takes."""
        return int(self.steps.nbytes + self.scale.nbytes)

    def widened(self, dtype: np.dtype[Any]) -> Array:
        """Return the parameter in the precision of the arithmetic."""
        wide: Array = self.steps.astype(dtype)
        wide *= self.scale
        return wide


class LayeredNetwork:
    """A network with its parameters in some precision, each widened when its layer is reached.

    Args:
        network: What is computed.
        theta: Its parameters (n_parameters,), in main memory.
        precision: ``"f4"``, ``"f8"``, ``"f2"`` or ``"int8"``; vectors are never made smaller, they
            are few.
        dtype: Of the arithmetic.
        backend: Where it shall live.
    """

    def __init__(
        self, network: Network, theta: Array, precision: str, dtype: np.dtype[Any], backend: Backend
    ) -> None:
        self._network = network
        self._dtype = dtype
        self._backend = backend
        self._layers = [
            {name: self._stored(layer, name, array, precision) for name, array in views.items()}
            for layer, views in zip(network.layers, network.layout.views(theta), strict=True)
        ]

    @property
    def n_bytes(self) -> int:
        """The memory its parameters take."""
        stored = [array for layer in self._layers for array in layer.values()]
        return sum(
            array.n_bytes if isinstance(array, Rounded) else int(array.nbytes) for array in stored
        )

    def __call__(self, x: Array) -> Array:
        """Return the outputs (n, *output_shape), a new array, of inputs (n, *input_shape)."""
        y = x
        for layer, stored in zip(self._network.layers, self._layers, strict=True):
            y, _ = layer.forward(self._widened(stored), y, backend=self._backend, rng=None)
        return y.copy() if self._backend.xp.may_share_memory(x, y) else y

    def _widened(self, stored: Mapping[str, Array | Rounded]) -> Views:
        return {
            name: array.widened(self._dtype) if isinstance(array, Rounded) else array
            for name, array in stored.items()
        }

    def _stored(self, layer: Layer, name: str, array: Array, precision: str) -> Array | Rounded:
        if isinstance(layer, BinaryLinear) and name == "W":
            # Only the signs count: a weight that rounding makes 0 would change its own.
            array = signs(array)
        check_in_precision(array, self._dtype)
        if array.ndim < 2 or precision in ("f4", "f8"):
            return self._backend.asarray(array.astype(self._dtype))
        # The outputs of a linear layer's matrix are its last axis, a convolution's are its first.
        outputs = 1 if array.ndim == 2 else 0
        steps, scale = (as_half if precision == "f2" else as_int8)(array, outputs)
        return Rounded(self._backend.asarray(steps), self._backend.asarray(scale, self._dtype))
