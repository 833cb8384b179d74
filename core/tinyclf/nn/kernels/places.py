"""Where the layers lie in the long vectors of the kernels that run many of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def places(shapes: Iterable[tuple[int, int]]) -> Iterator[tuple[slice, slice]]:
    """Yield where each layer's matrix lies among all matrices, and its outputs among all outputs.

    Args:
        shapes: How many inputs and outputs each layer has, first to last.
    """
    start = first = 0
    for inputs, outputs in shapes:
        stop, last = start + inputs * outputs, first + outputs
        yield slice(start, stop), slice(first, last)
        start, first = stop, last
