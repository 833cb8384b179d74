"""Loops that are written for windows of one size, beside formulas that take any."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, ParamSpec

import numpy as np

from tinyclf.nn.kernels.kernel import Kernel

P = ParamSpec("P")

SIZE = 3
"""Height and width of the windows that the loops are written for."""


class ThreeByThree(Generic[P]):
    """Runs loops where the windows are of 3 × 3, else the formula.

    Args:
        loops: A compiled function.
        kernel: Whose loops these are.
        W: Which of its arguments has the windows' shape (outputs, channels, k, k).
    """

    def __init__(self, loops: Callable[P, None], kernel: Kernel[P, None], W: int) -> None:
        self._loops = loops
        self._kernel = kernel
        self._W = W

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Compute, whatever the size."""
        if args[self._W].shape[2:] == (SIZE, SIZE):  # type: ignore[attr-defined]
            self._loops(*args, **kwargs)
        else:
            self._kernel.plain(np, *args, **kwargs)

    @property
    def signatures(self) -> Sequence[object]:
        """What the loops are compiled for, as numba lists it."""
        compiled: Sequence[object] = self._loops.signatures  # type: ignore[attr-defined]
        return compiled
