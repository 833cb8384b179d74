"""Files of version 2: benchmarks of all kinds, in which any value may be a list."""

from __future__ import annotations

from typing import Any, get_args

from pydantic import Field

from tinyclf.benchmark import kinds
from tinyclf.benchmark.plan import MOST_ROUNDS, ROUNDS
from tinyclf.benchmark.settings import WORDS, Settings, Whole

WEEK = 7 * 24 * 3600
"""In seconds."""

SECONDS = f"a number of seconds, above 0 and at most {WEEK:,} (a week), or left out"

MOST_CASES = 1000
"""In a file."""

DEFAULT_KIND = "inference"

KINDS: dict[str, type[kinds.Case]] = {
    model.model_fields["kind"].default: model for model in get_args(kinds.Case)
}
"""What a benchmark may be, by its ``kind``."""


class File2(Settings):
    """A whole file.

    Attributes:
        rounds: How many turns each case has.
        budget: Seconds after which no new round begins; None for no limit.
        benchmarks: A list of them, or one.
        benchmark: Another name for them.
    """

    version: Whole = Field(ge=1, le=2, json_schema_extra={WORDS: "1 or 2"})
    rounds: Whole = Field(default=ROUNDS, ge=1, le=MOST_ROUNDS)
    budget: float | None = Field(default=None, gt=0, le=WEEK, json_schema_extra={WORDS: SECONDS})
    benchmarks: Any = None
    benchmark: Any = None
