"""Reads the tensors of a legacy PyTorch file without PyTorch and without unpickling.

Such a file is five pickles (magic number, protocol, machine, the named tensors as views into
storages, the storages' keys) followed by the storages' raw numbers. They are built as any pickle
here (`tinyclf.data.pickled`): a file that asks for more than tensors is refused.
"""

from __future__ import annotations

import math
from io import BytesIO
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tinyclf.data.pickled import Allowed, Name, Unbuilt, build
from tinyclf.errors import ModelError

_MAGIC = 0x1950A86A20F9469CFC6C
_PROTOCOL = 1001
_DTYPES = {"torch FloatStorage": "<f4", "torch LongStorage": "<i8"}
_DICT = "collections OrderedDict"
_TENSOR = "torch._utils _rebuild_tensor_v2"


class _Storage(NamedTuple):
    """A run of numbers at the end of the file."""

    key: str
    dtype: str
    length: int


class _View(NamedTuple):
    """A tensor: which numbers of a storage, in which order. Offset and strides in elements."""

    storage: _Storage
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]


def read_tensors(contents: bytes) -> dict[str, NDArray[Any]]:
    """Return the named tensors of a legacy PyTorch file, f4 or i8, C order.

    Raises:
        ModelError: it is no such file, it is damaged, or it holds more than tensors.
    """
    try:
        return _read(BytesIO(contents))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError) as error:
        raise ModelError(f"The weights file is damaged: {error}.") from error


def _read(file: BytesIO) -> dict[str, NDArray[Any]]:
    if _run(file) != _MAGIC or _run(file) != _PROTOCOL:
        raise ModelError("The weights file is no legacy PyTorch file.")
    _run(file)  # the machine it was written on; the numbers are little-endian everywhere
    views = _run(file)
    storages = {view.storage.key: view.storage for view in views.values()}
    numbers = {key: _read_storage(file, storages[key]) for key in _run(file)}
    return {name: _gather(view, numbers[view.storage.key]) for name, view in views.items()}


def _read_storage(file: BytesIO, storage: _Storage) -> NDArray[Any]:
    length = int.from_bytes(file.read(8), "little")
    if length != storage.length:
        raise ModelError("The weights file is damaged: a storage has another length than stated.")
    dtype = np.dtype(storage.dtype)
    return np.frombuffer(file.read(length * dtype.itemsize), dtype, length)


def _gather(view: _View, numbers: NDArray[Any]) -> NDArray[Any]:
    last = view.offset + sum(s * (n - 1) for n, s in zip(view.shape, view.strides, strict=True))
    inside = min(view.offset, *view.shape, *view.strides, 0) == 0 and last < len(numbers)
    if not inside or math.prod(view.shape) > len(numbers):
        raise ModelError("The weights file is damaged: a tensor reaches beyond its storage.")
    strides = [stride * numbers.itemsize for stride in view.strides]
    return np.lib.stride_tricks.as_strided(numbers[view.offset :], view.shape, strides).copy()


def _run(file: BytesIO) -> Any:
    """Return what the pickle at the file's position builds."""
    return build(file, _ALLOWED)


class _Tensors(dict[str, _View], Unbuilt):
    """Tensors by name."""

    def build(self, state: Any) -> None:
        """Pass over remarks on them."""


def _tensors(*arguments: Any) -> _Tensors:
    if arguments:
        raise _ALLOWED.refusal(f"calling {_DICT}")
    return _Tensors()


def _view(
    storage: _Storage, offset: int, shape: tuple[int, ...], strides: tuple[int, ...], *_: Any
) -> _View:
    return _View(storage, offset, shape, strides)


def _storage(kind: str, name: Name, key: str, place: str, length: int, view: None) -> _Storage:
    if kind != "storage" or view is not None:
        raise _ALLOWED.refusal("BINPERSID")
    return _Storage(key, _DTYPES[name], length)


_ALLOWED = Allowed(
    "The weights file",
    {_DICT: _tensors, _TENSOR: _view, **dict.fromkeys(_DTYPES)},
    _storage,
    ModelError,
)
