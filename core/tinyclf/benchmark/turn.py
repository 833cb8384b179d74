"""A case's turn, seen from outside: a process is started, waited for, and never left behind.

If this program is killed, the process sees its standard input end, and ends, too.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import suppress
from typing import IO, Any

from tinyclf.benchmark.kinds import AnyCase
from tinyclf.benchmark.machine.memory import cores, processors
from tinyclf.benchmark.report import Turn

LOOK_EVERY = 0.05
"""Seconds: so soon is a wish to stop heard."""

THREAD_SETTINGS = (
    "OPENBLAS_NUM_THREADS",
    "OMP_NUM_THREADS",
    "MKL_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
    "NUMBA_NUM_THREADS",
)
"""What BLAS libraries, PyTorch and numba read when they are loaded."""


def take_turn(case: AnyCase) -> Generator[None, None, Turn | str]:
    """Measure a case once in a process of its own; yield while waiting.

    Closed before its end, it kills the process.

    Returns:
        The turn, or why there is none, in a sentence.
    """
    with tempfile.TemporaryFile() as answers, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            # Without -P, modules where the program was started would go first.
            [sys.executable, "-P", "-m", "tinyclf.benchmark.child"],
            bufsize=0,
            env=_environment(case.performance.threads),
            stdin=subprocess.PIPE,
            stdout=answers,
            stderr=errors,
        )
        try:
            _ask(process, case)
            while process.poll() is None:
                yield
                time.sleep(LOOK_EVERY)
        finally:
            process.kill()
            process.wait()
            if process.stdin is not None:
                process.stdin.close()
            case.clean_up_after(process.pid)
        answer = _answer(answers)
        if answer is None:
            errors.seek(0)
            return _broken_off(process.returncode, errors.read())
    return answer["failed"] if "failed" in answer else Turn(**answer)


def _ask(process: subprocess.Popen[bytes], case: AnyCase) -> None:
    """Give a process its case, in a line.

    The pipe stays open: if this program ends in whatever way, the process sees the end of it.
    """
    with suppress(OSError):  # it has broken off already, and its errors tell why
        if process.stdin is not None:
            process.stdin.write(case.model_dump_json().encode() + b"\n")


def _answer(file: IO[bytes]) -> dict[str, Any] | None:
    """Return what a process answered; None if it broke off without."""
    file.seek(0)
    try:
        parsed = json.loads(file.read())
    except ValueError:
        return None
    return parsed if isinstance(parsed, dict) else None


def _broken_off(code: int | None, errors: bytes) -> str:
    last = ["", *errors.decode(errors="replace").strip().splitlines()][-1]
    if code == -9 and not last:
        last = "it was killed; the system does that when the memory is full"
    return f"The process of this case broke off: {last or f'exit code {code}'}."


def _environment(threads: int | None) -> dict[str, str]:
    """Return this process' environment, with so many threads allowed; None for no limit."""
    environment = {k: v for k, v in os.environ.items() if k not in THREAD_SETTINGS}
    if threads is None and cores() < len(processors()):
        threads = cores()  # libraries know nothing of a container's share
    if threads is not None:
        environment |= dict.fromkeys(THREAD_SETTINGS, str(threads))
    return environment
