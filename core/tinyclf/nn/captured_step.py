"""A training step of a small net, recorded once on the card and from then on replayed.

A small net's step is some fifty launches of a few microseconds each, and the card waits for Python
between them. CUDA can record them into a graph and launch that at once. What is recorded is where
to compute, not with what: all that changes from step to step stands in arrays that stay where they
are. The batch is copied into two of them; the rate and what Adam counts are written into a third;
the randomness that dropout asks for is drawn before and kept in more. Nothing is read back within a
step, for a recorded one cannot wait: infinity is looked for every :data:`LOOK` steps.

CuPy refuses to record what computes with cuBLAS (its issue 6290), so matrices are multiplied by
a kernel of our own, :mod:`.kernels.cuda.matmul`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from tinyclf.nn.arrays import Array, Shape
from tinyclf.nn.backend import Backend, CupyBackend
from tinyclf.nn.clipping import clip_norm_unread
from tinyclf.nn.kernels.cuda import matmul
from tinyclf.nn.layers import Linear
from tinyclf.nn.layers.elementwise import Elementwise
from tinyclf.nn.objective import Objective
from tinyclf.nn.optimizers import Step

LOOK = 50
"""Steps after which is looked for infinity: looking waits for the card."""

MOST_PRODUCTS = 2**24
"""Multiplications of a batch by all parameters up to which a net is small: beyond, launching takes
little of the time, and cuBLAS is much faster than a product that can be recorded."""

MOST_SHAPES = 4
"""Batch sizes that are recorded; a training has two at most."""


def captured_step(
    objective: Objective,
    step: Step,
    theta: Array,
    *,
    examples: int,
    limit: float,
    noise: np.random.Generator,
    backend: Backend,
) -> CapturedStep | None:
    """Return what records and replays steps, or None where it is of no use.

    It is of use on a card, for small nets of linear layers and what goes element by element,
    dropout included.

    Args:
        objective: What is made small.
        step: The optimizer at work on ``theta``.
        theta: All parameters (n_parameters,).
        examples: In a batch at most.
        limit: The longest gradient allowed.
        noise: Randomness for dropout, of the backend.
        backend: Where everything is.
    """
    if not isinstance(backend, CupyBackend):
        return None
    if not all(isinstance(layer, Linear | Elementwise) for layer in objective.network.layers):
        return None
    if not 0 < objective.n_parameters * examples <= MOST_PRODUCTS:
        return None
    return CapturedStep(objective, step, theta, limit=limit, noise=noise, backend=backend)


class CapturedStep:
    """One step after the other: ``captured(x, targets, rate)``.

    The first batch of each size is computed launch by launch, which compiles every kernel and
    fetches all memory, then recorded; the next ones replay that. Where CuPy refuses to record (a
    loss that looks at its numbers), every step is computed launch by launch.

    Args:
        objective: What is made small; :func:`captured_step` says which are fit.
        step: The optimizer at work on ``theta``.
        theta: All parameters (n_parameters,), changed in place.
        limit: The longest gradient allowed.
        noise: Randomness for dropout, of the backend.
        backend: Of a card.
    """

    def __init__(
        self,
        objective: Objective,
        step: Step,
        theta: Array,
        *,
        limit: float,
        noise: np.random.Generator,
        backend: CupyBackend,
    ) -> None:
        self._objective, self._step, self._theta = objective, step, theta
        self._limit, self._noise, self._backend = limit, noise, backend
        self._gradient = backend.xp.empty_like(theta)
        self._numbers: list[Array] = []
        self._watched = backend.xp.zeros((), np.float64)
        self._unwatched_steps = 0
        self._recordings: dict[int, _Recording] = {}

    @property
    def refusals(self) -> list[str]:
        """Why batches are computed launch by launch that should have been recorded."""
        return [each.refusal for each in self._recordings.values() if each.refusal]

    def __call__(self, x: Array, targets: Array, rate: float) -> None:
        """Move the parameters by one batch.

        Args:
            x: Inputs (n, *input_shape), of the dtype of ``theta``.
            targets: Rows of shares (n, classes), likewise.
            rate: The learning rate.

        Raises:
            FloatingPointError: a loss or a gradient was infinite or NaN, up to :data:`LOOK` steps
                ago.
        """
        self._write(self._step.numbers(rate))
        if len(x) in self._recordings:
            self._recordings[len(x)].replay(x, targets, self._noise)
        elif len(self._recordings) < MOST_SHAPES:
            self._recordings[len(x)] = self._recorded(x, targets)
        else:
            self._compute(x, targets, self._backend)
        self._unwatched_steps += 1
        if self._unwatched_steps >= LOOK:
            self.look()

    def look(self) -> None:
        """Wait for the card, and raise FloatingPointError if a step ran into infinity or NaN."""
        self._unwatched_steps = 0
        if not math.isfinite(float(self._watched)):
            raise FloatingPointError("infinity or NaN in the loss or the gradient")

    def _compute(self, x: Array, targets: Array, backend: Backend) -> None:
        value = self._objective.unread_value_and_gradient(
            self._theta, x, targets, self._gradient, backend=backend, rng=self._noise
        )
        length = clip_norm_unread(self._gradient, self._limit, backend=backend)
        self._step.move(self._theta, self._gradient, self._numbers)
        # Once infinite or NaN, a sum stays so.
        self._watched += value
        self._watched += length

    def _recorded(self, x: Array, targets: Array) -> _Recording:
        """Compute the step, then record it."""
        cupy = self._backend.xp
        pool, stream = cupy.cuda.MemoryPool(), cupy.cuda.Stream(non_blocking=True)
        cupy.cuda.get_current_stream().synchronize()
        with cupy.cuda.using_allocator(pool.malloc), stream:
            batch, recordable = (x.copy(), targets.copy()), _RecordableBackend(self._backend)
            work = partial(self._compute, *batch, recordable)
            work()
            stream.synchronize()
            recordable.rewind()
            try:
                launch = _record(stream, work)
            except (NotImplementedError, RuntimeError) as error:
                return _Recording(*batch, recordable, work, pool, refusal=str(error))
        return _Recording(*batch, recordable, launch, pool)

    def _write(self, numbers: tuple[float, ...]) -> None:
        """Put a step's own numbers where the recorded work reads them."""
        if not self._numbers:
            table = self._backend.xp.empty(len(numbers), np.float64)
            self._numbers = [table[i] for i in range(len(numbers))]
        for place, number in zip(self._numbers, numbers, strict=True):
            place.fill(number)


