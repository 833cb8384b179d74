"""A training step of a small net, recorded once on the card and from then on replayed.

A small net's step is some fifty launches of a few microseconds each, and the card waits for Python
between them. CUDA can record them into a graph and launch that at once. What is recorded is where
to compute, not with what: all that changes from step to step stands in arrays that stay where they
are. The batch is copied into two of them; the rate and what Adam counts are written into a third;
the randomness that dropout asks for is drawn before and kept in more. Nothing is read back within a
step, for a recorded one cannot wait: infinity is looked for every :data:`CHECK_EVERY` steps.
"""

from __future__ import annotations

import math
from functools import partial

import numpy as np

from tinyclf.nn.arrays import Array
from tinyclf.nn.backend import Backend, CupyBackend
from tinyclf.nn.clipping import clip_norm_unchecked
from tinyclf.nn.objective import Objective
from tinyclf.nn.optimizers import StartedOptimizer
from tinyclf.nn.steps.recordable_backend import RecordableBackend
from tinyclf.nn.steps.recording import Recording, record

CHECK_EVERY = 50
"""Steps between checks for infinity: each check waits for the card."""

MOST_SHAPES = 4
"""Batch sizes that are recorded; a training has two at most."""


class CapturedStep:
    """One step after the other: ``step(x, targets, rate)``.

    The first batch of each size is computed launch by launch, which compiles every kernel and
    fetches all memory, then recorded; the next ones replay that. Where CuPy refuses to record (a
    loss that looks at its numbers), every step is computed launch by launch.

    Args:
        objective: What is made small; :func:`~.choice.choose_step` knows which are fit.
        optimizer: At work on ``theta``.
        theta: All parameters (n_parameters,), changed in place.
        limit: The longest gradient allowed.
        noise: Randomness for dropout, of the backend.
        backend: Of a card.
    """

    immediate = False

    def __init__(
        self,
        objective: Objective,
        optimizer: StartedOptimizer,
        theta: Array,
        *,
        limit: float,
        noise: np.random.Generator,
        backend: CupyBackend,
    ) -> None:
        self._objective, self._optimizer, self._theta = objective, optimizer, theta
        self._limit, self._noise, self._backend = limit, noise, backend
        self._gradient = backend.xp.empty_like(theta)
        self._numbers: list[Array] = []
        self._watched = backend.xp.zeros((), np.float64)
        self._unchecked_steps = 0
        self._recordings: dict[int, Recording] = {}

    def __call__(self, x: Array, targets: Array, rate: float) -> None:
        """Move the parameters by one batch; see :class:`~.step.TrainingStep`.

        Raises:
            FloatingPointError: a loss or a gradient was infinite or NaN, up to
                :data:`CHECK_EVERY` steps ago.
        """
        self._write(self._optimizer.numbers(rate))
        if len(x) in self._recordings:
            self._recordings[len(x)].replay(x, targets, self._noise)
        elif len(self._recordings) < MOST_SHAPES:
            self._recordings[len(x)] = self._recorded(x, targets)
        else:
            self._compute(x, targets, self._backend)
        self._unchecked_steps += 1
        if self._unchecked_steps >= CHECK_EVERY:
            self.check()

    def check(self) -> None:
        """Wait for the card, and raise FloatingPointError if a step ran into infinity or NaN."""
        self._unchecked_steps = 0
        if not math.isfinite(float(self._watched)):
            raise FloatingPointError("infinity or NaN in the loss or the gradient")

    def _compute(self, x: Array, targets: Array, backend: Backend) -> None:
        value = self._objective.value_and_gradient_unchecked(
            self._theta, x, targets, self._gradient, backend=backend, rng=self._noise
        )
        length = clip_norm_unchecked(self._gradient, self._limit, backend=backend)
        self._optimizer.move(self._theta, self._gradient, self._numbers)
        # Once infinite or NaN, a sum stays so.
        self._watched += value
        self._watched += length

    def _recorded(self, x: Array, targets: Array) -> Recording:
        """Compute the step, then record it."""
        cupy = self._backend.xp
        pool, stream = cupy.cuda.MemoryPool(), cupy.cuda.Stream(non_blocking=True)
        cupy.cuda.get_current_stream().synchronize()
        with cupy.cuda.using_allocator(pool.malloc), stream:
            batch, recordable = (x.copy(), targets.copy()), RecordableBackend(self._backend)
            work = partial(self._compute, *batch, recordable)
            work()
            stream.synchronize()
            recordable.rewind()
            try:
                launch = record(stream, work)
            except (NotImplementedError, RuntimeError):
                launch = work
        return Recording(*batch, recordable, launch, pool)

    def _write(self, numbers: tuple[float, ...]) -> None:
        """Put a step's own numbers where the recorded work reads them."""
        if not self._numbers:
            table = self._backend.xp.empty(len(numbers), np.float64)
            self._numbers = [table[i] for i in range(len(numbers))]
        for place, number in zip(self._numbers, numbers, strict=True):
            place.fill(number)
