"""What of NumPy lies under an array of the card."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np


def memory_of(value: Any) -> Any:
    """Return an array's memory, and anything else as it is; refuse NumPy's arrays, as CuPy does."""
    if hasattr(value, "memory"):
        return value.memory
    if isinstance(value, np.ndarray):
        raise TypeError("Unsupported type <class 'numpy.ndarray'>: an array of main memory")
    if isinstance(value, tuple | list):
        return type(value)(memory_of(part) for part in value)
    return value


def flat(values: Any) -> Iterator[Any]:
    """Yield what tuples and lists hold, however deep."""
    for value in values:
        if isinstance(value, tuple | list):
            yield from flat(value)
        else:
            yield value
