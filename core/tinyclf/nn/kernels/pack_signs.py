"""Numbers above a threshold, as bits."""

from __future__ import annotations

from typing import Any

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.kernel import COMPILED, Kernel


def _pack_signs(xp: Any, x: Array, threshold: float, words: Array) -> None:
    """Set bit i % 64 of word i // 64 of a row where its number i is more than the threshold.

    Args:
        xp: The array module.
        x: Numbers (n, width).
        threshold: Compared in the precision of ``x``.
        words: Receives the bits, uint64 (n, ⌈width / 64⌉); what is beyond the width is cleared.
    """
    packed = xp.packbits(x > threshold, axis=1, bitorder="little")
    words[:] = 0
    words.view(xp.uint8)[:, : packed.shape[1]] = packed


pack_signs = Kernel("pack_signs", _pack_signs, frozenset({COMPILED}))
