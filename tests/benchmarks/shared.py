"""Where benchmarks look for data that are not part of this repository."""

from __future__ import annotations

import os
from pathlib import Path

BESIDE = Path(__file__).parents[3] / "shared" / "data"


def shared(name: str) -> Path:
    """Return the place of a folder with data, whether it is there or not."""
    return Path(os.environ.get("TINYCLF_SHARED", BESIDE)) / name


def where_to_put(name: str) -> str:
    """Return where a folder with data belongs, as the end of a sentence."""
    return f"they belong in {shared(name)}; set TINYCLF_SHARED to look elsewhere for {name}"
