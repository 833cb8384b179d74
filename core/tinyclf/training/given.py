"""What arrays that somebody gives to a training must be, whatever it trains."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.errors import InputError, TrainingError
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


def check_examples(
    x: NDArray[Any], y: NDArray[np.integer[Any]], classes: int, precision: str
) -> None:
    """Make sure that a classifier can be trained on features (n, d) and classes (n,).

    Raises:
        TrainingError: fewer than two grades are present, or a feature is not finite.
        InputError: shapes or classes do not fit, or are no numbers.
    """
    check_rows("The features", x)
    check_classes(y)
    if x.ndim != 2 or len(x) != len(y):
        raise InputError(
            f"There are features of shape {x.shape} for {len(y)} grades: give a row for each."
        )
    if len(y) and not 0 <= y.min() <= y.max() < classes:
        raise InputError(
            f"Classes must be from 0 to {classes - 1}, not {y.min()} to {y.max()}: subtract 1 from "
            "grades, or say how many classes there are."
        )
    if len(np.unique(y)) < 2:
        only = f"only grade {y[0] + 1} is" if len(y) else "no grade is"
        raise TrainingError(
            f"A classifier needs photos of at least two grades, but {only} given; grade some "
            "photos that look clearly better or worse."
        )
    with np.errstate(all="ignore"):  # what is too large for the precision is refused
        broken = np.flatnonzero(~np.isfinite(x.astype(precision, copy=False)).all(axis=1))
    if len(broken):
        raise TrainingError(
            f"The features of {len(broken)} of {len(x)} graded photos hold NaN or infinity, the "
            f"first of photo {broken[0]}; read the features again, or leave these photos out."
        )


def _told(thing: Any) -> str:
    if isinstance(thing, np.ndarray):
        return f"one of {thing.dtype} of shape {thing.shape}"
    return spelled(thing)
