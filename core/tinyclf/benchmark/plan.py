"""What is to be measured, and how often."""

from __future__ import annotations

from dataclasses import dataclass

from tinyclf.benchmark.kinds import Case, Limit
from tinyclf.benchmark.memory import available_bytes
from tinyclf.errors import ConfigError

ROUNDS = 6
"""From as many values on, the interval of a median has a confidence of 95 %."""

MOST_ROUNDS = 1000


@dataclass(frozen=True)
class Plan:
    """Cases that are measured in turn.

    Attributes:
        cases: In the order of their turns, at least one.
        rounds: How many turns each has; each is a process of its own.
        budget: Seconds after which no new round begins; None for no limit.

    Raises:
        ConfigError: there is no case.
    """

    cases: tuple[Case, ...]
    rounds: int = ROUNDS
    budget: float | None = None

    def __post_init__(self) -> None:
        if not self.cases:
            raise ConfigError("There is nothing to measure: name at least one benchmark.")

    @property
    def limits(self) -> tuple[Limit, ...]:
        """What the machine is asked for beside the cases, each once."""
        return tuple(dict.fromkeys(limit for case in self.cases for limit in case.limits()))

    def check_memory(self) -> None:
        """Check that the largest case fits into this machine.

        Raises:
            ConfigError: it does not; the message says how much it needs, and how much there is.
        """
        for case in self.cases:
            require_memory(case)


def require_memory(case: Case) -> None:
    """Check that a case fits into the memory that is available now, before anything is allocated.

    Raises:
        ConfigError: it does not; the message says how much it needs, and how much there is.
    """
    needed, available = case.work().needed_bytes, available_bytes()
    if needed > available:
        raise ConfigError(
            f"{case.words()} needs {needed / 1e9:,.1f} GB of memory, but {available / 1e9:,.1f} GB "
            "are available. Make it smaller, or close other programs."
        )
