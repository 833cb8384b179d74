"""Whether numbers are real and finite, and what is said of a row that gives no finite output."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from tinyclf.errors import InputError
from tinyclf.nn.arrays import Array

CURES = {
    "the inputs": "Mend the row, or leave it out.",
    "the parameters": "Train again with a smaller learning rate.",
}
"""What helps where no finite output comes out, by the place where that began."""


def require_real(what: str, dtype: npt.DTypeLike) -> None:
    """Check that an array holds real numbers: floats, whole numbers or truth values.

    Args:
        what: The array in words, such as ``"The inputs"``.
        dtype: Its own.

    Raises:
        InputError: it does not; the message names the dtype.
    """
    kind = np.dtype(dtype).kind
    if kind not in "biuf":
        raise InputError(f"{what} must be real numbers, not {np.dtype(dtype)}: convert them.")


def all_finite(xp: Any, array: Array) -> bool:
    """Return whether no float of an array (any shape) of the module is NaN or infinite."""
    # The sum of squares is quicker than a look at each, but may itself overflow.
    return math.isfinite(xp.vdot(array, array)) or bool(xp.isfinite(array).all())


def first_spoiled_row(xp: Any, *arrays: Array) -> int:
    """Return the first row of which any array (n, …) holds NaN or infinity."""
    spoiled = xp.zeros(len(arrays[0]), bool)
    for array in arrays:
        spoiled |= ~xp.isfinite(array).all(axis=tuple(range(1, array.ndim)))
    return int(spoiled.argmax())


def no_finite_output(row: int, place: str) -> InputError:
    """Return the error that a row of inputs spoils its output.

    Args:
        row: Its number among all inputs.
        place: Where infinity or NaN first is, in words.
    """
    return InputError(
        f"Row {row} of the inputs has no finite output: infinity or NaN in {place}. "
        f"{CURES.get(place, 'Check the row for huge numbers.')}"
    )
