"""Settings that change how fast the app works, and not what it does."""

from __future__ import annotations

from dataclasses import dataclass

MOST_THREADS = 256

PRECISIONS = ("f4", "f8")
"""In which the app can work, the one that takes less memory first."""

DEVICES = ("cpu", "cuda")
"""Likewise, the one that is always there first."""


@dataclass(frozen=True)
class Speed:
    """With what the app works.

    Attributes:
        threads: At most so many; None for as many as there are cores.
        precision: Of the arithmetic, ``"f4"`` or ``"f8"``.
        device: ``"cpu"`` or ``"cuda"``.
    """

    threads: int | None = 1
    precision: str = PRECISIONS[0]
    device: str = DEVICES[0]
