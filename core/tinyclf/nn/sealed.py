"""Named arrays and a JSON record as bytes: safetensors, sealed by a hash of all that they say.

It is data only; nothing in it is ever executed. Who reads checks the seal before anything else is
believed, so a damaged file is refused, never half understood.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import safetensors.numpy
from safetensors import SafetensorError

from tinyclf.errors import ModelError

Record: TypeAlias = Mapping[str, Any]
Tensors: TypeAlias = Mapping[str, npt.NDArray[Any]]

SEAL = "seal"
"""The name of the hash in the record."""


def sealed(record: Record, tensors: Tensors) -> tuple[str, Tensors]:
    """Return a record as JSON with its seal, and the arrays as files hold them.

    Raises:
        ModelError: an array holds other than truth values, whole numbers or floats of at most 64
            bits.
        TypeError: the record holds what JSON cannot.
        ValueError: it holds NaN or infinity, which JSON cannot either.
    """
    tensors = {name: _storable(name, array) for name, array in tensors.items()}
    return _canonical({**record, SEAL: seal_of(record, tensors)}), tensors


def unsealed(record: Record, tensors: Tensors) -> Record:
    """Return a record without its seal, which fits.

    Raises:
        ModelError: it does not fit: something was changed.
    """
    told = {name: value for name, value in record.items() if name != SEAL}
    if record.get(SEAL) != seal_of(told, tensors):
        raise ModelError("The model file is damaged. Export it or train it again.")
    return told


def write_sealed(name: str, record: Record, tensors: Tensors) -> bytes:
    """Return a record, under a name of its format, and arrays as one blob; errors as `sealed`."""
    text, storable = sealed(record, tensors)
    return safetensors.numpy.save(dict(storable), {name: text})


def read_metadata(blob: bytes) -> tuple[dict[str, str], Tensors]:
    """Return the records in a blob by the names of their formats, and its arrays; none is trusted.

    Raises:
        ModelError: it is no such blob.
    """
    try:
        tensors = safetensors.numpy.load(blob)
        header_size = int.from_bytes(blob[:8], "little")
        metadata = json.loads(blob[8 : 8 + header_size])["__metadata__"]
        return dict(metadata), tensors
    except (SafetensorError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise not_a_model() from error


def not_a_model() -> ModelError:
    """Return the error that says that bytes are no model file."""
    return ModelError(
        "This is no model file of Tiny Classifier, or it is damaged. "
        "Choose another, or train again."
    )


def _storable(name: str, array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return an array as files hold it: in C order, the low byte first."""
    array = np.asarray(array)
    if array.dtype.kind not in "biuf" or array.dtype.itemsize > 8:
        raise ModelError(
            f"The model's array {name.removeprefix('array.')!r} is {array.dtype}, but a model file "
            "holds truth values, whole numbers and floats of at most 64 bits: convert it."
        )
    return np.asarray(array, array.dtype.newbyteorder("<"), order="C")


def seal_of(record: Record, tensors: Tensors) -> str:
    """Return the hash of all that a file says, however it is written down."""
    seal = hashlib.blake2b(_canonical(record).encode(), digest_size=32)
    for name, array in sorted(tensors.items()):
        seal.update(f"\n{name} {array.dtype.str} {array.shape}\n".encode())
        seal.update(array.tobytes())
    return seal.hexdigest()


def _canonical(record: Record) -> str:
    return json.dumps(record, sort_keys=True, allow_nan=False, separators=(",", ":"))
