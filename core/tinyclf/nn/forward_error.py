"""What the epsilon settings and the precision cost: a network's outputs beside the exact ones."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from tinyclf.errors import InputError
from tinyclf.nn.arrays import Array, check_precision
from tinyclf.nn.backend import Backend
from tinyclf.nn.layers import Sigmoid, Tanh
from tinyclf.nn.network import Network
from tinyclf.nn.stability import EXACT, Stability


@dataclass(frozen=True)
class ForwardError:
    """How far outputs lie from the exact ones.

    Attributes:
        largest: The largest distance of one number, in units of the outputs.
        root_mean_square: √ of the mean square over all numbers.
    """

    largest: float
    root_mean_square: float


def stabilized(network: Network, stability: Stability) -> Network:
    """Return the same network with these settings in all its sigmoids and hyperbolic tangents."""
    layers = tuple(
        replace(layer, stability=stability) if isinstance(layer, Sigmoid | Tanh) else layer
        for layer in network.layers
    )
    return replace(network, layers=layers)


def forward_error(network: Network, theta: Array, x: Array, *, backend: Backend) -> ForwardError:
    """Return how far a network's outputs lie from its exact forms computed in float64.

    Args:
        network: With whatever stability its layers have.
        theta: Its parameters (n_parameters,), in the precision to be judged.
        x: Inputs (n, *input_shape), n ≥ 1.
        backend: Whose array ``theta`` is.

    Raises:
        InputError: there are no inputs, a shape does not fit, or an output is NaN or infinite.
    """
    check_precision(theta)
    if np.ndim(x) == 0 or len(x) == 0:
        raise InputError("A forward error needs at least one input, but there is none.")
    with np.errstate(all="ignore"):
        return _forward_error(network, theta, x, backend)


def _forward_error(network: Network, theta: Array, x: Array, backend: Backend) -> ForwardError:
    # Both see the same numbers: what rounding the inputs themselves costs is not asked here.
    x = backend.asarray(x, theta.dtype)
    exactly = backend.asarray(theta, np.float64)
    exact = stabilized(network, EXACT).predict(exactly, x, backend=backend)
    error = abs(network.predict(theta, x, backend=backend) - exact)
    return ForwardError(float(error.max()), float((error * error).mean()) ** 0.5)
