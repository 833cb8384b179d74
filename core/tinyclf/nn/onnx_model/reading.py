"""The way back: the checkpoint in an ONNX file that this program exported."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx

from tinyclf.errors import ConfigError, ModelError
from tinyclf.nn.checkpoint import (
    ARRAY,
    FORMAT,
    THETAS,
    Checkpoint,
    from_parts,
    read_record,
    to_bytes,
)
from tinyclf.nn.description import loss_from, network_from
from tinyclf.nn.objective import Objective
from tinyclf.nn.onnx_model.names import MEMBERS, OF_SECOND, SECOND, parameter_names
from tinyclf.nn.onnx_model.seal import unsealed
from tinyclf.nn.sealed import Record


def from_onnx(blob: bytes) -> Checkpoint:
    """Return the checkpoint that ``to_onnx`` wrote, bit for bit.

    Parameters come from the initializers, all else from the metadata; nodes are not looked at.

    Raises:
        ModelError: the file is damaged, cut short, another program's, or written by a newer
            version of this one.
    """
    model = unsealed(blob)
    metadata = {entry.key: entry.value for entry in model.metadata_props}
    tensors = {tensor.name: tensor for tensor in model.graph.initializer}
    try:
        second = None
        if OF_SECOND + FORMAT in metadata:
            second = to_bytes(_checkpoint(metadata, tensors, OF_SECOND))
        return _checkpoint(metadata, tensors, second=second)
    except (ConfigError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise ModelError(f"The ONNX file lacks a part or has a wrong one: {error}.") from error


def _checkpoint(
    metadata: Mapping[str, str],
    tensors: Mapping[str, onnx.TensorProto],
    prefix: str = "",
    second: bytes | None = None,
) -> Checkpoint:
    """Return the checkpoint of the bag whose names begin so."""
    record = read_record(metadata[prefix + FORMAT])
    own = prefix + ARRAY
    arrays = {
        name.removeprefix(prefix): _array(tensors[name]) for name in tensors if name.startswith(own)
    }
    if second is not None:
        arrays[ARRAY + SECOND] = np.frombuffer(second, np.uint8)
    thetas = _thetas(record, int(metadata[prefix + MEMBERS]), tensors, prefix)
    return from_parts(record, {THETAS: thetas, **arrays})


def _thetas(
    record: Record, members: int, tensors: Mapping[str, onnx.TensorProto], prefix: str
) -> npt.NDArray[Any]:
    """Return the parameters (members, n_parameters): those of each network, one after another."""
    objective = Objective(network_from(record["network"]), loss_from(record["loss"]))
    return np.stack(
        [
            np.concatenate(
                [
                    _array(tensors[name]).ravel()
                    for part in parameter_names(objective, member, prefix)
                    for name in part.values()
                ]
            )
            for member in range(members)
        ]
    )


def _array(tensor: onnx.TensorProto) -> npt.NDArray[Any]:
    """Return an initializer's numbers; one that lies in a file of its own is not looked for."""
    if tensor.data_location == onnx.TensorProto.EXTERNAL:
        raise ValueError(f"{tensor.name} lies in another file")
    array: npt.NDArray[Any] = onnx.numpy_helper.to_array(tensor)
    return array
