"""The command for what is kept to save work, and can be made again."""

from __future__ import annotations

from pathlib import Path

import click

from tinyclf.cli.options import json_option
from tinyclf.cli.speech import follow, say, say_json
from tinyclf.cli.words import bytes_in_words
from tinyclf.data.caches import cache_folder
from tinyclf.data.storage import (
    BENCHMARK,
    BOUNDED,
    ENCODER,
    FEATURES,
    KEYS,
    MEASURES,
    THUMBNAILS,
    Kept,
    clean,
    kept_in,
    set_limit,
)

ALL = "all"
GIGABYTE = 10**9
WORDS = {
    THUMBNAILS: "small pictures",
    FEATURES: "what the program has seen in photos",
    MEASURES: "what was measured in photos",
    ENCODER: "the encoder (the network that looks at photos), unpacked",
    BENCHMARK: "photos drawn for benchmarks",
}


class _Limit(click.ParamType):  # type: ignore[type-arg]  # generic only in later versions
    """``NAME=GB`` as the name and bytes."""

    name = "limit"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, int]:
        if isinstance(value, tuple):
            return value
        key, _, size = str(value).partition("=")
        try:
            return key, round(float(size) * GIGABYTE)
        except (ValueError, OverflowError):
            self.fail(f"{value!r} is no limit. Write NAME=GB, such as {THUMBNAILS}=2", param, ctx)


@click.command()
@click.option(
    "--clean",
    "cleaned",
    multiple=True,
    type=click.Choice([*KEYS, ALL]),
    help="Throw it away; it is made anew when it is needed. May be given several times.",
)
@click.option(
    "--limit",
    "limits",
    multiple=True,
    type=_Limit(),
    metavar="NAME=GB",
    help=f"Let {' or '.join(BOUNDED)} take so many gigabytes at most; what was not used for "
    "longest goes first.",
)
@json_option
def caches(cleaned: tuple[str, ...], limits: tuple[tuple[str, int], ...], as_json: bool) -> None:
    """Tell what is kept to save work, and clean it.

    No photo, grade or collection is ever touched. Other programs may go on meanwhile.
    """
    folder = cache_folder()
    trims = [set_limit(folder, key, limit) for key, limit in limits]
    freed = sum(follow(trim) for trim in trims)
    if cleaned:
        freed += follow(clean(folder, KEYS if ALL in cleaned else dict.fromkeys(cleaned)))
    kept = kept_in(folder)
    if as_json:
        sizes = {one.key: {"bytes": one.size, "limit_bytes": one.limit} for one in kept}
        say_json({"folder": folder, "caches": sizes, "freed_bytes": freed})
        return
    _say_kept(folder, kept)
    if cleaned or limits:
        say(f"{bytes_in_words(freed)} freed.")


def _say_kept(folder: Path, kept: tuple[Kept, ...]) -> None:
    say(f"{folder}:")
    for one in kept:
        limit = f" of {bytes_in_words(one.limit)} at most" if one.limit is not None else ""
        say(f"  {one.key + ':':12}{bytes_in_words(one.size)}{limit}, {WORDS[one.key]}")


COMMANDS = (caches,)
