"""A case's turn, seen from outside: a process is started, waited for, and never left behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Generator
from typing import Any

from tinyclf.benchmark.kinds import AnyCase, Store
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
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "tinyclf.benchmark.child"],
            env=_environment(case.performance.threads),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
        try:
            answer = yield from _answer(process, case.model_dump_json().encode())
        finally:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()
            if isinstance(case, Store):
                case.clean_up_after(process.pid)
        if answer is None:
            errors.seek(0)
            return _broken_off(process.returncode, errors.read())
    return answer["failed"] if "failed" in answer else Turn(**answer)


def _answer(
    process: subprocess.Popen[bytes], asked: bytes
) -> Generator[None, None, dict[str, Any] | None]:
    """Return what the process answers; None if it breaks off without."""
    question: bytes | None = asked
    while True:
        try:
            answer, _ = process.communicate(question, timeout=LOOK_EVERY)
            break
        except subprocess.TimeoutExpired:
            question = None  # it is on its way, and may not be given again
            yield
    try:
        parsed = json.loads(answer)
    except ValueError:
        return None
    return parsed if isinstance(parsed, dict) else None


def _broken_off(code: int | None, errors: bytes) -> str:
    last = ["", *errors.decode(errors="replace").strip().splitlines()][-1]
    if code == -9 and not last:
        last = "killed, as the system does when the memory is full"
    return f"The process of this case broke off: {last or f'exit code {code}'}."


def _environment(threads: int | None) -> dict[str, str]:
    """Return this process' environment, with so many threads allowed; None for no limit."""
    environment = {k: v for k, v in os.environ.items() if k not in THREAD_SETTINGS}
    if threads is not None:
        environment |= dict.fromkeys(THREAD_SETTINGS, str(threads))
    return environment
