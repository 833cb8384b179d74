"""From a trained network of 1-bit layers to bits: all that is between two layers becomes a limit.

What stands between a 1-bit layer and the next sign (its scale and bias, batch normalisation, an
activation) turns a whole number, the sum, into a single bit. The sum takes ``inputs + 1`` values,
so the layers themselves are asked for all of them: where the bit turns is the limit. Nothing is
derived again and rounded otherwise; the packed network agrees with the floats to the last bit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tinyclf.errors import ConfigError, InputError
from tinyclf.nn.arrays import Array, Views
from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.bits.packed_network import PackedNetwork, check_widths, packed_limits
from tinyclf.nn.bits.words import pack_columns
from tinyclf.nn.layers import (
    BatchNorm,
    BinaryLinear,
    Dropout,
    Layer,
    LeakyReLU,
    ReLU,
    Sigmoid,
    Sign,
    Tanh,
)
from tinyclf.nn.network import Network

MONOTONE = (BatchNorm, LeakyReLU, ReLU, Sigmoid, Tanh)
"""What may stand between: each output rises or falls with the input in its place alone."""

ROOM = 1 << 20
"""Numbers that are worked on at a time."""


@dataclass(frozen=True)
class Unit:
    """One 1-bit layer and what is around it.

    Attributes:
        sign: What makes its inputs.
        linear: The layer itself.
        parameters: Its W and b.
        between: The layers after it, up to the next sign, each with its parameters.
    """

    sign: Sign
    linear: BinaryLinear
    parameters: Views
    between: tuple[tuple[Layer, Views], ...]


def pack_network(network: Network, theta: Array, *, backend: NumpyBackend) -> PackedNetwork:
    """Return a trained 1-bit network as bits, with exactly its scores.

    Args:
        network: Sign and BinaryLinear in turn, the last a BinaryLinear; after each other one, any
            of :data:`MONOTONE`. Dropout may stand anywhere.
        theta: Its trained parameters (n_parameters,), in main memory.
        backend: Who computes what the layers between give.

    Raises:
        ConfigError: the network is of another form, or wider than packed layers can be; the
            message shows its layers.
        InputError: the parameters do not fit the network, or are not all finite, or a layer makes
            infinity or NaN of one of its sums.
    """
    network.require_parameters(theta, finite=True)
    units = _units(network, theta)
    widths = (network.input_shape[0], *(unit.linear.outputs for unit in units))
    check_widths(widths)
    weights, limits = [], []
    for unit, following in pairwise(units):
        on_below, turned = _limits(unit, following.sign, theta.dtype, backend)
        weights.append(pack_columns((unit.parameters["W"] > 0) ^ turned))
        limits.append(packed_limits(on_below))
    last = units[-1]
    weights.append(pack_columns(last.parameters["W"] > 0))
    return PackedNetwork(
        widths=widths,
        weights=np.concatenate([W.ravel() for W in weights]),
        limits=np.concatenate([np.empty(0, np.uint16), *limits]),
        bias=last.parameters["b"].copy(),
        scale=last.linear.scale,
        threshold=units[0].sign.threshold,
    )


def _units(network: Network, theta: Array) -> list[Unit]:
    """Return the 1-bit layers in their order, with what is between."""
    layers = [
        pair
        for pair in zip(network.layers, network.layout.views(theta), strict=True)
        if not isinstance(pair[0], Dropout)
    ]
    form = "".join(_letter(layer) for layer, _ in layers)
    if not re.fullmatch("SB(m*SB)*", form):
        raise ConfigError(
            "Only networks of the form Sign, BinaryLinear, …, Sign, BinaryLinear can be packed, "
            f"not this one: {', '.join(str(layer) for layer in network.layers)}."
        )
    return [_unit(layers[match.start() : match.end()]) for match in re.finditer("SBm*", form)]


def _letter(layer: Layer) -> str:
    if isinstance(layer, Sign):
        return "S"
    if isinstance(layer, BinaryLinear):
        return "B"
    return "m" if isinstance(layer, MONOTONE) else "?"


def _unit(layers: Sequence[tuple[Layer, Views]]) -> Unit:
    (sign, _), (linear, parameters), *between = layers
    if not isinstance(sign, Sign) or not isinstance(linear, BinaryLinear):
        raise TypeError(f"{sign}, {linear}")
    return Unit(sign, linear, parameters, tuple(between))


def _limits(
    unit: Unit, sign: Sign, dtype: np.dtype[np.floating], backend: NumpyBackend
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return each output's limit, and whether its weights must be turned over for it.

    For d = 0 … inputs bits that differ, it is asked whether the output is on, which must change
    once at most. If it is on for the first d, the limit is how many these are. If it is on for the
    last, the opposite weights differ in inputs − d bits, and are on for as many first.
    """
    inputs, outputs = unit.linear.inputs, unit.linear.outputs
    count, changes = np.zeros(outputs, np.int64), np.zeros(outputs, np.int64)
    first = before = _on(unit, sign, np.array([inputs], dtype), backend)[0]
    step = max(1, ROOM // outputs)
    for start in range(0, inputs + 1, step):
        d = np.arange(start, min(start + step, inputs + 1))
        on = _on(unit, sign, (inputs - 2 * d).astype(dtype), backend)
        changes += (on[0] != before) + (on[1:] != on[:-1]).sum(axis=0)
        count += on.sum(axis=0)
        before = on[-1]
    if changes.max() > 1:
        raise ConfigError(
            f"{unit.linear} cannot be packed: what follows it is not monotone in its sums."
        )
    return count, ~first & (count > 0)


def _on(
    unit: Unit, sign: Sign, sums: NDArray[np.floating], backend: NumpyBackend
) -> NDArray[np.bool_]:
    """Return whether each output is on, for each of these sums: (len(sums), outputs)."""
    y = np.repeat(sums[:, None], unit.linear.outputs, axis=1)
    with np.errstate(all="ignore"):  # what comes of it is looked at
        y *= unit.linear.scale
        y += unit.parameters["b"]
        for layer, parameters in unit.between:
            y, _ = layer.forward(parameters, y, backend=backend, rng=None)
    if not np.isfinite(y).all():
        raise InputError(
            f"What follows {unit.linear} makes infinity or NaN of its sums. "
            "Train again with a smaller learning rate."
        )
    on: NDArray[np.bool_] = y > sign.threshold
    return on
