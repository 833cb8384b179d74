"""Work of a card, recorded as a CUDA graph and replayed on other numbers."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np

from tinyclf.nn.arrays import Array
from tinyclf.nn.steps.recordable_backend import RecordableBackend


@dataclass(frozen=True, eq=False)
class Recording:
    """The work on one batch size.

    Attributes:
        x: Where the work reads the batch's inputs.
        targets: Where it reads their targets.
        backend: What it computes with; holds the randomness it reads.
        run: Does the work: launches the graph or, where CuPy refused to record, computes anew.
        pool: The memory it computes in: nobody else's, and kept as long as it.
    """

    x: Array
    targets: Array
    backend: RecordableBackend
    run: Callable[[], None]
    pool: Any

    def replay(self, x: Array, targets: Array, rng: np.random.Generator) -> None:
        """Do the work on another batch, with other randomness."""
        self.x[...] = x
        self.targets[...] = targets
        self.backend.renew(rng)
        self.run()


def record(stream: Any, work: Callable[[], None]) -> Callable[[], None]:
    """Record what ``work`` asks of the card, and return what launches it; nothing is computed.

    Args:
        stream: The current stream, which does not block on the default one.
        work: Was done before, so that all kernels are compiled.

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
