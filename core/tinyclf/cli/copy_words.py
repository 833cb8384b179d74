"""Exact copies of photos, in words and as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from tinyclf.cli.speech import say
from tinyclf.domain import Copy

COPIES_SHOWN = 5


def copies_in_words(count: int) -> str:
    """Return ``"3 exact copies of photos already here"``."""
    copies = "1 exact copy of a photo" if count == 1 else f"{count:,} exact copies of photos"
    return f"{copies} already here"


def say_copies(copies: Sequence[Copy]) -> None:
    """Print of which photo each of the first few files is a copy."""
    for copy in copies[:COPIES_SHOWN]:
        say(f"  {copy.path}: copy of {copy.original}")
    if len(copies) > COPIES_SHOWN:
        say(f"  … and {len(copies) - COPIES_SHOWN:,} more copies; --json lists all")


def copies_json(copies: Sequence[Copy]) -> list[dict[str, object]]:
    """Return copies as ``--json`` has them."""
    return [
        {"path": copy.path, "photo_id": copy.photo_id, "copy_of": copy.original} for copy in copies
    ]
