"""Requests that come at about the same time are predicted together, on one thread."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

MOST = 256
"""Examples predicted together, unless one request alone has more."""

WAIT_S = 0.002
"""How long the first of them waits for others; while some are predicted, the next gather anyway."""

Probabilities = NDArray[np.float64]
Predict = Callable[[NDArray[Any]], Probabilities]
Outcome = Probabilities | Exception


class _Waiting(NamedTuple):
    x: NDArray[Any]
    answer: asyncio.Future[Probabilities]


class Batcher:
    """Gathers requests and predicts them together; used on one event loop.

    Args:
        predict: Examples (n, *shape) → probabilities (n, classes); called on a thread of its own.
        most: Examples predicted together.
        wait_s: Seconds that the first request waits for others.
    """

    def __init__(self, predict: Predict, most: int = MOST, wait_s: float = WAIT_S) -> None:
        self._predict = predict
        self._most = most
        self._wait_s = wait_s
        self._waiting: deque[_Waiting] = deque()
        self._worker = ThreadPoolExecutor(1, "predicting")
        self._timer: asyncio.TimerHandle | None = None
        self._is_busy = False

    @property
    def waiting(self) -> int:
        """How many requests wait to be predicted."""
        return len(self._waiting)

    async def predict(self, x: NDArray[Any]) -> Probabilities:
        """Return the probability of each class (n, classes) for examples (n, *shape).

        Raises:
            Exception: what predicting these very examples raises; others are not harmed by it.
        """
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Probabilities] = loop.create_future()
        self._waiting.append(_Waiting(x, answer))
        if not self._is_busy:
            if sum(len(each.x) for each in self._waiting) >= self._most:
                self._start()
            elif self._timer is None:
                self._timer = loop.call_later(self._wait_s, self._start)
        return await answer

    def close(self) -> None:
        """Take no more; what waits is never predicted."""
        self._worker.shutdown(wait=False, cancel_futures=True)

    def _start(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        taken = self._take()
        if not taken:
            return
        self._is_busy = True
        work = asyncio.get_running_loop().run_in_executor(
            self._worker, together, self._predict, [each.x for each in taken]
        )
        work.add_done_callback(partial(self._answer, taken))

    def _take(self) -> list[_Waiting]:
        """Return the next requests that someone still waits for, up to the most examples."""
        taken: list[_Waiting] = []
        count = 0
        while self._waiting and (not taken or count + len(self._waiting[0].x) <= self._most):
            each = self._waiting.popleft()
            if not each.answer.done():
                taken.append(each)
                count += len(each.x)
        return taken

    def _answer(self, taken: list[_Waiting], work: asyncio.Future[list[Outcome]]) -> None:
        self._is_busy = False
        if work.cancelled():
            return
        for each, outcome in zip(taken, work.result(), strict=True):
            if each.answer.done():
                continue
            if isinstance(outcome, Exception):
                each.answer.set_exception(outcome)
            else:
                each.answer.set_result(outcome)
        if self._waiting:
            self._start()


def together(predict: Predict, parts: Sequence[NDArray[Any]]) -> list[Outcome]:
    """Predict several requests at once; where that fails, each alone.

    Returns:
        For each request its probabilities, or what it raised.
    """
    try:
        told = predict(np.concatenate(parts) if len(parts) > 1 else parts[0])
    except Exception as error:
        if len(parts) == 1:
            return [error]
        return [outcome for part in parts for outcome in together(predict, [part])]
    ends = np.cumsum([len(part) for part in parts])
    return list(np.split(told, ends[:-1]))
