"""Contenders side by side: each in a process of its own, repetition by repetition in turn.

A, B, C, A, B, C, …: a machine that grows slower meanwhile does so for all. What counts is the
median of the repetitions and the ratio of medians.
"""

from __future__ import annotations

import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.benchmarks.speed.contender import Contender
from tests.benchmarks.speed.whereabouts import WHERE

ROOT = Path(__file__).parents[3]
PEERS = ROOT / ".venv-bench" / "bin" / "python"

THREAD_SETTINGS = (
    "OPENBLAS_NUM_THREADS",
    "OMP_NUM_THREADS",
    "MKL_NUM_THREADS",
    "NUMBA_NUM_THREADS",
)

NOT_PASSED_ON = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
"""What an environment may tell OpenBLAS of its processor: here every library looks for itself, as
it does where nobody set anything."""

BROKE_OFF = "it broke off"
"""How the reason begins why a contender ended that should not have."""

PAUSE = 0.05
"""Seconds before each repetition, in which the threads of the one before fall asleep."""


@dataclass
class Outcome:
    """How a contender did.

    Attributes:
        seconds: Of each repetition.
        checks: What came out of each.
        libraries: Those it had loaded, by name, and their versions.
        absent: Why it did not take part, or not to the end; empty if it did.
        shares: Of its time, those of our functions, if it was asked; the largest first.
    """

    seconds: list[float] = field(default_factory=list)
    checks: list[float] = field(default_factory=list)
    libraries: dict[str, str] = field(default_factory=dict)
    absent: str = ""
    shares: dict[str, float] = field(default_factory=dict)

    @property
    def median(self) -> float:
        """The seconds of the repetition in the middle."""
        return statistics.median(self.seconds)

    @property
    def check(self) -> float:
        """The mean of the checks."""
        return statistics.fmean(self.checks)


def hold(
    contenders: Sequence[Contender],
    repetitions: int,
    *,
    threads: int = 1,
    tell: Callable[[str], object] = lambda words: None,
    unexplained: Callable[[Mapping[str, Outcome]], Iterable[str]] = lambda outcomes: (),
) -> dict[str, Outcome]:
    """Hold a contest and return the outcomes by the contenders' names.

    Args:
        contenders: Who takes part, in the order of their turns.
        repetitions: How many each runs, after a warm-up.
        threads: How many threads each may use.
        tell: Is told how it goes, in words.
        unexplained: Given the outcomes, says who is asked where its time goes.
    """
    outcomes = {contender.name: Outcome() for contender in contenders}
    with contextlib.ExitStack() as stack:
        running = {}
        for contender in contenders:
            tell(f"{contender.name}: preparing")
            process = stack.enter_context(_Process(contender, threads))
            if process.begin(outcomes[contender.name]):
                running[contender.name] = process
        for number in range(1, repetitions + 1):
            for name in list(running):
                tell(f"{name}: repetition {number} of {repetitions}")
                time.sleep(PAUSE)
                if not running[name].repeat(number, outcomes[name]):
                    del running[name]
        for name in running.keys() & unexplained(outcomes):
            tell(f"{name}: looking where the time goes")
            outcomes[name].shares = running[name].shares()
    return outcomes


class _Process(contextlib.AbstractContextManager["_Process"]):
    """A contender's process, and the pipes to it."""

    def __init__(self, contender: Contender, threads: int) -> None:
        self._errors = tempfile.TemporaryFile("w+")  # noqa: SIM115
        python = _peers_python() if contender.peer else Path(sys.executable)
        self._why_not = "" if python.exists() else f"no {_shown(python)}: run make bench"
        self._command = [
            str(python),
            "-m",
            "tests.benchmarks.speed.child",
            contender.prepare.__module__,
            contender.prepare.__qualname__,
            json.dumps(contender.settings),
        ]
        passed_on = {k: v for k, v in os.environ.items() if k not in NOT_PASSED_ON}
        self._environment = passed_on | dict.fromkeys(THREAD_SETTINGS, str(threads))
        self._process: subprocess.Popen[str] | None = None

    def begin(self, outcome: Outcome) -> bool:
        """Start it, wait until it is ready, and return whether it can take part."""
        outcome.absent = self._why_not
        if outcome.absent:
            return False
        self._process = subprocess.Popen(
            self._command,
            cwd=ROOT,
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
        )
        answer = self._answer()
        outcome.absent = answer.get("absent", "")
        outcome.libraries = answer.get("libraries", {})
        return not outcome.absent

    def repeat(self, number: int, outcome: Outcome) -> bool:
        """Have it run one repetition, and return whether it did."""
        answer = self._asked(number)
        outcome.absent = answer.get("absent", "")
        if outcome.absent:
            return False
        outcome.seconds.append(answer["seconds"])
        outcome.checks.append(answer["check"])
        return True

    def shares(self) -> dict[str, float]:
        """Return where its time goes; empty if it cannot tell."""
        shares: dict[str, float] = self._asked(WHERE).get("shares", {})
        return shares

    def _asked(self, what: object) -> dict[str, Any]:
        assert self._process is not None
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            print(what, file=self._process.stdin, flush=True)
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._process is not None
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if line:
            answer: dict[str, Any] = json.loads(line)
            return answer
        self._process.wait()
        self._errors.seek(0)
        last = ["", *self._errors.read().splitlines()][-1]
        return {"absent": f"{BROKE_OFF} ({last or self._process.returncode})"}

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            with contextlib.suppress(BrokenPipeError):
                self._process.communicate()  # the end of its input is the end of its work
        self._errors.close()


def _peers_python() -> Path:
    return Path(os.environ.get("TINYCLF_PEERS_PYTHON", PEERS))


def _shown(path: Path) -> Path:
    return path.relative_to(ROOT) if path.is_relative_to(ROOT) else path


def seen_libraries(outcomes: Iterable[Outcome]) -> dict[str, str]:
    """Return the libraries of all contenders; where two differ, both versions."""
    versions: dict[str, list[str]] = {}
    for outcome in outcomes:
        for name, version in outcome.libraries.items():
            if version not in versions.setdefault(name, []):
                versions[name].append(version)
    return {name: " and ".join(found) for name, found in versions.items()}
