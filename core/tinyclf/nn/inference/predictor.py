"""A network that only predicts."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from tinyclf.errors import ConfigError, InputError
from tinyclf.nn.arrays import Array
from tinyclf.nn.backend import Backend
from tinyclf.nn.inference.chains import Chain, FloatChain, HalfChain, Int8Chain
from tinyclf.nn.inference.folding import Folded, fold
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
        run: What computes it: folded layers, or the network as it is.
        folded: What the outputs of folded layers still need.
        dtype: Of the arithmetic.
        backend: Where it lives.
    """

    def __init__(
        self,
        network: Network,
        run: Chain | LayeredNetwork,
        folded: Folded,
        dtype: np.dtype[Any],
        backend: Backend,
    ) -> None:
        self._network = network
        self._run = run
        self._folded = folded
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
            InputError: the shape does not fit, or an output is NaN or infinite.
        """
        if x.ndim == 0 or x.shape[1:] != self._network.input_shape:
            raise InputError(
                f"Each input of the network has shape {self._network.input_shape}, "
                f"but it is given an array of shape {x.shape}."
            )
        if len(x) == 1:
            y = self._outputs(self._backend.asarray(x, self._dtype))
        else:
            y = self._in_batches(x)
        self._refuse_non_finite(y)
        return y

    def _in_batches(self, x: Array) -> Array:
        y: Array = self._backend.xp.empty((len(x), *self._network.output_shape), self._dtype)
        for start in range(0, len(x), ROWS):
            rows = slice(start, start + ROWS)
            y[rows] = self._outputs(self._backend.asarray(x[rows], self._dtype))
        return y

    def _outputs(self, x: Array) -> Array:
        if isinstance(self._run, LayeredNetwork):
            return self._run(x)
        flat = x.reshape(len(x), -1)
        y = self._run.one(flat[0])[None] if len(flat) == 1 else self._run.many(flat.T).T
        if self._folded.factor != 1:
            y *= self._folded.factor
            y += self._folded.offset
        return y

    def _refuse_non_finite(self, y: Array) -> None:
        # The sum of finite float32 is finite in float64, and quicker than a look at each.
        if math.isfinite(y.sum(dtype=np.float64)) or self._backend.xp.isfinite(y).all():
            return
        raise InputError("The network's outputs are not all finite: check the inputs for NaN.")


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
    if theta.shape != (network.n_parameters,) or not np.isfinite(theta).all():
        raise InputError(
            f"The network needs {network.n_parameters} finite parameters, but is given an array "
            f"of shape {theta.shape}, or some of it are not finite."
        )
    dtype = np.dtype("f8" if precision == "f8" else "f4")
    folded = fold(network.input_shape, network.layers, network.layout.views(theta))
    if folded is None:
        run = LayeredNetwork(network, theta, precision, dtype, backend)
        return Predictor(network, run, Folded(()), dtype, backend)
    chain = CHAINS[precision](folded, dtype, backend)
    return Predictor(network, chain, folded, dtype, backend)
