"""The process that measures one case: makes it ready, runs passes, answers, ends.

Started as ``python -m tinyclf.benchmark.child``. It reads the case as one line of JSON from
standard input, and answers with one line of JSON: a turn, or why there is none. Where standard
input ends before that, whoever asked is gone, and it ends at once.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from tinyclf.benchmark.kinds import AnyCase

LEAST_PASSES = 3
ENOUGH = 0.25
"""Seconds of passes after which the least number of them will do …"""

LONG = 2.0
"""… and after which even fewer will."""

MOST_PASSES = 1000


def main() -> None:
    """Measure what standard input asks for."""
    answers = _private_stdout()
    try:
        answer = _turn(sys.stdin.buffer.readline())
    except Exception as error:
        answer = {"failed": _sentence(error)}
    print(json.dumps(answer), file=answers, flush=True)


def _turn(asked: bytes) -> dict[str, Any]:
    from tinyclf.benchmark.kinds import CASES

    case = CASES.validate_json(asked)
    threading.Thread(target=_end_when_alone, args=(case,), daemon=True).start()
    workload = case.prepare()
    gc.collect()
    gc.disable()  # for good: nothing but this is left to do
    warm_up, result = _timed(workload.run)
    checksum = workload.checksum(result)
    passes: list[float] = []
    while not _enough(passes):
        seconds, result = _timed(workload.run)
        passes.append(seconds)
        if workload.checksum(result) != checksum:
            return {"failed": "Two passes with the same numbers gave different results."}
    return {"warm_up": warm_up, "passes": passes, "checksum": checksum}


def _end_when_alone(case: AnyCase) -> None:
    """Wait until nobody wants the answer any more; then leave nothing behind."""
    while os.read(sys.stdin.fileno(), 1):  # sys.stdin itself would be locked when all ends
        pass
    case.clean_up_after(os.getpid())
    os._exit(1)


def _enough(passes: list[float]) -> bool:
    total = sum(passes)
    return len(passes) >= (MOST_PASSES if total < ENOUGH else 1 if total > LONG else LEAST_PASSES)


def _timed(run: Callable[[], Any]) -> tuple[float, Any]:
    started = time.perf_counter()
    result = run()
    return time.perf_counter() - started, result


def _sentence(error: Exception) -> str:
    from tinyclf.errors import TinyClfError

    if isinstance(error, TinyClfError):
        return str(error)
    if isinstance(error, MemoryError):
        return "The memory is full. Make the case smaller, or close other programs."
    if isinstance(error, ImportError):
        return f"{error.name or error} is not installed."
    return f"{type(error).__name__}: {error}"


def _private_stdout() -> TextIO:
    """Return standard output for the answer alone: what libraries print goes to errors."""
    private = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return private


if __name__ == "__main__":
    main()
