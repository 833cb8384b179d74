"""A plan carried out: A, B, C, A, B, C, …, so that a machine that drifts harms none."""

from __future__ import annotations

import time
from collections.abc import Generator
from dataclasses import dataclass
from datetime import UTC, datetime

from tinyclf.benchmark.kinds import AnyCase
from tinyclf.benchmark.machine import this_machine
from tinyclf.benchmark.plan import Plan
from tinyclf.benchmark.report import Measurement, Report, Turn
from tinyclf.benchmark.turn import take_turn
from tinyclf.domain import Progress


@dataclass(frozen=True)
class BenchmarkProgress(Progress):
    """How a run stands.

    Attributes:
        seconds_left: About how long it still takes; None while that is not known.
    """

    seconds_left: float | None = None


def run(plan: Plan) -> Generator[BenchmarkProgress, None, Report]:
    """Measure all cases in turn, and the limits of the machine among them.

    A case that fails has no further turns. Closed before its end, it leaves no process behind.

    Raises:
        ConfigError: a case needs more memory than there is.
    """
    plan.check_memory()
    started, clock = datetime.now(UTC), _Clock(plan)
    taken: dict[AnyCase, list[Turn]] = {case: [] for case in (*plan.limits, *plan.cases)}
    failed: dict[AnyCase, str] = {}
    done = 0
    while done < plan.rounds and not clock.over(done):
        for case in taken:
            if case not in failed:
                turn = yield from _followed(case, clock)
                if isinstance(turn, Turn):
                    taken[case].append(turn)
                else:
                    failed[case] = turn
            clock.turns += 1
        done += 1

    def measured(cases: tuple[AnyCase, ...]) -> tuple[Measurement, ...]:
        return tuple(
            Measurement(case=case, turns=tuple(taken[case]), failed=failed.get(case, ""))
            for case in cases
        )

    return Report(
        started=started,
        seconds=clock.seconds,
        machine=this_machine(),
        rounds=plan.rounds,
        budget=plan.budget,
        done=done,
        measurements=measured(plan.cases),
        limits=measured(plan.limits),
    )


def _followed(case: AnyCase, clock: _Clock) -> Generator[BenchmarkProgress, None, Turn | str]:
    """Take a turn, telling how things stand meanwhile."""
    waiting = take_turn(case)
    try:
        while True:
            yield clock.progress(case)
            next(waiting)
    except StopIteration as end:
        outcome: Turn | str = end.value
        return outcome
    finally:
        waiting.close()


class _Clock:
    """How long a run has taken, and will."""

    def __init__(self, plan: Plan) -> None:
        self.turns = 0
        self._plan = plan
        self._in_a_round = len({*plan.cases, *plan.limits})
        self._started = time.monotonic()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._started

    def over(self, rounds: int) -> bool:
        """Return whether another round would not end within the budget; the first always may."""
        budget = self._plan.budget
        return budget is not None and rounds > 0 and self.seconds * (1 + 1 / rounds) > budget

    def progress(self, case: AnyCase) -> BenchmarkProgress:
        total = self._plan.rounds * self._in_a_round
        left = None
        if self.turns >= self._in_a_round:  # every case has had a turn: now it can be known
            left = self.seconds / self.turns * (total - self.turns)
            if self._plan.budget is not None:
                left = max(0.0, min(left, self._plan.budget - self.seconds))
        return BenchmarkProgress(f"Measuring {case.words()}", self.turns, total, left)
