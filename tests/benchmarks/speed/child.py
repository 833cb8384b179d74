"""The process of one contender: prepares, then runs a repetition whenever it is told to.

Started as ``python -m tests.benchmarks.speed.child MODULE FUNCTION SETTINGS``. It answers one line
of JSON when it is ready, or cannot be, and one for each line it reads: the number of a repetition,
or :data:`~.whereabouts.WHERE`, which asks for its shares of the time.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import time
from typing import Any, TextIO

from tests.benchmarks.speed import whereabouts
from tests.benchmarks.speed.contender import AbsentError, Prepared
from tests.benchmarks.speed.machine import libraries


def main(module: str, function: str, settings: str) -> None:
    """Prepare, then serve until the parent closes the pipe."""
    answers = _private_stdout()
    try:
        prepared = getattr(importlib.import_module(module), function)(**json.loads(settings))
        _warm_up(prepared)
    except (AbsentError, ImportError) as error:
        _answer(answers, {"absent": str(error)})
        return
    _answer(answers, {"libraries": libraries()})
    for line in sys.stdin:
        if line.strip() == whereabouts.WHERE:
            _answer(answers, {"shares": _shares(prepared)})
        else:
            _answer(answers, _repetition(prepared, int(line)))


def _warm_up(prepared: Prepared) -> None:
    if prepared.warm_up is not None:
        prepared.warm_up()
    else:
        prepared.check(prepared.work(prepared.stage(0)))


def _repetition(prepared: Prepared, number: int) -> dict[str, float]:
    staged, result = prepared.stage(number), None
    started = time.perf_counter()
    for _ in range(prepared.loops):
        result = prepared.work(staged)
    seconds = time.perf_counter() - started
    return {
        "seconds": seconds / prepared.loops * prepared.share,
        "check": float(prepared.check(result)),
    }


def _shares(prepared: Prepared) -> dict[str, float]:
    staged = prepared.stage(0)
    return whereabouts.shares(lambda: prepared.work(staged))


def _private_stdout() -> TextIO:
    """Return standard output for the answers alone: what libraries print goes to errors."""
    private = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return private


def _answer(answers: TextIO, answer: dict[str, Any]) -> None:
    print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
