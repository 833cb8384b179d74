"""What takes part in a contest: a way to do the work of one row of the table.

A contender is named by a function, which runs in a process of its own: it prepares, and returns
what a repetition does. So the modules of this folder import libraries inside their functions only:
the parent needs none of them, and the peers' environment does not know ``tinyclf``.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

PLAIN = "NumPy only"
FAST = "with fast"
"""The names of our two lanes in every row."""


class AbsentError(Exception):
    """The contender cannot take part here: a library or the data is missing; says which."""


@dataclass(frozen=True)
class Prepared:
    """What a contender does, once it is ready.

    Attributes:
        work: One repetition, timed; given what ``stage`` returned, it returns anything.
        check: Turns what the work returned into one number that shows it was done right.
        stage: Given the number of the repetition (0 is the warm-up), returns what it works on; not
            timed. By default the number itself, for use as a seed.
        loops: How often a repetition does the work; the seconds are those of one.
        share: A factor on the seconds, for a limit that does only a part of the row's work.
        warm_up: Instead of a whole repetition, where that would take long.
    """

    work: Callable[[Any], Any]
    check: Callable[[Any], float]
    stage: Callable[[int], Any] = lambda number: number
    loops: int = 1
    share: float = 1.0
    warm_up: Callable[[], object] | None = None


@dataclass(frozen=True)
class Contender:
    """Who takes part.

    Attributes:
        name: As the table calls it.
        prepare: A function at the top of a module, given the settings; it may raise
            :class:`AbsentError` or ImportError.
        settings: Its arguments, as JSON knows them.
        peer: Whether it runs in the environment of the peers, not in ours.
        check: Its check in words, where it is another than the row's.
    """

    name: str
    prepare: Callable[..., Prepared]
    settings: Mapping[str, Any] = field(default_factory=dict)
    peer: bool = False
    check: str = ""


def lanes(prepare: Callable[..., Prepared], **settings: Any) -> tuple[Contender, Contender]:
    """Return our two lanes: the same function, without and with compiled kernels."""
    return (
        Contender(PLAIN, prepare, {**settings, "compiled": False}),
        Contender(FAST, prepare, {**settings, "compiled": True}),
    )


def threads() -> int:
    """Return how many threads a contender may use; for libraries that must be told."""
    return int(os.environ.get("OMP_NUM_THREADS", "1"))
