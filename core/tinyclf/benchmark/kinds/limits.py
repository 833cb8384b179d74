"""What this machine can do at most: cases that do only what cannot be avoided."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any, Literal, Self, TypeAlias

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray
from pydantic import Field

from tinyclf.benchmark.machine.memory import cores
from tinyclf.benchmark.settings import CaseSettings, Performance, Whole
from tinyclf.benchmark.speed import MOST_THREADS
from tinyclf.benchmark.work import Work, Workload

SIDE = 1536
"""Of the square matrices whose product shows the peak of arithmetic, for up to :data:`FEW` threads.
With one thread 1024 would do; to keep several busy they must be larger."""

FEW = 2
"""Threads up to which a pass need do no more than is said here; for more it does more, so that it
takes as long, and the start of the threads stays a small part of it."""

SIDE_STEP = 64
"""Sides are multiples of this: products of others are slower."""

SIDE_ON_A_CARD = 4096

LEAST_PART = 1 << 17
"""Bytes for a thread of its own. Of fewer, NumPy shows how long its calls take, and not how fast
the machine is: what fits into a first-level cache can be read faster still."""

LEAST_ON_A_CARD = 1 << 28
"""More than its caches hold: a card is asked how fast its memory is, however small the weights."""

MOST_BYTES = 1 << 30
"""Larger weights are read from the same memory as these."""

CACHED = 1 << 25
"""Bytes up to which they may lie in a cache."""

LEAST_PASS = 1 << 29
"""Bytes read in a pass: of fewer, the start of the threads would be a part of its time …"""

LEAST_CACHED_PASS = 1 << 31
"""… and caches are read so fast that it takes more …"""

LEAST_PASS_ON_A_CARD = 1 << 33
"""… as does the memory of a card."""

TRIAL = 1 << 26
"""Bytes by which the fastest way to read is found."""


class _Limit(CaseSettings):
    """What both limits have in common."""

    name: str = ""
    performance: Performance = Performance()

    def limits(self) -> tuple[Limit, ...]:
        """Return nothing: it is one."""
        return ()

    def on(self, machine_cores: int) -> Self:
        """Return it with as many threads as it has on a machine of so many cores.

        So 5 threads and all of them are the same limit on two cores, and a report of another
        machine tells how many there were.
        """
        if self.performance.device == "cuda":
            return self.model_copy(update={"performance": Performance(device="cuda")})
        threads = min(self.performance.threads or machine_cores, machine_cores, MOST_THREADS)
        return self.model_copy(update={"performance": Performance(threads=threads)})

    @property
    def _crowd(self) -> int:
        """How many times as much a pass does, so that it does not get shorter by more threads."""
        return -(-(self.performance.threads or 1) // FEW)


class Reading(_Limit):
    """Read as much memory as the weights of a case take, again and again.

    Small weights stay in a cache, so that this is the speed of the level they fit into. Each thread
    reads a part of its own, which it has made itself, so that it lies near.

    Attributes:
        read_bytes: How much memory, in bytes.
    """

    kind: Literal["reading"] = "reading"
    read_bytes: Whole = Field(ge=1)

    def on(self, machine_cores: int) -> Self:
        """Return it so, and with the bytes that are really read."""
        measured = super().on(machine_cores)
        return measured.model_copy(update={"read_bytes": self.measured_bytes})

    def words(self) -> str:
        """Return what is measured, in a line."""
        return f"reading {self.measured_bytes / 1e6:,.3g} MB"

    def work(self) -> Work:
        """Return how much a pass reads."""
        read = self._times * self.measured_bytes
        return Work(1, "pass", read_bytes=read, needed_bytes=self.measured_bytes)

    @property
    def measured_bytes(self) -> int:
        """How much memory is really read: neither too little to measure nor more than tells."""
        least = LEAST_ON_A_CARD if self.performance.device == "cuda" else LEAST_PART
        return min(max(self.read_bytes, least), MOST_BYTES) // 8 * 8

    @property
    def _times(self) -> int:
        """How often, in a pass."""
        if self.performance.device == "cuda":
            least = LEAST_PASS_ON_A_CARD
        else:
            least = LEAST_CACHED_PASS if self.measured_bytes <= CACHED else LEAST_PASS
        return -(-least * self._crowd // self.measured_bytes)

    def prepare(self) -> Workload:
        """Return the passes, by whichever way to read is the fastest here.

        Raises:
            DeviceError: the device is not there.
        """
        if self.performance.device == "cuda":
            return self._on_a_card()
        from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

        threadpool_limits(1, user_api="blas")  # for good: the threads here are our own
        threads = min(_threads(self.performance), self.measured_bytes // LEAST_PART)
        parts = _Parts(self.measured_bytes // 4, threads)
        trial = -(-TRIAL // self.measured_bytes)
        read = min(READERS, key=lambda reader: _seconds(lambda: parts.read(reader, trial)))
        return Workload(lambda: parts.read(read, self._times), str)

    def _on_a_card(self) -> Workload:
        from tinyclf.nn.backend import choose_backend

        xp, times = choose_backend("cuda").xp, self._times
        numbers = xp.ones(self.measured_bytes // 4, np.float32)

        def run() -> float:
            for _ in range(times):
                largest = numbers.max()
            return float(largest)  # waits for all of them

        return Workload(run, str)


class Product(_Limit):
    """Multiply two large matrices.

    Attributes:
        precision: Of their numbers.
    """

    kind: Literal["product"] = "product"
    precision: Literal["f4", "f8"] = "f4"

    def words(self) -> str:
        """Return what is measured, in a line."""
        return f"product of two {self._side}², {self.precision}"

    def work(self) -> Work:
        """Return the operations of a product."""
        numbers = self._side**2
        needed = 4 * numbers * np.dtype(self.precision).itemsize
        return Work(1, "product", operations=2 * numbers * self._side, needed_bytes=needed)

    @property
    def _side(self) -> int:
        if self.performance.device == "cuda":
            return SIDE_ON_A_CARD
        return SIDE_STEP * round(SIDE / SIDE_STEP * math.cbrt(self._crowd))

    def prepare(self) -> Workload:
        """Return the product, by one thread or by all that are allowed, whichever is faster here.

        Raises:
            DeviceError: the device is not there.
        """
        from tinyclf.nn.backend import choose_backend

        backend, rng = choose_backend(self.performance.device), np.random.default_rng(0)
        # Random, for numbers that are all alike heat a card less, which then runs faster.
        a, b = (backend.asarray(_random(rng, self._side, self.precision)) for _ in range(2))
        out = backend.xp.empty_like(a)

        def run() -> float:
            backend.xp.matmul(a, b, out=out)
            return float(out[0, 0])

        if self.performance.device == "cpu":
            self._use_the_best_of_threads(run)
        return Workload(run, str)

    def _use_the_best_of_threads(self, run: Callable[[], object]) -> None:
        """Have BLAS take as many threads from now on as are best for a product."""
        from threadpoolctl import threadpool_limits

        def seconds(threads: int) -> float:
            with threadpool_limits(threads, user_api="blas"):
                return _seconds(run)

        threadpool_limits(min({1, _threads(self.performance)}, key=seconds), user_api="blas")


Limit: TypeAlias = Reading | Product


class _Parts:
    """Numbers in memory, a part for each thread.

    Args:
        count: How many float32, all parts together.
        threads: How many, at least one and at most so many as there are numbers.
    """

    def __init__(self, count: int, threads: int) -> None:
        self._threads = [ThreadPoolExecutor(1) for _ in range(threads)]
        ends = [count * i // threads for i in range(threads + 1)]
        made = [
            thread.submit(np.ones, end - start, np.float32)
            for thread, (start, end) in zip(self._threads, pairwise(ends), strict=True)
        ]
        self._parts: list[NDArray[np.float32]] = [each.result() for each in made]

    def read(self, reader: Callable[[NDArray[np.float32]], object], times: int) -> int:
        """Read them all so many times; return the bytes that were read."""
        rows = [
            as_strided(part, (times, len(part)), (0, 4), writeable=False) for part in self._parts
        ]
        if len(rows) == 1:
            reader(rows[0])
        else:
            pairs = zip(self._threads, rows, strict=True)
            for each in [thread.submit(reader, part) for thread, part in pairs]:
                each.result()
        return times * sum(part.nbytes for part in self._parts)


def _largest_bytes(rows: NDArray[np.float32]) -> Any:
    return np.maximum.reduce(rows.view(np.int8), axis=1)


def _largest_numbers(rows: NDArray[np.float32]) -> Any:
    return np.maximum.reduce(rows, axis=1)


def _dots(rows: NDArray[np.float32]) -> Any:
    for row in rows:  # np.vecdot would not let other threads work meanwhile
        y = np.dot(row, row)
    return y


def _sums(rows: NDArray[np.float32]) -> Any:
    from tinyclf.nn.backend import choose_backend
    from tinyclf.nn.kernels.add_up import add_up

    add = choose_backend("cpu").kernel(add_up)
    for row in rows:
        y = add(row)
    return y


READERS = (_largest_bytes, _largest_numbers, _dots, _sums)
"""Ways to touch every number of every row once; all rows are the same memory. Here the first is the
fastest in second-level caches; the last, where numba compiles it, from memory."""


def _threads(performance: Performance) -> int:
    """Return how many threads may be at work at a time: more than there are cores gain nothing."""
    return min(performance.threads or cores(), cores())


def _random(rng: np.random.Generator, side: int, precision: Literal["f4", "f8"]) -> NDArray[Any]:
    """Return a matrix (side, side) of numbers from 0 to 1."""
    return rng.random((side, side), np.float64 if precision == "f8" else np.float32)


def _seconds(work: Callable[[], object]) -> float:
    """Return the seconds of the best of three runs."""
    seconds = []
    for _ in range(3):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return min(seconds)
