"""A network that only predicts."""

from __future__ import annotations

from typing import Any

import numpy as np

from tinyclf.nn.arrays import Array, room_for
from tinyclf.nn.backend import Backend
from tinyclf.nn.finite import (
    all_finite,
    check_inputs,
    first_spoiled_row,
    no_finite_output,
    require_real,
)
from tinyclf.nn.inference.chains import Chain, FloatChain, HalfChain, Int8Chain
from tinyclf.nn.inference.dense import as_dense
from tinyclf.nn.inference.layered import LayeredNetwork
from tinyclf.nn.network import Network
from tinyclf.nn.ranges import require_word

CHAINS: dict[str, type[Chain]] = {
    "f4": FloatChain,
    "f8": FloatChain,
    "f2": HalfChain,
    "int8": Int8Chain,
}

STORAGES = tuple(CHAINS)
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
            InputError: the shape or the dtype does not fit, an input or an output is NaN or
                infinite, or there is no memory for the outputs.
        """
        check_inputs("The network", x, self._network.input_shape)
        require_real("The inputs", x.dtype)
        if len(x) == 1:
            return self._batch(x, 0)
        shape = (len(x), *self._network.output_shape)
        y = room_for("The outputs", self._backend.xp.empty, shape, self._dtype)
        for start in range(0, len(x), ROWS):
            rows = slice(start, start + ROWS)
            y[rows] = self._batch(x[rows], start)
        return y

    def _batch(self, x: Array, start: int) -> Array:
        """Return the outputs of some inputs, the first of which is the row ``start`` of all."""
        try:
            return self._finite_outputs(x, start)
        except FloatingPointError:
            # The caller has NumPy raise. Only then: to set it takes as long as a small network.
            with np.errstate(all="ignore"):
                return self._finite_outputs(x, start)

    def _finite_outputs(self, x: Array, start: int) -> Array:
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
        precision: One of :data:`STORAGES`. What it costs: f2 keeps 11 bits of each weight, fewer
            where it is less than 2⁻²⁹ of the largest of its output; int8 keeps 7 and a sign, by a
            scale for each output.

    Raises:
        ConfigError: there is no such precision.
        InputError: the parameters do not fit the network, are not all finite, or become infinite
            in the precision of the arithmetic.
    """
    require_word("The precision", precision, STORAGES)
    theta = backend.to_numpy(theta)
    network.require_parameters(theta, finite=True)
    dtype = np.dtype("f8" if precision == "f8" else "f4")
    with np.errstate(all="ignore"):  # what comes of it is looked at
        run = _running(network, theta, precision, dtype, backend)
    return Predictor(network, run, dtype, backend)


def _running(
    network: Network, theta: Array, precision: str, dtype: np.dtype[Any], backend: Backend
) -> Chain | LayeredNetwork:
    """Return what computes the network."""
    dense = as_dense(network.layers, network.layout.views(theta))
    if dense is None:
        return LayeredNetwork(network, theta, precision, dtype, backend)
    return CHAINS[precision](dense, dtype, backend)
