"""Is the window instant with 100,000 photos? Open, scroll, select, grade, undo, filter, resize.

A large collection is made of the photos at hand (five minutes and 6 GB at first; set
``TINYCLF_SURFACE`` to a folder to keep it for the next time). Each run is a process of its own over
a fresh copy of the collection's file, with vectors, thumbnails and proposals there. The platform
without a screen is used unless ``QT_QPA_PLATFORM`` names another; a real one wants a screen.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from tests.benchmarks.surface.collection import copies, make_collection, read_originals

PHOTOS = 100_000
NEW_PHOTOS = 1_500
RUNS, BUSY_RUNS = 5, 3
HUNG_AFTER = 600.0

Figures = dict[str, list[float]]

ASKED = {
    "first paint": "≤ 600",
    "thumbnails": "≤ 250",
    "scroll a notch": "p50 ≤ 3, p99 ≤ 10",
    "jump 7 pages": "p99 ≤ 20",
    "select all": "≤ 20",
    "grade 10,000": "≤ 20",
    "… on disk": "≤ 150",
    "filter": "≤ 30",
    "resize": "≤ 16",
    "memory, at most": "≤ 450 MiB",
    "lateness": "p99 ≤ 16, max ≤ 100",
}


def run() -> None:
    """Measure some times over and print."""
    with place() as home:
        if not (home / "kept.tinyclf").exists():
            prepare(home)
        platform = os.environ.get("QT_QPA_PLATFORM", "offscreen")
        print(f"{PHOTOS:,} photos, platform {platform}; milliseconds, medians of {RUNS} runs")
        tell([measured(home, "hands") for _ in range(RUNS)])
        print(f"while training and importing at once, medians of {BUSY_RUNS} runs")
        tell([measured(home, "busy") for _ in range(BUSY_RUNS)])


def tell(runs: list[Figures]) -> None:
    """Print p50, p99 and the most of each run, and of these the medians."""
    print(f"{'':<20}{'p50':>9}{'p99':>9}{'most':>9}   asked for")
    for what in (what for what in runs[0] if all(what in figures for figures in runs)):
        rows = [(*np.percentile(figures[what], [50, 99]), max(figures[what])) for figures in runs]
        middle = (statistics.median(column) for column in zip(*rows, strict=True))
        print(f"{what:<20}" + "".join(f"{one:9.1f}" for one in middle), "  " + ASKED.get(what, ""))


@contextmanager
def place() -> Iterator[Path]:
    """Where the large collection is kept, or made and thrown away."""
    if kept := os.environ.get("TINYCLF_SURFACE"):
        Path(kept).mkdir(parents=True, exist_ok=True)
        yield Path(kept)
        return
    with tempfile.TemporaryDirectory() as home:
        yield Path(home)


def prepare(home: Path) -> None:
    """Make the collection, and photos that it does not know."""
    made = make_collection(home, PHOTOS)
    numbers = range(PHOTOS, PHOTOS + NEW_PHOTOS)
    for _ in copies(home / "new", read_originals(home), numbers):
        pass
    made.rename(home / "kept.tinyclf")


def measured(home: Path, kind: str) -> Figures:
    """Measure in a process of its own."""
    for end in ("", "-wal", "-shm"):
        (home / f"large.tinyclf{end}").unlink(missing_ok=True)
    shutil.copy(home / "kept.tinyclf", home / "large.tinyclf")
    env = os.environ | {"HOME": str(home), "TINYCLF_CACHE": str(home / "caches")}
    env.setdefault("QT_QPA_PLATFORM", "offscreen")
    command = [sys.executable, "-m", "tests.benchmarks.surface.window", str(home), kind]
    done = subprocess.run(
        command, env=env, capture_output=True, text=True, check=False, timeout=HUNG_AFTER
    )
    if done.returncode:
        raise SystemExit(["", *done.stderr.splitlines()][-1] or "the measuring process ended")
    figures: Figures = json.loads(done.stdout)
    return figures
