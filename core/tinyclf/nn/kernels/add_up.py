"""The sum of many numbers: the least that can be done with each.

No layer needs it: the benchmark asks it how fast a machine reads, in the lane of the layers.
"""

from __future__ import annotations

from typing import Any

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.kernel import COMPILED, Kernel


def _add_up(xp: Any, numbers: Array) -> float:
    """Return the sum of numbers (n,), in their own precision.

    Args:
        xp: The array module.
        numbers: Floats, one behind the other.
    """
    return float(numbers.sum())


add_up = Kernel("add_up", _add_up, frozenset({COMPILED}))
