"""What arrays that somebody gives to a training must be, whatever it trains."""

from __future__ import annotations

from typing import Any

import numpy as np

from tinyclf.errors import InputError
from tinyclf.nn.finite import require_real
from tinyclf.nn.ranges import spelled


def check_rows(what: str, x: Any) -> None:
    """Check that something is an array of real numbers, with a row for each example.

    Args:
        what: The array in words, such as ``"The inputs"``.
        x: Anything; fit are arrays (n, …) of floats, whole numbers or truth values.

    Raises:
        InputError: it is something else; the message says what.
    """
    if not isinstance(x, np.ndarray) or x.ndim == 0:
        raise InputError(
            f"{what} must be a NumPy array with a row for each example, not {_told(x)}."
        )
    require_real(what, x.dtype)


def check_classes(y: Any) -> None:
    """Check that something is an array of whole numbers in a row.

    Args:
        y: Anything; fit are arrays (n,) of integers.

    Raises:
        InputError: it is something else; the message says what.
    """
    if not isinstance(y, np.ndarray) or y.ndim != 1 or y.dtype.kind not in "iu":
        raise InputError(
            "Classes must be a NumPy array of whole numbers of shape (n,) from 0, "
            f"not {_told(y)}: convert them."
        )


def _told(thing: Any) -> str:
    if isinstance(thing, np.ndarray):
        return f"one of {thing.dtype} of shape {thing.shape}"
    return spelled(thing)
