"""The processor: what it is called, its cores, and its caches."""

from __future__ import annotations

import platform
import re
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import numpy as np
import psutil
from pydantic import Field

from tinyclf.benchmark.machine.memory import cores, processors
from tinyclf.benchmark.settings import Bytes, Count, Settings

CPUINFO = Path("/proc/cpuinfo")
CPUS = Path("/sys/devices/system/cpu")
"""Where Linux shows the processor."""

UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}
"""In which Linux tells the size of a cache."""

ORDINALS = ("zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")


class Cache(Settings):
    """A cache that holds data.

    Attributes:
        level: 1 is the one next to the core.
        size: In bytes.
        cores: How many cores share one, counted as the system does: a core that runs two threads
            counts twice.
    """

    level: int = Field(ge=1, lt=len(ORDINALS))
    size: Annotated[Bytes, Field(ge=1)]
    cores: Count = 1

    @property
    def name(self) -> str:
        """What it is called, as in "third-level cache"."""
        return f"{ORDINALS[self.level]}-level cache"

    def __str__(self) -> str:
        kib = self.size >> 10
        return f"L{self.level} {kib >> 10} MiB" if kib >= 1 << 10 else f"L{self.level} {kib} KiB"


def processor_name() -> str:
    """Return what the maker calls it; its family where nobody tells."""
    if sys.platform == "darwin":
        found = _brand()
    else:
        found = _cpuinfo("model name")
    return found or platform.processor() or platform.machine()


def physical_cores() -> int | None:
    """Return how many cores this process may run on, each counted once; None if nobody tells."""
    try:
        count: int | None = len({_place(number) for number in processors()})
    except OSError:
        count = psutil.cpu_count(logical=False)
    return None if count is None else min(count, cores())


def instruction_sets() -> tuple[str, ...]:
    """Return those beyond the least that NumPy needs, as far as it has loops for them."""
    return tuple(np.show_config(mode="dicts").get("SIMD Extensions", {}).get("found", ()))


def caches() -> tuple[Cache, ...]:
    """Return the caches of the first core that this process may use; none where nobody tells."""
    folder = CPUS / f"cpu{processors()[0]}" / "cache"
    try:
        found = [_cache(index) for index in sorted(folder.glob("index*"))]
    except (OSError, ValueError, KeyError):  # a virtual machine may hide some of it
        return ()
    return tuple(cache for cache in found if cache is not None)


def _cache(folder: Path) -> Cache | None:
    """Return the cache that a folder describes; None if it holds instructions alone."""
    if _line(folder / "type") == "Instruction":
        return None
    size = _line(folder / "size")
    return Cache(
        level=int(_line(folder / "level")),
        size=int(size.rstrip("KMG")) * UNITS[size.lstrip("0123456789")],
        cores=_count(_line(folder / "shared_cpu_list")),
    )


def _count(ranges: str) -> int:
    """Return how many numbers ``"0-3,8"`` stands for."""
    ends = [[int(end) for end in part.split("-")] for part in ranges.split(",")]
    return sum(end[-1] - end[0] + 1 for end in ends)


def _place(number: int) -> tuple[str, str]:
    """Return the socket and the core that a number of the system's stands for."""
    folder = CPUS / f"cpu{number}" / "topology"
    return _line(folder / "physical_package_id"), _line(folder / "core_id")


def _line(path: Path) -> str:
    return path.read_text(encoding="ascii").strip()


def _cpuinfo(key: str) -> str:
    """Return what Linux tells of the first core; empty on other systems."""
    try:
        text = CPUINFO.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    found = re.search(rf"^{key}\s*: (.+)$", text, re.MULTILINE)
    return found[1].strip() if found else ""


def _brand() -> str:
    """Return the name that macOS tells; empty if it does not."""
    try:
        asked = subprocess.run(
            ["/usr/sbin/sysctl", "-n", "machdep.cpu.brand_string"],
            capture_output=True,
            text=True,
            timeout=1,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return asked.stdout.strip()
