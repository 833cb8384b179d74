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
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from tinyclf.nn.arrays import Array
from tinyclf.nn.backend import Backend, CupyBackend
from tinyclf.nn.clipping import clip_norm_unchecked
from tinyclf.nn.steps.recordable_backend import RecordableBackend
from tinyclf.nn.steps.recording import Recording, record
from tinyclf.nn.steps.step import TrainingStep

CHECK_EVERY = 50
"""Steps between checks for infinity: each check waits for the card."""

MOST_SHAPES = 4
"""Batch sizes that are recorded; a training has two at most."""


@dataclass(eq=False)
class CapturedStep(TrainingStep):
    """One step after the other; see :class:`~.step.TrainingStep`.

    The first batch of each size is computed launch by launch, which compiles every kernel and
    fetches all memory, then recorded; the next ones replay that. Where CuPy refuses to record (a
    loss that looks at its numbers), every step is computed launch by launch.

    :func:`~.choice.choose_step` knows which objectives are fit.
    """

    immediate = False

    backend: CupyBackend = field(kw_only=True)

    def __post_init__(self) -> None:
        super().__post_init__()
        self._numbers: list[Array] = []
        self._watched = self.backend.xp.zeros((), np.float64)
        self._unchecked_steps = 0
        self._recordings: dict[int, Recording] = {}

    def __call__(self, x: Array, targets: Array, rate: float) -> None:
        """Move the parameters by one batch; see :class:`~.step.TrainingStep`.

        Raises:
            FloatingPointError: a loss or a gradient was infinite or NaN, up to
                :data:`CHECK_EVERY` steps ago.
        """
        self._write(self.optimizer.numbers(rate))
        if len(x) in self._recordings:
            self._recordings[len(x)].replay(x, targets, self.noise)
        elif len(self._recordings) < MOST_SHAPES:
            self._recordings[len(x)] = self._recorded(x, targets)
        else:
            self._compute(x, targets, self.backend)
        self._unchecked_steps += 1
        if self._unchecked_steps >= CHECK_EVERY:
            self.check()

    def check(self) -> None:
        """Wait for the card, and raise FloatingPointError if a step ran into infinity or NaN."""
        self._unchecked_steps = 0
        if not math.isfinite(float(self._watched)):
            raise FloatingPointError("infinity or NaN in the loss or the gradient")

    def _compute(self, x: Array, targets: Array, backend: Backend) -> None:
        value = self.objective.value_and_gradient_unchecked(
            self.theta, x, targets, self._gradient, backend=backend, rng=self.noise
        )
        length = clip_norm_unchecked(self._gradient, self.limit, backend=backend)
        self.optimizer.move(self.theta, self._gradient, self._numbers)
        # Once infinite or NaN, a sum stays so.
        self._watched += value
        self._watched += length

    def _recorded(self, x: Array, targets: Array) -> Recording:
        """Compute the step, then record it."""
        cupy = self.backend.xp
        pool, stream = cupy.cuda.MemoryPool(), cupy.cuda.Stream(non_blocking=True)
        cupy.cuda.get_current_stream().synchronize()
        with cupy.cuda.using_allocator(pool.malloc), stream:
            batch, recordable = (x.copy(), targets.copy()), RecordableBackend(self.backend)
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
            table = self.backend.xp.empty(len(numbers), np.float64)
            self._numbers = [table[i] for i in range(len(numbers))]
        for place, number in zip(self._numbers, numbers, strict=True):
            place.fill(number)
