"""What is to be measured, and how often."""

from __future__ import annotations

from dataclasses import dataclass

from tinyclf.benchmark.kinds import Case, Limit
from tinyclf.benchmark.machine import this_card
from tinyclf.benchmark.machine.memory import available_bytes, cores
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
        machine_cores = cores()
        limits = (limit.on(machine_cores) for case in self.cases for limit in case.limits())
        return tuple(dict.fromkeys(limits))

    def check_memory(self) -> None:
        """Check that the largest case fits into this machine, and into its card.

        Raises:
            ConfigError: it does not; the message says how much it needs, and how much there is.
        """
        for case in self.cases:
            require_memory(case)
        on_a_card = [case for case in self.cases if case.performance.device == "cuda"]
        card = this_card() if on_a_card else None
        for case in on_a_card:
            if card is not None:  # without one its process tells what is missing
                _require(case, card.memory, f"{card.name} has {_gigabytes(card.memory)}")


def require_memory(case: Case) -> None:
    """Check that a case fits into the memory that is available now, before anything is allocated.

    Raises:
        ConfigError: it does not; the message says how much it needs, and how much there is.
    """
    available = available_bytes()
    _require(case, available, f"{_gigabytes(available)} are available")


def _require(case: Case, available: int, there: str) -> None:
    """Check that a case needs no more bytes than are available; ``there`` says how many."""
    needed = case.work().needed_bytes
    if needed > available:
        raise ConfigError(
            f"{case.words()} needs {_gigabytes(needed)} of memory, but {there}. "
            "Make it smaller, or close other programs."
        )


def _gigabytes(count: int) -> str:
    return f"{count / 1e9:,.1f} GB"
