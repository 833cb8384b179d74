"""Settings are checked where they are set, before anything is allocated."""

from __future__ import annotations

import difflib
import math
import operator
import reprlib
from collections.abc import Collection, Sequence
from numbers import Integral, Rational, Real
from typing import Any, SupportsIndex, cast

import numpy as np

from tinyclf.errors import ConfigError

LONGEST = 10**21
"""Whole numbers from here on are not spelled out in a message."""

MOST_NUMBERS = 1_000_000_000
"""In an array that a layer makes of one example: 4 GB in float32."""


def require(what: str, value: float, low: float, high: float) -> float:
    """Check that a setting is a number in its range, both ends allowed.

    Returns:
        The number as Python's, whatever kind it was.

    Raises:
        ConfigError: it is none, is NaN, or lies outside; the message names setting and range.
    """
    if is_number(value) and low <= value <= high:
        return float(value)
    raise ConfigError(f"{what} must be from {low:,} to {high:,}, not {spelled(value)}.")


def require_whole(what: str, value: SupportsIndex, low: int, high: int) -> int:
    """Check that a setting is a whole number in its range, both ends allowed.

    Returns:
        The number as Python's, whatever kind of integer it was.

    Raises:
        ConfigError: it is no integer, as True and 2.0 are none, or lies outside; the message names
            setting and range.
    """
    if is_number(value) and isinstance(value, SupportsIndex):
        number = operator.index(value)
        if low <= number <= high:
            return number
    raise ConfigError(
        f"{what} must be a whole number from {low:,} to {high:,}, not {spelled(value)}."
    )


def require_share(what: str, value: float) -> float:
    """Check that a setting is a number, at least 0 and less than 1.

    Returns:
        The number as Python's, whatever kind it was.

    Raises:
        ConfigError: it is not; the message names the setting and the range.
    """
    if is_number(value) and 0 <= value < 1:
        return float(value)
    raise ConfigError(f"{what} must be at least 0 and less than 1, not {spelled(value)}.")


def require_positive(what: str, value: float, high: float = math.inf) -> float:
    """Check that a setting is a number, more than 0 and at most ``high``.

    Returns:
        The number as Python's, whatever kind it was.

    Raises:
        ConfigError: it is not; the message names the setting and the range.
    """
    if is_number(value) and 0 < value <= high:
        return float(value)
    most = "" if high == math.inf else f" and at most {high:,}"
    raise ConfigError(f"{what} must be more than 0{most}, not {spelled(value)}.")


def require_flag(what: str, value: Any) -> bool:
    """Check that a setting is True or False.

    Returns:
        It as Python's, also if it was NumPy's.

    Raises:
        ConfigError: it is neither; the message names the setting.
    """
    if isinstance(value, bool | np.bool_):
        return bool(value)
    raise ConfigError(f"{what} must be True or False, not {spelled(value)}.")


def require_kind(what: str, value: object, kind: type[Any], example: str) -> None:
    """Check that a setting is an object of a kind, not its class.

    Args:
        what: The setting in words.
        value: The object.
        kind: Its class, or a protocol that can be checked at run time.
        example: What would fit, in words, such as ``"a layer, such as ReLU()"``.

    Raises:
        ConfigError: it is none; the message names the setting and the example.
    """
    if isinstance(value, type) or not isinstance(value, kind):
        raise ConfigError(f"{what} must be {example}, not {spelled(value)}.")


def require_row(what: str, values: object, example: str) -> tuple[Any, ...]:
    """Check that a setting is several values in a row: a tuple, a list, or an array of one axis.

    Args:
        what: The setting in words.
        values: The row.
        example: What would fit, such as ``"(300, 100)"``.

    Returns:
        The values.

    Raises:
        ConfigError: it is anything else, such as a single value, a dict or a set.
    """
    one_axis = isinstance(values, np.ndarray) and values.ndim == 1
    if one_axis or (isinstance(values, Sequence) and not isinstance(values, str | bytes)):
        return tuple(cast("Sequence[Any]", values))
    raise ConfigError(f"{what} must be a row of values, such as {example}, not {spelled(values)}.")


def require_word(what: str, value: object, words: Collection[str]) -> str:
    """Check that a setting is one of the words that it may be.

    Raises:
        ConfigError: it is not; the message names the setting and the words.
    """
    if isinstance(value, str) and value in words:
        return value
    raise ConfigError(f"{what} must be one of {', '.join(words)}, not {spelled(value)}.")


def require_room(what: str, shape: tuple[int, ...]) -> None:
    """Check that an array which a layer makes of one example is not too large for any memory.

    Args:
        what: The array in words, with its layer.
        shape: Its shape, without the batch axis.

    Raises:
        ConfigError: it would hold more than :data:`MOST_NUMBERS`.
    """
    if math.prod(shape) > MOST_NUMBERS:
        raise ConfigError(
            f"{what} would have shape {shape}: {math.prod(shape):,} numbers for one example, but "
            f"at most {MOST_NUMBERS:,} are possible. Make the layer or its inputs smaller."
        )


def settle(thing: object, **settings: object) -> None:
    """Give a new frozen dataclass its settings as they were checked, from its ``__post_init__``."""
    for name, value in settings.items():
        object.__setattr__(thing, name, value)


def is_number(value: object) -> bool:
    """Return whether something is one real number, of Python or NumPy; True and False are none."""
    # float and int first: to ask an abstract class takes longer, and a training step asks too.
    return isinstance(value, (float, int, Real)) and not isinstance(value, bool)


def no_such(kind: str, name: str, known: Collection[str]) -> str:
    """Return the sentence that there is no such name, with the nearest one, else all there are."""
    near = difflib.get_close_matches(name, known, n=1)
    cure = f"did you mean '{near[0]}'?" if near else f"known are {', '.join(known)}."
    return f"There is no {kind} '{name}': {cure}"


def spelled(value: Any) -> str:
    """Return a wrong setting in a few words."""
    if isinstance(value, bool | str | None):
        return reprlib.repr(value)
    if isinstance(value, type):
        return f"the class {value.__name__}"
    if not is_number(value):
        return f"a {type(value).__name__}"
    if isinstance(value, Integral) and abs(int(value)) >= LONGEST:
        digits = int(int(value).bit_length() * math.log10(2)) + 1
        return f"one of about {digits:,} digits"
    if isinstance(value, Rational) and not isinstance(value, Integral):
        return reprlib.repr(value)  # before Python 3.12, fractions know no thousands
    return f"{value:,}"
