"""What Linux lets the control groups of this process have: those of a container."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MEMBERSHIP = Path("/proc/self/cgroup")
"""Where Linux tells the control groups of a process …"""

GROUPS = Path("/sys/fs/cgroup")
"""… and where it shows them as folders."""


@dataclass(frozen=True)
class Hierarchy:
    """How one version of control groups tells a group's limits.

    Attributes:
        controller: What the line of :data:`MEMBERSHIP` names between its colons.
        folder: Of the groups, below :data:`GROUPS`.
    """

    controller: str
    folder: str


@dataclass(frozen=True)
class MemoryFiles(Hierarchy):
    """Where a group's memory is told.

    Attributes:
        limit: The file of the limit: bytes, or ``max``.
        used: The file of the bytes in use, the cache of files included.
        cached: The lines of ``memory.stat`` that tell how much of them is that cache.
    """

    limit: str
    used: str
    cached: tuple[str, ...]


@dataclass(frozen=True)
class CoreFiles(Hierarchy):
    """Where a group's share of the cores is told.

    Attributes:
        files: They hold how long it may be at work, all cores together, and in what time, in
            microseconds.
    """

    files: tuple[str, ...]


MEMORY = (
    MemoryFiles("", "", "memory.max", "memory.current", ("inactive_file", "active_file")),
    MemoryFiles(
        "memory",
        "memory",
        "memory.limit_in_bytes",
        "memory.usage_in_bytes",
        ("total_inactive_file", "total_active_file"),
    ),
)
CORES = (
    CoreFiles("", "", ("cpu.max",)),
    CoreFiles("cpu", "cpu", ("cpu.cfs_quota_us", "cpu.cfs_period_us")),
)
"""Of version 2 of control groups, and of version 1."""


@dataclass(frozen=True)
class Allowance:
    """What a control group may have.

    Attributes:
        limit: Bytes at most.
        used: Bytes in use, but for the cache of files, which the system gives up when asked.
    """

    limit: int
    used: int

    @property
    def left(self) -> int:
        """Bytes that it may have still."""
        return max(self.limit - self.used, 0)


def allowances() -> Iterator[Allowance]:
    """Yield the memory of all groups that this process is in; none on other systems."""
    for hierarchy in MEMORY:
        for folder in _folders(hierarchy):
            try:
                yield _allowance(folder, hierarchy)
            except (OSError, ValueError):  # there is no such group, or it has no limit: "max"
                continue


def shares_of_cores() -> Iterator[float]:
    """Yield how many cores each of these groups may keep busy; none where nothing limits them."""
    for hierarchy in CORES:
        for folder in _folders(hierarchy):
            try:
                words = [word for name in hierarchy.files for word in _words(folder / name)]
                quota, period = map(int, words)
            except (OSError, ValueError):  # there is no such group, or it has no limit: "max"
                continue
            if quota > 0 and period > 0:  # version 1 says −1 where nothing limits
                yield quota / period


def _words(path: Path) -> list[str]:
    return path.read_text().split()


def _folders(hierarchy: Hierarchy) -> Iterator[Path]:
    """Yield the folders of the groups, from the innermost to the root.

    In a container the innermost may be named as its host sees it, and not be there; the root is
    the container's own.
    """
    inner = Path(_group(hierarchy).lstrip("/"))
    for path in (inner, *inner.parents):
        if ".." not in path.parts:  # a group outside of what the container sees
            yield GROUPS / hierarchy.folder / path


def _group(hierarchy: Hierarchy) -> str:
    """Return the path of this process' innermost group; that of the root if it is not told."""
    try:
        lines = MEMBERSHIP.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return "/"
    for line in lines:
        _, controllers, path = line.split(":", 2)
        if hierarchy.controller in controllers.split(","):
            return path
    return "/"


def _allowance(folder: Path, hierarchy: MemoryFiles) -> Allowance:
    limit = int((folder / hierarchy.limit).read_text())
    used = int((folder / hierarchy.used).read_text())
    return Allowance(limit, used - _cached(folder, hierarchy))


def _cached(folder: Path, hierarchy: MemoryFiles) -> int:
    lines = (folder / "memory.stat").read_text().splitlines()
    facts = (line.split() for line in lines)
    return sum(int(number) for name, number in facts if name in hierarchy.cached)
