"""A packed network as arrays for a file: bit by bit, without the padding that kernels want."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.errors import InputError, ModelError
from tinyclf.nn.bits.packed_network import PackedNetwork, check_widths, packed_limits, packed_shapes
from tinyclf.nn.bits.words import pack_columns, unpack_rows

Arrays = Mapping[str, NDArray[Any]]


def to_compact(network: PackedNetwork) -> dict[str, NDArray[Any]]:
    """Return a packed network as named arrays.

    Returns:
        ``widths``; ``bits.K`` (outputs, ⌈inputs / 8⌉) of each layer's signs, the lowest bit first;
        ``limits.K`` (outputs,) of each hidden layer; ``bias``, ``scale`` and ``threshold``.
    """
    arrays: dict[str, NDArray[Any]] = {
        "widths": np.array(network.widths, np.int64),
        "bias": network.bias,
        "scale": np.array([network.scale]),
        "threshold": np.array([network.threshold]),
    }
    for k, (W, inputs, outputs) in enumerate(_layers(network)):
        signs = unpack_rows(W.T, inputs)[:outputs]
        arrays[f"bits.{k}"] = np.packbits(signs, axis=1, bitorder="little")
    start = 0
    for k, (_, columns) in enumerate(network.shapes[:-1]):
        arrays[f"limits.{k}"] = network.limits[start : start + network.widths[k + 1]]
        start += columns
    return arrays


def from_compact(arrays: Arrays) -> PackedNetwork:
    """Return the network of :func:`to_compact`.

    Raises:
        ModelError: an array is missing, or they do not fit each other.
    """
    try:
        widths = tuple(int(width) for width in arrays["widths"])
        check_widths(widths)
        weights = [
            pack_columns(_signs(arrays[f"bits.{k}"], inputs, outputs).T).ravel()
            for k, (inputs, outputs) in enumerate(pairwise(widths))
        ]
        limits = [
            packed_limits(_row(arrays[f"limits.{k}"], width))
            for k, width in enumerate(widths[1:-1])
        ]
        return PackedNetwork(
            widths=widths,
            weights=np.concatenate(weights),
            limits=np.concatenate([np.empty(0, np.uint16), *limits]),
            bias=arrays["bias"].copy(),
            scale=float(arrays["scale"].item()),
            threshold=float(arrays["threshold"].item()),
        )
    except ModelError:
        raise
    except (KeyError, TypeError, ValueError, InputError) as error:
        raise ModelError(f"A packed network lacks a part or has a wrong one: {error}") from None


def _layers(network: PackedNetwork) -> Iterator[tuple[NDArray[np.uint64], int, int]]:
    start = 0
    for shape, (inputs, outputs) in zip(
        packed_shapes(network.widths), pairwise(network.widths), strict=True
    ):
        size = shape[0] * shape[1]
        yield network.weights[start : start + size].reshape(shape), inputs, outputs
        start += size


def _signs(packed: NDArray[Any], inputs: int, outputs: int) -> NDArray[np.bool_]:
    wanted = (outputs, -(-inputs // 8))
    if packed.shape != wanted or packed.dtype != np.uint8:
        raise ValueError(f"bits of shape {packed.shape}, not {wanted}")
    return np.unpackbits(packed, axis=1, count=inputs, bitorder="little").astype(np.bool_)


def _row(limits: NDArray[Any], width: int) -> NDArray[Any]:
    if limits.shape != (width,) or limits.dtype != np.uint16:
        raise ValueError(f"limits of shape {limits.shape}, not {(width,)}")
    return limits
