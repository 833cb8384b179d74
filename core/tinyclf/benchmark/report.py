"""What a run brought, as it is kept in a JSON file."""

from __future__ import annotations

import stat
import statistics
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import ConfigDict, Field, ValidationError, model_validator

from tinyclf.benchmark.intervals import Interval, median_interval
from tinyclf.benchmark.kinds import AnyCase, Limit
from tinyclf.benchmark.machine import Machine
from tinyclf.benchmark.plan import MOST_ROUNDS
from tinyclf.benchmark.settings import Settings
from tinyclf.errors import ConfigError
from tinyclf.whole_file import whole_file

LARGEST = 50_000_000
"""Bytes of a file that is read."""

LONGEST = 1e9
"""Seconds: 31 years, more than anything takes."""

SHORTEST = 1e-9
"""Seconds: no clock tells less apart, and no pass does anything in that time."""

Seconds: TypeAlias = Annotated[float, Field(ge=0, le=LONGEST)]


class Turn(Settings):
    """What one process measured of one case.

    Attributes:
        warm_up: Seconds of the first pass, which does not count.
        passes: Seconds of each pass after it, at least one.
        checksum: Of what came out of each.
    """

    warm_up: Seconds
    passes: tuple[Seconds, ...] = Field(min_length=1)
    checksum: str

    @model_validator(mode="after")
    def _takes_time(self) -> Self:
        if self.seconds < SHORTEST:
            raise ValueError("a pass takes some time")
        return self

    @property
    def seconds(self) -> float:
        """The pass in the middle."""
        return statistics.median(self.passes)


class Measurement(Settings):
    """A case and its turns.

    Attributes:
        case: The case, or a limit of the machine.
        turns: Each in a process of its own; one that failed is not among them.
        failed: Why there are no more, in a sentence; empty if nothing went wrong.
    """

    case: AnyCase
    turns: tuple[Turn, ...] = Field(default=(), max_length=MOST_ROUNDS)
    failed: str = ""

    @property
    def seconds(self) -> Interval:
        """Seconds of a pass: the median over the turns."""
        return median_interval([turn.seconds for turn in self.turns])

    @property
    def warm_up(self) -> float:
        """Seconds of a first pass, the median over the turns."""
        return statistics.median(turn.warm_up for turn in self.turns)

    @property
    def checksum(self) -> str:
        """What all turns agree on; empty if there are none, or they do not."""
        sums = self._checksums
        return sums.pop() if len(sums) == 1 else ""

    @property
    def disagrees(self) -> bool:
        """Whether not the same came out of all turns, as it should."""
        return len(self._checksums) > 1

    @property
    def _checksums(self) -> set[str]:
        return {turn.checksum for turn in self.turns}


def paired_ratio(one: Measurement, other: Measurement) -> Interval:
    """Return how many times as long one takes as the other, round by round of the same run.

    A machine that is slow for some rounds is slow for both, so that this is surer than the ratio of
    the medians. The k-th turn is that of the k-th round, for what fails has no further turns.

    Args:
        one: With at least one turn.
        other: With at least one turn, in the same report.
    """
    pairs = zip(one.turns, other.turns, strict=False)
    return median_interval([mine.seconds / theirs.seconds for mine, theirs in pairs])


class Report(Settings):
    """A whole run.

    Attributes:
        started: When.
        seconds: How long it took, starting of processes included.
        machine: What it ran on.
        rounds: How often every case was to have its turn.
        budget: Seconds after which no new round was to begin; None for no limit.
        done: How often every case had its turn.
        measurements: Of the cases asked for, in their order.
        limits: Of what the machine can do at most, in the same rounds.
    """

    model_config = ConfigDict(ser_json_inf_nan="null")

    format: Literal["tinyclf-benchmark"] = "tinyclf-benchmark"
    version: Literal[1] = 1
    started: datetime
    seconds: Seconds
    machine: Machine
    rounds: int = Field(ge=1, le=MOST_ROUNDS)
    budget: Seconds | None = None
    done: int = Field(ge=0, le=MOST_ROUNDS)
    measurements: tuple[Measurement, ...]
    limits: tuple[Measurement, ...] = ()

    @model_validator(mode="after")
    def _has_no_more_turns_than_rounds(self) -> Self:
        if self.done > self.rounds:
            raise ValueError(f"it had {self.done:,} of {self.rounds:,} rounds")
        for one in (*self.measurements, *self.limits):
            if len(one.turns) > self.rounds:
                raise ValueError(f"a case had {len(one.turns):,} turns in {self.rounds:,} rounds")
        return self

    def limit(self, limit: Limit) -> Measurement | None:
        """Return what was measured of a limit, or why it failed; None if it was not in the plan.

        Limits are the same if they have as many threads on this report's machine.
        """
        cores = self.machine.cores or 1
        measured = {one.case.on(cores): one for one in self.limits if isinstance(one.case, Limit)}
        return measured.get(limit.on(cores))


def write_report(report: Report, path: Path) -> None:
    """Write a report as JSON; the file appears whole or not at all.

    Raises:
        StorageError: the folder cannot be written.
    """
    with whole_file(path) as part:
        part.write_text(report.model_dump_json(indent=1) + "\n", encoding="utf-8")


def read_report(path: Path) -> Report:
    """Return the report in a file.

    Raises:
        ConfigError: it cannot be read, or is none; the message names the file.
    """
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):  # a pipe would be waited for, a device never ends
            raise ConfigError(f"{path} is no ordinary file. Name the report of a benchmark.")
        if about.st_size > LARGEST:
            raise ConfigError(f"{path} is too large for the report of a benchmark.")
        return Report.model_validate_json(path.read_bytes())
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}. Check its name.") from error
    except ValidationError as error:
        raise ConfigError(
            f"{path} is no report of tinyclf benchmark ({_first(error)}). Make one with --json."
        ) from error


def _first(error: ValidationError) -> str:
    mistake = error.errors()[0]
    place = ".".join(str(part) for part in mistake["loc"])
    return f"{place}: {mistake['msg']}" if place else str(mistake["msg"])
