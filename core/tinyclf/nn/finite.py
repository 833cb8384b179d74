"""What arrays must be: of the right shape, real, finite; and what is said where they are not."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from tinyclf.errors import InputError
from tinyclf.nn.arrays import Array, Shape, check_array

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


def check_inputs(whose: str, x: Array, input_shape: Shape) -> None:
    """Check that inputs, batch first, have the shape that somebody takes.

    Args:
        whose: Who takes them, in words, such as ``"The network"``.
        x: The inputs; fit are those of shape (n, *input_shape).
        input_shape: The shape of one, without the batch axis.

    Raises:
        InputError: they are no array, or have another shape; the message names both.
    """
    check_array("The inputs", x)
    if x.ndim == 0 or x.shape[1:] != input_shape:
        wanted = ", ".join(["n", *map(str, input_shape)])
        raise InputError(
            f"{whose} takes inputs ({wanted}), but is given an array of shape {x.shape}."
        )


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


def parameters_not_finite() -> InputError:
    """Return the error that a network's parameters hold NaN or infinity."""
    cure = CURES["the parameters"]
    return InputError(f"The network's parameters are not all finite. {cure}")


def check_in_precision(parameters: Array, dtype: np.dtype[Any]) -> None:
    """Check that parameters in main memory, folded or not, are finite in another precision.

    Raises:
        InputError: one is not.
    """
    with np.errstate(all="ignore"):  # what comes of it is looked at
        fine = all_finite(np, parameters.astype(dtype, copy=False))
    if not fine:
        raise InputError(
            f"The network's parameters become infinite or NaN in {dtype}, or where its layers are "
            "folded into each other. Train again with a smaller learning rate, or choose f8."
        )


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
