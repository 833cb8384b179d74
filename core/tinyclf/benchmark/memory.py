"""How many cores and how much memory this process may use."""

from __future__ import annotations

import os

import psutil

from tinyclf.benchmark.control_groups import allowances


def cores() -> int:
    """Return on how many cores this process may run."""
    return len(processors())


def processors() -> tuple[int, ...]:
    """Return the numbers of the cores that this process may run on, as the system counts them."""
    if hasattr(os, "sched_getaffinity"):
        return tuple(sorted(os.sched_getaffinity(0)))
    return tuple(range(os.cpu_count() or 1))


def total_bytes() -> int:
    """Return how much memory there is for this process, a container's limit included."""
    return min([int(psutil.virtual_memory().total), *(group.limit for group in allowances())])


def available_bytes() -> int:
    """Return how much memory can be had without swapping, a container's limit included."""
    available = int(psutil.virtual_memory().available)
    return min([available, *(group.left for group in allowances())])
