"""Are the limits that stand beside a case those of the machine? They are measured another way, too.

Reading: ``limits_check.c``, a program in C, compiled for this processor, reads as many bytes with
as many threads. Products: NumPy multiplies two matrices of 4096², larger than ours. Each alternates
with the limit that the engine measures, a process a turn; medians are compared.

Asked for: they agree within 15 %.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from tinyclf.benchmark.kinds import Inference, Limit, Product, Reading
from tinyclf.benchmark.kinds.inference import Shape
from tinyclf.benchmark.machine.memory import cores
from tinyclf.benchmark.plan import Plan
from tinyclf.benchmark.report import Turn
from tinyclf.benchmark.settings import Performance
from tinyclf.benchmark.turn import THREAD_SETTINGS, take_turn
from tinyclf.training.relay import drained

ROUNDS = 5
THREADS = (1, 2)
SHAPE = Shape(layers=100, dimension=1024)
BATCH = 2
"""Inputs at a time: a single one is computed on one core, and held against what one core reads."""
WITHIN = 0.15

SOURCE = Path(__file__).with_suffix(".c")
COMPILERS = ("cc", "gcc", "clang")
OPTIONS = ("-O3", "-march=native", "-pthread")
PASSES = 9
"""Of a turn of the program in C."""

PRODUCT = """
import statistics, time
import numpy as np
n = 4096
rng = np.random.default_rng(0)
a, b = (rng.random((n, n), np.float32) for _ in range(2))
out = a @ b
seconds = []
for _ in range(3):
    started = time.perf_counter()
    np.matmul(a, b, out=out)
    seconds.append(time.perf_counter() - started)
print(2 * n**3 / statistics.median(seconds))
"""

Independent = Callable[[Limit], float]
"""Takes a turn at what a limit measures, and returns bytes or operations a second."""


@dataclass(frozen=True)
class Pair:
    """A limit, and the same measured another way.

    Attributes:
        limit: As it stands beside a case.
        independent: The other way.
        ours: Bytes or operations a second, a value for each turn …
        theirs: … and as many of the other way.
    """

    limit: Limit
    independent: Independent
    ours: list[float] = field(default_factory=list)
    theirs: list[float] = field(default_factory=list)

    def take_turns(self) -> None:
        """Measure once each way."""
        self.ours.append(_own_turn(self.limit))
        self.theirs.append(self.independent(self.limit))

    def words(self) -> str:
        """Return a line."""
        ours, theirs = statistics.median(self.ours), statistics.median(self.theirs)
        unit = "GB/s" if isinstance(self.limit, Reading) else "GFLOP/s"
        verdict = "within" if abs(ours / theirs - 1) <= WITHIN else "not within"
        threads = self.limit.performance.threads
        return (
            f"{self.limit.words()}, {threads} thread{'s' * (threads != 1)}: "
            f"{ours / 1e9:.3g} {unit} by the engine, {theirs / 1e9:.3g} by another: "
            f"{ours / theirs:.2f} times, {verdict} {100 * WITHIN:.0f} %"
        )


def run() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        reader = compiled(Path(folder))
        if reader is None:
            print(f"Not measured: reading. This takes a C compiler, one of {', '.join(COMPILERS)}.")
        pairs = [pair for count in THREADS for pair in pairs_for(count, reader)]
        for _ in range(ROUNDS):
            for pair in pairs:
                pair.take_turns()
    for pair in pairs:
        print(pair.words())
    print(f"{ROUNDS} turns each, medians; {cores()} cores")


def compiled(folder: Path) -> Path | None:
    """Return the program that reads, compiled into a folder; None if there is no compiler."""
    compiler = next(filter(None, map(shutil.which, COMPILERS)), None)
    if compiler is None:
        return None
    program = folder / "read"
    subprocess.run([compiler, *OPTIONS, SOURCE, "-o", program], check=True)
    return program


def pairs_for(threads: int, reader: Path | None) -> list[Pair]:
    """Return the limits of a case with so many threads, each with another way to measure it."""
    case = Inference(batch=BATCH, shape=SHAPE, performance=Performance(threads=threads))
    pairs = []
    for limit in Plan((case,)).limits:
        if isinstance(limit, Product):
            pairs.append(Pair(limit, another_product))
        elif reader is not None:
            pairs.append(Pair(limit, partial(another_reading, reader)))
    return pairs


def another_reading(program: Path, limit: Limit) -> float:
    """Read as many bytes with as many threads; return bytes a second."""
    if not isinstance(limit, Reading):
        raise TypeError(f"{limit.words()} reads nothing.")
    amounts = (limit.measured_bytes, limit.performance.threads or cores(), PASSES)
    return _answer([str(program), *map(str, amounts)], limit)


def another_product(limit: Limit) -> float:
    """Multiply larger matrices with as many threads; return operations a second."""
    return _answer([sys.executable, "-c", PRODUCT], limit)


def _answer(command: list[str], limit: Limit) -> float:
    threads = dict.fromkeys(THREAD_SETTINGS, str(limit.performance.threads))
    ended = subprocess.run(
        command, env=os.environ | threads, check=True, capture_output=True, text=True
    )
    return float(ended.stdout)


def _own_turn(limit: Limit) -> float:
    turn = drained(take_turn(limit))
    if not isinstance(turn, Turn):
        raise SystemExit(f"{limit.words()}: {turn}")
    work = limit.work()
    return (work.read_bytes or work.operations) / turn.seconds
