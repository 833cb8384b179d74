"""Reads the tensors of a legacy PyTorch file without PyTorch and without unpickling.

Such a file is five pickles (magic number, protocol, machine, the named tensors as views into
storages, the storages' keys) followed by the storages' raw numbers. A pickle is a program for a
small stack machine that may call any function; this one knows the few instructions that build
numbers, texts, tuples and dicts, and calls nothing: a file that asks for more is refused.
"""

from __future__ import annotations

import math
import pickletools
from collections.abc import Iterator
from io import BytesIO
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tinyclf.errors import ModelError

_MAGIC = 0x1950A86A20F9469CFC6C
_PROTOCOL = 1001
_DTYPES = {"torch FloatStorage": "<f4", "torch LongStorage": "<i8"}
_DICT = "collections OrderedDict"
_TENSOR = "torch._utils _rebuild_tensor_v2"
_NAMES = frozenset({_DICT, _TENSOR, *_DTYPES})


class _Mark:
    """Where a tuple or a group of items begins on the stack."""


class _Name(str):
    """The name of something outside the file: never looked up."""

    __slots__ = ()


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
    stack: list[Any] = []
    memo: dict[int, Any] = {}
    for opcode, argument, _ in _instructions(file):
        match opcode:
            case "PROTO":
                pass
            case "STOP":
                return stack.pop()
            case "BINPUT" | "LONG_BINPUT":
                memo[argument] = stack[-1]
            case "BINGET" | "LONG_BINGET":
                stack.append(memo[argument])
            case "BININT" | "BININT1" | "BININT2" | "LONG1" | "BINUNICODE":
                stack.append(argument)
            case "NONE" | "NEWTRUE" | "NEWFALSE" | "EMPTY_TUPLE" | "EMPTY_LIST" | "EMPTY_DICT":
                stack.append(_constant(opcode))
            case "MARK":
                stack.append(_Mark)
            case "TUPLE":
                stack.append(tuple(_above_mark(stack)))
            case "TUPLE1" | "TUPLE2" | "TUPLE3":
                count = int(opcode[-1])
                stack[-count:] = [tuple(stack[-count:])]
            case "APPEND":
                item = stack.pop()
                stack[-1].append(item)
            case "APPENDS":
                items = _above_mark(stack)
                stack[-1].extend(items)
            case "SETITEM":
                value, key = stack.pop(), stack.pop()
                stack[-1][key] = value
            case "SETITEMS":
                items = _above_mark(stack)
                stack[-1].update(zip(items[::2], items[1::2], strict=True))
            case "GLOBAL":
                stack.append(_known(argument))
            case "REDUCE":
                arguments, name = stack.pop(), stack.pop()
                stack.append(_made(name, arguments))
            case "BINPERSID":
                stack.append(_storage(*stack.pop()))
            case "BUILD":
                stack.pop()  # remarks on the dict below it
            case _:
                raise ModelError(f"The weights file holds more than tensors: {opcode} is refused.")
    raise ModelError("The weights file breaks off.")


def _instructions(file: BytesIO) -> Iterator[tuple[str, Any, Any]]:
    for opcode, argument, position in pickletools.genops(file):
        yield opcode.name, argument, position


def _constant(opcode: str) -> Any:
    made: dict[str, Any] = {"NONE": None, "NEWTRUE": True, "NEWFALSE": False}
    made |= {"EMPTY_TUPLE": (), "EMPTY_LIST": [], "EMPTY_DICT": {}}
    return made[opcode]


def _above_mark(stack: list[Any]) -> list[Any]:
    start = len(stack) - 1 - stack[::-1].index(_Mark)
    items = stack[start + 1 :]
    del stack[start:]
    return items


def _known(name: str) -> _Name:
    if name not in _NAMES:
        raise ModelError(f"The weights file holds more than tensors: {name!r} is refused.")
    return _Name(name)


def _made(name: Any, arguments: tuple[Any, ...]) -> Any:
    if isinstance(name, _Name) and name == _DICT and arguments == ():
        return {}
    if isinstance(name, _Name) and name == _TENSOR:
        storage, offset, shape, strides = arguments[:4]
        return _View(storage, offset, shape, strides)
    raise ModelError(f"The weights file holds more than tensors: calling {name!r} is refused.")


def _storage(kind: str, name: str, key: str, place: str, length: int, view: None) -> _Storage:
    if kind != "storage" or view is not None:
        raise ModelError(f"The weights file holds more than tensors: {kind!r} is refused.")
    return _Storage(key, _DTYPES[name], length)
