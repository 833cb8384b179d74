"""Names in the order people count: 2 before 10."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import Job, Progress

_NUMBER = re.compile(r"0*([0-9]+)")
_KEYS_AT_ONCE = 2_000
_NEXT = "\x01"
"""Between file name and folder: before any letter."""


def natural_key(name: str) -> str:
    """Return a text that sorts as people sort the name: regardless of case, numbers by value.

    Before the digits of a number comes a sign for how many there are, so 9 comes before 10.
    """
    return _NUMBER.sub(_counted, name.casefold())


def natural_ranks(paths: Sequence[str]) -> Job[NDArray[np.intp]]:
    """Return the place (n,) of each file in their natural order: by file name, then by folder.

    Args:
        paths: With ``/`` between folders and name.
    """
    keys: list[bytes] = []
    for start in range(0, len(paths), _KEYS_AT_ONCE):
        yield Progress("Sorting by name", start, len(paths))
        keys.extend(map(_path_key, paths[start : start + _KEYS_AT_ONCE]))
    ranks = np.empty(len(keys), np.intp)
    ranks[np.argsort(np.array(keys, "S"), kind="stable")] = np.arange(len(keys))
    return ranks


def _path_key(path: str) -> bytes:
    folder, _, name = path.rpartition("/")
    return natural_key(f"{name}{_NEXT}{folder}").encode("utf-8", "surrogatepass")


def _counted(number: re.Match[str]) -> str:
    digits = number[1]
    return chr(ord("0") + len(digits) - 1) + digits