def _record(stream: Any, work: Callable[[], None]) -> Callable[[], None]:
    """Record what ``work`` asks of the card, and return what launches it; nothing is computed.

    Raises:
        NotImplementedError: CuPy cannot record it.
        RuntimeError: CUDA cannot.
    """
    stream.begin_capture()
    try:
        work()
    except BaseException:
        with suppress(RuntimeError):  # CUDA says once more that it is spoiled
            stream.end_capture()  # or the stream would go on recording
        raise
    launch: Callable[[], None] = stream.end_capture().launch
    return launch


@dataclass(frozen=True, eq=False)
class _Recording:
    """One batch size, recorded.

    Attributes:
        x: Where the recorded work reads the batch's inputs.
        targets: Where it reads their targets.
        backend: What it computes with; holds the randomness it reads.
        run: Does the work.
        pool: The memory it computes in: nobody else's, and kept as long as it.
        refusal: Why it is not recorded, "" if it is.
    """

    x: Array
    targets: Array
    backend: _RecordableBackend
    run: Callable[[], None]
    pool: Any
    refusal: str = ""

    def replay(self, x: Array, targets: Array, rng: np.random.Generator) -> None:
        """Do the work on another batch, with other randomness."""
        self.x[...] = x
        self.targets[...] = targets
        self.backend.renew(rng)
        self.run()


class _RecordableBackend(CupyBackend):
    """The backend of a card, as one recorded step sees it.

    Its product of matrices is one that can be recorded. What is moved to the card, such as class
    weights, is moved the first time only. Randomness stays where it is, in the order in which it is
    asked for, until all of it is renewed.

    Args:
        backend: The usual one.
    """

    def __init__(self, backend: CupyBackend) -> None:
        self.xp = _WithProduct(backend.xp)
        self.lane = backend.lane
        self._moved: dict[object, Array] = {}
        self._noises: list[Array] = []
        self._next_noise = 0

    def asarray(self, array: npt.ArrayLike, dtype: npt.DTypeLike | None = None) -> Array:
        """Return ``array`` on the card; a tuple is moved the first time only."""
        if not isinstance(array, tuple):
            return super().asarray(array, dtype)
        key = array, np.dtype(dtype)
        if key not in self._moved:
            self._moved[key] = super().asarray(array, dtype)
        return self._moved[key]

    def noise(self, rng: np.random.Generator, shape: Shape) -> Array:
        """Return random numbers as usual; drawn the first time only."""
        if self._next_noise == len(self._noises):
            self._noises.append(super().noise(rng, shape))
        self._next_noise += 1
        return self._noises[self._next_noise - 1]

    def rewind(self) -> None:
        """Begin with the first randomness again."""
        self._next_noise = 0

    def renew(self, rng: np.random.Generator) -> None:
        """Draw all randomness anew, and begin with the first."""
        for noise in self._noises:
            noise[...] = super().noise(rng, noise.shape)
        self.rewind()


class _WithProduct:
    """CuPy, but for its product of matrices."""

    def __init__(self, cupy: Any) -> None:
        self._cupy = cupy
        self.matmul = matmul.build(cupy)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cupy, name)
