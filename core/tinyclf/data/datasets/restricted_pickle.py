"""Arrays of bytes out of a pickle of CIFAR's kind, of which nothing is run.

NumPy's arrays are pickled as calls of a few of its functions. None of these is called: each name
stands for a small function here that knows bytes (``uint8``) and nothing else, and checks that an
array has as many as its shape says.
"""

from __future__ import annotations

import math
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.data.datasets.content import whole_content
from tinyclf.data.pickled import Allowed, Made, Name, Unbuilt, build
from tinyclf.errors import InputError

LARGEST = 500_000_000
"""Bytes of a file; CIFAR-100's training part has 155 million."""

_BYTES = ("u1", b"u1", "|u1")


class PickledArray(Unbuilt):
    """An array of bytes, there once its content is.

    Attributes:
        array: uint8 of any shape.
    """

    def __init__(self) -> None:
        self.array: NDArray[np.uint8] | None = None

    def build(self, state: Any) -> None:
        """Take in version, shape, type, whether it is in Fortran's order, and the bytes."""
        _, shape, dtype, is_fortran, content = state
        self.array = _filled(content, dtype, shape, "F" if is_fortran else "C")


class _Byte(Unbuilt):
    """Stands for the type uint8."""

    def build(self, state: Any) -> None:
        """Pass over byte order and layout, which a byte has none of."""


def read_pickle(path: Path) -> dict[str, Any]:
    """Return the dict that a pickle holds, its keys as texts, arrays as ``PickledArray``.

    Raises:
        InputError: the file cannot be read, or holds more than texts, numbers and arrays of bytes.
    """
    found = build(BytesIO(whole_content(path, LARGEST)), Allowed(str(path), _NAMES))
    if type(found) is not dict:
        raise InputError(f"{path} holds no dict of arrays, as a batch of CIFAR does.")
    return {key.decode("latin-1") if type(key) is bytes else str(key): found[key] for key in found}


def _filled(content: Any, dtype: Any, shape: Any, order: Any) -> NDArray[np.uint8]:
    content = content.encode("latin-1") if type(content) is str else bytes(memoryview(content))
    if type(dtype) is not _Byte or type(shape) is not tuple or order not in ("C", "F"):
        raise ValueError("an array is no plain array of bytes")
    if len(shape) > 4 or not all(type(k) is int and 0 <= k <= LARGEST for k in shape):
        raise ValueError("an array has no shape")
    if math.prod(shape) != len(content):
        raise ValueError(f"an array of shape {shape} has {len(content)} bytes")
    return np.frombuffer(content, np.uint8).reshape(shape, order=order)


def _dtype(code: Any, *_alignment: Any) -> _Byte:
    if type(code) not in (str, bytes) or code not in _BYTES:
        raise ValueError("it has an array of something else than bytes")
    return _Byte()


def _array(kind: Any, *_empty: Any) -> PickledArray:
    if type(kind) is not Name or kind != _ARRAY:
        raise ValueError("it makes an array of what is none")
    return PickledArray()


def _from_buffer(content: Any, dtype: Any, shape: Any, order: Any) -> PickledArray:
    made = PickledArray()
    made.array = _filled(content, dtype, shape, order)
    return made


def _encoded(text: Any, encoding: Any) -> bytes:
    if type(text) is not str or encoding not in ("latin1", "latin-1"):
        raise ValueError("its bytes are written in an unknown way")
    return text.encode("latin-1")


_ARRAY = "numpy ndarray"
_CORES = ("numpy.core", "numpy._core")
"""Before NumPy 2 and since."""

_NAMES: dict[str, Made | None] = {
    _ARRAY: None,
    "numpy dtype": _dtype,
    "_codecs encode": _encoded,
    **{f"{core}.multiarray _reconstruct": _array for core in _CORES},
    **{f"{core}.numeric _frombuffer": _from_buffer for core in _CORES},
}
