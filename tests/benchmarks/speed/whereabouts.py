"""Where the time goes: which function of ``tinyclf`` is at work, looked at 1,000 times a second.

A look falls between two instructions of Python: the time of compiled code counts for whoever called
it, and what other libraries do in Python for the function that asked them. Unlike cProfile it
leaves short functions as quick as they are.
"""

from __future__ import annotations

import signal
import time
from collections import defaultdict
from collections.abc import Callable
from types import FrameType

WHERE = "where"
"""What a contender's process is told, to be asked for this."""

EVERY = 0.001
"""Seconds between two looks."""

LONG_ENOUGH = 0.5
"""Seconds that are looked at, at least: the work is done over and over."""

OURS, ELSEWHERE = "tinyclf.", "elsewhere"


def shares(work: Callable[[], object]) -> dict[str, float]:
    """Return the share of the time of each function, the largest first; they sum to 1.

    Empty where the system has no timer that interrupts, as on Windows.
    """
    if not hasattr(signal, "setitimer"):
        return {}
    spent: defaultdict[str, float] = defaultdict(float)
    began = last = time.perf_counter()

    def look(_number: int, frame: FrameType | None) -> None:
        nonlocal last
        now = time.perf_counter()
        spent[_place(frame)] += now - last
        last = now

    before = signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, EVERY, EVERY)
    try:
        while time.perf_counter() - began < LONG_ENOUGH:
            work()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    total = sum(spent.values())
    return {name: spent[name] / total for name in sorted(spent, key=spent.__getitem__)[::-1]}


def _place(frame: FrameType | None) -> str:
    """Return the innermost of our functions that is at work, without the package's name."""
    while frame is not None:
        name: str = frame.f_globals.get("__name__", "")
        if name.startswith(OURS):
            return f"{name.removeprefix(OURS)}.{frame.f_code.co_name}"
        frame = frame.f_back
    return ELSEWHERE
