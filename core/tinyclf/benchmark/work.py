"""What a case does in one pass: in figures beforehand, and as something to run."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray


@dataclass(frozen=True)
class Work:
    """The work of one pass, known before anything is allocated.

    Attributes:
        units: How many things are done.
        unit: What each of them is, in the singular: "inference", "photo".
        read_bytes: Memory that cannot but be read, all units together; 0 where that says nothing.
        operations: Floating-point operations of the matrix products, all units together; likewise.
        needed_bytes: Memory that the process takes at most, besides Python and the libraries; and
            no more of a card's, where there is one.
    """

    units: int
    unit: str
    read_bytes: int = 0
    operations: int = 0
    needed_bytes: int = 0


@dataclass(frozen=True)
class Workload:
    """A case made ready in its process.

    Attributes:
        run: Does one pass, to its very end (on a card, too), and returns what came out.
        checksum: A few letters that stand for what came out: equal for equal results.
    """

    run: Callable[[], Any]
    checksum: Callable[[Any], str]


def checksum_of(numbers: NDArray[Any]) -> str:
    """Return eight hexadecimal digits that stand for the bytes of an array, its CRC-32."""
    return f"{zlib.crc32(numbers.tobytes()):08x}"
