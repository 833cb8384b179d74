"""How loops are compiled: the one place that says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import numba

from tinyclf.nn.kernels.compiled.machine_code import MachineCode

F = TypeVar("F", bound=Callable[..., object])

FASTMATH = {"reassoc", "contract", "nsz", "arcp"}
"""Sums may be reordered, which SIMD needs; but NaN and infinity stay what they are."""


def jit(loops: F) -> F:
    """Compile loops at their first call for each dtype, and keep the machine code on disk.

    It lies beside the sources, or in the user's cache folder where that cannot be written; where
    neither can, or the disk is full, it is made anew by each process. The loops run without the
    interpreter's lock, and divide as NumPy does: by zero is infinity.
    """
    try:
        return _compiled(loops, cache=True)
    except RuntimeError:  # there is no folder to write to
        return _compiled(loops, cache=False)


def _compiled(loops: F, *, cache: bool) -> F:
    compiled: F = numba.njit(loops, cache=cache, error_model="numpy", nogil=True, fastmath=FASTMATH)
    if cache and hasattr(compiled, "_cache"):  # there is none where numba is told not to compile
        compiled._cache = MachineCode(compiled._cache)
    return compiled
