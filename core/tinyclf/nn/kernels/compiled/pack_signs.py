"""Numbers above a threshold, as bits, 64 at a time."""

from __future__ import annotations

import numpy as np

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.compiled.jit import jit


@jit
def pack_signs(x: Array, threshold: float, words: Array) -> None:
    """Pack the bits; see :mod:`tinyclf.nn.kernels.pack_signs`."""
    limit = x.dtype.type(threshold)
    width = x.shape[1]
    whole = width // 64
    for i in range(x.shape[0]):
        for word in range(whole):
            # A constant number of turns, over a contiguous slice: one comparison for many numbers.
            part = x[i, 64 * word : 64 * word + 64]
            bits = np.uint64(0)
            for j in range(64):
                bits |= np.uint64(part[j] > limit) << np.uint64(j)
            words[i, word] = bits
        if 64 * whole < width:
            bits = np.uint64(0)
            for j in range(width - 64 * whole):
                bits |= np.uint64(x[i, 64 * whole + j] > limit) << np.uint64(j)
            words[i, whole] = bits
