"""How many cores and how much memory this process may use, a container's limits included."""

from __future__ import annotations

import math
import os

import psutil

from tinyclf.benchmark.machine.control_groups import allowances, shares_of_cores


def cores() -> int:
    """Return on how many cores this process may be at work at a time."""
    allowed = len(processors())
    return max(1, min([allowed, *(math.ceil(share) for share in shares_of_cores())]))


def processors() -> tuple[int, ...]:
    """Return the numbers of the cores that this process may run on, as the system counts them."""
    if hasattr(os, "sched_getaffinity"):
        return tuple(sorted(os.sched_getaffinity(0)))
    return tuple(range(os.cpu_count() or 1))


def total_bytes() -> int:
    """Return how much memory there is for this process."""
    return min([int(psutil.virtual_memory().total), *(group.limit for group in allowances())])


def available_bytes() -> int:
    """Return how much memory can be had without swapping."""
    available = int(psutil.virtual_memory().available)
    return min([available, *(group.left for group in allowances())])
