"""A network that only predicts."""

from __future__ import annotations

from typing import Any

import numpy as np

from tinyclf.errors import ConfigError, InputError
from tinyclf.nn.arrays import Array
from tinyclf.nn.backend import Backend
from tinyclf.nn.finite import CURES, all_finite, first_spoiled_row, no_finite_output, require_real
from tinyclf.nn.inference.chains import Chain, FloatChain, HalfChain, Int8Chain
from tinyclf.nn.inference.dense import as_dense
from tinyclf.nn.inference.layered import LayeredNetwork
from tinyclf.nn.network import Network

CHAINS: dict[str, type[Chain]] = {
    "f4": FloatChain,
    "f8": FloatChain,
    "f2": HalfChain,
    "int8": Int8Chain,
}

PRECISIONS = tuple(CHAINS)
"""How weights can be stored; with f2 and int8 the arithmetic is that of f4."""

ROWS = 1024
"""Inputs predicted at a time."""


class Predictor:
    """Predicts; made by :func:`predictor`. It may be called from several threads at once.

    Args:
        network: The network it stands for.
        run: What computes it: dense layers, or the network as it is.
        dtype: Of the arithmetic.
        backend: Where it lives.
    """

    def __init__(
        self, network: Network, run: Chain | LayeredNetwork, dtype: np.dtype[Any], backend: Backend
    ) -> None:
        self._network = network
        self._run = run
        self._dtype = dtype
        self._backend = backend

    @property
    def n_bytes(self) -> int:
        """The memory its parameters take."""
        return self._run.n_bytes

    def __call__(self, x: Array) -> Array:
        """Return the outputs (n, *output_shape), a new array of the backend.

        Args:
            x: Inputs (n, *input_shape) of any real dtype, in main memory or on the backend.

        Raises:
            InputError: the shape or the dtype does not fit, or an input or an output is NaN or
                infinite.
        """
        require_real("The inputs", x.dtype)
        if x.ndim == 0 or x.shape[1:] != self._network.input_shape:
            raise InputError(
                f"Each input of the network has shape {self._network.input_shape}, "
                f"but it is given an array of shape {x.shape}."
            )
        if len(x) == 1:
            return self._batch(x, 0)
        y: Array = self._backend.xp.empty((len(x), *self._network.output_shape), self._dtype)
        for start in range(0, len(x), ROWS):
            rows = slice(start, start + ROWS)
            y[rows] = self._batch(x[rows], start)
        return y

    def _batch(self, x: Array, start: int) -> Array:
        """Return the outputs of some inputs, the first of which is the row ``start`` of all."""
        xp = self._backend.xp
        x = self._backend.asarray(x, self._dtype)
        # Of the inputs, too: a rectifier, a tanh or a sign can make a plain number of infinity.
        if not all_finite(xp, x):
            raise no_finite_output(start + first_spoiled_row(xp, x), "the inputs")
        y = self._run(x)
        if not all_finite(xp, y):
            raise no_finite_output(start + first_spoiled_row(xp, y), "its layers")
        return y


def predictor(
    network: Network, theta: Array, *, backend: Backend, precision: str = "f4"
) -> Predictor:
    """Return a function that predicts with a copy of the parameters as they are now.

    Args:
        network: The network.
        theta: Its parameters (n_parameters,), of any float dtype, in main memory or on the backend.
        backend: Where it shall compute.
        precision: One of :data:`PRECISIONS`. What it costs: f2 keeps 11 bits of each weight; int8
            keeps 7 and a sign, by a scale for each output.

    Raises:
        ConfigError: there is no such precision.
        InputError: the parameters do not fit the network, or are not all finite.
    """
    if precision not in PRECISIONS:
        raise ConfigError(f"There is no precision '{precision}': choose {', '.join(PRECISIONS)}.")
    theta = backend.to_numpy(theta)
    _check(network, theta)
    dtype = np.dtype("f8" if precision == "f8" else "f4")
    dense = as_dense(network.layers, network.layout.views(theta))
    run: Chain | LayeredNetwork
    if dense is None:
        run = LayeredNetwork(network, theta, precision, dtype, backend)
    else:
        run = CHAINS[precision](dense, dtype, backend)
    return Predictor(network, run, dtype, backend)


def _check(network: Network, theta: Array) -> None:
    network.require_parameters(theta)
    require_real("The network's parameters", theta.dtype)
    if not np.isfinite(theta).all():
        raise InputError(f"The network's parameters are not all finite. {CURES['the parameters']}")
