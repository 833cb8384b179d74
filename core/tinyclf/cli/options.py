"""Arguments and options that several commands have."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from tinyclf.project.store import SUFFIX

PATH = click.Path(readable=False, path_type=Path)


class WholeNumber(click.IntRange):
    """A whole number within a range, both ends included, which a complaint names."""

    def __init__(self, least: int, most: int) -> None:
        super().__init__(least, most)
        self._words = f"a whole number from {least:,} to {most:,}"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number.

        Raises:
            BadParameter: it is none, or out of range.
        """
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"{str(value)!r} is not {self._words}", param, ctx)


def collection_path(named: Path) -> Path:
    """Return the collection's file, by its name with or without the suffix ``.tinyclf``."""
    bare = named.suffix.lower() != SUFFIX and named.name not in ("", "..")
    there = os.path.lexists(named) and not named.is_dir()
    return named.with_name(named.name + SUFFIX) if bare and not there else named


collection_argument = click.argument(
    "file", type=PATH, callback=lambda _ctx, _param, value: collection_path(value)
)

json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object, and nothing else, instead."
)

seed_option = click.option(
    "--seed",
    default=0,
    show_default=True,
    type=WholeNumber(0, 2**32 - 1),
    help="The same seed gives the same result, on the same machine.",
)
